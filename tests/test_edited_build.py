"""What a person changes in captions that were built is in every later build, or shown not to be."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pysubs2
import pytest
import srt
from builds import RUN, Built, build, run
from test_incremental import DIE_AT
from vivavoz.captions import load_style, read_caption_file, read_edits
from vivavoz.scripts import output
from vivavoz.scripts.batch.catalogue import plan_all
from vivavoz.scripts.command import vivavoz
from vivavoz.scripts.plan import Plan
from vivavoz.source import Settings

Write = Callable[..., Path]
Edit = Callable[[Path], None]

TRANSCRIPT = """Anna: What do you hear at night, when the light is on?

Ben: The sea, and the wind in the wires. And the motor that turns the lamp.

Anna: And in the morning?

Ben: Only the gulls. They come with the boats, and they stay until the fish is sold.
"""
QUIET = ("--narration", "none")
LATER = TRANSCRIPT.replace("What do you hear", "Tell us what it is that you hear")


@pytest.fixture
def transcript(write: Write) -> Path:
    """Return an interview whose captions have been built."""
    path = write(TRANSCRIPT)
    build(path, *QUIET)
    return path


def locate(transcript: Path, ending: str = "vtt") -> Path:
    return transcript.parent / "out" / transcript.stem / f"captions.en.{ending}"


def retype(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def show(path: Path) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(cue.start_ms, cue.end_ms, cue.lines) for cue in read_caption_file(path).cues]


def list_lines(path: Path) -> list[str]:
    return [line for cue in read_caption_file(path).cues for line in cue.lines]


def read_report(built: Built) -> dict[str, Any]:
    return json.loads((built.folder / "report.json").read_text(encoding="utf-8"))


def edit_in_aegisub(path: Path) -> None:
    """Save as pysubs2 does, which reads and writes as Aegisub: voices, notes and styles go."""
    file = pysubs2.SSAFile.from_string(pysubs2.load(str(path)).to_string("ass"))
    _, second, *_, last = file.events
    second.text = second.text.replace("sea", "SEA")
    second.start += 40
    last.text = last.text.replace("fish", "herring")
    file.save(str(path))


def edit_with_srt(path: Path) -> None:
    """Split a cue, delete one, and save as the library srt does."""
    cues = list(srt.parse(path.read_text(encoding="utf-8")))
    first, *others = cues
    half = (first.end - first.start) / 2
    one = srt.Subtitle(1, first.start, first.start + half, "[Anna] What do you hear at night,")
    two = srt.Subtitle(2, first.start + half, first.end, "when the lamp is on?")
    path.write_text(srt.compose([one, two, *others[:-1]]), encoding="utf-8")


@pytest.mark.parametrize(
    ("ending", "edit", "marks"),
    [
        ("vtt", edit_in_aegisub, "SEA|herring"),
        ("srt", edit_in_aegisub, "SEA|herring"),
        ("srt", edit_with_srt, "at night,|lamp is on"),
    ],
)
def test_what_an_editor_leaves_is_in_every_format_of_every_later_build(
    transcript: Path, ending: str, edit: Edit, marks: str
) -> None:
    voices = [cue.voices for cue in read_caption_file(locate(transcript)).cues]
    path = locate(transcript, ending)
    edit(path)
    left = show(path)
    built = build(transcript, *QUIET)
    assert "kept" not in built.told
    assert [lines for _, _, lines in show(path)] == [lines for _, _, lines in left]
    assert show(locate(transcript, "srt")) == show(locate(transcript))
    if edit is edit_in_aegisub:
        assert [cue.voices for cue in read_caption_file(locate(transcript)).cues] == voices
    first = show(path)
    assert build(transcript, *QUIET).told["state"] == "unchanged"
    assert build(transcript, *QUIET, "--force").told["state"] == "built"
    assert show(path) == first
    edits = transcript.with_name("interview.edits.toml").read_bytes()
    transcript.write_text(TRANSCRIPT.replace("And in the", "And early in the"), encoding="utf-8")
    for options in ((), ("--style", "bbc"), ("--style", "dcmp", "--formats", "srt,imsc")):
        later = build(transcript, *QUIET, *options)
        assert read_report(later)["edits"]["conflicts"] == []
        kept = [line for line in list_lines(path) if re.search(marks, line)]
        style = load_style(options[1] if options else "netflix")
        lines = [line for _, _, lines in left for line in lines if re.search(marks, line)]
        for name in ("Anna", "Ben"):
            lines = [line.replace(f"[{name}]", style.show_label(name)) for line in lines]
        assert kept == lines
        assert transcript.with_name("interview.edits.toml").read_bytes() == edits


def test_cues_that_are_joined_in_a_text_editor_need_no_tags_closed(transcript: Path) -> None:
    path = locate(transcript)
    text = path.read_text(encoding="utf-8")
    joined = re.sub(
        r"(--> )\S+(\n(?:.+\n)+)\n.+ --> (.+)\n(?=<v Ben>[^[])", r"\1\3\2", text, count=1
    )
    assert joined.count("-->") == text.count("-->") - 1
    path.write_text(joined, encoding="utf-8", newline="")
    left = show(path)
    assert "kept" not in build(transcript, *QUIET).told
    assert show(path) == show(locate(transcript, "srt")) == left
    assert "<v Ben>" in path.read_text(encoding="utf-8")


def test_a_label_that_is_changed_in_subrip_is_the_voice_everywhere(transcript: Path) -> None:
    retype(locate(transcript, "srt"), "[Ben] The sea", "[Zoe] The sea")
    built = build(transcript, *QUIET)
    assert built.told["warnings"] == []
    assert read_report(built)["check"]["list"] == []
    text = locate(transcript).read_text(encoding="utf-8")
    assert "<v Zoe>[Zoe] The sea" in text
    assert text.count("<v Ben>") == text.count("<v Ben>[Ben] Only") + text.count("<v Ben>They")
    retype(locate(transcript, "srt"), "[Zoe] The sea", "[Ben] The sea")
    build(transcript, *QUIET)
    assert "Zoe" not in locate(transcript).read_text(encoding="utf-8")


def test_what_was_changed_in_two_formats_is_merged(transcript: Path) -> None:
    retype(locate(transcript), "The sea,", "The open sea,")
    retype(locate(transcript, "srt"), "gulls", "terns")
    merged = build(transcript, *QUIET)
    assert read_report(merged)["edits"] == {"applied": 2, "conflicts": []}
    for ending in ("vtt", "srt"):
        text = locate(transcript, ending).read_text(encoding="utf-8")
        assert "The open sea," in text
        assert "terns" in text


def test_what_two_formats_say_otherwise_is_a_conflict_that_is_shown(transcript: Path) -> None:
    retype(locate(transcript), "gulls", "geese")
    retype(locate(transcript, "srt"), "gulls", "terns")
    built = build(transcript, *QUIET)
    edits = transcript.with_name("interview.edits.toml")
    first, second = [edit.line for edit in read_edits(edits).edits]
    for line, own, other in ((second, "geese", "terns"), (first, "terns", "geese")):
        told = f"in line {line}: “[Ben] Only the {own}.” here, “[Ben] Only the {other}.” there."
        assert built.list_warnings(told)
    assert "gulls" in locate(transcript).read_text(encoding="utf-8")
    both = edits.read_text(encoding="utf-8")
    assert re.findall("geese|terns", both) == ["geese", "terns"]
    head, _, terns = both.split("\n[[edit]]\n")
    edits.write_text(f"{head}\n[[edit]]\n{terns}", encoding="utf-8")
    assert build(transcript, *QUIET).told["warnings"] == []
    assert "terns" in locate(transcript).read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["terns", "skuas"])
def test_editing_a_cue_again_settles_a_conflict(transcript: Path, word: str) -> None:
    retype(locate(transcript), "gulls", "geese")
    retype(locate(transcript, "srt"), "gulls", "terns")
    build(transcript, *QUIET)
    assert list_edits(transcript) == [("gulls.", "conflict")] * 2
    retype(locate(transcript), "gulls", word)
    states = {state for _, state in list_edits(transcript)}
    assert states == {"waiting", "taken back"}
    assert read_report(build(transcript, *QUIET))["edits"] == {"applied": 1, "conflicts": []}
    transcript.write_text(TRANSCRIPT.replace("gulls", "ravens"), encoding="utf-8")
    build(transcript, *QUIET)
    retype(locate(transcript), "ravens", "crows")  # the transcript had the last word, and now this
    assert read_report(build(transcript, *QUIET))["edits"] == {"applied": 1, "conflicts": []}
    assert "crows" in locate(transcript, "srt").read_text(encoding="utf-8")


def test_an_edit_whose_words_change_waits_until_they_are_back(transcript: Path) -> None:
    retype(locate(transcript), "gulls", "terns")
    build(transcript, *QUIET)
    transcript.write_text(TRANSCRIPT.replace("gulls", "geese"), encoding="utf-8")
    built = build(transcript, *QUIET)
    (conflict,) = read_report(built)["edits"]["conflicts"]
    edits = transcript.with_name("interview.edits.toml").read_text(encoding="utf-8").split("\n")
    assert edits[conflict["line"] - 1] == "[[edit]]"
    assert "geese" in conflict["now"]
    assert built.list_warnings(f"interview.edits.toml, line {conflict['line']}: The words")
    retype(locate(transcript), "The sea,", "The open sea,")  # it waits while others are made
    build(transcript, *QUIET)
    transcript.write_text(TRANSCRIPT, encoding="utf-8")
    assert read_report(build(transcript, *QUIET))["edits"] == {"applied": 2, "conflicts": []}
    assert "terns" in locate(transcript).read_text(encoding="utf-8")


def test_an_edit_that_the_transcript_follows_is_settled(transcript: Path) -> None:
    retype(locate(transcript), "Only the gulls", "Only\nthe terns")
    build(transcript, *QUIET)
    edited = show(locate(transcript))
    transcript.write_text(TRANSCRIPT.replace("gulls", "terns"), encoding="utf-8")
    built = build(transcript, *QUIET)
    assert read_report(built)["edits"] == {"applied": 1, "conflicts": []}
    assert [lines for _, _, lines in show(locate(transcript))] == [lines for _, _, lines in edited]
    assert list_edits(transcript) == [("gulls.", "settled")]
    retype(locate(transcript), "The sea,", "The open sea,")  # that one is rewritten with it
    build(transcript, *QUIET)
    assert list_edits(transcript) == [("lamp.", "applied"), ("terns.", "applied")]


def test_an_edit_is_taken_back_in_the_captions_or_in_its_file(transcript: Path) -> None:
    edits, before = transcript.with_name("interview.edits.toml"), locate(transcript).read_bytes()
    for back in (lambda: locate(transcript).write_bytes(before), edits.unlink):
        retype(locate(transcript), "gulls", "terns")
        build(transcript, *QUIET)
        assert edits.is_file()
        back()
        build(transcript, *QUIET)
        assert not edits.exists()
        assert locate(transcript).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("gulls", "gulls <laughs", "A “<” has no “>”"),
        ("NOTE\n", "NOTE\nCheck this!\n", "This note or style is no edit"),
        (" --> ", " -> ", "neither a cue nor a NOTE"),
    ],
)
def test_captions_with_more_than_edits_in_them_stay_a_persons(
    transcript: Path, old: str, new: str, why: str
) -> None:
    path = locate(transcript)
    retype(path, old, new)
    edited = path.read_bytes()
    transcript.write_text(LATER, encoding="utf-8")
    built = build(transcript, *QUIET)
    assert built.list_warnings(why)
    assert built.told["kept"] == [path.name]
    assert path.read_bytes() == edited
    assert "Tell us" in locate(transcript, "srt").read_text(encoding="utf-8")
    again = build(transcript, *QUIET)
    assert (again.told["state"], again.told["kept"]) == ("unchanged", [path.name])
    words = ["build", transcript.name, "--out", "out", *QUIET]
    assert "--force sets it aside and" in run(*words, cwd=transcript.parent).stderr
    retype(path, new, "terns" if old == "gulls" else old)  # it is read by what it was built from
    assert "kept" not in build(transcript, *QUIET).told
    text = path.read_text(encoding="utf-8")
    assert "Tell us" in text
    assert ("terns" in text) == (old == "gulls")


@pytest.mark.parametrize(("left", "why"), [("", "empty"), ("WEBVTT\n", "no captions left")])
def test_captions_without_any_stay_and_a_way_out_is_told(
    transcript: Path, left: str, why: str
) -> None:
    locate(transcript).write_text(left, encoding="utf-8")
    built = build(transcript, *QUIET)
    (warning,) = built.told["warnings"]
    assert why in warning["message"]
    assert "build with --force, which sets it aside" in warning["message"]
    build(transcript, *QUIET, "--force")
    assert read_caption_file(locate(transcript)).cues


def test_captions_are_kept_where_no_edits_can_be_written(transcript: Path) -> None:
    edits = transcript.with_name("interview.edits.toml")
    edits.mkdir()
    retype(locate(transcript), "gulls", "terns")
    for _ in range(2):
        built = build(transcript, *QUIET)
        assert built.told["kept"] == ["captions.en.vtt"]
        assert built.list_warnings("can't be written to")
    edits.rmdir()
    assert "kept" not in build(transcript, *QUIET).told
    assert "terns" in locate(transcript, "srt").read_text(encoding="utf-8")


@pytest.mark.parametrize("moment", range(1, 11))
def test_a_build_that_is_killed_loses_no_edit(transcript: Path, moment: int) -> None:
    retype(locate(transcript), "The sea,", "The open sea,")
    retype(locate(transcript, "srt"), "gulls", "terns")
    transcript.write_text(LATER, encoding="utf-8")
    words = ["build", str(transcript), "--out", str(transcript.parent / "out"), *QUIET]
    killed = subprocess.run([RUN[0], "-c", DIE_AT, str(moment), *words], check=False)
    assert killed.returncode == (-signal.SIGKILL if moment < 10 else 0)  # all is done
    finished = build(transcript, *QUIET)
    assert "kept" not in finished.told
    assert read_report(finished)["edits"] == {"applied": 2, "conflicts": []}
    assert not [path.name for path in transcript.parent.glob(".*") if path.is_file()]
    for ending in ("vtt", "srt"):
        text = locate(transcript, ending).read_text(encoding="utf-8")
        assert all(words in text for words in ("Tell us", "The open sea,", "terns"))


def test_captions_that_are_saved_while_they_are_built_are_read_by_the_next(
    transcript: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    retype(locate(transcript), "The sea,", "The open sea,")
    flush = output.flush_files

    def edit_meanwhile(paths: Sequence[Path]) -> None:
        retype(locate(transcript), "gulls", "terns")
        flush(paths)

    with monkeypatch.context() as patch:
        patch.setattr(output, "flush_files", edit_meanwhile)
        assert build(transcript, *QUIET).told["kept"] == ["captions.en.vtt"]
    assert "captions.en.vtt was edited while it was built, and is kept" in capsys.readouterr().err
    assert "terns" not in locate(transcript, "srt").read_text(encoding="utf-8")
    built = build(transcript, *QUIET)
    assert read_report(built)["edits"] == {"applied": 2, "conflicts": []}
    assert "terns" in locate(transcript, "srt").read_text(encoding="utf-8")


def test_edits_are_no_settings_and_no_interview(transcript: Path) -> None:
    retype(locate(transcript), "gulls", "terns")
    build(transcript, *QUIET)
    own = transcript.with_name("interview.edits.txt")
    own.write_text(TRANSCRIPT, encoding="utf-8")
    assert build(own, *QUIET).told["warnings"] == []
    settings = transcript.with_name("vivavoz.toml")
    settings.write_text('include = ["*.toml"]\n', encoding="utf-8")
    found = list(plan_all([transcript.parent], Settings()))
    assert [each.transcript.name for each in found if isinstance(each, Plan)] == [
        "interview.edits.txt",
        "interview.txt",
        "vivavoz.toml",
    ]


def describe_edits(transcript: Path) -> list[dict[str, Any]]:
    """Return what the command tells a script."""
    printed = io.StringIO()
    words = ["edits", str(transcript), "--out", str(transcript.parent / "out"), "--json"]
    with redirect_stdout(printed):
        assert vivavoz.main(words, standalone_mode=False) == 0
    listings = map(json.loads, printed.getvalue().splitlines())
    return [edit for listing in listings for edit in listing["edits"]]


def list_edits(transcript: Path) -> list[tuple[str, str]]:
    """Return each edit's last word and its state."""
    edits = describe_edits(transcript)
    return [(edit["was"].split()[-1], edit["state"]) for edit in edits]


