"""One importable name: what the wheel holds, and that nothing was forgotten."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version

import pytest
import vivavoz
from conftest import ROOT

ROOMS = ("audio", "captions", "scripts", "source")


in_git = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="needs a git checkout"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(checkout)], check=True)
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=checkout, check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_every_folder_with_code_is_a_listed_package() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {
        ".".join(("vivavoz", *path.parent.relative_to(ROOT).parts))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
    }
    assert {*folders, "vivavoz"} == set(listed["tool"]["setuptools"]["packages"])


@in_git
def test_the_wheel_has_one_top_level_name(wheel: zipfile.ZipFile) -> None:
    names = {name.split("/")[0] for name in wheel.namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"vivavoz"}


@in_git
def test_the_wheel_holds_all_code_and_data_and_no_tests(wheel: zipfile.ZipFile) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", *ROOMS, "__init__.py", "py.typed"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {f"vivavoz/{name}" for name in tracked}


def test_versions_agree() -> None:
    assert version("vivavoz") == vivavoz.__version__
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{vivavoz.__version__}]" in changes


def test_rooms_import_only_what_lies_below_them() -> None:
    above = {"source": ("audio", "captions", "scripts"), "captions": ("audio", "scripts")}
    above["audio"] = ("captions", "scripts")
    for room, forbidden in above.items():
        rooms = "|".join(forbidden)
        bad = rf"(?:\.\.|vivavoz\.)(?:{rooms})\b|from (?:\.\.|vivavoz) import .*\b(?:{rooms})\b"
        for path in (ROOT / room).rglob("*.py"):
            assert not re.search(bad, path.read_text(encoding="utf-8")), path


def test_the_help_pays_for_no_heavy_library() -> None:
    code = "import sys, vivavoz.scripts.command; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = {"numpy", "pydub", "rich", "webvtt", "gtts", "py3langid", "budoux", "av", "numba"}
    heavy |= {"starlette", "uvicorn"}
    assert not heavy & set(ran.stdout.split())
