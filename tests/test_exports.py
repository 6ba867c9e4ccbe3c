"""Exports of transcription services: words, speakers and times as each of them writes them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from exports import FOLDER, describe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import list_turns
from vivavoz.source import (
    Person,
    Role,
    UnreadableSource,
    keep_times,
    read_interview,
    word_interview,
)

Write = Callable[..., Path]

FORMS = {".json", ".vtt", ".srt", ".sbv"}
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix in FORMS)


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_form_is_read_as_it_was_meant(sample: Path) -> None:
    golden = sample.with_name(f"{sample.name}.read.txt").read_text(encoding="utf-8")
    assert describe(read_interview(sample)) == golden


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_file_is_what_stands_in_it_whatever_its_name(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "talk.txt"
    shutil.copy(sample, copy)
    renamed, named = read_interview(copy), read_interview(sample)
    assert (renamed.parts, renamed.speakers) == (named.parts, named.speakers)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_words_that_have_times_keep_them(sample: Path) -> None:
    interview = read_interview(sample)
    timeline = keep_times(word_interview(interview))
    assert timeline.clock == "file"
    said = {
        (letters(one.text).strip("[]"), one.start_ms, one.end_ms)
        for turn in interview.turns()
        for one in turn.said
        if len(one.text.split()) == 1
    }
    kept = {
        (word.token.text, word.start_ms, word.end_ms)
        for part in timeline.parts
        for word in part.words
    }
    whole = {one for one in said if interview.language != "ja-JP"}
    assert whole <= kept


def test_phrases_of_scripts_without_spaces_last_from_their_first_word_to_their_last() -> None:
    timeline = keep_times(word_interview(read_interview(FOLDER / "google-v2.json")))
    first, second = (
        [(word.token.text, word.start_ms, word.end_ms) for word in part.words]
        for part in timeline.parts
    )
    assert (first[0][1], first[-1][2]) == (0, 1600)
    assert "".join(text for text, _, _ in second) == "歩いて三時間です"
    assert (second[0][1], second[-1][2]) == (2000, 3700)


def test_brackets_of_an_editor_cost_no_word_its_time(write: Write) -> None:
    words = [("We", 0), ("saw", 400), ("[the]", 800), ("whale", 1200), ("[sic].", 1600)]
    heard = [{"word": f" {word}", "start": at / 1000, "end": at / 1000 + 0.4} for word, at in words]
    path = write(json.dumps({"segments": [{"text": " We saw [the] whale [sic].", "words": heard}]}))
    interview = read_interview(path, "en")
    for policy in ("unwrap", "keep", "drop"):
        (part,) = keep_times(word_interview(interview, policy)).parts
        times = {word.token.text.strip("[].") or ".": word.start_ms for word in part.words}
        assert (times["We"], times["saw"], times["whale"]) == (0, 400, 1200)


def test_labels_of_a_service_name_the_speaker_to_whom_they_belong(write: Write) -> None:
    words = [{"text": "Yes.", "start": 0, "end": 400, "confidence": 0.9, "speaker": "B"}]
    words += [{"text": "Why?", "start": 900, "end": 1400, "confidence": 0.9, "speaker": "A"}]
    interview = read_interview(write(json.dumps({"confidence": 0.9, "words": words})), "es")
    assert list_turns(interview) == [("Hablante 1", "Yes."), ("Hablante 2", "Why?")]
    assert [speaker.role for speaker in interview.speakers] == ["guest", "interviewer"]


def test_speakers_that_are_counted_from_nought_keep_their_order(write: Write) -> None:
    captions = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Speaker 0>One.\n"
    captions += "\n00:01.000 --> 00:02.000\n<v Speaker 1>Two.\n"
    assert list_turns(read_interview(write(captions), "en")) == [
        ("Speaker 1", "One."),
        ("Speaker 2", "Two."),
    ]


def test_channels_of_whisper_cpp_are_speakers(write: Write) -> None:
    lines = [("Why?", "1"), ("Because.", "0"), ("Both at once.", "?")]
    told = [{"text": text, "speaker": voice, "offsets": {}} for text, voice in lines]
    interview = read_interview(write(json.dumps({"transcription": told})), "en")
    assert list_turns(interview) == [
        ("Speaker 1", "Why?"),
        ("Speaker 2", "Because."),
        ("Guest", "Both at once."),
    ]


def test_tokens_of_whisper_cpp_that_count_without_the_silence_give_no_times(write: Write) -> None:
    token = {"text": " Later.", "offsets": {"from": 900, "to": 1400}}
    line = {"text": " Later.", "offsets": {"from": 61000, "to": 61500}, "tokens": [token]}
    (turn,) = read_interview(write(json.dumps({"transcription": [line]})), "en").turns()
    assert [(one.start_ms, one.end_ms) for one in turn.said] == [(61000, 61500)]


@pytest.mark.parametrize("grouped", [False, True])
def test_chunks_of_hugging_face_get_their_speakers(write: Write, *, grouped: bool) -> None:
    times, texts = [(0.0, 1.0), (1.0, 2.0), (2.0, None)], ["Why?", " So.", " Really."]
    chunks = [{"timestamp": span, "text": said} for span, said in zip(times, texts, strict=True)]
    speakers = [{**chunks[0], "speaker": "A"}, {**chunks[1], "speaker": "B"}]
    if grouped:
        speakers[1] |= {"timestamp": (1.0, None), "text": " So. Really."}
    told = {"text": "".join(texts), "chunks": chunks, "speakers": speakers}
    interview = read_interview(write(json.dumps(told)), "en")
    assert list_turns(interview) == [("Speaker 1", "Why?"), ("Speaker 2", "So. Really.")]


def test_a_segment_without_an_end_lasts_no_longer_than_it_takes_to_say(write: Write) -> None:
    texts = [(0, "A long answer, all in one breath."), (0.4, "Hm."), (60, "No."), (90, "Yes.")]
    told = [{"startTime": at, "body": text, "speaker": "Bo"} for at, text in texts]
    interview = read_interview(write(json.dumps({"segments": told})), "en")
    said = [one for turn in interview.turns() for one in turn.said]
    assert (said[0].start_ms, said[0].end_ms) == (0, 400)
    assert all(0 < one.end_ms - one.start_ms < 1000 for one in said[1:])


def test_google_is_read_as_its_python_client_writes_it(write: Write) -> None:
    words = [
        {"word": "Yes.", "start_time": {"nanos": 500000000}, "end_time": "0.9s", "speaker_tag": 2},
        {"word": "No.", "start_time": {"seconds": 1}, "end_time": "1.4s", "speaker_tag": 1},
    ]
    result = {"alternatives": [{"words": words}], "language_code": "en-us"}
    interview = read_interview(write(json.dumps({"results": [result]})))
    assert list_turns(interview) == [("Speaker 1", "Yes."), ("Speaker 2", "No.")]
    assert [turn.start_ms for turn in interview.turns()] == [500, 1000]


def test_a_result_of_google_without_times_of_words_lasts_from_the_one_before(write: Write) -> None:
    silent: dict[str, object] = {"languageCode": "en-US"}
    told = [{"alternatives": [{"transcript": f"{n}."}], "resultEndOffset": f"{n}s"} for n in (2, 5)]
    interview = read_interview(write(json.dumps({"results": [silent, *told]})))
    said = [(one.start_ms, one.end_ms) for turn in interview.turns() for one in turn.said]
    assert said == [(0, 2000), (2000, 5000)]


def test_a_service_that_is_not_known_is_not_taken_for_google(write: Write) -> None:
    word = {"alternatives": [{"content": "Yes", "speaker": "S1"}], "type": "word"}
    with pytest.raises(UnreadableSource, match="no transcript that is known"):
        read_interview(write(json.dumps({"results": [word]})))


def test_a_name_is_never_given_to_two(write: Write) -> None:
    words = [
        {"word": f" word{number}.", "start": number, "end": number + 0.5, "speaker": speaker}
        for number, speaker in enumerate(["SPEAKER_00", "Speaker 1", "SPEAKER_01"])
    ]
    interview = read_interview(
        write(json.dumps({"segments": [{"text": "", "words": words}]})), "en"
    )
    assert len({speaker for speaker, _ in list_turns(interview)}) == 3
    assert ("Speaker 1", "word1.") in list_turns(interview)


def test_settings_name_speakers_by_the_labels_of_the_service() -> None:
    people = {"spk_1": Person("Inés Carballo"), "SPK_0": Person("Tobias Lund", Role.INTERVIEWER)}
    interview = read_interview(FOLDER / "amazon.json", "en", people)
    assert [speaker.name for speaker in interview.speakers] == ["Tobias Lund", "Inés Carballo"]


def test_what_is_no_character_stays_out(write: Write) -> None:
    words = [{"word": " \0\x1b[31mOne\u2028\ud800", "start": 0, "end": 1, "speaker": "A\nn\x07n"}]
    (turn,) = read_interview(
        write(json.dumps({"segments": [{"text": "", "words": words}]}))
    ).turns()
    assert (turn.speaker, turn.text) == ("A nn", "One �")


@pytest.mark.parametrize("time", ["-4", "1e300", "NaN", "Infinity", "null"])
def test_a_time_that_can_not_be_is_none(write: Write, time: str) -> None:
    first = '{"word": " One", "start": 1, "end": 2}'
    odd = f'{{"word": " two", "start": {time}, "end": {time}}}'
    last = '{"word": " three.", "start": 3, "end": 4}'
    path = write(
        f'{{"segments": [{{"text": " One two three.", "words": [{first},{odd},{last}]}}]}}'
    )
    (turn,) = read_interview(path, "en").turns()
    assert [(one.text, one.start_ms, one.end_ms) for one in turn.said] == [
        ("One", 1000, 2000),
        ("two", 2000, 3000),
        ("three.", 3000, 4000),
    ]


def test_words_written_otherwise_than_in_the_text_give_it_their_times(write: Write) -> None:
    words = [
        {"word": word, "start": n, "end": n + 1} for n, word in enumerate(["the", "twenty", "one"])
    ]
    path = write(json.dumps({"text": "The 21 ones.", "segments": [], "words": words}))
    (turn,) = read_interview(path, "en").turns()
    assert turn.text == "The 21 ones."
    assert (turn.said[0].text, turn.said[0].start_ms, turn.said[-1].end_ms) == ("The", 0, 3000)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '{"a": 1}',
            "no transcript that is known here. Vivavoz reads exports of Amazon Transcribe,",
        ),
        ('[{"a": 1}]', "no transcript that is known here"),
        ('{"text": "No times, no names."}', "save the text, WebVTT or SRT"),
        ('{"segments": [{"text": "On', "damaged (Unterminated string starting at)"),
        ('{"segments": [{"text": 7}]}', "as Whisper writes it: segments[0].text: expected a text"),
        (
            '{"segments": [{"text": " a", "words": [{"word": "a", "start": "soon"}]}]}',
            "segments[0].words[0].start: expected a number or nothing, got a text. Export it",
        ),
        (
            '{"monologues": [{"elements": 3}]}',
            "as Rev writes it: monologues[0].elements: expected a list",
        ),
        ('{"a": ' + "[" * 100_000, "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "nested too deeply, or has endless numbers"),
        ('{"segments": []}', "no transcript that is known here"),
        ('{"results": {"transcripts": [], "items": []}}', "blank"),
    ],
    ids=range(11),
)
def test_what_is_no_sound_export_is_one_sentence(write: Write, text: str, sentence: str) -> None:
    with pytest.raises(UnreadableSource) as raised:
        read_interview(write(text))
    assert sentence in str(raised.value)


def test_more_than_any_interview_has_is_refused_before_it_is_read(write: Write) -> None:
    with pytest.raises(UnreadableSource, match="more in it than any interview"):
        read_interview(write('{"a": [' + "[]," * 3_000_000 + "[]]}"))


def test_a_transcript_that_begins_with_a_bracket_is_no_json(write: Write) -> None:
    interview = read_interview(write("[00:00:04] Ann: Hello there.\n[00:00:09] Bo: Good day.\n"))
    assert list_turns(interview) == [("Ann", "Hello there."), ("Bo", "Good day.")]


TREES = [json.loads(path.read_text(encoding="utf-8")) for path in SAMPLES if path.suffix == ".json"]
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=3,
)


Key = str | int


def list_places(tree: object, place: tuple[Key, ...] = ()) -> list[tuple[Key, ...]]:
    """List the ways to everything in a tree."""
    nodes: Iterable[tuple[Key, object]] = ()
    if isinstance(tree, dict):
        nodes = tree.items()
    elif isinstance(tree, list):
        nodes = enumerate(tree)
    return [place, *(way for key, node in nodes for way in list_places(node, (*place, key)))]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_an_export_it_is_read_or_refused(
    tmp_path: Path, data: st.DataObject
) -> None:
    tree = json.loads(json.dumps(data.draw(st.sampled_from(TREES))))
    for *outer, key in data.draw(
        st.lists(st.sampled_from(list_places(tree)[1:]), min_size=1, max_size=3, unique=True)
    ):
        node = tree
        with suppress(KeyError, IndexError, TypeError):
            for step in outer:
                node = node[step]
            node[key] = data.draw(ODD)
    path = tmp_path / "talk.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    with suppress(UnreadableSource):
        keep_times(word_interview(read_interview(path)))


WORDS = st.text("abcdeéñ", min_size=1, max_size=6)
HEARD = st.lists(
    st.tuples(WORDS, st.integers(0, 9000), st.integers(0, 900), st.sampled_from(["A", "B", "C"])),
    min_size=1,
    max_size=12,
)


def write_assemblyai(heard: list[tuple[str, int, int, str]]) -> dict[str, Any]:
    words = [
        {"text": text, "start": start, "end": start + length, "confidence": 0.5, "speaker": speaker}
        for text, start, length, speaker in heard
    ]
    return {"confidence": 0.5, "words": words}


def write_deepgram(heard: list[tuple[str, int, int, str]]) -> dict[str, Any]:
    words = [
        {"word": text, "start": start / 1000, "end": (start + length) / 1000, "speaker": speaker}
        for text, start, length, speaker in heard
    ]
    return {"results": {"channels": [{"alternatives": [{"transcript": "", "words": words}]}]}}


def write_rev(heard: list[tuple[str, int, int, str]]) -> dict[str, Any]:
    return {
        "monologues": [
            {
                "speaker": speaker,
                "elements": [
                    {"type": "text", "value": text, "ts": start / 1000, "end_ts": start / 1000},
                    {"type": "punct", "value": ". "},
                ],
            }
            for text, start, _, speaker in heard
        ]
    }


@given(HEARD, st.sampled_from([write_assemblyai, write_deepgram, write_rev]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_and_no_word_goes_back_in_time(
    tmp_path: Path,
    heard: list[tuple[str, int, int, str]],
    form: Callable[[list[tuple[str, int, int, str]]], dict[str, Any]],
) -> None:
    path = tmp_path / "talk.json"
    path.write_text(json.dumps(form(heard)), encoding="utf-8")
    interview = read_interview(path, "en")
    turns = [*interview.turns()]
    said = "".join(letters(turn.text) for turn in turns).replace(".", "")
    assert said == "".join(text for text, *_ in heard)
    for turn in turns:
        assert letters(turn.text) == "".join(letters(one.text) for one in turn.said)
        times = [time for one in turn.said for time in (one.start_ms, one.end_ms)]
        starts = [one.start_ms for one in turn.said]
        assert starts == sorted(starts)
        assert all(start <= end for start, end in zip(times[::2], times[1::2], strict=True))
    timeline = keep_times(word_interview(interview))
    starts = [word.start_ms for part in timeline.parts for word in part.words]
    assert starts == sorted(starts)
    assert [part.start_ms for part in timeline.parts] == sorted(
        part.start_ms for part in timeline.parts
    )