def list_times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_ctime_ns for path in folder.rglob("*")}


def test_edits_are_listed_with_what_became_of_them(transcript: Path) -> None:
    assert list_edits(transcript) == []
    retype(locate(transcript), "The sea,", "The open sea,")
    retype(locate(transcript, "srt"), "gulls", "terns")
    before = list_times(transcript.parent)
    assert list_edits(transcript) == [("lamp.", "waiting"), ("gulls.", "waiting")]
    foreseen = build(transcript, *QUIET, "--dry-run").told
    assert foreseen["edited"] == ["captions.en.vtt", "captions.en.srt"]
    assert foreseen["kept"] == []
    assert before == list_times(transcript.parent)
    transcript.write_text(TRANSCRIPT.replace("gulls", "geese"), encoding="utf-8")
    build(transcript, *QUIET)
    retype(locate(transcript), "The open sea,", "The sea,")
    assert list_edits(transcript) == [("lamp.", "taken back"), ("gulls.", "conflict")]
    build(transcript, *QUIET)
    assert list_edits(transcript) == [("gulls.", "conflict")]
    retype(transcript.with_name("interview.edits.toml"), "gulls", "geese")
    assert list_edits(transcript) == [("geese.", "waiting")]
    build(transcript, *QUIET)
    assert list_edits(transcript) == [("geese.", "applied")]


