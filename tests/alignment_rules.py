"""What must hold of every alignment, and aligning as tests do it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from synthetic_speech import SpokenInterview
from vivavoz.audio import Alignment, HeardWord, Stretch, align_wording
from vivavoz.source import (
    Token,
    TokenKind,
    Turn,
    open_recording,
    read_interview,
    word_interview,
)


def align(transcript: Path, recording: Path) -> Alignment:
    """Align with the defaults that every build has."""
    wording = word_interview(read_interview(transcript))
    return align_wording(wording, open_recording(recording))


def align_spoken(spoken: SpokenInterview) -> Alignment:
    """Write a synthetic interview and align it."""
    with tempfile.TemporaryDirectory() as folder:
        return align(*spoken.write(Path(folder), "spoken"))


def run_align(
    transcript: Path, recording: Path, hash_seed: str = "0"
) -> subprocess.CompletedProcess[str]:
    """Run `vivavoz align --json`; the hash seed must not matter."""
    start = "from vivavoz.scripts.command import main; main()"
    command = ("align", str(transcript), str(recording), "--json")
    return subprocess.run(
        [sys.executable, "-c", start, *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1"},
    )


def speech(alignment: Alignment) -> list[HeardWord]:
    """Return the words that could be said, in order."""
    words = (word for part in alignment.words for word in part)
    return [word for word in words if word.token.kind is TokenKind.SPEECH]


def check_times(alignment: Alignment) -> None:
    """Hold every token to its place: once, in order, inside the recording, never back in time."""
    parts = alignment.wording.parts
    assert len(alignment.words) == len(parts)
    for worded, words in zip(parts, alignment.words, strict=True):
        wanted = worded.tokens if isinstance(worded.part, Turn) else ()
        assert tuple(word.token for word in words) == wanted
    reached_ms = 0
    for word in (word for part in alignment.words for word in part):
        assert 0 <= word.confidence <= 1
        if word.start_ms is None or word.end_ms is None:
            assert word.start_ms is word.end_ms
            continue
        assert word.start_ms >= reached_ms
        assert word.end_ms <= alignment.duration_ms
        if word.token.kind is TokenKind.SPEECH:
            assert word.end_ms - word.start_ms >= 20
        else:
            assert word.end_ms >= word.start_ms
            assert word.confidence == 0
        reached_ms = word.end_ms


def check_differences(alignment: Alignment) -> None:
    """Hold what an alignment reports against the times that it gives."""
    assert 0 <= alignment.confidence <= 1
    _check_stretches(alignment.untranscribed, alignment.duration_ms)
    _check_stretches(alignment.unclear, alignment.duration_ms)
    _check_stretches(alignment.doubtful, alignment.duration_ms)
    _check_unspoken(alignment)
    for word in speech(alignment):
        if word.start_ms is not None and word.end_ms is not None:
            middle_ms = (word.start_ms + word.end_ms) / 2
            assert not any(
                foreign.start_ms < middle_ms < foreign.end_ms for foreign in alignment.untranscribed
            )


def _check_stretches(stretches: tuple[Stretch, ...], duration_ms: int) -> None:
    """Hold stretches to be in order, apart, and inside the recording."""
    edges_ms = [edge for found in stretches for edge in (found.start_ms, found.end_ms)]
    assert edges_ms == sorted(edges_ms)
    assert all(found.start_ms < found.end_ms for found in stretches)
    assert all(0 <= edge_ms <= duration_ms for edge_ms in edges_ms)


def _check_unspoken(alignment: Alignment) -> None:
    """See that what is reported has no times, and that a turn is whose words have none."""
    for unspoken in alignment.unspoken:
        words = [word for word in alignment.words[unspoken.part] if word.start_ms is None]
        silent = "".join(w.token.text for w in words if w.token.kind is TokenKind.SPEECH)
        assert _bare(unspoken.text) in _bare(silent)
    reported = {unspoken.part for unspoken in alignment.unspoken}
    for part, words in enumerate(alignment.words):
        wanted = [word for word in words if _should_be_said(word.token)]
        assert not wanted or part in reported or any(word.start_ms is not None for word in wanted)


def _should_be_said(token: Token) -> bool:
    return token.kind is TokenKind.SPEECH and token.is_word and not token.editorial


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
