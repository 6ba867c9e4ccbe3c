"""The speakers of an interview: their full names and their roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_lowercase

from ..interview import Part, Role, Speaker, Turn
from ..language import primary_subtag
from ..settings import Person
from .block import Block, BlockKind
from .identity import match_names
from .label import LabelForm, is_role
from .lexicon import Lexicon, load_lexicon
from .name import NameIndex, find_guest, find_names, fold
from .question_mark import asks

_INTRODUCTION = re.compile(r"(?P<role>[^:：\t]{1,40}?)(?:\s*[:：]|\t)\s*(?P<name>.+)")
_COUNTED = re.compile(r"(?:(?:spk|speaker|channel|ch|s)[\s_:-]*)?\d+|speaker[\s_][a-z]")
"""`spk_0`, `SPEAKER_01`, `0`: services that tell voices apart count them."""
_NUMBERED = re.compile(r"Speaker [1-9]\d*")
"""Counted too, but as people do it, if none of them is `Speaker 0`."""
_NUMBERED_LETTER = re.compile(r"[qa]\d+")
"""`Q1:` and `A1:` number the questions, not the people."""
CHEVRONS = ">>"
"""The label of whoever speaks after `>>` without a name."""
_ASKS_OFTEN = 0.12
"""Share of a speaker's turns that end with a question, from which on they may be interviewing."""
_OF_THE_MOST = 0.4
"""The same, as a share of whoever asks most."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who the labels stand for."""

    names: dict[str, str]
    """Folded label → the name in full."""
    roles: dict[str, Role]
    """Name in full → role."""
    interviewer: str
    """Who asks the questions that have no label."""
    guest: str
    """Who answers where nothing has a label."""
    called: dict[str, tuple[str, ...]]
    """Name in full → what else the transcript calls them."""

    def list_speakers(self, parts: Iterable[Part]) -> tuple[Speaker, ...]:
        """List who speaks, in order of appearance."""
        names = dict.fromkeys(part.speaker for part in parts if isinstance(part, Turn))
        return tuple(
            Speaker(name, self.roles.get(name, Role.GUEST), self.called.get(name, ()))
            for name in names
        )


def identify_speakers(
    blocks: Sequence[Block],
    questions: Collection[int],
    language: str,
    front: str,
    people: Mapping[str, Person],
) -> Roster:
    """Find the full name and the role behind each label. `front` is the front matter's text."""
    labels = {block.label.key: block.label.name for block in reversed(blocks) if block.label}
    unnamed = _name_roles(language)
    nobody = unnamed[Role.GUEST]
    # What the front matter calls the guest is also the name of one who has no label.
    unnamed[Role.GUEST] = find_guest(front) or nobody
    indexes = (
        NameIndex(find_names(front)),
        NameIndex(Counter({name: 1 for name in labels.values() if len(name.split()) > 1})),
    )
    names = {key: _name_speaker(name, indexes, unnamed, labels) for key, name in labels.items()}
    counted = _number_voices(blocks, language)
    names |= counted
    if CHEVRONS in names:
        names[CHEVRONS] = nobody
    known = _recognise(people, names, labels, unnamed)
    settled = {name: person.role for name, person in known.items() if person.role}
    roles = _read_roles(blocks, {key: names[key] for key in names if key not in counted}) | settled
    interviewers = [name for name, role in roles.items() if role is Role.INTERVIEWER]
    interviewer = interviewers[0] if len(interviewers) == 1 else unnamed[Role.INTERVIEWER]
    if questions:
        roles.setdefault(interviewer, Role.INTERVIEWER)
    elif not interviewers:
        named = {name for name, role in roles.items() if role is not Role.GUEST} | set(settled)
        asking = [name for name in _find_who_ask(blocks, names) if name not in named]
        roles |= dict.fromkeys(asking, Role.INTERVIEWER)
    guests = [
        name for name in dict.fromkeys(names.values()) if roles.get(name) in {None, Role.GUEST}
    ]
    guest = guests[0] if len(guests) == 1 else unnamed[Role.GUEST]
    full = {name: person.name for name, person in known.items() if person.name}
    return Roster(
        {key: full.get(name, name) for key, name in names.items()},
        {full.get(name, name): role for name, role in roles.items()},
        full.get(interviewer, interviewer),
        full.get(guest, guest),
        _list_called(names, labels, full),
    )


