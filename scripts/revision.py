"""What people changed in captions since they were built, read back before they are built again.

Captions are a person's until their edits are on disk beside the transcript, and a build's after
that: one that is killed loses nothing, whenever that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import EDITS, Notice, UnreadableSource, UsageError, split_ending
from ..source.text_file import LINE_ENDS, load_text
from .disk import write_whole
from .freshness import Examination, is_captions
from .ingredient import name_edits
from .plan import Plan
from .proof import Proof, Proofs, read_proofs
from .record import NOTHING, Record, mark_file

if TYPE_CHECKING:
    from ..captions import CaptionFile, Changes, Edit, Edits

_HIDING = {"block", "encoding", "tag", "timings"}
"""The rules of formats without which a file may hold more than can be seen of it."""
_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?=\s)(?:.*\n)+?(?=\n|\Z)", re.MULTILINE)
"""What stands beside the cues in WebVTT."""
_UNKEPT = re.compile(r"(?<!\S)(?:region|vertical|[XY][12]):")
"""Cue settings that a place doesn't have, SubRip's coordinates among them."""
_STUB = re.compile(r"[0-9]+|[0-9]+:[0-9:,.]*[ \t]*-*")
"""What a SubRip file ends in that was cut off above a cue's text."""
_NO_PROOF = "nothing is known of what it was before."
_REMEDY = " If you can't mend it, build with --force, which sets it aside and makes it anew."


@dataclass(frozen=True, slots=True)
class Revision:
    """What came of reading back the edited captions of one language."""

    plan: Plan
    """Of the text that the captions are of, an original or a translation."""
    source: str
    """What its edits file is to the build."""
    proofs: Proofs
    """Of the last build."""
    edits: Edits | None = None
    """All that there are now; None where the edits file says so already."""
    made: frozenset[Edit] = frozenset()
    """Those of them that the files have and the last build's had not."""
    read: Mapping[str, str] = field(default_factory=dict[str, str])
    """By file name, the digests of what was read: a build may replace it."""
    refused: Mapping[str, str] = field(default_factory=dict[str, str])
    """The digests of what holds more than edits, and stays as it is."""
    unread: Mapping[str, str] = field(default_factory=dict[str, str])
    """By file name, why the edits of a file could not be read back, or not be kept."""

    losses: tuple[str, ...] = ()
    """What is lost with edits that a person may not have meant, or without those that are gone."""

    def note(self, replaced: Mapping[str, Path]) -> Iterator[Notice]:
        """Yield what to look at; `replaced` has where files are set aside."""
        for name, why in self.unread.items():
            place = replaced.get(name)
            left = f"set aside as {place.name}" if place else "kept as it is"
            remedy = "" if place or name not in self.refused else _REMEDY
            yield Notice(None, f"{name} was edited, and is {left}: {why}{remedy}")
        yield from (Notice(None, loss) for loss in self.losses)


def find_revisions(plan: Plan, record: Record, found: Examination) -> tuple[Revision, ...]:
    """Read what a person changed in captions since they were built, in each language.

    Nothing is written. Raises UsageError or UnreadableSource for an edits file of the original
    that can't be understood.
    """
    revisions = [find_revision(plan, plan, record, found)]
    for translation in plan.translations:
        try:
            revisions.append(find_revision(plan, translation, record, found))
        except (UsageError, UnreadableSource):
            # This translation can't be built, and its part of the build says why.
            revisions.append(Revision(translation, name_edits(plan, translation), Proofs()))
    return tuple(revisions)


def find_revision(plan: Plan, text: Plan, record: Record, found: Examination) -> Revision:
    """Read the same of an interview's text, or of a translation of it.

    Raises UsageError or UnreadableSource for an edits file that can't be understood.
    """
    known = read_proofs(plan)
    if record.moving:
        # A build that was stopped left its own files or those before, and nobody knows which.
        known = known.forget()
    language = "" if text.transcript == plan.transcript else text.language or ""
    proofs = known.take(language)
    changes: dict[str, Changes] = {}
    refused: dict[str, str] = {}
    unread: dict[str, str] = {}
    for name in filter(is_captions, found.edited):
        if known.find_language(name) != language:
            continue
        try:
            changes[name] = _read_changes(plan.folder / name, proofs.find(name))
        except UnreadableSource as error:
            refused[name] = found.outputs[name].digest
            line = f"line {error.line}: " if error.line else ""
            unread[name] = line + error.message
    read = {name: found.outputs[name].digest for name in changes}
    for name in [name for name in read if not _is_still(plan.folder / name, read[name])]:
        del changes[name], read[name]  # somebody is at it: the next build will read it
    source = name_edits(plan, text)
    edits = _merge(text, source, proofs, found, list(changes.values()))
    made = frozenset(edit for each in changes.values() for edit in each.made)
    gone = [] if source in found.inputs else _list_gone(text, proofs, record)
    losses = (*_list_losses(text, proofs, changes), *gone)
    return Revision(text, source, proofs, edits, made, read, refused, unread, losses)


def save_revision(revision: Revision) -> Revision:
    """Write the edits beside the transcript; where that can't be done, no file counts as read."""
    if revision.edits is None:
        return revision

    from ..captions import write_edits  # noqa: PLC0415

    path = revision.plan.edits
    try:
        if revision.edits.edits:
            write_whole(path, write_edits(revision.edits).encode())
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        why = f"its edits can't be written to {path} ({error.strerror or error})."
        unread = {**revision.unread, **dict.fromkeys(revision.read, why)}
        return replace(revision, edits=None, read={}, unread=unread, losses=())
    return revision


