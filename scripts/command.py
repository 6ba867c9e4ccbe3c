"""The command line."""

from __future__ import annotations

from typing import Any

import click

from .. import __version__
from ..source.errors import UnavailableTool
from ..source.level import DUCK_DB, LOUDNESS_LUFS
from .caption_command import DEFAULT_STYLE, check, convert, edits, styles
from .level import Level
from .process import run_command
from .terminal import complain, say, show_steps, write_json

SAMPLE = "the-lighthouse.txt"
"""The interview that ships with Vivavoz."""


def main() -> None:
    """Run the command; every failure that can be foreseen is one sentence and an exit code."""
    run_command(vivavoz)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="vivavoz")
def vivavoz() -> None:
    """Make an interview accessible: captions, picture descriptions, chapters, a voiced edition.

    Start with `vivavoz demo`, or with `vivavoz build TRANSCRIPT`. Where there is a recording, the
    captions are timed to it. Nothing leaves this machine unless you choose an online voice.
    """


for _command in (styles, check, edits, convert):
    vivavoz.add_command(_command)


@vivavoz.command(short_help="Make captions, descriptions, chapters and a voiced edition.")
@click.argument("transcripts", nargs=-1, required=True)
@click.option(
    "--media",
    metavar="FILE",
    help="Recording of the interview, or none. Without this option, a media file that stands "
    "beside the transcript and has its name (interview.txt, interview.mp4) is taken.",
)
@click.option(
    "--out",
    metavar="FOLDER",
    show_default="out, in the folder of interviews",
    help="Folder for the results; each interview gets one of its own in it.",
)
@click.option(
    "--style",
    metavar="NAME",
    show_default=DEFAULT_STYLE,
    help="House style of the captions (see `vivavoz styles`), or a .toml file of your own.",
)
@click.option(
    "--formats",
    metavar="LIST",
    show_default="vtt,srt",
    help="What captions are written in: vtt (always), srt, imsc, ebu-tt-d, scc, scc-ndf (without "
    "dropped frames), podcast (Podcasting 2.0 JSON); the whole transcript: txt, html.",
)
@click.option(
    "--word-times",
    is_flag=True,
    help="Say in the WebVTT captions when each word is said (karaoke).",
)
@click.option(
    "--language", metavar="TAG", help="Language of the transcript (en, es-MX …), if not detected."
)
@click.option(
    "--narration",
    type=click.Choice(["auto", "none", "standard", "extended"]),
    show_default="auto",
    help="What is spoken. Over a recording, its pictures: standard, where nobody speaks; extended, "
    "also in an edition that holds the picture meanwhile; auto, that only where there is no time "
    "otherwise. Without a recording, the whole interview. none: nothing.",
)
@click.option(
    "--voice",
    metavar="SPEC",
    show_default="espeak",
    help="Who reads: espeak, espeak:VOICE, gtts, gtts:TLD or piper:FILE. gtts sends the text to "
    "Google.",
)
@click.option(
    "--narrator", metavar="SPEC", help="Who describes the pictures, if not the engine of --voice."
)
@click.option(
    "--duck",
    metavar="DB",
    type=Level(*DUCK_DB),
    show_default="-10",
    help="How much softer the programme is while a description speaks.",
)
@click.option(
    "--loudness",
    metavar="LUFS",
    type=Level(*LOUDNESS_LUFS),
    help="Bring the described mix to this loudness (-23 is EBU R 128); without it the programme "
    "stays as loud as it is.",
)
@click.option(
    "--editorial",
    type=click.Choice(["unwrap", "keep", "drop"]),
    show_default="unwrap",
    help="Words in [square brackets]: without the brackets, with them, or left out.",
)
@click.option(
    "--timing",
    type=click.Choice(["keep", "anew"]),
    show_default="anew with a recording, else keep",
    help="Keep the times that the transcript's file has (WebVTT, SRT, SBV, JSON), or time it anew: "
    "by the recording, or else by the voices.",
)
@click.option(
    "--page/--no-page",
    default=None,
    help="Make a page (index.html) that plays and shows all of it, and the files that only the "
    "page plays; it is made without this option too.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Build what is up to date too, trust nothing that was made before but the voices' clips, "
    "and replace results that were edited by hand.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be built and why; write nothing.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    show_default="one a core",
    help="How many interviews are built at a time.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let the workers of a dask scheduler (tcp://host:8786) build them, on files that all of "
    "its machines share.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each interview.")
