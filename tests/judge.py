"""The independent judges of what is written: other people's parsers, and EBU's schema."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

NODE = shutil.which("node")
PARSER = Path(os.environ.get("VIVAVOZ_WEBVTT_PARSER", ROOT / "node_modules" / "webvtt-parser"))
IMSC = Path(os.environ.get("VIVAVOZ_IMSC", ROOT / "node_modules" / "imsc"))
TRANSCRIPTATOR = Path(
    os.environ.get("VIVAVOZ_TRANSCRIPTATOR", ROOT / "node_modules" / "transcriptator")
)
EBU_TT_D = Path(os.environ.get("VIVAVOZ_EBU_TT_D", ROOT / "node_modules" / "ebu-tt-d-xsd"))

_XML_SCHEMA = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:string"/><xs:attribute name="space" type="xs:NCName"/>
  <xs:attribute name="id" type="xs:ID"/></xs:schema>"""
"""In place of the one that EBU's schema would have from the network."""


def find_errors(files: list[tuple[str, Path]]) -> dict[str, list[object]]:
    """Return the errors in each WebVTT file of a kind: captions, descriptions or chapters."""
    if NODE is None or not PARSER.is_dir():
        pytest.skip("needs node, and npm's webvtt-parser here or at VIVAVOZ_WEBVTT_PARSER")
    return _ask("judge.cjs", PARSER, [part for kind, path in files for part in (kind, str(path))])


def judge_imsc(files: list[Path]) -> dict[str, Any]:
    """Return for each document `faults`, and what is `shown` from each moment on, in seconds."""
    if NODE is None or not IMSC.is_dir():
        pytest.skip("needs node, and npm's imsc here or at VIVAVOZ_IMSC")
    return _ask("judge_imsc.cjs", IMSC, [str(path) for path in files])


def judge_podcast(path: Path) -> dict[str, Any]:
    """Return the `format` that a transcript is taken for, and what is `said`.

    That is a list of the speaker, the start and the end in seconds, and the words.
    """
    if NODE is None or not TRANSCRIPTATOR.is_dir():
        pytest.skip("needs node, and npm's transcriptator here or at VIVAVOZ_TRANSCRIPTATOR")
    return _ask("judge_podcast.cjs", TRANSCRIPTATOR, [str(path)])[str(path)]


def _ask(script: str, home: Path, words: list[str]) -> dict[str, Any]:
    assert NODE is not None
    ran = subprocess.run(
        [NODE, str(Path(__file__).with_name(script)), str(home), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


def find_schema_errors(path: Path) -> list[str]:
    """Return what EBU's schema has against an EBU-TT-D document."""
    if not EBU_TT_D.is_dir():
        pytest.skip("needs EBU's ebu-tt-d-xsd from GitHub, at VIVAVOZ_EBU_TT_D")
    from lxml import etree  # noqa: PLC0415 - pycaption brings it

    class _Offline(etree.Resolver):
        def resolve(self, system_url: str, _public: str, context: object) -> object:
            if system_url.endswith("/xml.xsd"):
                return self.resolve_string(_XML_SCHEMA, context)
            return None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Offline())
    schema = etree.XMLSchema(etree.parse(EBU_TT_D / "ebutt_d.xsd", parser))
    schema.validate(etree.parse(path))
    return [str(error) for error in schema.error_log]
