"""What a fuzz run starts from: small files of every kind that is read, good ones and odd ones."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import imageio_ffmpeg
import msgspec
from vivavoz.audio.speak.clip_file import write_clip
from vivavoz.audio.speak.voice import Clip, Mark
from vivavoz.captions import TrackFormat, parse_track, write_track
from vivavoz.captions.style_file import STYLES
from vivavoz.scripts.record import Mark as FileMark
from vivavoz.scripts.record import Record
from word_documents import list_parts, pack, run, say, wrap

TESTS = Path(__file__).resolve().parents[1]
SHARED = TESTS.parents[1] / "shared"
_SMALL = 4000
"""Bytes of a long file that are taken: a fuzzer gets further with many small inputs."""

_RUNS = (
    *(f"{opening}{' ' * 3000}b" for opening in ("a", "**a", "__a", "**a**", "[00:01] a")),
    *(f"# a{' ' * 3000}#####x", f"# {'#' * 3000}x", f"[a]({'x' * 3000}", "**a" + " \t" * 1500),
    *(mark * 1500 + "x" for mark in ("*", "_", "> ", "[", "(", "♪", "“", "![", "1:", "a:")),
)
"""Blanks and marks in rows that a careless pattern would go through again and again."""
_INTERVIEWS = (
    (
        "Title: Ferries\nLanguage: en\n\nAnn Lee (host)\nBo Day (guest)\n\n"
        "LEE: Why [a ferry]? [laughs] Ok.\n[Photo: A boat.]\nDAY: [00:00:04] No — *yes*!\n"
    ),
    "# A talk\n\n**Ann:** One?\n\n**Bo:** Two.  \n\n![a hill](hill.jpg)\n\n## Next\n\n> Quoted\n",
    "[00:00:04] ANN: Hi.\n[01:02:03.5] BO: (applause) Bye.\n>> Who?\n>>> CUT\n(inaudible 00:11)\n",
    "Ann  0:03\nHello there.\n\nBo (01:03):\nHello. 12,5 %\n\n[Ann] 00:09\nA: B: C\n",
    "P.- ¿Qué tal, “señora”?\nR.- Muy bien… [risas]\nFoto: Una casa.\n",
    "记者：你好吗？\n李明：很好，谢谢。\n\nمذيع: كيف حالك؟\nשאלה: מה?\n",
    *(f"Q: Why?\nA: So.\n{run}\n\nA: No.\n" for run in _RUNS),
    "<v Ann>Hi --> there & <b>so</b>\x1b[31m\u202e\u2028\ufeff\nA:\n\n\nB:\n---\n| a | b |\n",
)
_FIGURES = (
    "In 1997, at 10:30, 3.5 % of £12.50 (the 2nd of 1,000,000) was ½ or 3/4 of XIV: the B-52s, "
    "NASA's MP3 & No. 5, 555-0199, 1e6, a@b.org, https://example.org/a?b, don't, O'Brien, 5's.\n"
)
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252", "gb18030")
_SETTINGS = (
    '[pronounce]\nNASA = "/ˈnæsə/"\n"St. Ives" = "saint EYEVZ"\n"é-e" = "x"\n',
    (
        'style = "bbc"\nlanguage = "es"\nmedia = "none"\nduck = -10\n[speakers]\nQ = "Ann Lee"\n'
        'B = { name = "Bo", role = "host" }\n[voices]\nBo = "espeak:en"\n'
    ),
)
_FOLDER = 'out = "built"\ninclude = ["*.text"]\nexclude = ["old/", "#*"]\nduck = -6.5\n'
_STYLES = (
    'extends = "netflix"\n[line_width]\ncolumns = 37\n[label]\nform = "{NAME}: "\n',
    (
        'extends = "bbc"\ntitle = "Ours"\n[gap]\nframes = 2\nsection = "4"\n'
        '[colours]\nvalues = ["#ffe14d"]\n[lines]\ncount = 1\n[shortest]\nseconds = 0.5\n'
    ),
)
_CAPTIONS = (
    (
        "WEBVTT x\n\nNOTE a\n\nSTYLE\n::cue(v[voice=A]) { color: rgb(1,2,3); background: #fff }\n\n"
        "id\n00:01.000 --> 00:02.500 line:5% \n<v Ann>Hi &amp; <i.a>so</i> <00:01.500>on\n"
        "<c>b</c> &#65; <ruby>a<rt>b</rt></ruby>\n\n01:00:00.000 --> 01:00:01.000\n- A\n- B\n"
    ),
    "1\n00:00:01,000 --> 00:00:02,000\n<font color=red>Hi</font> {\\an8}\n\n2\n0:0:3.5 --> 0:0:4\n",
)
_TTML = (
    (
        '<?xml version="1.0"?>\n<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"\n'
        'xmlns:p="http://www.w3.org/ns/ttml#parameter" xmlns:m="http://www.w3.org/ns/ttml#metadata"'
        '\nxmlns:s="http://www.w3.org/ns/ttml#styling" p:frameRate="30" p:tickRate="1000"\n'
        'p:frameRateMultiplier="1000 1001" p:cellResolution="32 15"><head><metadata>\n'
        '<m:title>T</m:title><m:agent type="person" xml:id="a"><m:name>Ann</m:name></m:agent>\n'
        '</metadata><styling><style xml:id="s" s:color="#ff0" s:fontStyle="italic"/></styling>\n'
        '<layout><region xml:id="r" s:origin="10% 80%" s:extent="80% 10%" s:displayAlign="after"/>'
        '\n</layout></head><body begin="1s"><div><p begin="00:00:01:15" end="00:00:02.5" region="r"'
        ' m:agent="a">Hi &amp;<br/><span style="s" s:fontWeight="bold">so</span></p>\n'
        '<p begin="3000t" dur="1.5s" xml:space="preserve"> a  b </p></div></body></tt>\n'
    ),
)
_SCC = (
    "Scenarist_SCC V1.0\n\n00:00:01;00\t9420 9420 94ae 94ae 9470 9470 c8e9 2c80 91b0 9137 942f\n",
    "Scenarist_SCC V1.0\n\n00:00:03:10\t9420 9470 c8e9 942f\n\n00:00:04:00\t942c 942c\n",
    "Scenarist_SCC V1.0\n\n00:00:04;00\t9425 9425 94ad 94ad 9470 57e8 79bf 94ad e980\n",
)
_SPLIT = "\n%%\n"
"""Between the two files of one input."""
_EDITS = (
    (
        '[[edit]]\nat = "00:00:00.500"\nfollows = "^"\nwas = "[Ann] Why a ferry?"\n'
        'precedes = "[laughs]"\nrepeated = true\n'
        'cues = [{ start = "00:00:00.500", end = "00:00:02.000", lines = ["Why", "a boat?"] }]\n\n'
        '[[edit]]\nat = "00:00:09.000"\nfollows = "No"\nwas = ""\nprecedes = "$"\n'
        'cues = [{ start = "00:00:09.000", end = "00:00:10.000", voices = ["Bo"],\n'
        'lines = ["x"] }]\n'
    ),
    '[[edit]]\nat = "00:00:01.000"\nfollows = ""\nwas = "yes"\nprecedes = ""\ncues = []\n',
)
_ENTRIES = (
    "NASA=/ˈnæsə/\nSt. Ives=saint EYEVZ\nus=u s\nUS=you ess\né=e\n东京=tokyo\n",
    "a.*b=(c)\nO’Brien=oh BRY-en\nʃ=/ʃ/\n-x-=y\nCafe\u0301=/ka.fe/\n",
)
_SHORT = ("-t", "0.3")
_TONE = ("-f", "lavfi", *_SHORT, "-i", "sine=440:r=16000")
_PICTURE = ("-f", "lavfi", *_SHORT, "-i", "color=s=32x32:r=10")
_MEDIA = {
    "a.wav": (),
    "b.wav": ("-c:a", "pcm_f32le", "-ac", "6"),
    "a.mp3": ("-b:a", "32k", "-metadata", "title=A"),
    "a.flac": (),
    "a.ogg": ("-c:a", "libvorbis"),
    "a.opus": ("-c:a", "libopus", "-b:a", "16k"),
    "a.aac": ("-b:a", "16k"),
    "a.mp4": (*_PICTURE, "-c:v", "mpeg4", "-c:a", "aac", "-b:a", "16k"),
    "b.mp4": (*_PICTURE, "-c:v", "libx264", "-movflags", "frag_keyframe+empty_moov"),
    "a.mkv": (*_PICTURE, "-c:v", "mpeg4", "-c:a", "ac3", "-b:a", "32k"),
    "a.webm": (*_PICTURE, "-c:v", "libvpx", "-c:a", "libopus", "-b:a", "16k"),
    "a.avi": (*_PICTURE, "-c:v", "mpeg4", "-c:a", "libmp3lame", "-b:a", "32k"),
    "a.ts": (*_PICTURE, "-c:v", "mpeg2video", "-c:a", "mp2", "-b:a", "32k"),
}


def give_interviews() -> list[bytes]:
    """Give transcripts in every encoding that writes them."""
    texts = [
        *_INTERVIEWS,
        *_load("source/samples/*.txt", "tests/interviews/*.txt", "tests/exports/*.sbv"),
    ]
    found = [text.encode(encoding, "ignore") for text in texts for encoding in _ENCODINGS]
    return [*found, *(text.encode() for text in _load_shared("transcripts/changelog/*.md"))]


def give_word_parts() -> list[bytes]:
    """Give the parts of Word documents that hold their text."""
    table = "".join(f"<w:tr><w:tc>{say(text)}</w:tc></w:tr>" for text in ("Ann: Hi.", "Bo: No."))
    talk = "".join(map(say, _INTERVIEWS[0].split("\n")))
    bodies = (talk, f"<w:tbl>{table}</w:tbl>", run("A:", "<w:b/>") + run("Hi.<w:br/>\t[x]"))
    return _encode(*(wrap("document", f"<w:body>{body}</w:body>") for body in bodies))


@cache
def give_word_documents() -> list[bytes]:
    """Give whole Word documents."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "talk.docx")
        return [
            pack(path, {**list_parts("", styles=""), "word/document.xml": part}).read_bytes()
            for part in give_word_parts()
        ]


