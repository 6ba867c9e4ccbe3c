"""Folders of interviews that are built anew whenever something in them changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from watchfiles import Change, watch

from ...source import FOLDER_FILE, UnavailableTool, UsageError, VivavozError
from ..plan import Plan
from ..terminal import complain, say, tame
from .catalogue import Refusal
from .run import Manner, build_all

Found = Iterable[Plan | Refusal]

_QUIET_MS = 300
"""How long nothing must change: whoever copies a file is not done before."""
_LONGEST_MS = 30_000
"""Even where something changes all the time, it is built from time to time."""
_LOOK_MS = 200
_NAMED = 3


def watch_folders(folders: Sequence[Path], plan: Callable[[], Found], manner: Manner) -> None:
    """Build what `plan` finds in the folders, and again after each change, until Ctrl-C.

    Raises UsageError for what no change of a file can mend.
    """
    for folder in folders:
        if not folder.is_dir():
            raise UsageError("This is no folder; name one that can be watched.", file=folder)
    watcher = _Watcher(folders, plan)
    try:
        # The first look finds nothing, and is the first build: no change before it is missed.
        for changes in watch(
            *watcher.folders,
            watch_filter=watcher.heeds,
            step=_QUIET_MS,
            debounce=_LONGEST_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
        ):
            all_changes = changes | watcher.look_above()
            if all_changes or not watcher.has_built:
                watcher.build(all_changes, manner)
    except OSError as error:
        raise UnavailableTool(
            f"The folder can't be watched ({error.strerror or error}); with "
            "WATCHFILES_FORCE_POLLING=1 in the environment it is looked through instead."
        ) from error


class _Watcher:
    """Builds, and knows which changes are its own."""

    def __init__(self, folders: Sequence[Path], plan: Callable[[], Found]) -> None:
        # What is reported is named as what is watched: links must lead both to one name.
        self.folders = [folder.resolve() for folder in folders]
        self._settings = {
            above / FOLDER_FILE: 0 for folder in folders for above in folder.absolute().parents
        }
        """When each file changed that holds for the folders from above; 0 where there is none."""
        self.look_above()
        self._plan = plan
        self._results: set[Path] = set()
        self._above: set[Path] = set()
        """The folders that results are in."""
        self.has_built = False

    def heeds(self, _: Change, name: str) -> bool:
        """Say whether a change may be one of an interview: no hidden file, and no result."""
        path = Path(name)
        folder = next((each for each in self.folders if path.is_relative_to(each)), None)
        if folder is None:
            return False
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        place = path.resolve()  # the results may be where a link leads
        ours = place in self._above or not self._results.isdisjoint((place, *place.parents))
        return not hidden and not ours

    def look_above(self) -> set[tuple[Change, str]]:
        """Return what changed of the settings above the folders, where nothing is reported."""
        before = self._settings
        self._settings = {file: _date(file) for file in before}
        return {
            (Change.modified, str(file))
            for file, date_ns in self._settings.items()
            if date_ns != before[file]
        }

    def build(self, changes: Collection[tuple[Change, str]], manner: Manner) -> None:
        """Build what has to be, and say what is wrong instead of ending."""
        if changes:
            say(_word_changes(changes), err=True)
        first, self.has_built = not self.has_built, True
        try:
            found = list(self._plan())
            self._results = {each.folder.resolve() for each in found if isinstance(each, Plan)}
            self._above = {above for folder in self._results for above in folder.parents}
            build_all(found, replace(manner, sums_up=first))
        except VivavozError as error:
            if error.file is None:
                raise
            complain(error)
        if first:
            names = ", ".join(map(str, self.folders))
            say(tame(f"Watching {names}; Ctrl-C ends it."), err=True)


def _date(file: Path) -> int:
    """Return when a file changed; 0 where it can't be seen."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _word_changes(changes: Collection[tuple[Change, str]]) -> str:
    """Name what has changed, as far as that is worth a line."""
    names = sorted({tame(Path(name).name) for _, name in changes})
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"Changed: {', '.join(names[:_NAMED])}{more}."
