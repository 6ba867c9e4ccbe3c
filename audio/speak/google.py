"""gTTS: the voice of Google Translate, for those who choose it. It needs the network.

gTTS makes the requests and Vivavoz sends them, since gTTS sends without checking certificates,
without a retry, and without a limit of time unless it is given one.
"""

from __future__ import annotations

import base64
import binascii
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import urlsplit

import numpy as np
import requests
from gtts import gTTS  # pyright: ignore[reportMissingTypeStubs]
from gtts.lang import tts_langs  # pyright: ignore[reportMissingTypeStubs]

from ...source import UnavailableTool, primary_subtag
from ..ffmpeg import change_tempo
from ..pydub_segment import decode_mp3
from ..resample import resample
from .spoken_text import respell
from .store import ClipStore, name_clip
from .voice import Clip, Utterance

_RATE = 24_000
"""What Google Translate answers with today; anything else is made this."""

_WORDS_PER_MINUTE = 160
"""Taken for how fast Google Translate reads, which it can't be told and does not say; the voiced
edition asks for just this, and so has its voice as it comes."""

_PART = 1
"""Counted up whenever Vivavoz asks Google for the same utterance in another way than before, or
makes another sound of its answer, so that what was kept of it is made anew."""

_PIECE = 64
"""Bytes read at a time, so that one that trickles in is soon noticed."""

_LONGEST_ANSWER = 4_000_000
"""Bytes. A request of 100 characters is some ten seconds of speech: about 100,000 in base64."""

_LONGEST_PROMISE_S = 86_400
"""A server that asks for more than a day is not quoted; it may ask for more than there are."""

