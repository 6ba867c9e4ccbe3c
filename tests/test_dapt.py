"""What is promised of audio description as DAPT: what is written, and what is read back."""

from __future__ import annotations

import io
import re
import struct
import wave
import xml.etree.ElementTree as ET
from base64 import b32encode, b64decode, b64encode
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.audio.describe.dapt import (
    Script,
    ScriptEvent,
    check_dapt,
    parse_dapt,
    read_dapt,
    script_narration,
    write_dapt,
)
from vivavoz.audio.describe.gain import GainPoint, plan_gains
from vivavoz.audio.describe.hold import Hold
from vivavoz.audio.describe.narration import Description, Narration
from vivavoz.audio.speak.espeak import EspeakVoice
from vivavoz.audio.speak.store import ClipStore
from vivavoz.audio.speak.voice import Clip, Utterance
from vivavoz.source import Picture, UnreadableSource

GOLDEN = Path(__file__).parent / "golden" / "dapt" / "the-lighthouse.dapt.xml"
TT = "{http://www.w3.org/ns/ttml}"
TTA = "{http://www.w3.org/ns/ttml#audio}"
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(script: Script) -> str:
    return "".join(write_dapt(script))


def make_clip(duration_ms: int, *, rate: int = 1000, peak: int = 1000) -> Clip:
    samples = [peak if place % 2 else -peak for place in range(duration_ms * rate // 1000)]
    return Clip(struct.pack(f"<{len(samples)}h", *samples), rate)


def describe(text: str, start_ms: int, duration_ms: int, gain_db: float = 0.0) -> Description:
    return Description(Picture(text, 1), text, make_clip(duration_ms), start_ms, gain_db)


def narrate(*descriptions: Description, duration_ms: int = 60_000, depth_db: float = -10) -> Script:
    spoken = [(description.start_ms, description.end_ms) for description in descriptions]
    gains = plan_gains(spoken, duration_ms, depth_db)
    narration = Narration(descriptions, gains)
    return script_narration(narration, title="Talk", language="en", duration_ms=duration_ms)


def lighthouse() -> Script:
    """Return two descriptions that share a duck, one that is shortened, and one in a hold."""
    first = describe("A white lighthouse.", 2000, 20, -3.5)
    second = describe("Storm clouds & rain.", 2300, 20)
    whole = Picture("A keeper, who is writing by the light of the lamp.", 9)
    short = Description(whole, "A keeper writing.", make_clip(20), 6000)
    held = replace(describe("Waves <breaking>.", 9000, 20), hold=Hold(9000, 420))
    gains = plan_gains([(2000, 2020), (2300, 2320), (6000, 6020)], 12_000)
    return script_narration(
        Narration((first, second, short, held), gains),
        title="The Lighthouse",
        language="en",
        duration_ms=12_000,
    )


def test_a_script_is_written_as_it_always_was() -> None:
    assert write(lighthouse()) == GOLDEN.read_text("utf-8")


def test_the_golden_script_conforms_and_is_read_back(tmp_path: Path) -> None:
    assert check_dapt(GOLDEN.read_bytes()) == ()
    assert read_dapt(GOLDEN) == lighthouse()
    copy = tmp_path / "script.xml"
    copy.write_text(write(read_dapt(GOLDEN)), encoding="utf-8")
    assert copy.read_bytes() == GOLDEN.read_bytes()


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Return narrations of any text, with clips and pauses of any length, some of them held."""
    descriptions: list[Description] = []
    spoken: list[tuple[int, int]] = []
    now = 0
    for _ in range(draw(st.integers(0, 6))):
        now += draw(st.integers(0, 3000))
        text = draw(st.text(max_size=30))
        picture = Picture(draw(st.sampled_from([text, "All of it.\r\n<&>"])), 1)
        clip = make_clip(draw(st.integers(1, 1500)))
        gain_db = draw(st.floats(-60, 0))
        hold = Hold(now, clip.duration_ms + 400) if draw(st.booleans()) else None
        descriptions.append(Description(picture, text, clip, now, gain_db, hold))
        if hold:
            now += draw(st.integers(0, 1))
        else:
            spoken.append((now, now + clip.duration_ms))
            now += clip.duration_ms
    depth_db = draw(st.integers(-400, 0)) / 10
    duration_ms = now + draw(st.integers(0, 1000))
    return script_narration(
        Narration(tuple(descriptions), plan_gains(spoken, duration_ms, depth_db)),
        title=draw(st.text(max_size=20)),
        language=draw(st.sampled_from(["en", "es-MX", "zh-Hant", "de-CH-1996"])),
        duration_ms=duration_ms,
    )


@given(scripts())
def test_what_is_written_conforms_and_is_read_back_whole(script: Script) -> None:
    document = write(script)
    assert check_dapt(document) == ()
    read = parse_dapt(document)
    assert [name_time(event) for event in read.events] == [name_time(e) for e in script.events]
    for event, written in zip(read.events, script.events, strict=True):
        assert event.text == UNWRITABLE.sub("\ufffd", written.text)
        assert (event.clip, event.gain_db) == (written.clip, written.gain_db)
        assert event.gains == written.gains
    assert (read.title, read.language) == (UNWRITABLE.sub("\ufffd", script.title), script.language)
    assert read.duration_ms == script.duration_ms
    assert write(read) == document


def name_time(event: ScriptEvent) -> tuple[str, int, int, Hold | None]:
    return event.id, event.start_ms, event.end_ms, event.hold


def play_gain(document: str, at_ms: float) -> float:
    """Return the gain that a player gives the programme (TTML2 sections 10.2.53 and 13.1.1)."""
    playing = [
        div
        for div in ET.fromstring(document).iter(f"{TT}div")  # noqa: S314 - ours
        if read_seconds(div, "begin") <= at_ms < read_seconds(div, "end")
    ]
    assert len(playing) <= 1
    gain = 1.0
    for animate in (animate for div in playing for animate in div.findall(f"{TT}animate")):
        local_ms = at_ms - read_seconds(playing[0], "begin")
        begin, end = read_seconds(animate, "begin"), read_seconds(animate, "end")
        first, last = (float(value) for value in animate.attrib[f"{TTA}gain"].split(";"))
        if begin <= local_ms < end:
            gain = first + (last - first) * (local_ms - begin) / (end - begin)
        elif local_ms >= end:
            gain = last if animate.get("fill") == "freeze" else 1.0
    return gain


def read_seconds(element: ET.Element, attribute: str) -> int:
    return round(1000 * float(element.attrib[attribute].removesuffix("s")))


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 900)), max_size=5),
    st.integers(-300, 0),
)
def test_a_player_hears_the_one_gain_timeline(pauses: list[tuple[int, int]], depth: int) -> None:
    spoken: list[tuple[int, int]] = []
    for pause_ms, length_ms in pauses:
        start_ms = (spoken[-1][1] if spoken else 0) + pause_ms
        spoken.append((start_ms, start_ms + length_ms))
    duration_ms = 10_000
    gains = plan_gains(spoken, duration_ms, depth / 10)
    descriptions = tuple(describe("A house.", start, end - start) for start, end in spoken)
    document = write(narrate(*descriptions, duration_ms=duration_ms, depth_db=depth / 10))
    moments = {point.at_ms for point in gains.points()} | set(range(0, duration_ms, 173))
    for at_ms in moments:
        assert play_gain(document, at_ms) == pytest.approx(gains.at(at_ms), abs=1e-5)


def test_a_duck_of_w3cs_depth_is_written_as_w3c_writes_it() -> None:
    script = narrate(describe("The sails billow.", 25_200, 2600), depth_db=-8.1787)
    animations = re.findall("<animate (.*)/>", write(script))
    assert animations == [
        'begin="0.000s" end="0.300s" tta:gain="1;0.39" fill="freeze"',
        'begin="2.700s" end="3.000s" tta:gain="0.39;1"',
    ]


def test_the_embedded_sound_is_the_wave_file_that_its_type_says() -> None:
    clip = make_clip(40, rate=22_050)
    description = Description(Picture("A house.", 1), "A house.", clip, 1000)
    data = re.search('<data type="audio/wave">([^<]*)</data>', write(narrate(description)))
    assert data
    with wave.open(io.BytesIO(b64decode(data[1]))) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22_050)
        assert sound.readframes(9999) == clip.samples


def test_what_has_to_be_louder_is_louder_in_the_sound_for_dapt_makes_nothing_louder() -> None:
    (louder,) = parse_dapt(write(narrate(describe("A", 1000, 50, 6.0206)))).events
    assert (louder.clip, louder.gain_db) == (make_clip(50, peak=2000), 0)


def test_a_clip_with_a_peak_is_as_much_louder_as_asked_but_at_its_peak() -> None:
    rate = 22_050
    sound = 0.2 * np.sin(np.arange(rate) / 20)
    sound[rate // 2] = 0.9
    clip = Clip(np.rint(sound * 32767).astype("<i2").tobytes(), rate)
    description = Description(Picture("A", 1), "A", clip, 1000, 6.0)
    (event,) = parse_dapt(write(narrate(description))).events
    assert event.clip
    louder = np.frombuffer(event.clip.samples, "<i2") / 32767
    away = np.abs(np.arange(rate) - rate // 2) > rate // 10
    assert np.abs(louder - sound * 10**0.3)[away].max() < 1e-4
    assert np.abs(louder).max() <= 10 ** (-1 / 20)


def test_sound_stays_on_its_shelf_until_its_event_is_written(tmp_path: Path) -> None:
    store, voice = ClipStore(tmp_path / "clips"), EspeakVoice("en-us")
    texts = [f"{word} houses on a cliff." for word in ("One", "Two", "Six")]
    shelved = [store.shelve(voice, Utterance(text)) for text in texts]
    script = narrate(
        *(
            Description(Picture(text, 1), text, clip, 9000 * number)
            for number, (text, clip) in enumerate(zip(texts, shelved, strict=True))
        )
    )
    assert [event.clip for event in script.events] == shelved
    lines = write_dapt(script)
    for clip in shelved:
        data = next(line for line in lines if "<data" in line)
        assert parse_sound(data) == clip.samples


def parse_sound(line: str) -> bytes:
    data = re.search('<data type="audio/wave">([^<]*)</data>', line)
    assert data
    with wave.open(io.BytesIO(b64decode(data[1]))) as sound:
        return sound.readframes(sound.getnframes())


def test_a_description_in_a_hold_takes_no_time_of_the_programme() -> None:
    held = parse_dapt(write(lighthouse())).events[-1]
    assert (held.start_ms, held.end_ms, held.hold) == (9000, 9000, Hold(9000, 420))
    assert held.clip == make_clip(20)


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:tp="http://www.w3.org/ns/ttml#parameter"
  xmlns:a="http://www.w3.org/ns/ttml#audio" xmlns:d="http://www.w3.org/ns/ttml/profile/dapt#metadata"
  tp:contentProfiles="http://www.w3.org/ns/ttml/profile/dapt1.0/content" tp:frameRate="30"
  tp:frameRateMultiplier="1000 1001" tp:tickRate="1000" d:scriptRepresents="visual.text audio"
  d:scriptType="preRecording" xml:lang="fr" d:represents="visual.text">
  <tt:head><tt:resources>
    <tt:audio type="audio/wave" xml:id="a" xml:lang="es"><tt:source>
      <tt:data>{wave}</tt:data></tt:source></tt:audio>
    <tt:data type="audio/wave" xml:id="b" encoding="base32">{wave32}</tt:data>
  </tt:resources></tt:head>
  <tt:body>
    <tt:div begin="00:01:00">
      <tt:div xml:id="e1" begin="30f" dur="2.5s" a:gain="0.5"><tt:p><tt:metadata>not said
        </tt:metadata>Un  phare<tt:br/><tt:span>blanc</tt:span></tt:p></tt:div>
      <tt:div xml:id="e2" begin="00:00:10.25" end="20000t"><tt:p xml:lang="es">
        <tt:audio src="#a" clipBegin="10ms" clipEnd="0.03s" a:gain="-0.5"/>Un faro</tt:p></tt:div>
      <tt:div xml:id="e3" begin="0.5m" dur="6s"><tt:p>
        <tt:animate end="2s" a:gain="1;.25;.5" fill="freeze"/>
        <tt:span begin="1s" end="5s"><tt:audio>
        <tt:source src="elsewhere.mp3" type="audio/mpeg"/><tt:source src="#b"/></tt:audio>
        Nuages</tt:span></tt:p></tt:div>
      <tt:div xml:id="heard" d:represents="audio"><tt:p>Bonjour</tt:p></tt:div>
      <tt:div><tt:p>No event</tt:p></tt:div>
    </tt:div>
  </tt:body>
</tt:tt>"""


def test_other_peoples_scripts_are_read() -> None:
    embedded = re.search('"audio/wave">([^<]*)<', write(narrate(describe("A", 1000, 40))))
    assert embedded
    sound = b64decode(embedded[1])
    document = FOREIGN.format(wave=b64encode(sound).decode(), wave32=b32encode(sound).decode())
    assert check_dapt(document) == ()
    script = parse_dapt(document)
    first, second, third = script.events
    assert (first.start_ms, first.end_ms, first.text) == (61_001, 63_501, "Un phare\nblanc")
    assert first.gains == (
        GainPoint(61_001, 1.0),
        GainPoint(61_001, 0.5),
        GainPoint(63_501, 0.5),
        GainPoint(63_501, 1.0),
    )
    assert second.gains == ()
    assert third.gains == (
        GainPoint(90_000, 1.0),
        GainPoint(91_000, 0.25),
        GainPoint(92_000, 0.5),
        GainPoint(96_000, 0.5),
        GainPoint(96_000, 1.0),
    )
    assert (second.start_ms, second.end_ms, second.language) == (70_250, 80_000, "es")
    assert second.clip == Clip(make_clip(40).samples[20:60], 1000)
    assert second.gain_db == pytest.approx(-6.021)
    assert (third.start_ms, third.end_ms, third.clip) == (91_000, 95_000, make_clip(40))


def test_a_sound_that_is_elsewhere_is_never_opened(tmp_path: Path) -> None:
    outside = tmp_path / "secret.wav"
    soundfile.write(outside, np.ones(1000, np.int16), 1000)
    document = re.sub("(?s)<source>.*?</source>", "", write(lighthouse()))
    document = document.replace("<audio", f'<audio type="audio/wave" src="{outside.as_uri()}"')
    assert document.count(outside.as_uri()) == 4
    assert [event.clip for event in parse_dapt(document).events] == [None] * 4


BOMB = "".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    ("document", "line", "says"),
    [
        ("", 1, "well-formed"),
        ("<tt>\n<p></tt>", 2, "mismatched tag"),
        (f'<!DOCTYPE tt [<!ENTITY b0 "ha">{BOMB}]><tt>&b9;</tt>', 1, "DOCTYPE"),
        ('<!DOCTYPE tt SYSTEM "file:///etc/passwd"><tt/>', 1, "DOCTYPE"),
        ("<tt>\n&nbsp;</tt>", 2, "undefined entity"),
        ("<tt>" * 100_000, 1, "deep"),
        (b'<?xml version="1.0" encoding="klingon"?><tt/>', 1, "UTF-8"),
        ("\ud800", 1, "invalid token"),
        ("<svg/>", 1, "no DAPT document"),
    ],
)
def test_what_is_no_script_is_refused_kindly(document: str | bytes, line: int, says: str) -> None:
    with pytest.raises(UnreadableSource, match=says) as caught:
        parse_dapt(document, "script.xml")
    assert (caught.value.file, caught.value.line) == ("script.xml", line)


def test_a_dubbing_script_is_refused() -> None:
    document = write(lighthouse()).replace('"visual"', '"audio.dialogue"')
    with pytest.raises(UnreadableSource, match="what is heard"):
        parse_dapt(document)


@pytest.mark.parametrize("sound", ["A", "!!!!", "AAAA"])
def test_a_damaged_sound_is_named_with_its_line(sound: str) -> None:
    document = re.sub('(?s)(wave">).*?(</data>)', rf"\g<1>{sound}\2", write(lighthouse()))
    with pytest.raises(UnreadableSource, match="damaged") as caught:
        parse_dapt(document)
    assert caught.value.line == 1 + document[: document.index("<data")].count("\n")


def test_a_sound_that_claims_more_than_memory_holds_is_called_damaged() -> None:
    sound = io.BytesIO()
    soundfile.write(sound, np.zeros(10, np.int16), 48_000, format="FLAC")
    forged = bytearray(sound.getvalue())
    forged[21:26] = bytes([forged[21] | 0xF, *[0xFF] * 4])  # FLAC: 36 bits of how many samples
    assert soundfile.info(io.BytesIO(forged)).frames == 2**36 - 1
    data = b64encode(forged).decode()
    document = re.sub('(?s)(wave">).*?(</data>)', rf"\g<1>{data}\2", write(lighthouse()))
    with pytest.raises(UnreadableSource, match="damaged"):
        parse_dapt(document)


def test_text_is_read_as_it_is_and_bytes_in_the_encoding_that_they_name() -> None:
    text = write(narrate(describe("Ein weißer Leuchtturm.", 1000, 40)))
    document = text.replace("UTF-8", "ISO-8859-1")
    for form in (document, document.encode("latin-1")):
        assert parse_dapt(form).events[0].text == "Ein weißer Leuchtturm."


def test_a_script_that_is_not_there_is_named() -> None:
    with pytest.raises(UnreadableSource, match="There is no such file") as caught:
        read_dapt("no-such.dapt.xml")
    assert caught.value.file == "no-such.dapt.xml"


@given(st.data())
def test_a_mangled_script_is_read_or_refused(data: st.DataObject) -> None:
    document = GOLDEN.read_text("utf-8")
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(len(document), start + 40)))
    mangled = document[:start] + data.draw(st.text(max_size=5)) + document[end:]
    with suppress(UnreadableSource):
        parse_dapt(mangled)
