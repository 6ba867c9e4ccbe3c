"""House styles and producers' own: what their files say is what captions keep."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from rules import HOUSES, check_house, check_words
from vivavoz.captions import caption, estimate_timeline, list_styles, load_style, write_captions
from vivavoz.captions.colour import colour_speakers, measure_contrast, read_colour
from vivavoz.captions.style import Reading
from vivavoz.source import UnreadableSource, UsageError
from wordings import build_wording

RUN = [sys.executable, "-c", "from vivavoz.scripts.command import main; main()"]
SAID = [
    ("José Hernández", "We walked a long way [laughs] and then we sang. " * 9),
    ("#sound", "applause"),
    ("Ann", "Did you? " * 5),
]

# Machado, Oliveira and Fernandes 2009, severity 1.0: what people see of linear red, green and blue.
COLOUR_BLINDNESS = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_houses_have_the_guidelines_numbers() -> None:
    assert list_styles() == sorted(HOUSES)
    for name, house in HOUSES.items():
        style = load_style(name)
        assert style.line_width == house.columns
        assert style.reading_speed == (house.per_second or house.per_minute)
        assert style.reading is (Reading.COLUMNS if house.per_second else Reading.WORDS)
        assert style.shortest_ms == pytest.approx(house.shortest_ms, abs=1)
        assert style.longest_ms == house.longest_ms
        assert all(len(section) > 10 for section in style.sections.values())


@pytest.mark.parametrize("house", sorted(HOUSES))
def test_each_house_shows_speakers_and_sounds_in_its_own_form(house: str) -> None:
    captions = caption(estimate_timeline(build_wording(SAID)), house)
    check_house(captions)
    check_words(captions)
    lines = " ".join(line for cue in captions.cues for line in cue.lines)
    forms = {
        "netflix": ("[José Hernández] We", "[laughs]", "[applause]", "[Ann] Did"),
        "bbc": ("JOSÉ HERNÁNDEZ: We", "(LAUGHS)", " APPLAUSE ", "ANN: Did"),
        "dcmp": ("(José Hernández) We", "[laughs]", "[applause]", "(Ann) Did"),
    }
    assert all(form in lines for form in forms[house])


def test_a_style_of_ones_own_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'extends = "netflix"\ntitle = "Ours"\n'
        "[line_width]\ncolumns = 30\n"
        '[label]\nform = "{NAME} —"\nsection = "Handbook, page 3"\n'
        "[colours]\nvalues = []\n",
        encoding="utf-8",
    )
    ours, netflix = load_style(str(path)), load_style("netflix")
    assert (ours.name, ours.title, ours.line_width) == ("ours", "Ours", 30)
    assert ours.sections["line_width"] == "ours.toml"
    assert ours.sections["label"] == "Handbook, page 3"
    assert (ours.reading_speed, ours.gap_ms) == (netflix.reading_speed, netflix.gap_ms)
    text = write_captions(caption(estimate_timeline(build_wording(SAID)), ours))
    assert ">JOSÉ HERNÁNDEZ — We walked" in text.replace("\n", " ")
    assert "STYLE" not in text


def test_a_style_of_ones_own_is_read_anew_each_time(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    for columns in (30, 35):
        path.write_text(f'extends = "bbc"\n[line_width]\ncolumns = {columns}\n', encoding="utf-8")
        assert load_style(str(path)).line_width == columns


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", 'begin with a line such as extends = "netflix"'),
        ('extends = "nextflix"', "choose one of: bbc, dcmp, netflix."),
        ("extends =", "This is not TOML"),
        ("[line_widht]\ncolumns = 30", "There is no “line_widht” in a style; did you mean “line_w"),
        ("[line_width]\ncolumn = 30", "no “column” in [line_width]; did you mean “columns”?"),
        ("[line_width]\ncolumns = 'x'", "[line_width] columns: expected a whole number, got a t"),
        ("[line_width]\ncolumns = 3", "[line_width] columns: expected a whole number >= 10."),
        ("line_width = 3", "[line_width]: expected a table, got a whole number."),
        ("[shortest]\nseconds = 1\nframes = 2", "[shortest]: expected either frames or seconds."),
        ("[shortest]\nseconds = 20", "expected longest to be no less than shortest."),
        ("[reading_speed]", "expected either columns_per_second or words_per_minute."),
        ("[label]\nform = '{title}'", "[label]: expected a text that holds {name}, or {NAME}"),
        ("[label]\nform = '{name:>9}'", "[label]: expected a text that holds {name}, or {NAME}"),
        ("[label]\nform = '{{{name}}}'", "[label]: expected a text that holds {name}, or {NAME}"),
        (f"[label]\nform = '{'x' * 35}{{name}}'", "expected label to leave room for a name on"),
        ("[sound]\nform = '{text'", "[sound]: expected a text that holds {text}, or {TEXT}"),
        ("[gap]\nseconds = " + "9" * 5000, "A number in this file has too many digits."),
        ("gap = " + "[" * 3000, "This nests lists or tables too deeply."),
        ('["\\u001b[2J"]', "There is no “\ufffd[2J” in a style"),
        (f"[{'x' * 9000}]", f"There is no “{'x' * 59}…” in a style"),
        ("[colours]\nvalues = ['red']", "[colours]: expected colours such as #ffe14d, not “red”."),
        ("[colours]\nvalues = ['#333333']", "has a contrast of 1.7:1 (WCAG 2.2, 1.4.3"),
    ],
)
def test_a_wrong_style_file_gets_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    extends = "" if not text or "extends" in text else 'extends = "bbc"\n'
    path.write_text(extends + text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_style(str(path))
    assert caught.value.file == str(path)
    assert sentence in caught.value.message
    assert caught.value.message.endswith((".", "?"))


def test_a_style_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'title = "Espa\xf1a"')
    (tmp_path / "folder.toml").mkdir()
    for name in ("missing.toml", "latin.toml", "folder.toml"):
        with pytest.raises(UnreadableSource) as caught:
            load_style(str(tmp_path / name))
        assert caught.value.file == str(tmp_path / name)


@pytest.mark.parametrize("house", sorted(HOUSES))
def test_speakers_colours_can_be_read_and_told_apart(house: str) -> None:
    colours = load_style(house).colours
    assert all(measure_contrast(colour, "#000000") >= 4.5 for colour in colours)
    for matrix in COLOUR_BLINDNESS.values():
        seen = [_to_lab(np.array(matrix) @ read_colour(colour)) for colour in colours]
        for one, other in combinations(seen, 2):
            # CIE 1976: 2.3 can just be noticed; the BBC's white and yellow have 8 in tritanopia.
            assert np.linalg.norm(one - other) > 8


def _to_lab(linear: np.ndarray) -> np.ndarray:
    """Turn linear sRGB into CIE L*a*b* (D65)."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(linear, 0, 1) / np.array([0.9505, 1, 1.089])
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_contrast_is_wcags() -> None:
    assert measure_contrast("#ffffff", "#000000") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_no_two_speakers_share_a_colour() -> None:
    given = colour_speakers(["A", None, "B", "A", "C"], ["#ffffff", "#ffff00"])
    assert given == {"A": "#ffffff", "B": "#ffff00"}


