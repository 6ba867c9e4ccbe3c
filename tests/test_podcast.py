"""Captions as Podcasting 2.0 JSON: what podcast apps read of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from judge import judge_podcast
from vivavoz.captions import TrackFormat, caption, estimate_timeline, write_results
from vivavoz.source import Interview, Sound, Turn, read_interview
from wordings import TALK, build_wording

CAPTIONS = caption(estimate_timeline(build_wording(TALK)))


def test_podcasting_has_a_segment_for_each_person() -> None:
    told = json.loads(write_results(CAPTIONS, TrackFormat.PODCAST).text)
    assert told["version"] == "1.0.0"
    first = told["segments"][0]
    assert set(first) == {"speaker", "startTime", "endTime", "body"}
    assert first["speaker"] == "Ann Lee"
    assert first["body"].startswith("What do you hear")
    bodies = [(segment.get("speaker"), segment["body"]) for segment in told["segments"]]
    assert (None, "[wind howling]") in bodies
    assert bodies[-2:] == [("Ann Lee", "No!"), ("Bo", "Yes.")]
    for segment in told["segments"]:
        assert 0 <= segment["startTime"] < segment["endTime"]


def test_podcast_apps_read_what_was_said_by_whom_and_when(tmp_path: Path) -> None:
    path = tmp_path / "captions.json"
    path.write_text(write_results(CAPTIONS, TrackFormat.PODCAST).text, encoding="utf-8")
    told = judge_podcast(path)
    assert told["format"] == "json"
    segments = json.loads(path.read_text("utf-8"))["segments"]
    assert told["said"] == [
        [segment.get("speaker"), segment["startTime"], segment["endTime"], segment["body"]]
        for segment in segments
    ]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "captions.json"
    path.write_text(write_results(CAPTIONS, TrackFormat.PODCAST).text, encoding="utf-8")
    written = [
        (
            one.get("speaker"),
            one["body"],
            round(one["startTime"] * 1000),
            round(one["endTime"] * 1000),
        )
        for one in json.loads(path.read_text("utf-8"))["segments"]
    ]
    assert [*list_said(read_interview(path, "en"))] == written


def list_said(interview: Interview) -> Iterator[tuple[str | None, str, int | None, int | None]]:
    for part in interview.parts:
        if isinstance(part, Turn):
            yield from ((part.speaker, one.text, one.start_ms, one.end_ms) for one in part.said)
        elif isinstance(part, Sound):
            yield None, f"[{part.text}]", part.start_ms, part.end_ms