def test_of_words_that_stay_the_list_says_what_was_done_to_them(transcript: Path) -> None:
    retype(locate(transcript), "Only the gulls", "Only <i>the</i> gulls")
    retype(locate(transcript), "<v Anna>[Anna] And in", "<v Zoe>[Anna] And in")
    printed = io.StringIO()
    words = ["edits", str(transcript), "--out", str(transcript.parent / "out")]
    with redirect_stdout(printed):
        assert vivavoz.main(words, standalone_mode=False) == 0
    first, _, second, _ = printed.getvalue().splitlines()[1:]
    assert first.endswith("” is said by somebody else")
    assert second.endswith("” has italics now")
    marked = [cue["marked"] for edit in describe_edits(transcript) for cue in edit["cues"]]
    assert not marked[0]
    assert "<i>the</i>" in marked[1][0]


def test_italics_and_places_are_edits_too(transcript: Path) -> None:
    retype(locate(transcript), "The sea,", "The <i>open</i> sea,")
    first = re.search(r"-->.*", locate(transcript).read_text(encoding="utf-8"))
    assert first
    retype(locate(transcript), first[0], f"{first[0]} line:12.5%,start align:center")
    retype(locate(transcript, "srt"), "Only the gulls", "{\\an8}Only <b>the</b> gulls")
    build(transcript, *QUIET)
    transcript.write_text(TRANSCRIPT.replace("And in", "And early in"), encoding="utf-8")
    build(transcript, *QUIET)
    retype(locate(transcript, "srt"), "early in", "late in")
    assert read_report(build(transcript, *QUIET))["edits"] == {"applied": 4, "conflicts": []}
    vtt, subrip = (locate(transcript, form).read_text(encoding="utf-8") for form in ("vtt", "srt"))
    assert "The <i>open</i> sea," in vtt
    assert f"{first[0]} line:12.5%,start align:center\n" in vtt
    assert "Only <b>the</b> gulls" in vtt
    assert "The <i>open</i> sea," in subrip
    assert subrip.count("{\\an8}") == 2


