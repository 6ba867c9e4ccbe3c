"""`vivavoz build` where a translation stands beside a transcript: what is made of it."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import av
import html5lib
import pytest
import webvtt
from builds import Built, build, run
from conftest import ROOT
from pictured_talk import FITTING, write_talk
from vivavoz.audio import VoiceSpec, cast_voices, speak_in_time, speak_wording
from vivavoz.source import UnavailableTool, read_interview, time_translation, word_interview

SAMPLE = ROOT / "source" / "samples" / "the-lighthouse.txt"
SPANISH = ROOT / "tests" / "translations" / "the-lighthouse.es.txt"
GOLDEN = ROOT / "tests" / "golden" / "the-lighthouse.es"
QUIET = ("--narration", "none")
TALK = "LEE: Who are you?\n\nJH: A keeper. I keep the light.\n\nLEE: Why?\n"
TALK_ES = "LEE: ¿Quién es usted?\n\nJH: Un farero. Cuido la luz.\n\nLEE: ¿Por qué?\n"
FILMED_ES = (
    "Nora Whitfield: Capitán Brandt, ¿recuerda la primera travesía?\n\n"
    "[Imagen: Un viejo transbordador junto a un muelle nevado.]\n\n"
    "Emil Brandt: Era un martes de marzo, y había hielo a lo largo del muelle.\n\n"
    "Nora Whitfield: ¿Quién le enseñó a leer el agua?\n\n"
    "Emil Brandt: Me lo enseñó todo una mujer que remendaba redes en la orilla norte.\n"
)


def read_starts(path: Path) -> list[float]:
    return [cue.start_in_seconds for cue in webvtt.read(path)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(SPANISH, folder)
    return build(Path(shutil.copy(SAMPLE, folder)), *QUIET)


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    talk = write_talk(tmp_path_factory.mktemp("filmed"), {1: FITTING})
    talk.with_name("talk.es.txt").write_text(FILMED_ES, encoding="utf-8")
    return build(talk, "--narration", "standard")


@pytest.mark.parametrize("kind", ["captions", "descriptions", "chapters"])
def test_the_sample_reads_as_it_should_in_spanish(sample: Built, kind: str) -> None:
    built, golden = sample.folder / f"{kind}.es.vtt", GOLDEN / f"{kind}.es.vtt"
    assert built.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_a_translation_is_told_of(sample: Built) -> None:
    (told,) = sample.told["translations"]
    report = json.loads((sample.folder / "report.json").read_text(encoding="utf-8"))
    (one,) = report["translations"]
    assert told["translation"] == "the-lighthouse.es.txt"
    assert told["language"] == "es"
    assert {"captions.es", "srt.es", "chapters.es", "descriptions.es"} < sample.told[
        "outputs"
    ].keys()
    assert (one["lacking"], one["added"]) == ([], [])
    assert sample.list_warnings("the-lighthouse.es.txt, line 16: “aúlla el viento”") == [None]


def test_a_recording_is_captioned_and_described_in_both_languages(filmed: Built) -> None:
    made = {"captions.es.vtt", "captions.es.srt", "chapters.es.vtt", "narration.es.flac"}
    made |= {"described.es.mp4", "descriptions.es.vtt", "descriptions.es.dapt.xml"}
    assert made < filmed.files
    assert {
        name.replace(".es", "", 1) for name in made if "d.es" in name or "n.es" in name
    } < filmed.files
    starts = [read_starts(filmed.folder / f"captions.{tag}.vtt") for tag in ("en", "es")]
    assert starts[0] == starts[1]
    (cue,) = webvtt.read(filmed.folder / "descriptions.es.vtt")
    (spoken,) = webvtt.read(filmed.folder / "descriptions.en.vtt")
    assert cue.text == "Un viejo transbordador junto a un muelle nevado."
    assert cue.start_in_seconds == pytest.approx(spoken.start_in_seconds, abs=1)
    with av.open(filmed.folder / "described.es.mp4") as container:
        assert [stream.language for stream in container.streams] == ["und", "und", "spa", "spa"]


def test_the_page_plays_what_belongs_to_each_language(filmed: Built) -> None:
    page = html5lib.parse((filmed.folder / "index.html").read_bytes(), namespaceHTMLElements=False)
    versions = json.loads(page.find(".//script[@id='data']").text)["versions"]
    played = [
        ("recording.mp4", "recording.described.mp4", "descriptions.en.mp3"),
        ("recording.mp4", "recording.described.es.mp4", "descriptions.es.mp3"),
    ]
    assert [(one["source"], one["described"], one["clips"]) for one in versions] == played
    assert {name for names in played for name in names} < filmed.files
    assert {choice for one in versions for choice in one["choices"]} == {"off", "mix", "extended"}
    english, spanish = page.findall(".//div[@class='passage picture']")
    assert english.get("data-start") == spanish.get("data-start")
    assert spanish.get("data-clip")
    offered = {link.get("href") for link in page.findall(".//a[@download]")}
    assert "captions.es.vtt" in offered
    assert "descriptions.es.mp3" not in offered


def test_what_can_not_be_played_is_told_of_each_language(
    filmed: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise UnavailableTool("It was not made.")

    shutil.copytree(filmed.folder.parents[1], tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("vivavoz.scripts.page.booth.Booth.stage_described", fail)
    built = build(tmp_path / "talk.txt", "--narration", "standard", "--style", "bbc")
    assert built.told["error"]["file"] == str(tmp_path / "talk.txt")
    assert built.list_warnings("It was not made.") == [None]
    assert built.list_warnings("talk.es.txt: It was not made.") == [None]
    page = (built.folder / "index.html").read_text(encoding="utf-8")
    assert page.count("It was not made.") == 2


def test_a_translation_is_read_sentence_by_sentence_with_its_original() -> None:
    source, target = (word_interview(read_interview(path)) for path in (SAMPLE, SPANISH))
    original = speak_wording(source, cast_voices(source.interview, VoiceSpec()))
    translation = time_translation(original.timeline, source, target)
    cast = cast_voices(target.interview, VoiceSpec())
    reading = speak_in_time(translation.timeline, translation.switches_ms, cast)
    assert {voice.name[:9] for voice in cast.speakers.values()} == {"espeak:es"}
    planned, read = (
        [word for timed in timeline.parts for word in timed.words]
        for timeline in (translation.timeline, reading.timeline)
    )
    assert [word.token for word in read] == [word.token for word in planned]
    late = [clip.start_ms - planned[clip.words.start].start_ms for clip in reading.clips]
    assert min(late) == 0
    assert sum(map(bool, late)) < len(late) / 4
    for clip, following in pairwise(reading.clips):
        assert clip.start_ms + clip.clip.duration_ms <= following.start_ms


def test_what_takes_too_long_runs_on_and_catches_up_in_a_pause(tmp_path: Path) -> None:
    long = "El faro, que se ve desde muy lejos, es un faro viejo y blanco. " * 4
    (tmp_path / "talk.txt").write_text(
        f"LEE: Who are you?\n\nJH: A keeper.\n\nLEE: Why is that? {'And why is it so? ' * 20}\n"
    )
    (tmp_path / "talk.es.txt").write_text(
        f"LEE: ¿Quién es?\n\nJH: {long}\n\nLEE: ¿Por qué? {'¿Y por qué? ' * 20}\n", encoding="utf-8"
    )
    built = build(tmp_path / "talk.txt")
    page = (built.folder / "index.html").read_text(encoding="utf-8")
    assert '"source":"narration.es.mp3"' in page
    assert built.list_warnings("Read 1.3 times as fast, this still takes longer") == [None]
    lengths = []
    for name in ("narration.mp3", "narration.es.mp3"):
        with av.open(built.folder / name) as container:
            lengths.append((container.duration or 0) / 1e6)
    assert lengths[0] == pytest.approx(lengths[1], abs=0.1)


def test_a_translation_that_comes_changes_or_goes_is_built(tmp_path: Path) -> None:
    talk, spanish = tmp_path / "talk.txt", tmp_path / "talk.es.txt"
    talk.write_text(TALK, encoding="utf-8")
    build(talk, *QUIET)
    spanish.write_text(TALK_ES, encoding="utf-8")
    ran = run("build", talk, *QUIET, "--out", "out", "--dry-run", cwd=tmp_path)
    assert "the translations changed from none to talk.es.txt" in ran.stdout
    assert "captions.es.vtt" in build(talk, *QUIET).files
    assert build(talk, *QUIET).told["state"] == "unchanged"
    spanish.write_text(TALK_ES.replace("Cuido", "Guardo"), encoding="utf-8")
    captions = build(talk, *QUIET).folder / "captions.es.vtt"
    assert "Guardo" in captions.read_text(encoding="utf-8")
    spanish.unlink()
    assert build(talk, *QUIET).list_warnings("captions.es.vtt in the same folder") == [None]


def test_edits_of_a_translation_are_applied_when_they_are_new(tmp_path: Path) -> None:
    talk, edits = tmp_path / "talk.txt", tmp_path / "talk.es.edits.toml"
    talk.write_text(TALK, encoding="utf-8")
    (tmp_path / "talk.es.txt").write_text(TALK_ES, encoding="utf-8")
    build(talk, *QUIET)
    edits.write_text(
        '[[edit]]\nat = "00:00:00.000"\nfollows = "Un farero."\nwas = "Cuido la luz."\n'
        'precedes = "¿Por qué?"\n'
        'cues = [{ lines = ["Guardo la luz de noche y de día, todo el año."] }]\n',
        encoding="utf-8",
    )
    built = build(talk, *QUIET)
    captions = built.folder / "captions.es.vtt"
    assert "Guardo" in captions.read_text(encoding="utf-8")
    assert built.list_warnings("talk.es.txt: The captions break rules of the style") == [None]
    edits.unlink()
    build(talk, *QUIET)
    assert "Guardo" not in captions.read_text(encoding="utf-8")


def test_what_has_no_counterpart_is_named_on_both_sides(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK + "\nJH: I like it here by the sea.\n")
    (tmp_path / "talk.es.txt").write_text(f"{TALK_ES}\n[aplausos]\n", encoding="utf-8")
    built = build(tmp_path / "talk.txt", *QUIET)
    assert built.list_warnings("This turn has no counterpart in talk.es.txt.") == [7]
    assert built.list_warnings("talk.es.txt, line 7: This sound has no counterpart") == [None]
    assert "aplausos" in (built.folder / "captions.es.vtt").read_text(encoding="utf-8")


def test_a_translation_that_cannot_be_read_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    (tmp_path / "talk.en.txt").write_text(TALK)
    (tmp_path / "talk.es.txt").write_bytes(b"")
    (tmp_path / "talk.pt-BR.txt").write_text(TALK_ES, encoding="utf-8")
    built = build(tmp_path / "talk.txt", *QUIET, "--language", "en")
    assert built.code == 3
    assert built.told["error"]["file"].endswith("talk.es.txt")
    assert {"captions.en.vtt", "captions.pt-BR.vtt"} < built.files
    assert built.list_warnings("talk.en.txt is in the language of the interview") == [None]


def test_all_that_fails_is_told_everywhere(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK * 3)
    (tmp_path / "talk.es.txt").write_text("El farero\n\nLEE: ¿Quién es?\n", encoding="utf-8")
    (tmp_path / "talk.pt.txt").write_bytes(b"")
    built = build(tmp_path / "talk.txt", "--narration", "none")
    report = json.loads((built.folder / "report.json").read_text(encoding="utf-8"))
    assert built.told["error"]["file"].endswith(f"{tmp_path.name}/talk.es.txt")
    assert report["error"] == {**built.told["error"], "file": "talk.es.txt"}
    assert built.list_warnings("talk.pt.txt: The file is empty") == [None]
    page = (built.folder / "index.html").read_text(encoding="utf-8")
    assert "talk.es.txt: This is no translation of" in page
    assert "talk.pt.txt: The file is empty" in page


def test_what_is_no_translation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK * 3)
    (tmp_path / "talk.es.txt").write_text("El farero\n\nLEE: ¿Quién es?\n", encoding="utf-8")
    built = build(tmp_path / "talk.txt", *QUIET)
    assert built.code == 3
    assert "This is no translation of" in built.told["error"]["message"]
    assert built.told["error"]["file"].endswith("talk.es.txt")
    assert "captions.en.vtt" in built.files
    assert "captions.es.vtt" not in built.files


def test_a_translation_in_another_language_than_its_name_says_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "talk.fr.txt").write_text(SPANISH.read_text(encoding="utf-8"), encoding="utf-8")
    built = build(tmp_path / "talk.txt", *QUIET)
    assert built.list_warnings("talk.fr.txt: The text is in “es”, as it seems") == [None]
