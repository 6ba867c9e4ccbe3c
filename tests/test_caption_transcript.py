"""Captions as transcripts: who speaks, what is said once, and what of a damaged file is left."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from builds import build, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictured_talk import FITTING, speak_talk, write_talk
from told import list_turns
from vivavoz.captions import caption, write_captions
from vivavoz.source import (
    Interview,
    Picture,
    Sound,
    UnreadableSource,
    keep_times,
    read_interview,
    word_interview,
)

Write = Callable[..., Path]


def stamp(time_ms: int) -> str:
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{seconds // 60:02}:{seconds % 60:02}.{milliseconds:03}"


def compose(*texts: str, step_ms: int = 2000) -> str:
    """Write WebVTT without hours; each text is a cue of two seconds."""
    cues = (
        f"{stamp(step_ms * number)} --> {stamp(step_ms * number + 2000)}\n{text}\n"
        for number, text in enumerate(texts)
    )
    return "\n".join(["WEBVTT\n", *cues])


@pytest.fixture
def read(write: Write) -> Callable[..., Interview]:
    """Return a function that reads cues."""
    return lambda *texts, **how: read_interview(write(compose(*texts, **how), "talk.vtt"), "en")


Read = Callable[..., Interview]


def test_cues_of_a_voice_are_one_turn(read: Read) -> None:
    interview = read(
        "<v Ann Lee>Where did it", "<v Ann Lee>go, then?", "<v Bo>Up.", "<v.loud Bo>Far up."
    )
    assert list_turns(interview) == [("Ann Lee", "Where did it go, then?"), ("Bo", "Up. Far up.")]
    assert [speaker.role for speaker in interview.speakers] == ["interviewer", "guest"]
    (first, second) = interview.turns()
    assert [(one.start_ms, one.end_ms) for one in first.said] == [(0, 2000), (2000, 4000)]
    assert (first.line, second.line) == (3, 9)


def test_a_voice_goes_on_until_another_begins(read: Read) -> None:
    interview = read("<v Ann>It was late,", "and it rained.", "[thunder]", "Hard.", "<v Bo>It did.")
    assert list_turns(interview) == [
        ("Ann", "It was late, and it rained."),
        ("Ann", "Hard."),
        ("Bo", "It did."),
    ]


def test_two_voices_in_a_cue_share_its_time(read: Read) -> None:
    interview = read("<v Ann>Four words long, ok?</v>\n<v Bo>Yes.</v>")
    ann, bo = interview.turns()
    assert (ann.said[0].start_ms, bo.said[0].end_ms) == (0, 2000)
    assert ann.said[0].end_ms == bo.said[0].start_ms
    assert bo.said[0].start_ms > 1000


def test_a_label_that_repeats_its_voice_is_no_speech(read: Read) -> None:
    interview = read(
        "<v Ann Lee>[Ann Lee] Hello.",
        "<v Bo Reed>REED: [laughs] Hello.",
        "<v Bo Reed>[What] a day.",
    )
    assert list_turns(interview) == [
        ("Ann Lee", "Hello."),
        ("Bo Reed", "[laughs] Hello. [What] a day."),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("ANN: Where to?", "BO: Home.", "Or nearly.", "ANN: When?"),
        (">> ANN: Where to?", ">> BO: Home.", "Or nearly.", ">> ANN: When?"),
        ("[ANN] Where to?", "[BO] Home.", "Or nearly.", "[ANN] When?", "[BO] [sighs]"),
        ("- ANN: Where to?\n- BO: Home.", "Or nearly.", "ANN: When?"),
        ("(ANN)\nWhere to?", "(BO)\nHome.", "Or nearly.", "(ANN) When?", "(BO) (sighs)"),
    ],
)
def test_labels_of_every_house_name_who_speaks_until_another_does(
    read: Read, texts: tuple[str, ...]
) -> None:
    assert list_turns(read(*texts))[:3] == [
        ("ANN", "Where to?"),
        ("BO", "Home. Or nearly."),
        ("ANN", "When?"),
    ]


def test_a_part_in_brackets_needs_to_be_played_only_once(read: Read) -> None:
    interview = read("[speaker 0]\nWhere to?", "[speaker 1]\nHome.", "(NARRATOR) So they went.")
    assert list_turns(interview) == [
        ("Speaker 1", "Where to?"),
        ("Speaker 2", "Home."),
        ("NARRATOR", "So they went."),
    ]


def test_a_word_that_an_editor_put_in_brackets_speaks_for_nobody(read: Read) -> None:
    texts = ("(a) it is cold up there,", "(b) it is far away.", "(All) right, let us go on.")
    interview = read("<v Ann>Two things:", *texts, "[Man] Stop!")
    assert list_turns(interview) == [
        ("Ann", " ".join(["Two things:", *texts])),
        ("Man", "Stop!"),
    ]


def test_chevrons_and_dashes_part_people_whom_nobody_names(read: Read) -> None:
    interview = read(">> Are you there?", ">> I am.", "-Since when?\n-Since June.")
    assert [text for _, text in list_turns(interview)] == [
        "Are you there?",
        "I am.",
        "Since when?",
        "Since June.",
    ]
    assert any("nobody is named" in notice.message for notice in interview.notices)


def test_between_two_people_who_are_named_a_dash_passes_the_word_on(read: Read) -> None:
    opened = ["ANN: Welcome.", "BO: Thank you.", "ANN: Are you well?", "BO: I am."]
    asked = [*opened, "- Where were you born?\n- In Bergen.", "- I see.\n- Yes."]
    assert list_turns(read(*asked))[4:] == [
        ("ANN", "Where were you born?"),
        ("BO", "In Bergen."),
        ("ANN", "I see."),
        ("BO", "Yes."),
    ]
    assert list_turns(read(*opened[:3], "- And you?\n- Well."))[2:] == [
        ("ANN", "Are you well? And you?"),
        ("BO", "Well."),
    ]
    assert "CY" in {name for name, _ in list_turns(read(*opened, "CY: Me too.", "CY: Yes."))}


def test_where_nobody_is_named_question_marks_decide(read: Read) -> None:
    interview = read("Welcome.", "How did", "it begin?", "With a lamp.", "It broke.", "And then?")
    assert list_turns(interview) == [
        ("Guest", "Welcome."),
        ("Interviewer", "How did it begin?"),
        ("Guest", "With a lamp. It broke."),
        ("Interviewer", "And then?"),
    ]
    assert any("no speaker labels" in notice.message for notice in interview.notices)


def test_a_colon_in_a_sentence_is_no_label(read: Read) -> None:
    interview = read(
        "ANN: What is it?", "BO: Money: there was none.", "ANN: And now?", "One thing: time."
    )
    assert list_turns(interview)[1:] == [
        ("BO", "Money: there was none."),
        ("ANN", "And now? One thing: time."),
    ]


def test_what_is_heard_and_seen_between_people_is_no_speech(read: Read) -> None:
    interview = read(
        "<v Ann>Listen.", "[music]", "♪ Over the sea ♪", "[waves breaking on the rocks below]",
        "[Picture: A lamp. | Lamp]", "<v Ann>Well?",
    )  # fmt: skip
    _, music, song, waves, picture, _ = interview.parts
    assert music == Sound("music", 6, 2000, 4000)
    assert isinstance(song, Sound)
    assert song.text == "Over the sea"
    assert isinstance(waves, Sound)
    assert isinstance(picture, Picture)
    assert (picture.text, picture.short) == ("A lamp.", "Lamp")
    assert not interview.notices


def test_captions_that_roll_up_say_everything_once(read: Read) -> None:
    interview = read(
        "so this is", "so this is\nthe way it goes", "the way it goes\nthe way it goes", "on and on"
    )
    assert [text for _, text in list_turns(interview)] == [
        "so this is the way it goes the way it goes on and on"
    ]


def test_captions_that_grow_word_by_word_say_everything_once(read: Read) -> None:
    interview = read("I", "I was", "I was there", "I was there then")
    assert [text for _, text in list_turns(interview)] == ["I was there then"]
    (turn,) = interview.turns()
    assert [one.start_ms for one in turn.said] == [0, 2000, 4000, 6000]


def test_what_people_say_twice_stays(read: Read) -> None:
    interview = read("No.", "No, no.", "Never.", "Never.", "Not now.", "Go.", step_ms=3000)
    assert [text for _, text in list_turns(interview)] == ["No. No, no. Never. Never. Not now. Go."]


def test_a_silence_after_a_sentence_opens_a_paragraph(read: Read) -> None:
    interview = read("That was all.", "Or it was", "not.", step_ms=4000)
    assert [text for _, text in list_turns(interview)] == ["That was all.\n\nOr it was not."]


def test_text_that_an_empty_line_cuts_off_is_kept_and_told(write: Write) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\ntwo.\n\n00:03.000 --> 00:04.000\nThree.\n"
    interview = read_interview(write(text, "talk.vtt"), "en")
    assert [text for _, text in list_turns(interview)] == ["One two. Three."]
    assert [notice.line for notice in interview.notices if notice.line] == [6]


def test_a_person_who_is_called_by_a_letter_has_a_role(read: Read) -> None:
    interview = read("Q: How far?", "A: Far.", "Q: And back?", "A: Farther.")
    assert [(one.name, one.role) for one in interview.speakers] == [
        ("Interviewer", "interviewer"),
        ("Guest", "guest"),
    ]


def test_notes_styles_places_and_tags_are_no_speech(write: Write) -> None:
    text = (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE from Bo: cut this\n\nintro\n"
        "00:01.000 --> 00:02.000 line:0 position:20%\n"
        "<c.loud>It&rsquo;s <i>un</i>true</c> &amp; <lang es>falso</lang>.\n"
    )
    assert [text for _, text in list_turns(read_interview(write(text)))] == ["It’s untrue & falso."]


def test_damaged_cues_are_kept_and_told_with_their_line(write: Write) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:0x,000 --> 00:00:04,000\nTwo.\n\n"
        "3\n0:05,5 -> 0:06\nThree.\n\n4\n00:00:08,000 --> 00:00:07,000\nFour.\n"
    )
    interview = read_interview(write(text, "talk.srt"), "en")
    (turn,) = interview.turns()
    assert turn.text.split() == ["One.", "Two.", "Three.", "Four."]
    assert [notice.line for notice in interview.notices if notice.line] == [6, 10]
    starts = [one.start_ms for one in turn.said]
    assert starts == sorted(starts)
    assert (starts[0], starts[-1]) == (1000, 8000)


@pytest.mark.parametrize(
    "text",
    [
        "00:01,5 --> 00:02,5\nHello.\n",
        "\n\n1\n0:00:01.500 --> 0:00:02.500\nHello.\n",
        "WEBVTT\r\n\r\n00:01.500 --> 00:02.500\r\nHello.\r\n",
        "\ufeffWEBVTT - talk\n\n00:00:01.500 --> 00:00:02.500\nHello.\n",
    ],
)
def test_captions_are_known_by_their_times(write: Write, text: str) -> None:
    (turn,) = read_interview(write(text, "talk.txt"), "en").turns()
    assert (turn.text, turn.said[0].start_ms, turn.said[0].end_ms) == ("Hello.", 1500, 2500)


def test_a_caption_file_without_captions_is_refused(write: Write) -> None:
    for text in ("WEBVTT\n\nNOTE nothing\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"):
        with pytest.raises(UnreadableSource, match="blank"):
            read_interview(write(text))


def test_our_own_captions_come_back_as_they_were(write: Write) -> None:
    said = (
        "Ann Lee: Why the sea? And why at night, of all times?\n\nBo Reed: It calls.\n\n[waves]\n"
    )
    first = read_interview(write(said), "en")
    script = "".join(f"{speaker}: {text}\n\n" for speaker, text in list_turns(first))
    again = read_interview(write(script), "en")
    timed = read_interview(
        write(compose(*(f"<v {who}>{text}" for who, text in list_turns(again)))), "en"
    )
    captions = caption(keep_times(word_interview(timed)))
    back = read_interview(write(write_captions(captions), "captions.vtt"), "en")
    assert list_turns(back) == list_turns(first)


CUES = st.lists(
    st.lists(st.text("abcde .,?", min_size=1).filter(str.strip), min_size=1, max_size=2),
    min_size=1,
    max_size=8,
)


@given(CUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_letter_of_every_cue_is_read_in_order(tmp_path: Path, cues: list[list[str]]) -> None:
    path = tmp_path / "talk.vtt"
    # Pauses between the cues: nothing rolls up.
    path.write_text(compose(*map("\n".join, cues), step_ms=3000), encoding="utf-8")
    interview = read_interview(path, "en")
    read = "".join("".join(turn.text.split()) for turn in interview.turns())
    assert read == "".join("".join("".join(cue).split()) for cue in cues)
    words = [word for part in keep_times(word_interview(interview)).parts for word in part.words]
    starts = [word.start_ms for word in words]
    assert starts == sorted(starts)


SCRAPS = st.sampled_from(
    [
        *("00:01.000 --> 00:02.000", "00:00:01,500 --> 00:00:03,500", "0:0 --> x", "NOTE", "STYLE"),
        *("1", "", "-Yes.", "- ANN: No.", ">> BO:", "[ANN]", "(laughs)", "<v Ann>Oh", "</v>", "♪"),
        *(
            "<00:01.500>then",
            "<c>so",
            "&amp;",
            "{\\an8}up",
            "Well, well.",
            "[Picture: A sea.]",
            "-->",
        ),
    ]
)


@given(st.sampled_from(["WEBVTT\n", "00:00.000 --> 00:01.000\nSo."]), st.lists(SCRAPS, max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scraps_of_captions_are_read_or_refused(
    tmp_path: Path, head: str, scraps: list[str]
) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("\n".join([head, *scraps]), encoding="utf-8")
    with suppress(UnreadableSource):
        timeline = keep_times(word_interview(read_interview(path, "en")))
        starts = [part.start_ms for part in timeline.parts]
        assert starts == sorted(starts)


def test_read_shows_the_times_that_were_found(write: Write) -> None:
    path = write(compose("<v Ann>Where does it hurt?", "<v Bo>Here."), "talk.vtt")
    listed = run("read", path, cwd=path.parent).stdout
    assert "times of its own for 2 words or cues" in listed
    assert "6 Bo 00:02–00:04: Here." in listed
    told = json.loads(run("read", path, "--json", cwd=path.parent).stdout)
    (ann, _) = told["parts"]
    assert (ann["start_ms"], ann["end_ms"]) == (0, 2000)
    assert ann["said"][0] == {
        "text": "Where does it hurt?",
        "start_ms": 0,
        "end_ms": 2000,
        "confidence": None,
    }


def test_a_build_keeps_the_times_of_captions(write: Write) -> None:
    texts = ("<v Ann>Where does it hurt?", "<v Bo>Here, when I laugh.")
    built = build(write(compose(*texts, step_ms=5000), "talk.vtt"))
    assert (built.code, built.told["clock"]) == (0, "file")
    assert "narration.mp3" not in built.files
    assert built.list_warnings("nothing is read aloud") == [None]
    track = (built.folder / "captions.en.vtt").read_text(encoding="utf-8")
    assert "00:00:05.000 --> " in track
    assert "Times come from the transcript's file." in track


def test_a_build_times_captions_anew_where_that_is_asked_for(write: Write) -> None:
    path = write(compose("<v Ann>Where does it hurt?", "<v Bo>Here.", step_ms=60_000), "talk.vtt")
    built = build(path, "--timing", "anew")
    assert built.told["clock"] == "voices"
    assert built.told["duration_ms"] < 60_000
    assert "narration.mp3" in built.files


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """Write captions of a filmed talk that are three seconds late, with a picture among them."""
    write_talk(tmp_path, {}).unlink()
    spoken = speak_talk()
    begins = {word.turn: word.start_ms for word in reversed(spoken.words)}
    times = [3000 + (begins[turn] or 0) for turn in range(len(spoken.script.sayings))]
    cues = [
        f"{stamp(time_ms)} --> {stamp(time_ms + 4000)}\n<v {saying.speaker}>{saying.text}\n"
        for time_ms, saying in zip(times, spoken.script.sayings, strict=True)
    ]
    picture = f"{stamp(times[1] - 1000)} --> {stamp(times[1])}\n[Picture: {FITTING}]\n"
    path = tmp_path / "talk.vtt"
    path.write_text("\n".join(["WEBVTT\n", cues[0], picture, *cues[1:]]), encoding="utf-8")
    return path


def find_first_cue(folder: Path) -> int:
    track = (folder / "captions.en.vtt").read_text(encoding="utf-8")
    minutes, seconds = track.partition(" --> ")[0][-9:].split(":")
    return int(minutes) * 60_000 + round(float(seconds) * 1000)


def test_a_recording_knows_better_than_the_captions_unless_they_are_to_be_kept(late: Path) -> None:
    (begin_ms,) = [word.start_ms for word in speak_talk().words[:1]]
    built = build(late, "--narration", "none")
    assert built.told["clock"] == "recording"
    assert find_first_cue(built.folder) == pytest.approx(begin_ms, abs=300)
    kept = build(late, "--narration", "none", "--timing", "keep")
    assert kept.told["clock"] == "file"
    assert find_first_cue(kept.folder) == (begin_ms or 0) + 3000


def test_a_recording_is_described_in_its_silences_whoever_timed_the_captions(late: Path) -> None:
    kept = build(late, "--timing", "keep")
    assert kept.told["clock"] == "file"
    assert "narration.flac" in kept.files


def test_a_transcript_without_times_has_none_to_keep(write: Write) -> None:
    built = build(write("Ann: Well?\n\nBo: No.\n"), "--timing", "keep", "--narration", "none")
    assert built.told["clock"] == "estimate"
    assert built.list_warnings("no times of its words") == [None]
