"""Captions as Podcasting 2.0 JSON: what podcast apps read of them."""

from __future__ import annotations

import json
from pathlib import Path

from judge import judge_podcast
from vivavoz.captions import TrackFormat, caption, estimate_timeline, write_results
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
