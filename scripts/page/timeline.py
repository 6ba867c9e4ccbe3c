"""What the producer's timeline is drawn into, and what its drawing needs beside the panel's lists.

Time runs from left to right in every language, as in the browser's own player beside it.
"""

from __future__ import annotations

from ...captions.finding import say_speed
from ...captions.format.markup import write_text
from ..speed_chart import find_top
from .content import PageContent, Review
from .wording import Wording

_ZOOMS = (10, 2)
"""Minutes that are seen at once."""

# Each lies around the point that it marks, and each has its own form, for those who see no colours.
_SHAPES = {
    "finding": "M0-7 7 6H-7Z",
    "forced": "M-6-5H6L0 6Z",
    "usual": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z",
    "faster": "M-6-6 0 0-6 6ZM0-6 6 0 0 6Z",
    "short": "M-6-3H6V3H-6Z",
    "neighbour": "M0-7 7 0 0 7-7 0Z",
    "nowhere": "M-6-4-4-6 0-2 4-6 6-4 2 0 6 4 4 6 0 2-4 6-6 4-2 0Z",
}
_STRIPES = (
    '<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path class="ground" d="M0 0H6V6H0Z"/><path class="stripe" d="M0 6 6 0M-1 1 1-1M5 7 7 5"/>'
    "</pattern>"
)


def write_timeline(content: PageContent, words: Wording) -> str:
    """Return the timeline, empty and hidden until a script draws it."""
    shapes = "".join(f'<path id="mark-{name}" d="{d}"/>' for name, d in _SHAPES.items())
    zooms = "".join(
        f'<option value="{minutes * 60_000}">{minutes} {words.say("minutes")}</option>'
        for minutes in _ZOOMS
        if minutes * 60_000 < content.duration_ms
    )
    return (
        f'<figure class="timeline"{_write_scale(content, words)} hidden>\n'
        f'<label>{words.say("zoom")} <select id="zoom"><option value="">{words.say("all")}</option>'
        f"{zooms}</select></label>\n"
        f'<div class="scroll" dir="ltr"><svg role="group" aria-label="{words.say("timeline")}"'
        f' aria-describedby="keys"><defs>{shapes}{_STRIPES}</defs></svg></div>\n'
        f'<p id="mark" dir="auto"></p>\n<p id="keys">{words.say("keys")}</p>\n'
        f"<figcaption><ul>{_write_key(content.review, words)}</ul></figcaption>\n</figure>\n"
    )


def _write_key(review: Review, words: Wording) -> str:
    """Explain each shape that the timeline has."""
    shown = {"forced" if found.is_forced else "finding" for found in review.findings}
    shown.update(described.step for described in review.descriptions)
    marks = [
        (name, "-8 -8 16 16", f'<use class="{name}" href="#mark-{name}"/>')
        for name in _SHAPES
        if name in shown
    ]
    drawn = {
        "speed": bool(review.speeds),
        "over": any(speed > review.limit for speed in review.speeds),
        "gaps": bool(review.gaps),
    }
    areas = [
        (name, "0 0 16 16", f'<rect class="{name}" width="16" height="16"/>')
        for name, is_drawn in drawn.items()
        if is_drawn
    ]
    return "".join(
        f'<li><svg viewBox="{box}" aria-hidden="true">{shape}</svg>{words.say(name)}</li>'
        for name, box, shape in (*areas, *marks)
    )


def _write_scale(content: PageContent, words: Wording) -> str:
    """Return what the bars are drawn from, as the attributes of the timeline."""
    review = content.review
    data = {
        "duration": content.duration_ms,
        "speeds": " ".join(map(say_speed, review.speeds)),
        "limit": review.limit,
        "top": find_top(review.speeds, review.limit),
        "unit": words.part("names").name(review.unit),
        "too-fast": words["too_fast"],
    }
    return "".join(f' data-{name}="{write_text(str(value))}"' for name, value in data.items())