def give_captions() -> list[bytes]:
    """Give WebVTT and SubRip."""
    golden = _load("tests/golden/*/*.vtt", "tests/golden/*/*.srt")
    return _encode(*_CAPTIONS, *golden, *_load_shared("captions-gold/*.vtt"))


def give_ttml() -> list[bytes]:
    """Give TTML, our own of both kinds too."""
    return _encode(*_TTML, *_write_captions(TrackFormat.IMSC, TrackFormat.EBU_TT_D))


def give_scc() -> list[bytes]:
    """Give SCC, with and without dropped frames."""
    return _encode(*_SCC, *_write_captions(TrackFormat.SCC, TrackFormat.SCC_NON_DROP))


def _write_captions(*forms: TrackFormat) -> Iterator[str]:
    for text in _CAPTIONS:
        track, _ = parse_track(text, Path("captions"))
        for form in forms:
            yield write_track(track, form).text


def give_exports() -> list[bytes]:
    """Give what services of transcription export."""
    exports = _load("tests/exports/*.json")
    small = _encode('{"segments": [{"start": 0, "end": 1.5, "text": " Hi", "speaker": "Ann"}]}')
    return [*small, *_encode(*exports)]


def give_edits() -> list[bytes]:
    """Give edits files."""
    return _encode(*_EDITS, "\n".join(_EDITS))


