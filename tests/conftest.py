"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from containers import record
from hypothesis import settings
from vivavoz.captions import estimate_timeline
from vivavoz.source import Interview, Timeline, read_interview, word_interview
from word_documents import list_parts, pack

pytest_plugins = ("browser",)
# What a machine is busy with says nothing of the product.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def clip_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep clips in a folder of the tests' own, not in the user's."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVAVOZ_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def million_miles() -> Path:
    """Return the interview that Vivavoz was first asked for."""
    return _find_shared("interviews/million-miles-away.txt")


@pytest.fixture(scope="session")
def changelog() -> list[Path]:
    """Return ten real podcast interviews."""
    paths = sorted(_find_shared("transcripts/changelog").glob("*.md"))
    assert len(paths) == 10
    return paths


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that makes the recording of a name, once."""
    folder = tmp_path_factory.mktemp("media")
    return lambda name: record(folder, name)


@pytest.fixture(scope="session")
def podcasts(changelog: list[Path]) -> list[Timeline]:
    """Return the ten real interviews, timed by an estimate."""
    return [estimate_timeline(word_interview(read_interview(path))) for path in changelog]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a transcript and returns its path."""

    def write_transcript(text: str, name: str = "interview.txt", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write_transcript


@pytest.fixture
def read_word(tmp_path: Path) -> Callable[..., Interview]:
    """Return a function that reads the XML of a Word document's body."""

    def read_body(body: str, **others: str) -> Interview:
        return read_interview(pack(tmp_path / "talk.docx", list_parts(body, **others)), "en")

    return read_body


def _find_shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared test data has no {name} here")
    return path
