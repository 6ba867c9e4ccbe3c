"""What a person changes in a translation's captions survives as it does in the original's."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path

import pytest
from builds import RUN, build
from test_edited_build import list_edits, locate, read_report, retype
from test_incremental import DIE_AT
from test_translated_build import TALK, TALK_ES

QUIET = ("--narration", "none", "--no-page")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """Return an interview whose captions have been built in both languages."""
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    path.with_name("talk.es.txt").write_text(TALK_ES, encoding="utf-8")
    build(path, *QUIET)
    return path


def edit_both(talk: Path) -> None:
    retype(locate(talk), "A keeper", "A lightkeeper")
    retype(locate_spanish(talk), "Un farero", "Un viejo farero")
    retype(locate_spanish(talk, "srt"), "¿Por qué?", "¿Y por qué?")


def locate_spanish(talk: Path, ending: str = "vtt") -> Path:
    return locate(talk, ending).with_name(f"captions.es.{ending}")


def read_edits(talk: Path) -> list[tuple[str, str]]:
    """Return what each language's edits file puts there."""
    paths = sorted(talk.parent.glob("*.edits.toml"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return [
        (path.name, word)
        for path, text in zip(paths, texts, strict=True)
        for word in re.findall("lines = .*?(light|viejo|Y por)", text)
    ]


BOTH = [
    ("talk.edits.toml", "light"),
    ("talk.es.edits.toml", "viejo"),
    ("talk.es.edits.toml", "Y por"),
]


def test_edits_of_a_translation_are_in_every_later_build(talk: Path) -> None:
    edit_both(talk)
    foreseen = build(talk, *QUIET, "--dry-run").told
    assert foreseen["kept"] == []
    waiting = [(words, "waiting") for words in ("light.", "luz.", "qué?")]
    assert list_edits(talk) == waiting
    built = build(talk, *QUIET)
    assert "kept" not in built.told
    assert read_edits(talk) == BOTH
    (spanish,) = read_report(built)["translations"]
    assert spanish["edits"] == {"applied": 2, "conflicts": []}
    assert build(talk, *QUIET).told["state"] == "unchanged"
    for path, old, new in (
        (talk, "Why", "But why"),
        (talk.with_name("talk.es.txt"), "usted", "ella"),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    build(talk, *QUIET, "--style", "bbc")
    for ending in ("vtt", "srt"):
        assert "lightkeeper" in locate(talk, ending).read_text(encoding="utf-8")
        text = locate_spanish(talk, ending).read_text(encoding="utf-8")
        assert "Un viejo farero" in text
        assert "¿Y por qué?" in text
    assert [state for _, state in list_edits(talk)] == ["applied"] * 3


def test_a_translation_that_can_not_be_built_keeps_what_was_edited(talk: Path) -> None:
    spanish = talk.with_name("talk.es.txt")
    edit_both(talk)
    spanish.write_text(" ", encoding="utf-8")
    edited = locate_spanish(talk).read_bytes()
    assert build(talk, *QUIET).told["error"]["file"] == str(spanish)
    assert "lightkeeper" in locate(talk, "srt").read_text(encoding="utf-8")
    assert locate_spanish(talk).read_bytes() == edited
    spanish.write_text(TALK_ES.replace("usted", "ella"), encoding="utf-8")
    built = build(talk, *QUIET)
    assert "kept" not in built.told
    assert read_edits(talk) == BOTH
    for ending in ("vtt", "srt"):
        text = locate_spanish(talk, ending).read_text(encoding="utf-8")
        assert all(words in text for words in ("ella", "Un viejo farero", "¿Y por qué?"))


@pytest.mark.parametrize("moment", [1, 2, 3, 7, 12])
def test_a_build_that_is_killed_loses_no_edit_of_any_language(talk: Path, moment: int) -> None:
    edit_both(talk)
    talk.write_text(TALK.replace("Why", "But why"), encoding="utf-8")
    words = ["build", str(talk), "--out", str(talk.parent / "out"), *QUIET]
    killed = subprocess.run([RUN[0], "-c", DIE_AT, str(moment), *words], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert "kept" not in build(talk, *QUIET).told
    assert read_edits(talk) == BOTH
    assert "lightkeeper" in locate(talk, "srt").read_text(encoding="utf-8")
    for ending in ("vtt", "srt"):
        text = locate_spanish(talk, ending).read_text(encoding="utf-8")
        assert all(words in text for words in ("Un viejo farero", "¿Y por qué?"))