def build(  # noqa: PLR0913 - one parameter for each option
    transcripts: tuple[str, ...],
    *,
    out: str | None,
    force: bool,
    dry_run: bool,
    jobs: int | None,
    cluster: str | None,
    as_json: bool,
    **said: Any,  # noqa: ANN401 - of many types, as click reads them
) -> int:
    """Build captions, descriptions, chapters and what is spoken from each TRANSCRIPT.

    TRANSCRIPT may be a folder: everything in it that is a transcript is built, in all folders
    below. What a vivavoz.toml in it says holds for all of them (`vivavoz new` writes one), and what
    a talk.toml beside a talk.txt says, for that one; these options beat both.

    Writes OUT/NAME/index.html, a page that plays and shows all of it, captions.LANG.vtt,
    chapters.LANG.vtt, report.json and, where there are pictures, descriptions.LANG.vtt. A recording
    (--media) gives the times, and a narrator describes the pictures in its silences:
    narration.flac, described.EXT, descriptions.LANG.mp3, descriptions.LANG.dapt.xml and, where
    there is too little silence, extended.EXT with tracks of its own. Without a recording, voices
    read the whole interview: narration.mp3; but not where the transcript's own times are kept. A
    translation beside it (talk.es.txt for talk.txt) gets all of that in its language, at the same
    times.

    Exit codes: 0 done, 1 some interviews failed (the others are finished) or the results could not
    be written, 2 usage, 3 a transcript or recording could not be read, 4 a voice or media tool is
    unavailable. Where only speaking fails, captions and chapters are written all the same.
    """
    # The help must not pay for what only the work needs, the rooms least of all.
    from pathlib import Path  # noqa: PLC0415

    from .batch.catalogue import plan_all  # noqa: PLC0415
    from .batch.forecast import forecast_all  # noqa: PLC0415
    from .batch.run import Manner, build_all  # noqa: PLC0415
    from .options import read_options  # noqa: PLC0415

    options, paths = read_options(**said), [Path(transcript) for transcript in transcripts]
    plans = plan_all(paths, options, Path(out) if out else None)
    sums_up = any(path.is_dir() for path in paths) or (len(paths) > 1 and not as_json)
    if dry_run:
        return forecast_all(plans, force=force, as_json=as_json, sums_up=sums_up)
    return build_all(plans, Manner(jobs, cluster, sums_up, force, as_json))


_ONCE = {"transcripts", "force", "dry_run"}
"""What can be asked for once, and not at every change."""


@vivavoz.command(
    short_help="Build folders of interviews, and build again whatever changes.",
    params=[each for each in build.params if each.name not in _ONCE],
)
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...")
def watch(
    folders: tuple[str, ...],
    *,
    out: str | None,
    jobs: int | None,
    cluster: str | None,
    as_json: bool,
    **said: Any,  # noqa: ANN401 - of many types, as click reads them
) -> None:
    """Build the interviews in each FOLDER, and build again whatever changes, until Ctrl-C.

    Transcripts that come, change or go, their recordings and their settings are noticed; hidden
    files and results are not. A mistake in one of them is reported, and watching goes on. Ctrl-C
    ends it with exit code 130. The options are those of `vivavoz build`.
    """
    from pathlib import Path  # noqa: PLC0415

    from .batch.catalogue import plan_all  # noqa: PLC0415
    from .batch.run import Manner  # noqa: PLC0415
    from .batch.watch import watch_folders  # noqa: PLC0415
    from .options import read_options  # noqa: PLC0415

    options, paths = read_options(**said), [Path(folder) for folder in folders]
    place, manner = Path(out) if out else None, Manner(jobs, cluster, as_json=as_json)
    watch_folders(paths, lambda: plan_all(paths, options, place), manner)


@vivavoz.command(short_help="Begin a folder of interviews: write its settings to fill in.")
@click.argument("folder")
def new(folder: str) -> None:
    """Write FOLDER/vivavoz.toml, in which you can say what holds for all interviews in FOLDER.

    The folder is made if there is none. Settings that are there already are left alone.

    Exit codes: 0 done, 1 it could not be written, 2 there are settings already.
    """
    from pathlib import Path  # noqa: PLC0415

    from .starter import start_folder  # noqa: PLC0415

    say(start_folder(Path(folder)))


@vivavoz.command(short_help="Show built interviews in a browser, and search all of them.")
@click.argument("folder")
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    show_default="8484, or the next that is free",
    help="Port of this machine to answer at; 0 takes any that is free.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
