"""What an interview's people should be heard to say: its words with their readings, in order."""

from __future__ import annotations

from dataclasses import dataclass

from ...source import TokenKind, Turn, Wording
from ...source.punctuation import ends_sentence, pause_after
from .acoustic_model import AcousticModel
from .pronunciation import pronounce_words

MURMUR = "+SPN+"
"""The model's phone for what speakers murmur: it learnt “uh” and “um” as this."""
_HESITATIONS = {
    *("ah", "äh", "ähm", "eh", "ehm", "em", "er", "erm", "este", "euh", "hm", "hmm", "hum"),
    *("mh", "mhm", "mm", "mmm", "uh", "uhh", "uhm", "um", "umm"),
}
_READINGS = 4
"""More ways to say one word are not tried."""


@dataclass(frozen=True, slots=True)
class Line:
    """A word of the script. Phones are numbered as the acoustic model numbers them."""

    part: int
    token: int
    """Where it stands in the wording."""
    readings: tuple[tuple[int, ...], ...]
    """The ways to say it."""
    opens: bool
    """Whether a sentence begins with it …"""
    lands: bool
    """… or at least a clause, so that a recording may go on with it after a cut."""
    optional: bool
    """Whether an editor put it there, so that nobody may have said it."""
    hesitation: bool


def write_script(wording: Wording, model: AcousticModel) -> list[Line]:
    """List every word of speech that has a sound. Raises `UnavailableTool`."""
    places = [
        (number, place)
        for number, worded in enumerate(wording.parts)
        if isinstance(worded.part, Turn)
        for place, token in enumerate(worded.tokens)
        if token.kind is TokenKind.SPEECH
    ]
    texts = [wording.parts[number].tokens[place].text for number, place in places]
    sounds = pronounce_words(texts, wording.interview.language)
    script: list[Line] = []
    before = -1
    opens = lands = True
    for (number, place), text, names in zip(places, texts, sounds, strict=True):
        token = wording.parts[number].tokens[place]
        opens = opens or number != before or token.opens_paragraph
        before = number
        if names:
            readings = tuple(tuple(model.phones[name] for name in phones) for phones in names)
            hesitation = _is_hesitation(text)
            if hesitation:
                readings = (*readings[: _READINGS - 1], (model.phones[MURMUR],))
            lands = lands or opens
            script.append(Line(number, place, readings, opens, lands, token.editorial, hesitation))
            opens = lands = False
        opens = opens or ends_sentence(text)
        lands = lands or pause_after(text) > 0
    return script


def _is_hesitation(text: str) -> bool:
    return "".join(filter(str.isalpha, text)).casefold() in _HESITATIONS
