"""What is promised of the interview read aloud and of the MP3 made of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import measure_growth
from numpy.typing import NDArray
from vivavoz.audio import (
    Cast,
    Clip,
    ClipStore,
    Mark,
    Reading,
    Utterance,
    VoiceSpec,
    cast_voices,
    ffmpeg,
    render_edition,
    speak_wording,
)
from vivavoz.audio.pydub_segment import decode_mp3
from vivavoz.audio.word_marks import place_words
from vivavoz.source import (
    Clock,
    Front,
    Heading,
    Interview,
    Part,
    Picture,
    Role,
    Sound,
    Span,
    SpanKind,
    Speaker,
    Timeline,
    Token,
    TokenKind,
    Turn,
    UnavailableTool,
    UnwritableOutput,
    Word,
    WordedPart,
    Wording,
    join_tokens,
)

RATE = 16_000
TONE_MS = 120


@dataclass(frozen=True)
class Tones:
    """A voice whose every word is a tone of the same length, with no pause in between."""

    marking: bool = True
    rate: int = RATE
    name: str = "tones"
    reads_ipa: bool = False

    @property
    def fingerprint(self) -> str:
        return f"tones {self.rate} {self.marking}"

    def speak(self, utterance: Utterance) -> Clip:
        text = utterance.text
        words = text.split()
        moments = np.arange(self.rate * TONE_MS // 1000) / self.rate
        tones = [
            (9000 * np.sin(2 * np.pi * (300 + 40 * (len(word) % 9)) * moments)).astype("<i2")
            for word in words
        ]
        marks: list[Mark] = []
        offset = 0
        for place, word in enumerate(words):
            offset = text.index(word, offset)
            marks.append(Mark(offset, len(word), place * TONE_MS, (place + 1) * TONE_MS))
            offset += len(word)
        samples = b"".join(tone.tobytes() for tone in tones)
        return Clip(samples, self.rate, tuple(marks) if self.marking else ())


TONES = Cast(Tones(), {})


def tokens(text: str, kind: TokenKind = TokenKind.SPEECH) -> tuple[Token, ...]:
    """Word a text at white space; `¶` opens a paragraph, `[…]` is a sound."""
    made: list[Token] = []
    for word in text.split():
        sound = word.startswith("[")
        made.append(
            Token(
                word.lstrip("¶"),
                TokenKind.SOUND if sound else kind,
                opens_paragraph=word.startswith("¶"),
            )
        )
    return tuple(made)


def turn(speaker: str, text: str) -> WordedPart:
    return WordedPart(Turn(speaker, (Span(SpanKind.SPEECH, text),), 1), tokens(text))


def worded(*parts: WordedPart) -> Wording:
    speakers = (Speaker("Ana", Role.GUEST), Speaker("Ben", Role.INTERVIEWER))
    interview = Interview("A talk", "en", speakers, tuple(part.part for part in parts))
    return Wording(interview, parts, {})


def narrated(part: Front | Heading | Picture) -> WordedPart:
    return WordedPart(part, tokens(part.text))


TALK = worded(
    narrated(Heading("A talk", 1)),
    narrated(Front("Recorded in Lima — in 1998.", 2)),
    turn("Ben", "How did it begin — really?"),
    narrated(Picture("A boy with a telescope.", 4)),
    turn("Ana", "Well, with 1,200 stars & a roof. [laughs] Then rain. ¶“Go in!” they said…"),
    WordedPart(Sound("applause", 6), tokens("applause", TokenKind.SOUND)),
    turn("Ana", "Thank you."),
    turn("Ben", "— 👩🏽‍🚀 —"),
)


@pytest.fixture(scope="module")
def talk() -> Reading:
    return speak_wording(TALK, cast_voices(TALK.interview, VoiceSpec()))


def words_of(timeline: Timeline) -> list[Word]:
    return [word for part in timeline.parts for word in part.words]


def paced(timeline: Timeline, waits_ms: dict[int, int]) -> Timeline:
    """Start the words with these numbers, and all after them, so much later."""
    later_ms, count = 0, 0
    parts = []
    for part in timeline.parts:
        words: list[Word] = []
        for word in part.words:
            later_ms += waits_ms.get(count, 0)
            start_ms, end_ms = word.start_ms + later_ms, word.end_ms + later_ms
            words.append(Word(word.token, start_ms, end_ms))
            count += 1
        start_ms = words[0].start_ms if words else part.start_ms + later_ms
        parts.append(
            replace(part, start_ms=start_ms, end_ms=part.end_ms + later_ms, words=tuple(words))
        )
    return replace(timeline, parts=tuple(parts), duration_ms=timeline.duration_ms + later_ms)


def decoded(path: Path) -> tuple[NDArray[np.float64], int]:
    segment = decode_mp3(path.read_bytes())
    return np.frombuffer(segment.raw_data, "<i2").astype(float), segment.frame_rate


def between(
    sound: NDArray[np.float64], rate: int, start_ms: float, end_ms: float
) -> NDArray[np.float64]:
    return sound[int(start_ms * rate / 1000) : int(end_ms * rate / 1000)]


def loudness(sound: NDArray[np.float64]) -> float:
    return float(np.sqrt((sound**2).mean()))


def test_every_token_has_a_time_and_none_goes_back(talk: Reading) -> None:
    timeline = talk.timeline
    assert timeline.clock is Clock.VOICES
    for part, was in zip(timeline.parts, TALK.parts, strict=True):
        assert tuple(word.token for word in part.words) == was.tokens
        for word in part.words:
            assert part.start_ms <= word.start_ms <= word.end_ms <= part.end_ms
        for word, following in pairwise(part.words):
            assert word.end_ms <= following.start_ms
    assert timeline.parts[-1].end_ms == timeline.duration_ms


def test_a_dash_takes_no_time_and_a_number_all_of_its_own(talk: Reading) -> None:
    front = talk.timeline.parts[1].words
    dash, year = front[3], front[5]
    assert dash.token.text == "—"
    assert dash.start_ms == dash.end_ms
    assert front[2].end_ms <= dash.start_ms <= front[4].start_ms
    assert year.end_ms - year.start_ms > 900


def test_the_pauses_are_those_of_the_house(talk: Reading) -> None:
    starts = [part.start_ms for part in talk.timeline.parts]
    ends = [part.end_ms for part in talk.timeline.parts]
    pauses = [start - end for end, start in zip(ends, starts[1:], strict=False)]
    assert starts[0] == 0
    assert pauses == [800, 800, 800, 800, 0, 0, 600]
    applause = talk.timeline.parts[5]
    assert applause.end_ms - applause.start_ms == 1500


def test_a_sound_inside_a_turn_is_a_pause_in_its_place(talk: Reading) -> None:
    said = talk.timeline.parts[4].words
    laughs = next(word for word in said if word.token.kind is TokenKind.SOUND)
    assert laughs.end_ms - laughs.start_ms == 600
    paragraph = next(place for place, word in enumerate(said) if word.token.opens_paragraph)
    assert said[paragraph].start_ms - said[paragraph - 1].end_ms >= 350


def test_words_fall_on_sound_and_pauses_on_silence(talk: Reading, tmp_path: Path) -> None:
    render_edition(talk, talk.timeline, tmp_path / "talk.mp3")
    sound, rate = decoded(tmp_path / "talk.mp3")
    words = words_of(talk.timeline)
    for word in words:
        if word.end_ms - word.start_ms > 60 and word.token.kind is TokenKind.SPEECH:
            assert np.abs(between(sound, rate, word.start_ms, word.end_ms)).max() > 1500
    for before, after in pairwise(words):
        if after.start_ms - before.end_ms > 200:
            pause = between(sound, rate, before.end_ms + 60, after.start_ms - 30)
            assert loudness(pause) < 150


@settings(max_examples=25)
@given(st.dictionaries(st.integers(0, 13), st.integers(1, 700), max_size=6))
def test_every_word_starts_when_the_paced_timeline_says(waits_ms: dict[int, int]) -> None:
    wording = worded(
        turn("Ana", "a bb ccc dddd eeeee"),
        narrated(Picture("ffffff ggggggg", 2)),
        turn("Ben", "hhhhhhhh iiiiiiiii [laughs] a bb ccc dddd"),
    )
    reading = speak_wording(wording, TONES)
    timeline = paced(reading.timeline, waits_ms)
    with tempfile.TemporaryDirectory() as folder:
        render_edition(reading, timeline, Path(folder) / "tones.mp3")
        sound, rate = decoded(Path(folder) / "tones.mp3")
    assert abs(len(sound) * 1000 / rate - timeline.duration_ms) <= 50
    words = [word for word in words_of(timeline) if word.token.kind is TokenKind.SPEECH]
    for word in words:
        body = between(sound, rate, word.start_ms + 10, word.start_ms + TONE_MS - 35)
        assert 5000 < loudness(body) < 7500
        pitch = (300 + 40 * (len(word.token.text) % 9)) * len(body) / rate
        assert abs(int(np.abs(np.fft.rfft(body * np.hanning(len(body)))).argmax()) - pitch) < 2
    for before, after in pairwise(words):
        if after.start_ms - before.start_ms > TONE_MS + 80:
            silence = between(sound, rate, before.start_ms + TONE_MS + 30, after.start_ms - 40)
            assert loudness(silence) < 60


def test_samples_of_real_speech_are_found_where_they_were_moved(
    talk: Reading, tmp_path: Path
) -> None:
    count = len(words_of(talk.timeline))
    timeline = paced(talk.timeline, dict.fromkeys(range(0, count, 3), 431))
    render_edition(talk, talk.timeline, tmp_path / "before.mp3")
    render_edition(talk, timeline, tmp_path / "after.mp3")
    before, rate = decoded(tmp_path / "before.mp3")
    after, _ = decoded(tmp_path / "after.mp3")
    for then, now in zip(words_of(talk.timeline), words_of(timeline), strict=True):
        length_ms = then.end_ms - then.start_ms - 45
        if length_ms < 80 or then.token.kind is TokenKind.SOUND:
            continue
        spoken = between(before, rate, then.start_ms + 10, then.start_ms + length_ms)
        start = int((now.start_ms + 10) * rate / 1000)
        apart = [
            loudness(after[start + lag : start + lag + len(spoken)] - spoken) / loudness(spoken)
            for lag in range(-3, 4)
        ]
        assert min(apart) < 0.25


def test_no_cut_clicks(talk: Reading, tmp_path: Path) -> None:
    count = len(words_of(talk.timeline))
    timeline = paced(talk.timeline, dict.fromkeys(range(count), 150))
    render_edition(talk, talk.timeline, tmp_path / "before.mp3")
    render_edition(talk, timeline, tmp_path / "after.mp3")
    jumps = [
        np.abs(np.diff(decoded(tmp_path / name)[0])).max() for name in ("before.mp3", "after.mp3")
    ]
    assert jumps[1] < 1.15 * jumps[0]


def test_the_same_input_gives_the_same_bytes(talk: Reading, tmp_path: Path) -> None:
    again = speak_wording(TALK, cast_voices(TALK.interview, VoiceSpec()))
    render_edition(talk, talk.timeline, tmp_path / "one.mp3")
    render_edition(again, again.timeline, tmp_path / "two.mp3")
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()
    assert b"A talk" in (tmp_path / "one.mp3").read_bytes()[:400]


def test_the_mp3_lasts_as_long_as_the_timeline(talk: Reading, tmp_path: Path) -> None:
    render_edition(talk, talk.timeline, tmp_path / "talk.mp3")
    sound, rate = decoded(tmp_path / "talk.mp3")
    assert rate == talk.rate
    assert abs(len(sound) * 1000 / rate - talk.timeline.duration_ms) <= 50


def test_a_voice_without_marks_has_its_words_spread_over_the_clip() -> None:
    reading = speak_wording(
        worded(turn("Ana", "one — identical two")), Cast(Tones(marking=False), {})
    )
    one, dash, identical, two = words_of(reading.timeline)
    assert one.start_ms == 0
    assert two.end_ms == reading.timeline.duration_ms
    assert dash.start_ms == dash.end_ms == one.end_ms == identical.start_ms
    assert identical.end_ms - identical.start_ms > 1.8 * (one.end_ms - one.start_ms)


def test_voices_of_two_rates_make_one_edition(tmp_path: Path) -> None:
    cast = Cast(Tones(), {"Ben": Tones(rate=24_000)})
    reading = speak_wording(worded(turn("Ana", "a bb"), turn("Ben", "ccc dddd")), cast)
    assert reading.rate == RATE
    assert reading.timeline.duration_ms == pytest.approx(4 * TONE_MS + 600, abs=12)
    render_edition(reading, reading.timeline, tmp_path / "two.mp3")


@settings(max_examples=80)
@given(
    st.lists(
        st.sampled_from(["word", "—", "1998", "“Well,", "&", "日本語", "👩🏽‍🚀"]), max_size=12
    ),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 900), st.integers(0, 300)), max_size=9),
)
def test_words_are_placed_in_order_whatever_the_marks(
    words: list[str], heard: list[tuple[int, int, int]]
) -> None:
    text, offsets = join_tokens([Token(word) for word in words])
    assert [text[at : at + len(word)] for at, word in zip(offsets, words, strict=True)] == words
    by_time = sorted(heard, key=lambda mark: mark[1])
    marks = [Mark(min(at, len(text)), 1, start, start + lasts) for at, start, lasts in by_time]
    spans = place_words(words, offsets, marks, 1000)
    assert len(spans) == len(words)
    assert all(0 <= start <= end <= 1000 for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_memory_does_not_grow_with_the_length_of_the_edition(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; import test_edition as case\n"
        "from vivavoz.audio import ClipStore, render_edition, speak_wording\n"
        "def render(turns):\n"
        "    texts = [f'{number} ' + 'tone ' * 99 for number in range(turns)]\n"
        "    talk = case.worded(*[case.turn('Ana', text) for text in texts])\n"
        "    folder = Path(sys.argv[1])\n"
        "    reading = speak_wording(talk, case.TONES, store=ClipStore(folder / 'clips'))\n"
        "    render_edition(reading, reading.timeline, folder / 'edition.mp3')\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "first = render(10)\n"
        "print(render(100) / first)"
    )
    assert measure_growth(program, tmp_path) < 1.1


def test_what_the_store_could_not_keep_is_in_the_edition_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    wording = worded(turn("Ana", "a bb ccc"), turn("Ben", "dddd"))
    for name in ("clips", "file"):
        reading = speak_wording(wording, TONES, store=ClipStore(tmp_path / name))
        render_edition(reading, reading.timeline, tmp_path / f"{name}.mp3")
    assert (tmp_path / "clips.mp3").read_bytes() == (tmp_path / "file.mp3").read_bytes()


def test_a_very_long_paragraph_becomes_several_clips() -> None:
    sentence = "It was a long way down to the river and back again. "
    reading = speak_wording(worded(turn("Ana", sentence * 40)), TONES)
    assert len(reading.clips) > 2
    assert max(len(clip.words) for clip in reading.clips) < 140


@pytest.mark.parametrize("parts", [(), (turn("Ana", ""),), (turn("Ana", "— …"),)])
def test_an_interview_of_which_nothing_can_be_said_is_a_short_silence(
    parts: tuple[WordedPart, ...], tmp_path: Path
) -> None:
    wording = worded(*parts)
    reading = speak_wording(wording, cast_voices(wording.interview, VoiceSpec()))
    assert [word.token for word in words_of(reading.timeline)] == [
        token for part in parts for token in part.tokens
    ]
    render_edition(reading, reading.timeline, tmp_path / "silence.mp3")
    sound, _ = decoded(tmp_path / "silence.mp3")
    assert np.abs(sound).max() < 5


def test_progress_counts_the_parts() -> None:
    told: list[tuple[int, int]] = []
    speak_wording(TALK, TONES, lambda done, of: told.append((done, of)))
    assert told == [(done, 8) for done in range(1, 9)]


def test_other_words_and_earlier_ones_are_refused(talk: Reading, tmp_path: Path) -> None:
    parts = talk.timeline.parts
    with pytest.raises(ValueError, match="words that were read"):
        render_edition(talk, replace(talk.timeline, parts=parts[1:]), tmp_path / "x.mp3")
    late = paced(talk.timeline, {0: 500})
    with pytest.raises(ValueError, match="earlier"):
        render_edition(replace(talk, timeline=late), talk.timeline, tmp_path / "x.mp3")


def test_a_folder_that_is_not_there_is_one_sentence(talk: Reading, tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match=r"talk\.mp3: .*can't be written"):
        render_edition(talk, talk.timeline, tmp_path / "no" / "talk.mp3")


@pytest.mark.parametrize(
    ("program", "named"), [("/nowhere/ffmpeg", "started"), (sys.executable, "failed")]
)
def test_an_ffmpeg_that_fails_is_one_sentence_and_leaves_no_file(
    talk: Reading, tmp_path: Path, program: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg, "find_ffmpeg", lambda: program)
    with pytest.raises(UnavailableTool, match=named):
        render_edition(talk, talk.timeline, tmp_path / "talk.mp3")
    assert list(tmp_path.iterdir()) == []


def test_a_title_of_any_characters_is_a_tag(tmp_path: Path) -> None:
    parts: tuple[Part, ...] = ()
    interview = Interview("-f \0 \n ‘wild’ \ud800 " + "x" * 9000, "en", (), parts)
    reading = speak_wording(Wording(interview, (), {}), TONES)
    render_edition(reading, reading.timeline, tmp_path / "-odd name.mp3")
    assert "‘wild’".encode() in (tmp_path / "-odd name.mp3").read_bytes()


def test_importing_the_room_costs_no_numpy_and_speaking_warns_of_nothing() -> None:
    program = (
        "import sys, vivavoz.audio\n"
        "assert not {'numpy', 'pydub', 'gtts', 'requests'} & set(sys.modules)\n"
        "from vivavoz.audio import render_edition, speak_wording, list_voices\n"
        "from vivavoz.audio.pydub_segment import open_segment\n"
        "open_segment(b'', 16000)\n"
    )
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        check=True,
        env={"PATH": "", "PYTHONPATH": ":".join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert said.stderr == b""