def give_edited_captions() -> list[bytes]:
    """Give captions and what somebody left of them."""
    files = [*_CAPTIONS, *_load("tests/golden/*/*.vtt")]
    left = (text.replace("00:0", "00:1", 3).replace("the", "a") for text in files)
    return _encode(*(f"{one}{_SPLIT}{two}" for one, two in zip(files, left, strict=True)))


def split(data: bytes) -> tuple[bytes, bytes]:
    """Return the two files of an input of `give_edited_captions`."""
    one, _, two = data.partition(_SPLIT.encode())
    return one, two


def give_settings() -> list[bytes]:
    """Give TOML that stands beside a transcript, or in a folder."""
    return _encode(*_SETTINGS, _FOLDER)


def give_styles() -> list[bytes]:
    """Give a producer's styles, and the houses' own with a line that extends them."""
    houses = [path.read_text("utf-8") for path in sorted(STYLES.glob("*.toml"))]
    return _encode(*_STYLES, *(f'extends = "bbc"\n{house}' for house in houses))


def give_entries() -> list[bytes]:
    """Give entries of `[pronounce]`, one a line."""
    return _encode(*_ENTRIES)


def give_texts() -> list[bytes]:
    """Give texts in several languages, one of figures, and tags."""
    return _encode(*_INTERVIEWS, _FIGURES, "en", "zh-Hant-TW", "es_419", "sl-rozaj-biske-1994")


def give_scripts() -> list[bytes]:
    """Give audio description as DAPT."""
    golden = (TESTS / "golden/dapt/the-lighthouse.dapt.xml").read_text("utf-8")
    return [golden.encode(), golden.encode("utf-16")]


def give_records() -> list[bytes]:
    """Give records of builds."""
    mark = FileMark("00" * 32, 12, 1, 2)
    record = Record(
        made_of={"style": "bbc"}, inputs={"a.txt": mark}, told={"cues": [1, None, 2.5, {"a": "b"}]}
    )
    return [msgspec.json.encode(record), msgspec.json.encode(Record())]


@cache
def give_clips() -> list[bytes]:
    """Give clips as the store keeps them."""
    clips = (
        Clip(bytes(400), 22050, (Mark(0, 4, 0, 9),), "Google"),
        Clip(bytes(range(256)) * 4, 8000),
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "clip.flac")
        return [path.read_bytes() for clip in clips if write_clip(clip, path)]


@cache
def give_media() -> list[bytes]:
    """Give recordings in every common container, a third of a second long."""
    with TemporaryDirectory() as folder:
        return [_make(Path(folder, name), how) for name, how in _MEDIA.items()]


def _make(path: Path, how: tuple[str, ...]) -> bytes:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *_TONE, *how, str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path.read_bytes()


def _load(*patterns: str) -> Iterator[str]:
    for pattern in patterns:
        for path in sorted(TESTS.parent.glob(pattern)):
            yield path.read_text("utf-8")[:_SMALL]


def _load_shared(pattern: str) -> list[str]:
    return [path.read_text("utf-8")[:_SMALL] for path in sorted(SHARED.glob(pattern))]


def _encode(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]