def test_words_that_a_person_typed_have_the_time_of_the_one_before(transcript: Path) -> None:
    def time_words() -> dict[str, str]:
        text = locate(transcript).read_text(encoding="utf-8")
        return {word: time for time, word in re.findall(r"<(\d\S+)>(\S+)", text)}

    build(transcript, *QUIET, "--word-times")
    before = time_words()
    retype(locate(transcript), "the <", "<")
    retype(locate(transcript), "gulls", "many terns")
    build(transcript, *QUIET, "--word-times")
    text = re.sub(r"<\d[^>]*>", "", locate(transcript).read_text(encoding="utf-8"))
    assert "many terns" in text
    after = time_words()
    assert {"boats,", "stay", "fish", "sold."} <= after.keys()
    assert after.items() <= before.items()


def test_force_sets_aside_what_could_not_be_read(transcript: Path) -> None:
    path = locate(transcript)
    retype(path, "The sea,", "The open sea,")
    retype(path, "gulls", "gulls <laughs")
    for aside in ("captions.en.edited.vtt", "captions.en.edited-2.vtt"):
        edited = path.read_bytes()
        built = build(transcript, *QUIET, "--force")
        (warning,) = built.told["warnings"]
        assert f"is set aside as {aside}: line" in warning["message"]
        assert built.told["aside"] == {"captions.en.vtt": aside}
        assert path.with_name(aside).read_bytes() == edited
        assert "open sea" not in path.read_text(encoding="utf-8")
        path.write_bytes(edited)


