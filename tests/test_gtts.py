"""gTTS against a server that misbehaves: limits of time, patience, and nothing left behind."""

from __future__ import annotations

import base64
import json
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import gtts.tts
import numpy as np
import pytest
import requests
from vivavoz.audio import Clip, ClipStore, Pronunciation, Utterance, VoiceSpec, cast_voices
from vivavoz.audio.ffmpeg import encode_mp3
from vivavoz.audio.speak.espeak import EspeakVoice
from vivavoz.audio.speak.google import GoogleVoice, Patience
from vivavoz.source import Interview, Role, Speaker, UnavailableTool


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    retry_after: str | None = None
    delay_s: float = 0.0
    promised: int = 0
    """How many more bytes the header promises than come."""
    trickles: bool = False
    """Whether it comes a hundredth at a time, each well within the limit for one."""
    location: str | None = None


@dataclass
class Google:
    """Gives the answers in turn, and the last one for ever after."""

    answers: list[Answer] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    url: str = ""

    def next_answer(self, request: bytes) -> Answer:
        form = urllib.parse.parse_qs(request.decode())
        self.texts.append(json.loads(json.loads(form["f.req"][0])[0][0][1])[0])
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    state = Google()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = state.next_answer(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(answer.delay_s)
            self.send_response(answer.status)
            if answer.retry_after:
                self.send_header("Retry-After", answer.retry_after)
            self.send_header("Content-Length", str(len(answer.body) + answer.promised))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            piece = len(answer.body) // 100 + 1 if answer.trickles else len(answer.body) + 1
            for start in range(0, len(answer.body), piece):
                self.wfile.write(answer.body[start : start + piece])
                time.sleep(0.05 if answer.trickles else 0)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that gave up is what is tested
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setattr(gtts.tts, "_translate_url", lambda **_: state.url)
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Answer as Google does: an MP3 in base64, in JSON in JSON."""
    folder = tmp_path_factory.mktemp("speech")
    clip = EspeakVoice("en-us").speak(Utterance("Hello there."))
    (folder / "raw").write_bytes(clip.samples)
    encode_mp3(folder / "raw", clip.rate, folder / "mp3", {})
    return answer_with((folder / "mp3").read_bytes())


def answer_with(sound: bytes) -> bytes:
    encoded = base64.b64encode(sound).decode()
    line = json.dumps([["wrb.fr", "jQ1olc", json.dumps([encoded])]], separators=(",", ":"))
    return f")]}}'\n\n{len(line)}\n{line}\n25\n[]\n".encode()


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Be in an empty folder, which is the one for temporary files too."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def answers(tmp_path_factory: pytest.TempPathFactory) -> ClipStore:
    return ClipStore(tmp_path_factory.mktemp("answers"))


@pytest.fixture
def voice(waits: list[float], answers: ClipStore) -> GoogleVoice:
    patience = Patience(timeout_s=0.3, longest_answer_s=0.6, sleep=waits.append)
    return GoogleVoice("en", patience=patience, answers=answers)


def test_a_good_answer_is_heard(google: Google, voice: GoogleVoice, speech: bytes) -> None:
    google.answers = [Answer(speech)]
    clip = voice.speak(Utterance("Hello there."))
    assert clip.rate == 24_000
    assert 600 < clip.duration_ms < 1600
    assert google.texts == ["Hello there."]


def test_whole_clauses_are_packed_into_few_requests(
    google: Google, voice: GoogleVoice, speech: bytes
) -> None:
    google.answers = [Answer(speech)]
    text = "One, two, three, four. " * 20
    voice.speak(Utterance(text))
    assert len(google.texts) <= 5
    assert all(len(sent) <= 100 for sent in google.texts)
    assert " ".join(google.texts).split() == text.split()


def test_numbers_times_and_addresses_are_sent_whole(
    google: Google, voice: GoogleVoice, speech: bytes
) -> None:
    google.answers = [Answer(speech)]
    text = "".join(
        f"It cost {costs},234.50 dollars at 10:30, see vivavoz.org for more; or 3:15. "
        for costs in range(1, 4)
    )
    voice.speak(Utterance(text))
    assert " ".join(google.texts).split() == text.split()


def test_google_is_sent_a_respelling_for_the_word(
    google: Google, voice: GoogleVoice, speech: bytes
) -> None:
    google.answers = [Answer(speech)]
    respelled = Pronunciation(4, 6, respelling="ah-BAY-ah")
    voice.speak(Utterance("Ask Abella, at NASA.", 150, (respelled, Pronunciation(15, 4, "ˈnæsə"))))
    assert google.texts == ["Ask ah-bay-ah, at NASA."]


def test_google_is_sent_nothing_that_nobody_can_say(
    google: Google, voice: GoogleVoice, speech: bytes
) -> None:
    google.answers = [Answer(speech)]
    respelled = Pronunciation(0, 3, respelling="arsk\x00")
    voice.speak(Utterance("Ask\ud800her\x1b\ue000again.", pronunciations=(respelled,)))
    assert " ".join(google.texts).split() == ["arsk", "her", "again."]


@pytest.mark.parametrize("text", ["", "—", "…", " "])
def test_what_nobody_can_say_is_not_sent(google: Google, voice: GoogleVoice, text: str) -> None:
    assert voice.speak(Utterance(text)).samples == b""
    assert google.texts == []


@pytest.mark.parametrize(
    "trouble",
    [
        Answer(status=429),
        Answer(status=500),
        Answer(status=503),
        Answer(delay_s=0.5),
        Answer(b"nothing here"),
        Answer(answer_with(b"")),
        Answer(b"half an ans", promised=1000),
        Answer(answer_with(b"sound")[:-20]),
        Answer(b"x" * 20_000, trickles=True),
    ],
    ids=["429", "500", "503", "slow", "no audio", "empty audio", "half", "cut", "trickling"],
)
def test_trouble_that_passes_is_waited_out(
    google: Google, voice: GoogleVoice, waits: list[float], speech: bytes, trouble: Answer
) -> None:
    google.answers = [trouble, trouble, Answer(speech)]
    assert voice.speak(Utterance("Hello there.")).samples
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(
    ("trouble", "named"),
    [
        (Answer(status=429), "429"),
        (Answer(delay_s=0.5), "too long"),
        (Answer(answer_with(b"")), "no audio"),
        (Answer(b"half an ans", promised=1000), "cut off"),
        (Answer(answer_with(bytes(3_500_000))), "no end"),
    ],
    ids=["429", "slow", "empty audio", "half", "endless"],
)
def test_trouble_that_stays_is_one_sentence_and_leaves_no_file(
    google: Google, waits: list[float], trouble: Answer, named: str, folder: Path
) -> None:
    google.answers = [trouble]
    patience = Patience(timeout_s=0.2, waits_s=(0.1, 0.2), sleep=waits.append)
    with pytest.raises(UnavailableTool, match=rf"{named}.*choose espeak in its place") as failure:
        GoogleVoice("en", patience=patience).speak(Utterance("Hello there."))
    assert "\n" not in str(failure.value)
    assert waits == [0.1, 0.2]
    assert list(folder.iterdir()) == []


def test_retry_after_is_honoured(
    google: Google, voice: GoogleVoice, waits: list[float], speech: bytes
) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    google.answers = [
        Answer(status=429, retry_after="7"),
        Answer(status=503, retry_after=moment),
        Answer(speech),
    ]
    voice.speak(Utterance("Hello there."))
    assert waits[0] == 7
    assert 25 < waits[1] <= 30


def test_a_wait_beyond_all_patience_is_not_begun(
    google: Google, voice: GoogleVoice, waits: list[float]
) -> None:
    google.answers = [Answer(status=429, retry_after="3600")]
    with pytest.raises(UnavailableTool, match="in 3600 seconds"):
        voice.speak(Utterance("Hello there."))
    assert waits == []
    assert len(google.texts) == 1


@pytest.mark.parametrize("asked", ["9" * 400, "100000", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_wait_that_has_no_end_is_not_quoted(
    google: Google, voice: GoogleVoice, waits: list[float], asked: str
) -> None:
    google.answers = [Answer(status=429, retry_after=asked)]
    with pytest.raises(UnavailableTool, match="; try again later, or "):
        voice.speak(Utterance("Hello there."))
    assert waits == []


def test_what_was_answered_is_not_asked_for_again_after_a_failure(
    google: Google, waits: list[float], answers: ClipStore, speech: bytes, folder: Path
) -> None:
    google.answers = [Answer(speech), Answer(speech), Answer(status=403)]
    text = " ".join(
        f"This is sentence number {count} of a longer text, is it not?" for count in range(9)
    )
    patience = Patience(timeout_s=0.3, sleep=waits.append)
    voice = GoogleVoice("en", patience=patience, answers=answers)
    store = ClipStore(folder / "clips")
    with pytest.raises(UnavailableTool, match="403"):
        store.speak(voice, Utterance(text))
    assert len(google.texts) == 3
    refused = google.texts.pop()
    google.answers = [Answer(speech)]
    later = GoogleVoice("en", patience=patience, answers=answers)
    clip = store.speak(later, Utterance(text))
    assert google.texts[2] == refused
    assert " ".join(google.texts).split() == text.split()
    asked = len(google.texts)
    assert store.speak(later, Utterance(text)) == clip
    assert len(google.texts) == asked


def test_another_tempo_asks_for_nothing_and_keeps_the_pitch(
    google: Google, voice: GoogleVoice, speech: bytes
) -> None:
    google.answers = [Answer(speech)]
    clips = [voice.speak(Utterance("Hello there.", rate)) for rate in (160, 200, 120)]
    assert google.texts == ["Hello there."]
    as_it_comes, fast, slow = (clip.duration_ms for clip in clips)
    assert as_it_comes / fast == pytest.approx(1.25, rel=0.04)
    assert as_it_comes / slow == pytest.approx(0.75, rel=0.04)
    pitches = [strongest_hz(clip) for clip in clips]
    assert max(pitches) / min(pitches) < 1.06


@pytest.mark.parametrize("kept", [False, True])
def test_an_ffmpeg_that_cannot_be_started_is_one_sentence(
    google: Google,
    voice: GoogleVoice,
    speech: bytes,
    monkeypatch: pytest.MonkeyPatch,
    *,
    kept: bool,
) -> None:
    google.answers = [Answer(speech)]
    if kept:
        voice.speak(Utterance("Hello there."))
    monkeypatch.setattr("vivavoz.audio.ffmpeg.find_ffmpeg", lambda: "/nowhere/ffmpeg")
    monkeypatch.setattr("pydub.AudioSegment.converter", "/nowhere/ffmpeg")
    with pytest.raises(UnavailableTool, match=r"ffmpeg can't be started.*imageio-ffmpeg"):
        voice.speak(Utterance("Hello there.", 200))


def strongest_hz(clip: Clip) -> float:
    """Find the voice's fundamental frequency, where most of the sound below 300 Hz is."""
    sound = np.frombuffer(clip.samples, "<i2").astype(float)
    spectrum = np.abs(np.fft.rfft(sound))
    hertz = np.fft.rfftfreq(len(sound), 1 / clip.rate)
    voiced = (hertz > 80) & (hertz < 300)
    return float(np.average(hertz[voiced], weights=spectrum[voiced] ** 2))


def test_a_clip_says_where_its_text_was_sent(
    google: Google, voice: GoogleVoice, speech: bytes
) -> None:
    google.answers = [Answer(speech)]
    assert voice.speak(Utterance("Hello there.")).sent_to == "127.0.0.1"
    assert voice.speak(Utterance("—")).sent_to is None


def test_nobody_else_is_sent_the_text(google: Google, voice: GoogleVoice, speech: bytes) -> None:
    google.answers = [Answer(status=307, location=google.url), Answer(speech)]
    with pytest.raises(UnavailableTool, match="307"):
        voice.speak(Utterance("Hello there."))
    assert len(google.texts) == 1


def test_what_will_not_pass_is_not_tried_again(
    google: Google, voice: GoogleVoice, waits: list[float]
) -> None:
    google.answers = [Answer(status=403)]
    with pytest.raises(UnavailableTool, match="403"):
        voice.speak(Utterance("Hello there."))
    assert waits == []


def test_audio_that_is_none_is_one_sentence(
    google: Google, voice: GoogleVoice, folder: Path
) -> None:
    google.answers = [Answer(answer_with(b"<html>Sorry</html>"))]
    with pytest.raises(UnavailableTool, match="can't be decoded"):
        voice.speak(Utterance("Hello there."))
    assert list(folder.iterdir()) == []


def test_a_server_that_is_not_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, voice: GoogleVoice
) -> None:
    monkeypatch.setattr(gtts.tts, "_translate_url", lambda **_: "http://127.0.0.1:9/")
    with pytest.raises(UnavailableTool, match="can't be reached"):
        voice.speak(Utterance("Hello there."))


