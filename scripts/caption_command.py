"""The commands for caption files and house styles."""

from __future__ import annotations

import click

from .terminal import say, write_json

DEFAULT_STYLE = "netflix"


@click.command(short_help="List the house styles, or explain one.")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each style.")
def styles(name: str | None, *, as_json: bool) -> None:
    """List the house styles that --style takes, or explain NAME, rule by rule.

    NAME may be a .toml file of your own, which starts from one of them.
    """
    from ..captions import list_styles, load_style  # noqa: PLC0415
    from .houses import describe_style, explain_style, list_houses  # noqa: PLC0415

    if as_json:
        for style in [name] if name else list_styles():
            say(write_json(describe_style(load_style(style))))
    else:
        say(explain_style(load_style(name)) if name else list_houses())


@click.command(short_help="Check caption files, ours or not, against a house style.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--style",
    default=DEFAULT_STYLE,
    show_default=True,
    help="House style, or a .toml file with one of your own.",
)
@click.option(
    "--report", metavar="FILE.html", help="Write a page with the findings in their context."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each file.")
def check(files: tuple[str, ...], *, style: str, report: str | None, as_json: bool) -> int:
    """Check WebVTT and SubRip (SRT) files by every rule of a house style, and of WebVTT itself.

    Each finding has its cue, time, value and limit, and the guideline that it comes from.

    Exit codes: 0 nothing found, 1 there are findings, 2 usage, 3 a file could not be read (the
    others are checked).
    """
    from pathlib import Path  # noqa: PLC0415

    from ..captions import load_style  # noqa: PLC0415
    from .check import check_all  # noqa: PLC0415

    page = Path(report) if report is not None else None
    return check_all([Path(file) for file in files], load_style(style), page=page, as_json=as_json)


@click.command(short_help="List what people changed in captions by hand.")
@click.argument("transcripts", nargs=-1, required=True)
@click.option(
    "--out",
    metavar="FOLDER",
    show_default="out, in the folder of interviews",
    help="The folder that the results were built into.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each language.")
def edits(transcripts: tuple[str, ...], *, out: str | None, as_json: bool) -> int:
    """List what people changed in the captions of each TRANSCRIPT, or of all in a folder.

    Each edit has its time, the words that it replaces, what stands there instead, and whether the
    last build applied it, or why not. What was changed in captions since then is listed too. The
    edits are in talk.edits.toml beside talk.txt, and those of a translation in talk.es.edits.toml.
    Writes nothing.

    Exit codes: 0 done, 1 some can't be listed (the others are), 2 usage, 3 a file could not be
    read.
    """
    from pathlib import Path  # noqa: PLC0415

    from ..source import Settings  # noqa: PLC0415
    from .batch.catalogue import plan_all  # noqa: PLC0415
    from .edits import list_all  # noqa: PLC0415

    paths = [Path(transcript) for transcript in transcripts]
    plans = plan_all(paths, Settings(), Path(out) if out else None)
    return list_all(plans, as_json=as_json)


@click.command(short_help="Write captions in another format.")
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option(
    "--to",
    type=click.Choice(
        ["vtt", "srt", "imsc", "ebu-tt-d", "scc", "scc-ndf", "podcast", "txt", "html"]
    ),
    help="Format, where the ending of OUT doesn't tell: imsc and ebu-tt-d are TTML, scc is drop "
    "frame and scc-ndf is not, podcast is Podcasting 2.0's JSON, txt and html are transcripts.",
)
@click.option(
    "--language", metavar="TAG", help="Language of the captions (en, es-MX …), if IN doesn't say."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def convert(
    source: str, target: str, *, to: str | None, language: str | None, as_json: bool
) -> None:
    """Write the captions of IN to OUT, in the format that the ending of OUT stands for.

    IN is WebVTT, SubRip (SRT), TTML (IMSC, EBU-TT-D, DFXP) or SCC, whatever its name. Speakers,
    places, italics and colours are kept where both formats can hold them; what is lost is said.

    Exit codes: 0 done, 1 OUT could not be written, 2 usage, 3 IN could not be read.
    """
    from pathlib import Path  # noqa: PLC0415

    from ..source import canonicalise_language  # noqa: PLC0415
    from .convert import convert_file  # noqa: PLC0415

    tag = canonicalise_language(language) if language else None
    convert_file(Path(source), Path(target), to=to, language=tag, as_json=as_json)
