"""Pages made by hand: what a build would compose, small enough to know every word of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import html5lib
from vivavoz.scripts.page.content import (
    Kind,
    Media,
    PageChapter,
    PageContent,
    PageCue,
    PageDescription,
    PageFinding,
    PageWord,
    Passage,
    Review,
    Version,
)
from vivavoz.source import Clock

NO_REVIEW = Review("netflix", "characters a second", 20, (), (), (), (), ())


def parse(page: str) -> Any:  # noqa: ANN401 - html5lib carries no types
    """Return the page's tree; html5lib raises for every error that HTML knows."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def say(text: str, start_ms: int | None, step_ms: int = 500) -> tuple[PageWord, ...]:
    """Return a text's words, each a step after the one before; `[sounds]` and `~unsaid` as such."""
    words: list[PageWord] = []
    for place, word in enumerate(text.split(" ")):
        time = None if start_ms is None or "~" in word else start_ms + place * step_ms
        before = "\n" if word.startswith("|") else " "
        words.append(
            PageWord(word.strip("~|"), time, word.startswith("["), before if words else "")
        )
    return tuple(words)


ENGLISH = Version(
    "en",
    "The lamp",
    Clock.RECORDING,
    (
        PageCue(1000, 3000, (("Tobias Lund", "What do you <hear>?"),)),
        PageCue(
            3200, 7000, (("Inés Carballo", "I listen. The motor,"), ("", "the wind & the glass"))
        ),
    ),
    (PageChapter(0, 3000, "The question"), PageChapter(3000, 16000, "The answer")),
    (
        Passage(Kind.FRONT, None, None, say("An interview on the coast.", None)),
        Passage(Kind.HEADING, 0, 1000, say("At the lamp", None)),
        Passage(
            Kind.PICTURE, 2800, 3100, say("A white lighthouse on a cliff.", None), clip=(0, 900)
        ),
        Passage(Kind.SPEECH, 1000, 2500, say("What do you hear?", 1000), "Tobias Lund"),
        Passage(
            Kind.SPEECH,
            3200,
            7000,
            say(
                "I listen. [laughs] The motor, ~the ~bearings, the wind. |Más café, please.",
                3200,
                300,
            ),
            "Inés Carballo",
        ),
        Passage(Kind.SOUND, 7000, 8000, say("wind howling", 7000)),
        Passage(Kind.UNTRANSCRIBED, 8000, 9500, ()),
        Passage(
            Kind.SPEECH, None, None, say("Nobody said — or … wrote—this.", None), "Tobias Lund"
        ),
        Passage(
            Kind.PICTURE, 10000, 10000, say("The glass, seen from below.", None), clip=(1500, 2500)
        ),
        Passage(Kind.SPEECH, 10500, 12000, say("Good night.", 10500), "Inés Carballo"),
    ),
    described="described.wav",
    clips="descriptions.en.mp3",
    downloads=("captions.en.vtt", "what's 100 % mine?#1.txt"),
)


def translate(version: Version, language: str, title: str) -> Version:
    """Return a version as if it were of another language, with no descriptions spoken."""
    return replace(
        version,
        language=language,
        title=title,
        cues=tuple(replace(cue, lines=(("", title),)) for cue in version.cues),
        described=None,
        clips=None,
        downloads=(),
    )


SPANISH = translate(ENGLISH, "es", "La lámpara")
ARABIC = translate(ENGLISH, "ar", "المصباح")
REVIEW = Review(
    "House <style>",
    "columns a second",
    20,
    (9.5, 25.25),
    (
        PageFinding(1, 3200, "reading_speed", "Must be read at 25.3 & more.", "Speed, 1 > 0", True),  # noqa: FBT003
        PageFinding(0, 1000, "line_width", "Line 1 is 50 columns wide.", "Lines, 2", False),  # noqa: FBT003
        PageFinding(1, 3200, "line_width", "Line 2 is 60 columns wide.", "Lines, 2", False),  # noqa: FBT003
        PageFinding(None, None, "signature", "The file has no signature.", "WebVTT, 4.1", False),  # noqa: FBT003
    ),
    ((7000, 10500), (12000, 16000)),
    (
        PageDescription(7500, 9000, "A white lighthouse.", "short"),
        PageDescription(10000, 10000, "The glass, seen from below.", "nowhere"),
    ),
    ("Line 3: what is <this>?",),
)
WATCHED = PageContent(16000, Media("recording.mp4", is_video=True), (ENGLISH, SPANISH), NO_REVIEW)
HEARD = replace(WATCHED, media=Media("recording.wav", is_video=False))
READ = PageContent(
    0,
    None,
    (
        replace(
            ENGLISH,
            passages=tuple(
                replace(
                    passage,
                    start_ms=None,
                    end_ms=None,
                    clip=None,
                    words=tuple(replace(word, start_ms=None) for word in passage.words),
                )
                for passage in ENGLISH.passages
            ),
        ),
    ),
    NO_REVIEW,
)
