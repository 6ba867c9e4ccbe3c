"""TTML: IMSC 1.1 Text Profile (W3C) and EBU-TT-D (EBU Tech 3380), which differ in their heads.

ttconv would write IMSC too, but has no agents, so that nobody would know who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ...source.caption_file.stamp import write_stamp
from ...source.caption_file.ttml_file import NO_LANGUAGE
from ...source.caption_file.ttml_place import write_region
from ...source.track import (
    LINE_BREAKS,
    PLAIN,
    USUAL,
    Line,
    Look,
    Run,
    Track,
    TrackCue,
    Written,
    join_line,
)
from .loss import Feature, note_losses

IMSC_PROFILE = "http://www.w3.org/ns/ttml/profile/imsc1.1/text"
_EBU_TT_D = "urn:ebu:tt:distribution:2018-04", IMSC_PROFILE.replace("imsc1.1", "imsc1")
"""What a document of EBU Tech 3380, 1.0.1 says that it conforms to."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say (XML, section 2.2)."""


def write_imsc(track: Track) -> Written:
    """Write IMSC 1.1 text."""
    return _write(track, "IMSC", imsc=True)


def write_ebu_tt_d(track: Track) -> Written:
    """Write EBU-TT-D."""
    return _write(track, "EBU-TT-D", imsc=False)


def _write(track: Track, name: str, *, imsc: bool) -> Written:
    text = "".join(f"{line}\n" for line in _Document(track).write(imsc=imsc))
    # A span with a time of its own would not be seen before, which no karaoke means.
    return Written(text, tuple(note_losses(track, name, {*Feature} - {Feature.WORD_TIMES})))


class _Document:
    """What the head has to declare for the body to refer to."""

    def __init__(self, track: Track) -> None:
        self._track = track
        speakers = dict.fromkeys(run.speaker for cue in track.cues for run in cue.runs)
        names = [speaker for speaker in speakers if speaker]
        self._agents = {name: f"speaker{number}" for number, name in enumerate(names, 1)}
        shown = dict(track.colours)
        self._colours = {name: shown[name] for name in names if name in shown}
        places = dict.fromkeys(cue.place or USUAL for cue in track.cues)
        self._regions = {place: f"region{number}" for number, place in enumerate(places, 1)}
        self._looks = dict.fromkeys(
            run.look for cue in track.cues for run in cue.runs if run.look != PLAIN
        )

    def write(self, *, imsc: bool) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield '<tt xmlns="http://www.w3.org/ns/ttml"'
        for name in ("metadata", "parameter", "styling"):
            yield f'    xmlns:tt{name[0]}="http://www.w3.org/ns/ttml#{name}"'
        if imsc:
            yield f'    ttp:contentProfiles="{IMSC_PROFILE}"'
        else:
            yield '    xmlns:ebuttm="urn:ebu:tt:metadata"'
            yield '    ttp:timeBase="media"'
        yield '    ttp:cellResolution="32 15"'
        yield f"    xml:lang={_quote(self._track.language or NO_LANGUAGE)}>"
        yield "  <head>"
        yield from self._write_metadata(imsc=imsc)
        yield from self._write_styling()
        yield from self._write_layout()
        yield "  </head>"
        if self._track.cues:
            yield "  <body>"
            yield '    <div style="text">'
            for number, cue in enumerate(self._track.cues, 1):
                yield self._write_cue(cue, number)
            yield "    </div>"
            yield "  </body>"
        yield "</tt>"

    def _write_metadata(self, *, imsc: bool) -> Iterator[str]:
        yield "    <metadata>"
        if not imsc:
            yield "      <ebuttm:documentMetadata>"
            for standard in _EBU_TT_D:
                yield f"        <ebuttm:conformsToStandard>{standard}</ebuttm:conformsToStandard>"
            yield "      </ebuttm:documentMetadata>"
        if self._track.title:
            yield f"      <ttm:title>{_escape(self._track.title)}</ttm:title>"
        if self._track.remark:
            yield f"      <ttm:desc>{_escape(self._track.remark)}</ttm:desc>"
        for name, identifier in self._agents.items():
            yield f'      <ttm:agent xml:id="{identifier}" type="person">'
            yield f'        <ttm:name type="full">{_escape(name)}</ttm:name>'
            yield "      </ttm:agent>"
        yield "    </metadata>"

    def _write_styling(self) -> Iterator[str]:
        yield "    <styling>"
        yield (
            '      <style xml:id="text" tts:fontFamily="proportionalSansSerif" '
            'tts:fontSize="100%" tts:lineHeight="125%"/>'
        )
        yield '      <style xml:id="box" tts:backgroundColor="#000000cc"/>'
        for name, colour in self._colours.items():
            yield f'      <style xml:id="{self._agents[name]}-colour" tts:color="{colour}"/>'
        for look in self._looks:
            yield f'      <style xml:id="{_name(look)}"{"".join(_list_styles(look))}/>'
        for align in dict.fromkeys(place.align for place in self._regions or [USUAL]):
            yield f'      <style xml:id="{align}" tts:textAlign="{align}"/>'
        yield "    </styling>"

    def _write_layout(self) -> Iterator[str]:
        yield "    <layout>"
        for place, identifier in (self._regions or {USUAL: "region1"}).items():
            origin, extent, display = write_region(place)
            yield (
                f'      <region xml:id="{identifier}" tts:origin="{origin}" '
                f'tts:extent="{extent}" tts:displayAlign="{display}" style="{place.align}"/>'
            )
        yield "    </layout>"

    def _write_cue(self, cue: TrackCue, number: int) -> str:
        region = self._regions[cue.place or USUAL]
        times = f'begin="{write_stamp(cue.start_ms)}" end="{write_stamp(cue.end_ms)}"'
        lines = "<br/>".join(map(self._write_line, cue.lines))
        return f'      <p xml:id="cue{number}" region="{region}" {times}>{lines}</p>'

    def _write_line(self, line: Line) -> str:
        space = ' xml:space="preserve"' if "  " in join_line(line) else ""
        return "".join(self._write_run(run, space) for run in line)

    def _write_run(self, run: Run, space: str) -> str:
        styles = ["box"]
        if run.speaker in self._colours:
            styles.append(f"{self._agents[run.speaker]}-colour")
        if run.look != PLAIN:
            styles.append(_name(run.look))
        told = [f'style="{" ".join(styles)}"']
        if run.speaker:
            told.append(f'ttm:agent="{self._agents[run.speaker]}"')
        if run.sound:
            told.append('ttm:role="sound"')
        return f"<span {' '.join(told)}{space}>{_escape(run.text)}</span>"


def _name(look: Look) -> str:
    flags = [name for name in ("italic", "bold", "underline") if getattr(look, name)]
    return "-".join(["look", *flags, *([look.colour[1:]] if look.colour else [])])


def _list_styles(look: Look) -> Iterator[str]:
    if look.italic:
        yield ' tts:fontStyle="italic"'
    if look.bold:
        yield ' tts:fontWeight="bold"'
    if look.underline:
        yield ' tts:textDecoration="underline"'
    if look.colour:
        yield f' tts:color="{look.colour}"'


def _escape(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", LINE_BREAKS.sub(" ", text)))


def _quote(value: str) -> str:
    return quoteattr(_UNWRITABLE.sub("\ufffd", value))