_ANSWER = re.compile(rb'jQ1olc","\[\\"(.*)\\"]')
_CLAUSE = re.compile(r"(?<=[.!?…;:,])\s+|(?<=[。！？；、，])\s*")
_RENAMED = {"he": "iw", "jv": "jw", "nb": "no", "nn": "no", "fil": "tl"}
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an answer, and between one attempt and the next, in seconds."""

    timeout_s: float = 15.0
    longest_answer_s: float = 60.0
    """From the first byte of an answer to the last one."""
    waits_s: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    longest_wait_s: float = 60.0
    """A server that asks for a longer pause (Retry-After) is left in peace altogether."""
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class GoogleVoice:
    """The one voice that gTTS has for a language; `tld` chooses its accent where it has several."""

    language: str
    tld: str = "com"
    patience: Patience = field(default_factory=Patience)
    answers: ClipStore = field(default_factory=ClipStore, compare=False)
    """What Google has sent: it is asked for nothing twice, be it after a failure or for another
    tempo."""

    @property
    def name(self) -> str:
        """The voice as `--voice` takes it."""
        return f"gtts:{self.tld}"

    @property
    def fingerprint(self) -> str:
        """The version of gTTS, the host and the language, and our own part.

        Google says no more about its voices.
        """
        return f"gtts {version('gTTS')}, {self.tld}, {self.language}, part {_PART}"

    @property
    def reads_ipa(self) -> bool:
        """Never: Google takes letters alone."""
        return False

    def speak(self, utterance: Utterance) -> Clip:
        """Read a text in as few requests as it takes, none of which was ever answered before.

        Raises `UnavailableTool`.
        """
        if not any(character.isalnum() for character in utterance.text):
            return Clip(b"", _RATE)
        prepared = _Requests(
            respell(utterance).given,
            tld=self.tld,
            lang=self.language,
            lang_check=False,
            tokenizer_func=_pack,
        ).prepare()
        with requests.Session() as session:
            sound = b"".join(self._hear(session, request) for request in prepared)
        faster = utterance.words_per_minute / _WORDS_PER_MINUTE
        host = urlsplit(prepared[0].url or "").hostname
        return Clip(change_tempo(sound, _RATE, faster), _RATE, sent_to=host)

    def _hear(self, session: requests.Session, request: requests.PreparedRequest) -> bytes:
        """Return the samples that answer a request, sending it only if they are not kept."""
        name = name_clip("gtts", request.url, str(request.body))
        clip = self.answers.find(name)
        if clip is None:
            segment = decode_mp3(self._fetch(session, request))
            sound = np.frombuffer(segment.raw_data, "<i2")
            clip = Clip(resample(sound, segment.frame_rate, _RATE).tobytes(), _RATE)
            clip = self.answers.keep(name, clip)
        return clip.samples

    def _fetch(self, session: requests.Session, request: requests.PreparedRequest) -> bytes:
        """Send one request, as often as it takes, with growing waits in between."""
        failure = _Failure("no answer")
        for wait_s in (*self.patience.waits_s, None):
            try:
                return self._send(session, request)
            except _Failure as error:
                failure = error
            if wait_s is None or not failure.worth_another_try:
                break
            asked_s = failure.retry_after_s
            if asked_s > self.patience.longest_wait_s:
                break
            self.patience.sleep(max(wait_s, asked_s))
        asked = failure.retry_after_s
        later = f"in {asked:.0f} seconds" if 0 < asked <= _LONGEST_PROMISE_S else "later"
        message = f"gTTS got no speech from Google ({failure}); try again {later}"
        raise UnavailableTool(f"{message}, or choose espeak in its place, which needs no network.")

    def _send(self, session: requests.Session, request: requests.PreparedRequest) -> bytes:
        surroundings = session.merge_environment_settings(request.url or "", {}, True, True, None)  # noqa: FBT003
        try:
            with session.send(
                request, timeout=self.patience.timeout_s, allow_redirects=False, **surroundings
            ) as answer:
                content = self._receive(answer)
        except requests.RequestException as error:
            raise _Failure(_explain(error)) from error
        if answer.status_code != requests.codes.ok:
            message = f"it answered {answer.status_code} {answer.reason}"
            again = answer.status_code in _TRY_AGAIN
            raise _Failure(message, _retry_after_s(answer), worth_another_try=again)
        return _read_answer(content)

    def _receive(self, answer: requests.Response) -> bytes:
        """Read an answer as it comes; the limit of time for each piece is not one for the whole."""
        latest = time.monotonic() + self.patience.longest_answer_s
        content = bytearray()
        for piece in answer.iter_content(_PIECE):
            content += piece
            if len(content) > _LONGEST_ANSWER:
                message = "its answer has no end"
                raise _Failure(message)
            if time.monotonic() > latest:
                raise requests.Timeout
        return bytes(content)


def find_google_language(language: str) -> str | None:
    """Find what gTTS calls a BCP 47 language, the whole tag first, then its primary subtag."""
    known: dict[str, str] = tts_langs()  # pyright: ignore[reportUnknownVariableType]
    wanted = language.casefold()
    primary = primary_subtag(language)
    for tag in (wanted, primary, _RENAMED.get(primary)):
        found = next((name for name in known if name.casefold() == tag), None)
        if found is not None:
            return found
    return None


class _Requests(gTTS):
    """The requests that gTTS would send."""

    def prepare(self) -> list[requests.PreparedRequest]:
        return self._prepare_requests()  # pyright: ignore[reportUnknownVariableType]


class _Failure(Exception):  # noqa: N818 - an attempt's, caught within this file
    def __init__(
        self, message: str, retry_after_s: float = 0.0, *, worth_another_try: bool = True
    ) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.worth_another_try = worth_another_try


def _pack(text: str) -> list[str]:
    """Put as many whole clauses into a request as it takes; gTTS splits those that are longer."""
    packed: list[str] = []
    for clause in filter(None, _CLAUSE.split(text)):
        if packed and len(packed[-1]) + 1 + len(clause) <= gTTS.GOOGLE_TTS_MAX_CHARS:
            packed[-1] += f" {clause}"
        else:
            packed.append(clause)
    return packed


def _read_answer(content: bytes) -> bytes:
    found = _ANSWER.search(content)
    try:
        sound = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error as error:
        message = "its answer is cut off"
        raise _Failure(message) from error
    if not sound:
        message = "its answer holds no audio"
        raise _Failure(message)
    return sound


def _retry_after_s(answer: requests.Response) -> float:
    """Read Retry-After, which is a number of seconds or a date (RFC 9110, section 10.2.3)."""
    value = answer.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _explain(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate can't be trusted"
    if isinstance(error, requests.Timeout):
        return "it took too long"
    if isinstance(error, requests.ConnectionError):
        return "it can't be reached"
    return "its answer is cut off"
