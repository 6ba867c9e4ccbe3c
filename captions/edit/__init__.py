"""What people changed in captions by hand: read back, kept, and applied to every later build."""

from __future__ import annotations

from .application import Edited, apply_edits
from .conflict import Conflict, ConflictKind
from .difference import find_edits
from .edit_file import read_edits, write_edits, write_marked
from .excerpt import excerpt
from .loss import Loss, find_loss
from .merging import Changes, find_changes, merge_changes
from .model import Edit, EditedCue, Edits

__all__ = [
    "Changes",
    "Conflict",
    "ConflictKind",
    "Edit",
    "Edited",
    "EditedCue",
    "Edits",
    "Loss",
    "apply_edits",
    "excerpt",
    "find_changes",
    "find_edits",
    "find_loss",
    "merge_changes",
    "read_edits",
    "write_edits",
    "write_marked",
]
