"""Folders of interviews: what is found in them, whose settings hold, where results go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builds import run
from vivavoz.audio import VoiceSpec, cast_voices
from vivavoz.scripts.batch.catalogue import Refusal, plan_all
from vivavoz.scripts.plan import Plan
from vivavoz.source import (
    Editorial,
    Interview,
    Person,
    Role,
    Settings,
    Speaker,
    UsageError,
)

TALK = "LEE: Who are you?\n\nJH: A keeper.\n\nLEE: Why?\n\nJH: Why not.\n"


def lay(top: Path, **files: str) -> Path:
    """Write files; in their names `__` is a slash, and the last `_` a full stop."""
    for name, text in files.items():
        path = top / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return top


def plan(*paths: Path, options: Settings | None = None, out: Path | None = None) -> list[Plan]:
    planned = list(plan_all(paths, options or Settings(), out))
    plans = [each for each in planned if isinstance(each, Plan)]
    assert len(plans) == len(planned)
    return plans


def name_all(plans: list[Plan]) -> list[str]:
    return [each.name for each in plans]


def test_every_transcript_in_a_folder_is_found_in_order(tmp_path: Path) -> None:
    names = ["b.txt", "a/z.md", "a/b/c.markdown", "a/É.TXT", "talk.en.docx", "changelog-12.md"]
    names += ["m.docm", "c.vtt", "s.srt"]
    passed = [
        ".a.txt",
        ".git/x.txt",
        "README.md",
        "a/Readme.es.md",
        "LICENSE.txt",
        "LICENSE-MIT.md",
    ]
    for name in (*names, *passed, "a.mp3", "a/a.json", "changelog.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TALK, encoding="utf-8")
    plans = plan(tmp_path)
    found = [each.transcript.relative_to(tmp_path).as_posix() for each in plans]
    assert found == sorted(names, key=lambda name: Path(name).parts)
    assert name_all(plans)[:2] == ["a/b/c", "a/z"]
    assert {each.out for each in plans} == {tmp_path / "out"}


def test_links_lead_neither_in_circles_nor_away(tmp_path: Path) -> None:
    lay(tmp_path, talks__a_txt=TALK, other__b_txt=TALK)
    (tmp_path / "talks" / "circle").symlink_to(tmp_path / "talks")
    (tmp_path / "talks" / "away").symlink_to(tmp_path / "other")
    (tmp_path / "talks" / "itself.txt").symlink_to("itself.txt")
    (tmp_path / "talks" / "b.txt").symlink_to(tmp_path / "other" / "b.txt")
    assert name_all(plan(tmp_path / "talks")) == ["a", "b"]


def test_results_are_no_transcripts(tmp_path: Path) -> None:
    lay(
        tmp_path,
        a_txt=TALK,
        out__a__transcript_txt=TALK,
        elsewhere__a__transcript_txt=TALK,
        elsewhere__b_txt=TALK,
        results__transcript_txt=TALK,
    )
    records = tmp_path / "elsewhere" / ".vivavoz" / "records"
    records.mkdir(parents=True)
    (records / "a.json").touch()
    assert name_all(plan(tmp_path)) == ["a", "elsewhere/b", "results/transcript"]
    lay(tmp_path, vivavoz_toml='out = "results"')
    assert name_all(plan(tmp_path)) == ["a", "elsewhere/b", "out/a/transcript"]
    named = plan(tmp_path, out=tmp_path / "elsewhere")
    assert name_all(named) == ["a", "out/a/transcript", "results/transcript"]


def test_a_folder_includes_and_excludes(tmp_path: Path) -> None:
    lay(
        tmp_path,
        a_txt=TALK,
        a_log=TALK,
        drafts__b_txt=TALK,
        c__notes_txt=TALK,
        README_txt=TALK,
        vivavoz_toml='include = ["*.log", "README.txt"]\nexclude = ["drafts/", "notes.txt"]',
    )
    assert name_all(plan(tmp_path)) == ["README", "a", "a"]
    assert name_all(plan(tmp_path / "drafts" / "b.txt")) == ["drafts/b"]
    lay(tmp_path, vivavoz_toml='include = ["!"]')
    with pytest.raises(UsageError, match=r"vivavoz\.toml: include: Invalid git pattern"):
        plan(tmp_path)


def test_a_file_and_its_folder_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talks = lay(
        tmp_path / "talks",
        vivavoz_toml='style = "bbc"\nout = "results"',
        a__b_txt=TALK,
        own__vivavoz_toml="",
        own__c_txt=TALK,
    )
    monkeypatch.chdir(tmp_path)
    ways = [Path("talks"), talks, Path("talks/../talks")]
    for way in ways:
        (alone,), below = plan(way / "a" / "b.txt"), plan(way / "a")
        both = plan(way)
        assert name_all(both) == ["a/b", "c"]
        for one in (alone, below[0], both[0]):
            assert one.style.name == "bbc"
            assert one.folder.resolve() == talks / "results" / "a" / "b"
        (nested,) = plan(way / "own" / "c.txt")
        for one in (nested, both[1]):
            assert one.style.name == "netflix"
            assert one.folder.resolve() == talks / "own" / "out" / "c"
    monkeypatch.chdir(talks / "a")
    assert plan(Path("b.txt"))[0].folder == Path("../results/a/b")
    assert plan(Path("b.txt"), out=Path("x"))[0].folder == Path("x/a/b")


def test_a_file_in_no_folder_of_interviews_is_built_where_one_stands(tmp_path: Path) -> None:
    lay(tmp_path, a__talk_txt=TALK)
    assert plan(tmp_path / "a" / "talk.txt")[0].folder == Path("out/talk")


def test_options_beat_the_interview_which_beats_its_folder(tmp_path: Path) -> None:
    lay(
        tmp_path,
        vivavoz_toml='style = "bbc"\nduck = -20\neditorial = "keep"\nvoice = "gtts"\n'
        '[speakers]\nLEE = "Ann Lee"\nJH = "J. H."\n[voices]\nLEE = "gtts"\n',
        talk_txt=TALK,
        talk_toml='style = "dcmp"\nduck = 0\n[speakers]\nLee = "Bo Lee"\n[voices]\nX = "espeak"\n',
    )
    (one,) = plan(tmp_path, options=Settings(style="netflix"))
    assert one.style.name == "netflix"
    assert one.narration.duck_db == 0.0
    assert one.editorial is Editorial.KEEP
    assert one.narration.voice == VoiceSpec("gtts")
    assert one.speakers == {"JH": Person("J. H."), "Lee": Person("Bo Lee")}
    assert one.narration.voices == {"LEE": VoiceSpec("gtts"), "X": VoiceSpec("espeak")}
    assert one.expected == ("Lee", "X")


def test_a_transcript_may_be_called_as_its_folders_settings(tmp_path: Path) -> None:
    lay(tmp_path, vivavoz_txt=TALK, vivavoz_toml='out = "x"')
    assert plan(tmp_path)[0].folder == tmp_path / "x" / "vivavoz"


def test_recordings_are_found_whatever_form_their_accents_have(tmp_path: Path) -> None:
    for name in ("Jose\u0301.mp4", "Jos\u00e9.txt", "two.txt", "two.mp3", "two.toml"):
        (tmp_path / name).touch()
    assert [each.media and each.media.suffix for each in plan(tmp_path)] == [".mp4", ".mp3"]
    (tmp_path / "two.toml").write_text('media = "none"', encoding="utf-8")
    assert [bool(each.media) for each in plan(tmp_path)] == [True, False]
    (tmp_path / "two.toml").write_text('media = "Jose\u0301.mp4"', encoding="utf-8")
    assert plan(tmp_path)[1].media == tmp_path / "Jose\u0301.mp4"
    assert not any(each.media for each in plan(tmp_path, options=Settings(media=Path("none"))))
    with pytest.raises(UsageError, match="One recording can't belong to 2 transcripts"):
        plan(tmp_path, options=Settings(media=Path("x.mp4")))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('voice = "nobody"', "There is no voice “nobody”"),
        ('[voices]\nLEE = "nobody"', "There is no voice “nobody”"),
        ('style = "bcc"', "There is no caption style “bcc”"),
        ('style = ""', "There is no caption style “”"),
        ('language = "!"', "no language tag"),
        ('[pronounce]\nNASA = "/1/"', "“1” is no sound"),
        ("dcuk = 3", "did you mean “duck”?"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, text: str, sentence: str) -> None:
    lay(tmp_path, bad_txt=TALK, good_txt=TALK, bad_toml=text)
    refused, good = plan_all([tmp_path], Settings())
    assert isinstance(refused, Refusal)
    assert isinstance(good, Plan)
    assert refused.transcript == tmp_path / "bad.txt"
    assert refused.error.file == str(tmp_path / "bad.toml")
    assert sentence in refused.error.message
    (tmp_path / "bad.toml").rename(tmp_path / "vivavoz.toml")
    with pytest.raises(UsageError) as failed:
        list(plan_all([tmp_path], Settings()))
    assert failed.value.file == str(tmp_path / "vivavoz.toml")
    assert sentence in failed.value.message


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed_stops_nothing_else(tmp_path: Path) -> None:
    lay(tmp_path, a_txt=TALK, shut__b_txt=TALK)
    (tmp_path / "shut").chmod(0)
    planned = list(plan_all([tmp_path], Settings()))
    (tmp_path / "shut").chmod(0o700)
    assert [isinstance(each, Plan) for each in planned] == [True, False]


def test_planning_needs_no_heavy_library() -> None:
    code = (
        "import sys; from pathlib import Path; from vivavoz.source import Settings;"
        "from vivavoz.scripts.batch.catalogue import plan_all;"
        "list(plan_all([Path('x.txt')], Settings())); print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = {"numpy", "av", "webvtt", "numba", "pydub", "pathspec", "rich"}
    assert not heavy & set(ran.stdout.split())


def test_a_folder_is_built_with_its_peoples_names(tmp_path: Path) -> None:
    ran = run("new", "the talks", cwd=tmp_path)
    assert "vivavoz build 'the talks'" in ran.stdout
    ran = run("new", "the talks", cwd=tmp_path, code=2)
    assert ran.stderr.startswith("vivavoz: the talks/vivavoz.toml: This is there already; edit it")
    (tmp_path / "file").touch()
    assert "This is a file" in run("new", "file", cwd=tmp_path, code=2).stderr
    assert "no transcript" in run("build", "the talks", cwd=tmp_path, code=2).stderr
    talks = lay(
        tmp_path / "the talks",
        vivavoz_toml='narration = "none"\n[speakers]\n"Ann Lee" = { role = "guest" }\n',
        en__one_txt=TALK,
        two_md=TALK,
        two_toml='[speakers]\nLEA = "Lea"\n',
        three_txt=TALK,
        three_toml="dcuk = 3",
    )
    ran = run("build", "the talks", "--json", cwd=tmp_path, code=1)
    *ones, _ = map(json.loads, ran.stdout.splitlines())
    told = {one["interview"]: one for one in ones}
    assert len(told) == 3
    captions = (talks / "out" / "en" / "one" / "captions.en.vtt").read_text(encoding="utf-8")
    assert "<v Ann Lee>" in captions
    assert "the talks/three.toml: There is no “dcuk”" in ran.stderr
    assert "did you mean “LEE”?" in json.dumps(told["the talks/two.md"], ensure_ascii=False)


def test_each_reads_with_the_voice_that_was_chosen() -> None:
    speakers = (
        Speaker("Ann Lee", Role.INTERVIEWER, ("LEE",)),
        Speaker("Bo", Role.GUEST),
        Speaker("Narrator", Role.NARRATOR),
    )
    interview = Interview("A talk", "en", speakers, ())
    plain = cast_voices(interview, VoiceSpec())
    german = VoiceSpec("espeak", "de")
    for called in ("LEE", "Ann Lee", "Lee", "ann lee"):
        chosen = cast_voices(interview, VoiceSpec(), None, {called: german, "Zoë": german})
        assert chosen.speakers["Ann Lee"].name.startswith("espeak:de")
        assert chosen.speakers["Bo"] == plain.speakers["Bo"]
        assert chosen.narrator == plain.narrator == chosen.speakers["Narrator"]
    both = cast_voices(interview, VoiceSpec(), None, {"LEE": german, "Bo": german})
    assert both.speakers["Ann Lee"] != both.speakers["Bo"]
    told = cast_voices(interview, VoiceSpec(), None, {"narrator": german})
    assert told.speakers["Narrator"].name.startswith("espeak:de")
    assert told.narrator == plain.narrator


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root gives files away")
def test_a_strangers_settings_where_everybody_may_write_do_not_count(tmp_path: Path) -> None:
    lay(tmp_path, vivavoz_toml='style = "bbc"', own__talk_txt=TALK)
    talk, settings = tmp_path / "own" / "talk.txt", tmp_path / "vivavoz.toml"
    tmp_path.chmod(0o1777)
    assert plan(talk)[0].style.name == "bbc"
    os.chown(settings, 12345, 12345)
    assert plan(talk)[0].style.name == "netflix"
    tmp_path.chmod(0o755)
    assert plan(talk)[0].style.name == "bbc"


@pytest.mark.parametrize("mistake", ["style = 1", 'style = "nowhere"', "nonsense ="])
def test_a_mistake_in_a_further_folders_settings_concerns_what_is_in_it(
    tmp_path: Path, mistake: str
) -> None:
    lay(tmp_path, a_txt=TALK, sub__b_txt=TALK, sub__vivavoz_toml=mistake)
    planned = list(plan_all([tmp_path], Settings()))
    assert [isinstance(each, Plan) for each in planned] == [True, False]
    with pytest.raises(UsageError, match=r"sub.vivavoz\.toml"):
        list(plan_all([tmp_path / "sub"], Settings()))


def test_a_failure_names_the_file_that_it_is_about(tmp_path: Path) -> None:
    lay(tmp_path, a_txt=TALK, a_toml='media = "no.mp4"', b_txt=TALK)
    ran = run("build", tmp_path, "--narration", "none", "--json", cwd=tmp_path, code=1)
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert next(one["error"]["file"] for one in told if "error" in one).endswith("no.mp4")
    ran = run("build", tmp_path, "--narration", "none", cwd=tmp_path, code=1)
    assert ran.stdout.count("no.mp4: There is no such file") == 1


def test_captions_beside_a_transcript_were_made_of_it(tmp_path: Path) -> None:
    captions = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n"
    lay(tmp_path, talk_txt=TALK, talk_srt=captions, alone_srt=captions)
    for made in ("talk.en.vtt", "talk.en-US.srt", "talk.forced.srt"):
        (tmp_path / made).write_text("WEBVTT\n", encoding="utf-8")
    assert [each.transcript.name for each in plan(tmp_path)] == ["alone.srt", "talk.txt"]


def test_captions_with_a_number_behind_a_dot_are_an_interview_of_their_own(tmp_path: Path) -> None:
    names = ["interview 1.2.srt", "interview 1.txt"]
    for name in names:
        (tmp_path / name).write_text(TALK, encoding="utf-8")
    assert [each.transcript.name for each in plan(tmp_path)] == names


def name_translations(plans: list[Plan]) -> dict[str, dict[str | None, str]]:
    return {
        one.transcript.name: {each.language: each.transcript.name for each in one.translations}
        for one in plans
    }


def test_a_transcript_in_another_language_is_a_translation_of_the_one_beside_it(
    tmp_path: Path,
) -> None:
    names = [
        *("talk.txt", "talk.es.txt", "talk.pt-BR.docx", "talk.old.txt", "talk.fr.srt"),
        *("talk.es.vtt", "talk.srt", "talk.de.srt", "talk.de.vtt", "talk.it.txt", "talk.it.mp3"),
        *("alone.en.txt", "alone.es.txt", "film.vtt", "film.es.vtt"),
    ]
    for name in names:
        (tmp_path / name).write_text(TALK, encoding="utf-8")
    assert name_translations(plan(tmp_path)) == {
        "alone.en.txt": {},
        "alone.es.txt": {},
        "film.vtt": {"es": "film.es.vtt"},
        "talk.it.txt": {},  # it has a recording of its own
        "talk.old.txt": {},
        "talk.txt": {
            "de": "talk.de.vtt",
            "es": "talk.es.txt",
            "fr": "talk.fr.srt",
            "pt-BR": "talk.pt-BR.docx",
        },
    }
    both = [tmp_path / "talk.txt", tmp_path / "talk.es.txt"]
    assert plan(both[1]) == plan(both[0])
    filmed = plan(*both, options=Settings(media=tmp_path / "talk.mp4"))
    assert [one.name for one in filmed] == ["talk", "talk"]  # one that is named twice counts once
    for original in ("talk.txt", "talk.srt"):
        (tmp_path / original).unlink()
    assert "talk.es.txt" in name_translations(plan(tmp_path))


def test_translations_are_chosen_by_the_folders_patterns(tmp_path: Path) -> None:
    settings = 'include = ["*.json"]\nexclude = ["*.fr.*"]'
    lay(tmp_path, talk_json=TALK, vivavoz_toml=settings)
    for language in ("es", "fr"):
        (tmp_path / f"talk.{language}.json").write_text(TALK, encoding="utf-8")
    assert name_translations(plan(tmp_path)) == {"talk.json": {"es": "talk.es.json"}}
    (tmp_path / "talk.ES.txt").write_text(TALK, encoding="utf-8")
    (refused,) = plan_all([tmp_path], Settings())
    assert isinstance(refused, Refusal)
    assert "are translations into one language" in refused.error.message


def test_a_translation_takes_all_but_the_voices_from_its_original(tmp_path: Path) -> None:
    lay(
        tmp_path,
        vivavoz_toml='voice = "espeak:en-gb"\n[pronounce]\nNASA = "NASS-uh"\n',
        talk_txt=TALK,
        talk_toml='style = "bbc"\nnarrator = "gtts"\n[speakers]\nLEE = "Ann Lee"\n'
        '[voices]\nLEE = "espeak:en-us"\n',
    )
    (tmp_path / "talk.es.txt").write_text(TALK, encoding="utf-8")
    own = tmp_path / "talk.es.toml"
    own.write_text('language = "es-MX"\n[voices]\nLEE = "espeak:es-419"\n', encoding="utf-8")
    (one,) = plan(tmp_path, options=Settings(language="en"))
    (translation,) = one.translations
    assert (one.language, translation.language) == ("en", "es-MX")
    assert translation.style == one.style
    assert translation.speakers == one.speakers
    assert translation.narration.voice == VoiceSpec("espeak")
    assert translation.narration.narrator == VoiceSpec("gtts")
    assert translation.narration.voices == {"LEE": VoiceSpec("espeak", "es-419")}
    assert not translation.narration.pronounce
    assert translation.folder == one.folder
    own.write_text('media = "talk.mp3"', encoding="utf-8")
    (refused,) = plan_all([tmp_path], Settings())
    assert isinstance(refused, Refusal)
    assert "A translation has the times of its original" in refused.error.message