def test_certificates_are_checked(
    google: Google, voice: GoogleVoice, speech: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    send = requests.Session.send

    def watch(
        session: requests.Session, request: requests.PreparedRequest, **settings: object
    ) -> requests.Response:
        seen.append(settings["verify"])
        return send(session, request, **settings)

    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    monkeypatch.setattr(requests.Session, "send", watch)
    google.answers = [Answer(speech)]
    voice.speak(Utterance("Hello there."))
    assert seen == [True]


def test_the_cast_says_where_the_text_goes_and_that_all_sound_alike() -> None:
    speakers = (Speaker("Ana", Role.GUEST), Speaker("Ben", Role.INTERVIEWER))
    cast = cast_voices(Interview("A talk", "en-GB", speakers, ()), VoiceSpec("gtts"))
    assert cast.voice_of("Ana") == cast.voice_of("Ben")
    assert cast.narrator.name == "gtts:co.uk"
    assert "third party" in cast.notices[0]
    assert "every speaker sounds alike" in cast.notices[1]


@pytest.mark.parametrize(
    ("tag", "language"), [("pt-BR", "pt"), ("zh", "zh"), ("he", "iw"), ("zh-TW", "zh-TW")]
)
def test_gtts_speaks_the_language_of_the_interview(tag: str, language: str) -> None:
    cast = cast_voices(Interview("A talk", tag, (), ()), VoiceSpec("gtts"))
    assert cast.narrator.language == language


def test_a_language_that_gtts_lacks_is_named() -> None:
    with pytest.raises(UnavailableTool, match=r"“ga”.*choose espeak in its place"):
        cast_voices(Interview("A talk", "ga", (), ()), VoiceSpec("gtts"))