def _recognise(
    people: Mapping[str, Person],
    names: Mapping[str, str],
    labels: Mapping[str, str],
    unnamed: Mapping[Role, str],
) -> dict[str, Person]:
    """Find what settings say of each speaker, by the name that the transcript gives."""
    speakers: dict[str, list[str]] = {name: [] for name in unnamed.values()}
    for key, name in names.items():
        speakers.setdefault(name, []).append(labels[key])
    known: dict[str, Person] = {}
    for called, name in match_names(people, speakers).items():
        person, before = people[called], known.get(name, Person())
        full = person.name or _complete(called, speakers[name]) or before.name
        known[name] = Person(full, person.role or before.role)
    return known


def _complete(full: str, labels: Iterable[str]) -> str | None:
    """Return a full name in settings that only says a role, if a label is a part of it."""
    index = NameIndex(Counter([full]))
    return full if any(map(index.complete, labels)) else None


def _list_called(
    names: Mapping[str, str], labels: Mapping[str, str], full: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """List what the transcript calls each speaker beside the full name."""
    called: dict[str, dict[str, None]] = {}
    for key, name in names.items():
        called.setdefault(full.get(name, name), {}).update({labels[key]: None, name: None})
    for name, renamed in full.items():
        called.setdefault(renamed, {})[name] = None
    return {name: tuple(one for one in also if one != name) for name, also in called.items()}


def _name_roles(language: str) -> dict[Role, str]:
    primary = primary_subtag(language)
    names = load_lexicon().unnamed
    return {role: names[role].get(primary, names[role]["en"]) for role in Role}


def _number_voices(blocks: Sequence[Block], language: str) -> dict[str, str]:
    """Name the voices that a service only counts, in the order in which they speak."""
    labels = [block.label for block in blocks if block.label]
    voices = {label.key: label.name for label in labels if label.form is LabelForm.VOICE}
    words = load_lexicon().unnamed["speaker"]
    word = words.get(primary_subtag(language), words["en"])
    letters = sorted(key for key in voices if len(key) == 1 and key.isalpha())
    # `A`, `B`, `C` count as well, but `Q` and `A` do not.
    counted = set(letters) if letters == [*ascii_lowercase[: len(letters)]] else set[str]()
    counted |= {
        key
        for key, name in voices.items()
        if _COUNTED.fullmatch(key) and ("speaker 0" in voices or not _NUMBERED.fullmatch(name))
    }
    taken = {name for key, name in voices.items() if key not in counted}
    numbered = (name for number in count(1) if (name := f"{word} {number}") not in taken)
    return {key: next(numbered) for key in voices if key in counted}


def _name_speaker(
    name: str,
    indexes: Iterable[NameIndex],
    unnamed: dict[Role, str],
    labels: Collection[str],
) -> str:
    key, lexicon = fold(name), load_lexicon()
    if _NUMBERED_LETTER.fullmatch(key):
        key = key[0]
    if key in lexicon.role_abbreviations:
        return unnamed[_find_role(key, lexicon, labels)]
    if is_role(name):
        return name
    return next((full for index in indexes if (full := index.complete(name))), name)


def _find_role(key: str, lexicon: Lexicon, labels: Collection[str]) -> Role:
    if key in lexicon.narrator_roles:
        return Role.NARRATOR
    # P is the interviewer's "pregunta" in Spanish, and beside I or Q a participant.
    if key == "p" and ("i" in labels or "q" in labels):
        return Role.GUEST
    return Role.INTERVIEWER if key in lexicon.interviewer_roles else Role.GUEST


def _read_roles(blocks: Sequence[Block], names: dict[str, str]) -> dict[str, Role]:
    """Read the roles that labels and the front matter state."""
    lexicon = load_lexicon()
    roles = {names[key]: _find_role(key, lexicon, names) for key in names if key in lexicon.roles}
    known = set(names.values())
    for block in blocks:
        found = _INTRODUCTION.fullmatch(block.text) if block.kind is BlockKind.FRONT else None
        if found and fold(found["role"]) in lexicon.roles:
            name = names.get(fold(found["name"]), found["name"].strip())
            if name in known:
                roles[name] = _find_role(fold(found["role"]), lexicon, names)
    return roles


def _find_who_ask(blocks: Sequence[Block], names: dict[str, str]) -> list[str]:
    """Find those who end far more of their turns with a question than the others do.

    Where all ask alike, as on a panel, who opens the conversation leads it.
    """
    turns: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for block in blocks:
        if block.label:
            name = names[block.label.key]
            turns[name] += 1
            asked[name] += asks(block.text)
    shares = {name: asked[name] / turns[name] for name in turns}
    least = max(_ASKS_OFTEN, _OF_THE_MOST * max(shares.values(), default=0.0))
    often = [name for name in turns if shares[name] >= least]
    return often if len(often) < len(turns) else often[:1]
