"""How file names end: what is a transcript by its name, and what a recording."""

from __future__ import annotations

CAPTIONS = frozenset({".vtt", ".srt"})
TRANSCRIPTS = frozenset({".docx", ".docm", ".txt", ".md", ".markdown"}) | CAPTIONS
"""What a folder is looked through for; a file that is named is read whatever its ending."""

EDITS = ".edits.toml"
"""What people changed in an interview's captions by hand: `talk.edits.toml` for `talk.txt`."""

RECORDINGS = (
    *(".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi", ".mpg", ".mpeg", ".ts", ".mts", ".wmv"),
    *(".m2ts", ".m2t", ".3gp", ".3g2", ".ogv", ".flv", ".f4v", ".asf", ".mxf", ".vob", ".dv"),
    *(".wav", ".flac", ".aiff", ".aif", ".m4a", ".mp3", ".aac", ".ogg", ".oga", ".opus", ".wma"),
    *(".aifc", ".w64", ".au", ".caf", ".mka", ".m4b", ".mp2", ".mpa", ".ac3", ".eac3", ".ec3"),
    *(".dts", ".amr", ".gsm", ".spx", ".adts", ".ape", ".wv", ".tta", ".mpc", ".voc", ".rm", ".ra"),
)
"""What a recording beside its transcript may be called, likeliest first: a video is likelier than a
sound file, which may have been taken out of it. They are the endings that FFmpeg's formats go by
(`extensions` in libavformat) as far as people record in them."""


def split_ending(name: str) -> tuple[str, str]:
    """Split a file name into what it is called and its ending: `talk.en` and `.txt`.

    What is called is never empty or made of dots alone, so that a folder can have its name.
    """
    stem, dot, ending = name.rpartition(".")
    return (stem, f"{dot}{ending}".casefold()) if stem.strip(".") else (name, "")