def serve(folder: str, *, port: int | None, opens: bool) -> int:
    """Show the interviews that were built in FOLDER to this machine's browsers, until Ctrl-C.

    FOLDER is where `vivavoz build` wrote, one that this is in, or one interview's own. All that is
    said can be searched. What is built meanwhile is there when the page is loaded again. No other
    machine can see it, and no other web page.

    Exit codes: 130 ended by Ctrl-C, 2 usage, a folder that nothing was built in, a port that is
    taken.
    """
    from pathlib import Path  # noqa: PLC0415

    from .serve.server import serve_folder  # noqa: PLC0415

    return serve_folder(Path(folder), port, opens=opens)


@vivavoz.command(short_help="Show how a transcript is understood, line by line.")
@click.argument("transcript")
@click.option("--language", metavar="TAG", help="Language of the transcript, if not detected.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a listing.")
def read(transcript: str, *, language: str | None, as_json: bool) -> None:
    """Show how TRANSCRIPT is understood, part by part, with line numbers. Writes nothing."""
    from ..source import read_interview  # noqa: PLC0415
    from .listing import describe_interview, list_interview  # noqa: PLC0415

    interview = read_interview(transcript, language)
    if as_json:
        say(write_json(describe_interview(interview)))
    else:
        say(list_interview(interview))


@vivavoz.command(short_help="Show when each word of a transcript is said in its recording.")
@click.argument("transcript")
@click.argument("media")
@click.option("--language", metavar="TAG", help="Language of the transcript, if not detected.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every word.")
def align(transcript: str, media: str, *, language: str | None, as_json: bool) -> None:
    """Show when the words of TRANSCRIPT are said in MEDIA, and where the two differ.

    MEDIA is any sound or video file. Writes nothing.

    Exit codes: 0 done, 2 usage, 3 the transcript or the recording could not be read, or they do
    not belong together, 4 a tool is unavailable.
    """
    from pathlib import Path  # noqa: PLC0415

    from ..source import open_recording, read_interview, word_interview  # noqa: PLC0415
    from .alignment import describe_alignment, list_alignment  # noqa: PLC0415
    from .difference import note_all, note_conditions  # noqa: PLC0415
    from .hearing import hear_wording, open_store  # noqa: PLC0415
    from .record import mark_file  # noqa: PLC0415

    interview = read_interview(transcript, language)
    with show_steps(Path(transcript).name) as step:
        recording = open_recording(Path(media))
        store = open_store(recording.path, mark_file(recording.path))
        hearing = hear_wording(word_interview(interview), recording, store, step)
    if as_json:
        notices = [*interview.notices, *note_all(hearing)]
        told = describe_alignment(hearing.alignment, notices)
        say(write_json(told))
    else:
        notices = [*interview.notices, *note_conditions(hearing)]
        say(list_alignment(hearing.alignment, notices))


@vivavoz.command(short_help="List the voices there are.")
@click.option("--language", metavar="TAG", help="Only voices for this language (en, es-MX …).")
def voices(language: str | None) -> None:
    """List the voices there are, as --voice takes them."""
    from ..audio import list_voices  # noqa: PLC0415
    from ..source import canonicalise_language  # noqa: PLC0415

    found = list_voices(
        canonicalise_language(language) if language else None,
        tell=complain,
    )
    if not found:
        raise UnavailableTool(
            f"There is no voice for “{language}”; `vivavoz voices` lists those there are."
        )
    for voice in found:
        place = f"  online: sends the text to {voice.sends_to}" if voice.sends_to else ""
        say(f"{voice.spec:<28} {voice.language:<8} {voice.description}{place}")


@vivavoz.command(short_help="Build the bundled sample interview.")
def demo() -> int:
    """Build the bundled sample interview into ./vivavoz-demo and say what to open."""
    from pathlib import Path  # noqa: PLC0415

    from .batch.catalogue import plan_apart  # noqa: PLC0415
    from .batch.run import Manner, build_all  # noqa: PLC0415
    from .disk import write_whole  # noqa: PLC0415
    from .output import refuse_output  # noqa: PLC0415

    bundled = Path(__file__).parents[1] / "source" / "samples" / SAMPLE
    out = Path("vivavoz-demo")
    sample = out / SAMPLE
    with refuse_output(out):
        if not sample.exists():  # one that somebody has edited is theirs
            write_whole(sample, bundled.read_bytes())
    code = build_all([plan_apart(sample, out)], Manner())
    folder = out / sample.stem
    if code == 0:
        say(f"Open {folder / 'index.html'} in a browser: it plays the interview and shows it.")
    return code