@pytest.mark.parametrize("ending", ["vtt", "srt"])
def test_what_an_editor_drops_from_a_whole_file_stays(transcript: Path, ending: str) -> None:
    path = locate(transcript)
    (first, *_, last) = re.findall(r"-->.*", path.read_text(encoding="utf-8"))
    for times in (first, last):
        retype(path, times, f"{times} line:10%,start position:10%,line-left size:80% align:left")
    retype(path, "wind", "<i>wind</i>")
    build(transcript, *QUIET)
    before = path.read_text(encoding="utf-8")
    edited = locate(transcript, ending)
    file = pysubs2.SSAFile.from_string(pysubs2.load(str(edited)).to_string("ass"))
    for event in file:
        event.text = re.sub(r"\{[^}]*\}", "", event.text).replace("sold", "eaten")
    file.save(str(edited))
    build(transcript, *QUIET)
    assert path.read_text(encoding="utf-8") == before.replace("sold", "eaten")
    retype(path, f"{first} line:10%,start position:10%,line-left size:80% align:left", first)
    build(transcript, *QUIET)
    assert path.read_text(encoding="utf-8").count("line:10%") == 1


@pytest.mark.parametrize("ending", ["vtt", "srt"])
def test_a_file_that_was_cut_off_takes_nothing_out_unsaid(transcript: Path, ending: str) -> None:
    path, edits = locate(transcript, ending), transcript.with_name("interview.edits.toml")
    whole = path.read_text(encoding="utf-8")
    total = len(read_caption_file(path).cues)
    last = whole.rindex("-->")
    path.write_text(whole[: whole.index("\n", last) + 1], encoding="utf-8")
    built = build(transcript, *QUIET)
    assert built.list_warnings("The last caption has no text; was the file cut off?")
    if ending == "srt":
        for size in (7, 11):
            path.write_text(whole[: last - size], encoding="utf-8")
            assert build(transcript, *QUIET).list_warnings("The last line is no text of a caption")
    path.write_text(whole[: whole.rindex("\n\n", 0, last) - 3], encoding="utf-8")
    assert build(transcript, *QUIET).list_warnings(f"lacks 1 of {total} captions, from 00:00:")
    edits.unlink()
    build(transcript, *QUIET)
    assert path.read_text(encoding="utf-8") == whole


