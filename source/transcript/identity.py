"""Who is meant by a name that stands beside a transcript: in settings, not in its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches

from ..interview import Interview, Notice
from .label import is_role
from .name import NameIndex, fold, fold_title

_NARRATOR = "narrator"


def match_names(called: Iterable[str], speakers: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Find the speaker whom each name means; who is nobody, or might be several, is left out.

    `speakers` has the labels of each, by full name. A name may be a label or a full name, a part of
    one, or one that a label is a part or the initials of.
    """
    called = list(called)
    owners = _find_owners(speakers, fold)
    bare_owners = _find_owners(speakers, fold_title)
    index = NameIndex(Counter(dict.fromkeys(_list_names(speakers), 1)))
    matched: dict[str, str] = {}
    for one in called:
        owner = owners.get(fold(one)) or bare_owners.get(fold_title(one))
        if owner := owner or owners.get(fold(index.complete(one) or "")):
            matched[one] = owner
    index = NameIndex(Counter({one: 1 for one in called if one not in matched}))
    for name, labels in speakers.items():
        for label in (name, *labels):
            if name not in matched.values() and not is_role(label):
                full = index.complete(label)
                matched |= {full: name} if full else {}
    return {one: matched[one] for one in called if one in matched}


def _find_owners(
    speakers: Mapping[str, Collection[str]], fold_name: Callable[[str], str]
) -> dict[str, str]:
    """Find whose each name and label is; a name beats a label, and what is two people's is left."""
    owners: dict[str, str] = {}
    for called in (
        [(label, name) for name, labels in speakers.items() for label in labels],
        [(name, name) for name in speakers],
    ):
        several: dict[str, set[str]] = {}
        for one, owner in called:
            several.setdefault(fold_name(one), set()).add(owner)
        owners |= {key: names.pop() for key, names in several.items() if len(names) == 1}
    return owners


def _list_names(speakers: Mapping[str, Collection[str]]) -> Iterator[str]:
    for name, labels in speakers.items():
        yield from (name, *labels)


def note_strangers(interview: Interview, called: Iterable[str]) -> Iterator[Notice]:
    """Note the names in settings that are nobody's in the interview."""
    called = dict.fromkeys(called)
    speakers = {one.name: one.called for one in interview.speakers}
    known = match_names(called, speakers)
    names = [*_list_names(speakers)]
    for one in called:
        if one in known:
            continue
        near = get_close_matches(fold(one), {fold(name): name for name in names}, 1)
        meant = next((name for name in names if [fold(name)] == near), None)
        if fold(one) == _NARRATOR:
            hint = "the narrator's voice is chosen with a line `narrator = …` above all tables."
        elif meant:
            hint = f"did you mean “{meant}”?"
        else:
            hint = f"there are {', '.join(speakers) or 'no speakers at all'}."
        yield Notice(None, f"The settings name “{one}”, who is nobody in the transcript; {hint}")
