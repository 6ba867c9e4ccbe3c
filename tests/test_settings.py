"""Settings files, their layers, and the people whom they name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.scripts.batch.catalogue import DEFAULTS
from vivavoz.scripts.starter import start_folder
from vivavoz.source import (
    NO_MEDIA,
    Edition,
    Editorial,
    FileTimes,
    Person,
    Role,
    Settings,
    UnreadableSource,
    UsageError,
    VivavozError,
    load_folder_settings,
    load_settings,
    match_names,
    note_strangers,
    read_interview,
)
from vivavoz.source.settings_file import FolderFile, InterviewFile

Write = Callable[..., Path]

TALK = "LEE: Who are you?\n\nJH: A keeper.\n\nLEE: Why?\n\nJH: Why not.\n"

names = st.sampled_from(["LEE", "Lee", "JH", "Ann Lee"])
settings = st.builds(
    Settings,
    language=st.sampled_from([None, "en", "es"]),
    style=st.sampled_from([None, "bbc", "dcmp"]),
    duck_db=st.sampled_from([None, 0.0, -12.0]),
    narration=st.sampled_from([None, *Edition]),
    speakers=st.dictionaries(
        names, st.builds(Person, st.none() | names, st.sampled_from([None, *Role]))
    ),
    voices=st.dictionaries(names, st.sampled_from(["espeak", "gtts"])),
    pronounce=st.dictionaries(st.sampled_from(["US", "us"]), names),
)


@given(settings, settings, settings)
def test_layers_can_be_joined_in_any_order(one: Settings, two: Settings, three: Settings) -> None:
    left, right = one.over(two).over(three), one.over(two.over(three))
    assert left == right
    for tables in ((left.speakers, right.speakers), (left.voices, right.voices)):
        assert list(tables[0]) == list(tables[1])


@given(settings, settings)
def test_what_is_said_here_beats_what_is_said_in_general(here: Settings, base: Settings) -> None:
    joined = here.over(base)
    for key in ("language", "style", "duck_db", "narration"):
        said = getattr(here, key)
        assert getattr(joined, key) == (getattr(base, key) if said is None else said)
    assert {**joined.voices, **here.voices} == joined.voices
    assert {**base.pronounce, **here.pronounce} == joined.pronounce
    assert list(joined.speakers)[-len(here.speakers) or len(joined.speakers) :] == list(
        here.speakers
    )


@given(settings)
def test_nothing_said_changes_nothing(said: Settings) -> None:
    assert said.over(Settings()) == Settings().over(said) == said


def test_a_role_beside_an_interview_leaves_the_name_of_its_folder() -> None:
    here, folder = {"LEE": Person(role=Role.GUEST)}, {"lee": Person("Ann Lee", Role.NARRATOR)}
    joined = Settings(speakers=here).over(Settings(speakers=folder))
    assert joined.speakers == {"LEE": Person("Ann Lee", Role.GUEST)}


def test_every_key_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "talk.en.toml"
    file.write_text(
        '\ufefflanguage = "es"\nstyle = "ours.toml"\neditorial = "keep"\nmedia = "sound/talk.mp3"\n'
        'timing = "keep"\n'
        'narration = "extended"\nvoice = "espeak"\nnarrator = "gtts"\nduck = 0\nloudness = -23\n'
        '[speakers]\nLEE = " Ann  Lee "\nJH = { role = "interviewer" }\n[voices]\nLEE = "gtts"\n'
        '[pronounce]\n"Márquez Abella" = " /ˈmaɾkes aˈβeʝa/ "\nNASA = "NASS-uh"\n',
        encoding="utf-8",
    )
    assert load_settings(file) == Settings(
        file=file,
        language="es",
        style=str(tmp_path / "ours.toml"),
        editorial=Editorial.KEEP,
        media=tmp_path / "sound" / "talk.mp3",
        timing=FileTimes.KEEP,
        narration=Edition.EXTENDED,
        voice="espeak",
        narrator="gtts",
        duck_db=0.0,
        loudness_lufs=-23.0,
        speakers={"LEE": Person("Ann Lee"), "JH": Person(role=Role.INTERVIEWER)},
        voices={"LEE": "gtts"},
        pronounce={"Márquez Abella": "/ˈmaɾkes aˈβeʝa/", "NASA": "NASS-uh"},
    )
    file.write_text('media = "none"\n', encoding="utf-8")
    assert load_settings(file).media == NO_MEDIA


def test_a_voice_in_a_file_is_told_from_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "talk.toml"
    (tmp_path / "voice.onnx").touch()
    file.write_text('voice = "piper:voice.onnx"\nnarrator = "piper:other.onnx"', encoding="utf-8")
    said = load_settings(file)
    assert said.voice == f"piper:{tmp_path / 'voice.onnx'}"
    assert said.narrator == "piper:other.onnx"


def test_a_voice_may_be_called_what_no_file_is(tmp_path: Path) -> None:
    file, voice = tmp_path / "talk.toml", "piper:" + "a" * 300
    file.write_text(f'voice = "{voice}"', encoding="utf-8")
    assert load_settings(file).voice == voice


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[pronounse]", "There is no “pronounse” in a settings file; did you mean “pronounce”?"),
        ("zzz = 3", "There is no “zzz” in a settings file; there are language, style, editorial,"),
        ("out = 'x'", "There is no “out” in a settings file"),
        ("pronounce = 3", "[pronounce]: expected a table, got a whole number."),
        ("[pronounce", "This is not TOML"),
        (f"duck = {'1' * 5000}", "A number in this file has too many digits."),
        (f"style = {'[' * 5000}", "too deeply"),
        ("[pronounce]\nNASA = 3", "[pronounce] “NASA”: say how it sounds between quotation marks"),
        ("[pronounce]\nNASA = ' '", "[pronounce] “NASA”: say how it sounds"),
        ("[pronounce]\nNASA = '/ˈnæsə'", "[pronounce] “NASA”: say how it sounds"),
        ("[pronounce]\n'…' = 'dots'", "[pronounce] “…” holds no word; name one or more."),
        ("duck = 1", "duck: expected a number <= 0.0."),
        ("duck = nan", "duck: expected a number >= -60.0."),
        ("duck = true", "duck: expected a number, got true or false."),
        ("style = 2026-01-01", "style: expected a text, got a date."),
        ("loudness = -60", "loudness: expected a number >= -40.0."),
        ('"x` - at `$.foo" = 3', "There is no “x” in a settings file"),
        ('narration = "x` - at `$.foo"', "narration: there is no “x` - at `$.foo”"),
        ("narration = 'extnded'", "narration: there is no “extnded”; did you mean “extended”?"),
        ("editorial = 'x'", "editorial: there is no “x”; there are unwrap, keep, drop."),
        ("[speakers]\nLEE = 3", "[speakers] “LEE”: say the full name between quotation marks"),
        ("[speakers]\nLEE = {}", "[speakers] “LEE”: say the full name between quotation marks"),
        ("[speakers]\nLEE = ' '", "[speakers] “LEE”: this is no name"),
        ('[speakers]\nLEE = "A\\u001b[31m"', "[speakers] “LEE”: this is no name"),
        ("[speakers.LEE]\nrol = 'guest'", "no “rol” in [speakers] “LEE”; did you mean “role”?"),
        ("[speakers.LEE]\nrole = 'hots'", "[speakers] “LEE” role: there is no “hots”; there are "),
        ("[speakers.LEE]\nname = 3", "[speakers] “LEE” name: expected a text, got a whole number."),
        ("[voices]\nLEE = 3", "[voices] “LEE”: name a voice between quotation marks"),
        ("media = '../x.mp4'", "media: this leads out of the folder"),
        ("media = '/x.mp4'", "media: this leads out of the folder"),
        ("media = ''", "media: “” is no name"),
        ("media = 'https://example.org/x.mp4'", "media: this is an address, and only files are"),
    ],
)
def test_settings_that_say_nothing_known_are_refused(
    tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "talk.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        load_settings(file)
    assert sentence in str(refused.value)
    assert refused.value.file == str(file)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("media = 'x.mp4'", "There is no “media” in a vivavoz.toml"),
        ("out = '../x'", "out: this leads out of the folder"),
        ("out = '/x'", "with --out."),
        ("out = 'link'", "out: this leads out of the folder"),
        ("out = '.'", "out: the results need a folder of their own"),
        ("include = 'x'", "include: expected a list, got a text."),
        ("exclude = ['x', 3]", "exclude: expected a text, got a whole number."),
    ],
)
def test_a_folder_that_would_reach_out_of_itself_is_refused(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "link").symlink_to("/")
    file = tmp_path / "vivavoz.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        load_folder_settings(file)
    assert sentence in str(refused.value)
    assert refused.value.file == str(file)


def test_settings_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableSource, match="not UTF-8"):
        load_settings(tmp_path / "talk.toml")


@given(st.text())
def test_whatever_a_file_says_is_understood_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    for load in (load_settings, load_folder_settings):
        try:
            load(file)
        except VivavozError as error:
            assert error.file == str(file)  # noqa: PT017 - what is no error is as good


def test_the_form_has_every_key_and_says_what_holds_without_it(tmp_path: Path) -> None:
    start_folder(tmp_path / "new")
    file = tmp_path / "new" / "vivavoz.toml"
    written = file.read_text(encoding="utf-8")
    assert load_folder_settings(file).settings == Settings(file=file)
    lines = written.splitlines()
    said = [line[1:] if line[:1] == "#" and line[1:2] not in {"", " "} else line for line in lines]
    file.write_text("\n".join(said), encoding="utf-8")
    folder = load_folder_settings(file)
    for key in FolderFile.__struct_fields__:
        assert f"\n#{key} = " in written or f"\n#[{key}]\n" in written
    assert folder.out == tmp_path / "new" / "out"
    assert set(InterviewFile.__struct_fields__) - set(FolderFile.__struct_fields__) == {"media"}
    filled = folder.settings
    nothing: dict[str, str] = {}
    examples = replace(
        filled,
        file=None,
        language=None,
        timing=None,
        narrator=None,
        loudness_lufs=None,
        speakers={},
        voices=nothing,
        pronounce=nothing,
    )
    assert examples == DEFAULTS
    assert filled.speakers["Q"] == Person("Tobias Lund", Role.INTERVIEWER)


@pytest.mark.parametrize(
    ("people", "speakers"),
    [
        ({}, [("LEE", Role.INTERVIEWER), ("JH", Role.GUEST)]),
        ({"lee": Person("Ann Lee")}, [("Ann Lee", Role.INTERVIEWER), ("JH", Role.GUEST)]),
        (
            {"Ann Lee": Person(role=Role.GUEST), "Juan Herrera": Person(role=Role.INTERVIEWER)},
            [("Ann Lee", Role.GUEST), ("Juan Herrera", Role.INTERVIEWER)],
        ),
        (
            # A folder names people of other interviews too: a label beats a part of a name.
            {"LEE": Person("Bo Lee", Role.NARRATOR), "Ann Lee": Person("Anne Lee")},
            [("Bo Lee", Role.NARRATOR), ("JH", Role.GUEST)],
        ),
        (
            {"Juan Herrera": Person(), "Jane Howe": Person(), "Somebody": Person("X")},
            [("LEE", Role.INTERVIEWER), ("JH", Role.GUEST)],
        ),
    ],
)
def test_settings_know_better_who_speaks(
    write: Write, people: dict[str, Person], speakers: list[tuple[str, Role]]
) -> None:
    talk = read_interview(write(TALK), "en", people)
    assert [(one.name, one.role) for one in talk.speakers] == speakers
    assert [turn.speaker for turn in talk.turns()] == [name for name, _ in speakers] * 2


def test_the_names_above_an_interview_can_be_corrected(write: Write) -> None:
    talk = "An interview with Ann Lee\n\nQ: Who are you?\n\nLEE: A keeper.\n\nQ: Why?\n\nLEE: So.\n"
    people = {"Ann Lee": Person("Anne Lee-Smith"), "Interviewer": Person("Bo Ek")}
    interview = read_interview(write(talk), "en", people)
    assert [one.name for one in interview.speakers] == ["Bo Ek", "Anne Lee-Smith"]
    assert interview.speakers[1].called == ("LEE", "Ann Lee")
    assert list(note_strangers(interview, [*people, "LEE", "Q", "Lee"])) == []


def test_who_asks_without_a_label_can_be_named(write: Write) -> None:
    talk = "Who are you?\n\nLEE: A keeper.\n\nWhy?\n\nLEE: Why not.\n\nAnd now?\n\nLEE: Tea.\n"
    interview = read_interview(write(talk), "en", {"Interviewer": Person("Bo Ek")})
    assert [turn.speaker for turn in interview.turns()] == ["Bo Ek", "LEE"] * 3


def test_a_name_that_is_nobodys_is_noted(write: Write) -> None:
    interview = read_interview(write(TALK), "en", {"LEE": Person("Ann Lee")})
    noted = [one.message for one in note_strangers(interview, ["LEA", "Zoë", "narrator", "Ann"])]
    assert [sentence.split("; ")[1] for sentence in noted] == [
        "did you mean “LEE”?",
        "there are Ann Lee, JH.",
        "the narrator's voice is chosen with a line `narrator = …` above all tables.",
    ]


@pytest.mark.parametrize(
    ("label", "called"), [("Mary", "Mary Jones"), ("Dr. Hart", "Hart"), ("José", "Jose")]
)
def test_a_voice_finds_its_speaker_however_the_name_is_written(
    write: Write, label: str, called: str
) -> None:
    interview = read_interview(write(f"Q: Who?\n\n{label}: Me.\n\nQ: So?\n\n{label}: So.\n"), "en")
    speakers = {one.name: one.called for one in interview.speakers}
    assert match_names([called], speakers) == {called: label}
    assert list(note_strangers(interview, [called])) == []


def test_a_name_that_settings_replace_is_known_by_its_parts(write: Write) -> None:
    talk = "An interview with Mary Jones\n\nQ: Who?\n\nJones: Me.\n\nQ: So?\n\nJones: So.\n"
    interview = read_interview(write(talk), "en", {"Mary": Person("Maria Smith")})
    assert interview.speakers[1].name == "Maria Smith"
    assert list(note_strangers(interview, ["Mary"])) == []