def test_edits_that_wait_or_are_gone_are_named(transcript: Path) -> None:
    retype(locate(transcript), "gulls", "terns")
    build(transcript, *QUIET)
    transcript.write_text(TRANSCRIPT.replace("gulls", "geese"), encoding="utf-8")
    for state in ("built", "unchanged"):
        told = build(transcript, *QUIET).told
        assert (told["state"], told["unapplied"]) == (state, {"interview.txt": 1})
    words = ["build", transcript.name, "--out", "out", *QUIET]
    said = run(*words, cwd=transcript.parent).stderr
    assert said == "interview.txt: 1 edit waits; `vivavoz edits interview.txt` says why.\n"
    renamed = transcript.rename(transcript.with_name("talk.txt"))
    assert build(renamed, *QUIET).list_warnings("interview.edits.toml belongs to no transcript")
    renamed.rename(transcript)
    transcript.with_name("interview.edits.toml").unlink()
    built = build(transcript, *QUIET)
    assert built.list_warnings("and with it went 1 edit of the last build;")
    assert "unapplied" not in built.told


def test_of_many_conflicts_the_first_are_told(transcript: Path) -> None:
    edit = '[[edit]]\nat = "00:00:01.000"\nfollows = "x"\nwas = "y"\nprecedes = "z"\ncues = []\n'
    transcript.with_name("interview.edits.toml").write_text(edit * 30, encoding="utf-8")
    built = build(transcript, *QUIET)
    assert len(built.list_warnings("interview.edits.toml")) == 11
    assert built.list_warnings("20 more edits could not be applied; `vivavoz edits` lists all.")
    assert built.told["unapplied"] == {"interview.txt": 30}