@pytest.mark.parametrize("name", ['"] { } ::cue(v[voice="', "a-->b", "\\", "</style>", "Ann\n\nB"])
def test_no_name_breaks_out_of_the_style_block(name: str) -> None:
    text = write_captions(caption(estimate_timeline(build_wording([(name, "Well.")]))))
    block = text.partition("STYLE\n")[2].partition("\n\n")[0]
    assert block.startswith('::cue(v[voice="')
    assert block.endswith('"]) { color: #ffffff; }')
    assert block.count("\n") == 0
    assert block.count('"') == 2
    assert "-->" not in block
    assert "</" not in block


def test_styles_are_listed_and_explained(tmp_path: Path) -> None:
    listed = run("styles", cwd=tmp_path)
    assert listed.returncode == 0
    for name in list_styles():
        assert f"{name} " in listed.stdout
        assert load_style(name).title in listed.stdout
    (tmp_path / "ours.toml").write_text('extends = "bbc"\n[lines]\ncount = 1\n', encoding="utf-8")
    explained = run("styles", "ours.toml", cwd=tmp_path).stdout
    assert "180 words a minute" in explained
    assert "4.5 Gaps" in explained
    assert "1 lines" in explained
    assert "  ours.toml\n" in explained
    told = json.loads(run("styles", "netflix", "--json", cwd=tmp_path).stdout)
    assert told["rules"]["line_width"] == {
        "value": 42,
        "unit": "columns",
        "section": load_style("netflix").sections["line_width"],
    }


def test_a_build_keeps_the_style_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Ann: Is it?\n\nBen: It is [laughs].\n", encoding="utf-8")
    (tmp_path / "ours.toml").write_text('extends = "bbc"\n[lines]\ncount = 1\n', encoding="utf-8")
    words = ("build", "talk.txt", "--style", "ours.toml", "--narration", "none")
    assert run(*words, cwd=tmp_path).returncode == 0
    captions = (tmp_path / "out" / "talk" / "captions.en.vtt").read_text(encoding="utf-8")
    assert "ANN: Is it?" in captions
    assert "(LAUGHS)" in captions
    report = json.loads((tmp_path / "out" / "talk" / "report.json").read_text(encoding="utf-8"))
    assert report["style"] == "ours"
    wrong = run("build", "talk.txt", "--style", "their.toml", cwd=tmp_path)
    assert wrong.returncode == 3
    assert wrong.stderr == "vivavoz: their.toml: There is no such file; check the name.\n"