def _is_still(path: Path, digest: str) -> bool:
    try:
        return mark_file(path).digest == digest
    except OSError:
        return False


def _read_changes(path: Path, proof: Proof | None) -> Changes:
    """Read one file. Raises UnreadableSource where that can't be done, or not wholly."""
    from ..captions import find_changes, parse_caption_file, read_caption_file  # noqa: PLC0415

    if proof is None:
        raise UnreadableSource(_NO_PROOF, file=path)
    base, shown = (parse_caption_file(text, path) for text in (proof.base, proof.shown))
    edited = read_caption_file(path)
    _refuse_hidden(edited)
    _refuse_stub(edited, shown)
    _refuse_blocks(load_text(path, "captions").text, proof.shown, path)
    return find_changes(base, shown, edited)


def _refuse_hidden(file: CaptionFile) -> None:
    """Raise UnreadableSource where edits are not all that a file may have in it."""
    for fault in file.faults:
        if fault.rule in _HIDING:
            raise UnreadableSource(fault.message, file=file.path, line=fault.line)
    if not any(cue.lines for cue in file.cues):
        raise UnreadableSource("there are no captions left in it.", file=file.path)
    for cue in file.cues:
        if cue.end_ms <= cue.start_ms:
            message = "This cue ends before it begins."
            raise UnreadableSource(message, file=file.path, line=cue.line)
        coloured = any(run.look.colour for row in cue.rows for run in row)
        if coloured or _UNKEPT.search(cue.settings):
            message = "Colours, regions and vertical lines can't be put into the captions again."
            raise UnreadableSource(message, file=file.path, line=cue.line)


def _refuse_stub(edited: CaptionFile, shown: CaptionFile) -> None:
    """Raise UnreadableSource where a file ends in the midst of a cue's number or times."""
    cue = edited.cues[-1]
    if not cue.lines:
        message = "The last caption has no text; was the file cut off?"
        raise UnreadableSource(message, file=edited.path, line=cue.line)
    known = {line for each in shown.cues for line in each.lines}
    if _STUB.fullmatch(cue.lines[-1]) and cue.lines[-1] not in known:
        message = "The last line is no text of a caption; was the file cut off?"
        raise UnreadableSource(message, file=edited.path, line=cue.line)


def _list_gone(text: Plan, proofs: Proofs, record: Record) -> Iterator[str]:
    """Say what a build did without, now that no edits file stands beside the transcript."""
    if proofs.count:
        edits = f"{proofs.count} edit{'s' * (proofs.count > 1)}"
        yield (
            f"{text.edits.name} is no longer there, and with it went {edits} of the last build; "
            "put the file back to undo that."
        )
    if record is NOTHING:
        for stray in _find_strays(text):
            yield (
                f"{stray} belongs to no transcript in its folder; if {text.transcript.name} was "
                f"renamed, rename that file to {text.edits.name} to have its edits again."
            )


def _find_strays(text: Plan) -> Iterator[str]:
    """Yield the edits files beside a transcript whose own transcripts are gone."""
    names = [path.name for path in text.transcript.parent.iterdir()]
    owned = {split_ending(name)[0] for name in names if not name.endswith(EDITS)}
    edits = (name for name in sorted(names) if name.endswith(EDITS))
    yield from (name for name in edits if name.removesuffix(EDITS) not in owned)


def _list_losses(text: Plan, proofs: Proofs, changes: Mapping[str, Changes]) -> Iterator[str]:
    """Say what was taken out of each file, where it is much, and how to have it again."""
    from ..captions import find_loss, parse_caption_file  # noqa: PLC0415

    for name, each in changes.items():
        proof = proofs.find(name)
        loss = proof and find_loss(parse_caption_file(proof.base, text.edits), each.made)
        if loss:
            yield (
                f"{name} was edited and lacks {loss}; if you did not mean to take them out, "
                f"delete that edit from {text.edits.name}."
            )


def _refuse_blocks(edited: str, shown: str, path: Path) -> None:
    """Raise UnreadableSource where a file has notes or styles that it had not."""
    known = {_squeeze(block[0]) for block in _BLOCK.finditer(shown)}
    for block in _BLOCK.finditer(LINE_ENDS.sub("\n", edited)):
        if _squeeze(block[0]) not in known:
            line = edited.count("\n", 0, block.start()) + 1
            message = "This note or style is no edit that could be put into the captions again."
            raise UnreadableSource(message, file=path, line=line)


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _merge(
    plan: Plan, source: str, proofs: Proofs, found: Examination, changes: Sequence[Changes]
) -> Edits | None:
    """Put what was changed together with the edits that there are; None where nothing was."""
    if not any(each.made or each.taken_back for each in changes):
        return None

    from ..captions import merge_changes, parse_caption_file  # noqa: PLC0415

    base = parse_caption_file(proofs.latest.base, plan.edits) if proofs.latest else None
    return merge_changes(list_former(plan, source, proofs, found), changes, base)


def list_former(plan: Plan, source: str, proofs: Proofs, found: Examination) -> Iterator[Edit]:
    """Yield the edits that there were: as the last build's captions show them, where they do."""
    from ..captions import find_edits, parse_caption_file, read_edits  # noqa: PLC0415

    mark, latest = found.inputs.get(source), proofs.latest
    listed = read_edits(plan.edits).edits if mark else ()
    if latest is None or latest.edits != (mark.digest if mark else ""):
        # Somebody has changed the edits file itself.
        yield from listed
        return
    texts = (latest.base, latest.shown)
    yield from find_edits(*(parse_caption_file(text, plan.edits) for text in texts)).edits
    yield from (listed[number] for number in proofs.conflicts)
