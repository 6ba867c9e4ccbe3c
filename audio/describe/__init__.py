"""Audio description: the pictures of an interview, spoken where its recording leaves time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...source.exports import defer_exports

if TYPE_CHECKING:
    from .composition import compose_extension, compose_narration, compose_script, time_pictures
    from .extension import Extension, extend_descriptions, hold_omitted
    from .gain import DUCK_DB, Duck, GainPoint, GainTimeline, plan_gains
    from .gap import Gap, find_gaps
    from .held_programme import hold_programme
    from .hold import ExtendedClock, Hold, extend_timeline
    from .level import match_levels
    from .loudness import Loudness, measure_loudness, measure_true_peak
    from .mix import mix_narration, remix
    from .mux import (
        Soundtrack,
        choose_described_name,
        choose_extended_name,
        may_lend,
        write_described,
        write_extended,
    )
    from .narration import Description, Narration
    from .normalisation import normalise
    from .pcm import Programme
    from .placement import (
        EARLY_MS,
        WINDOW_MS,
        Placement,
        Step,
        measure_room,
        place_descriptions,
    )
    from .programme import decode_programme
    from .recipe import list_mix, list_script, list_voice
    from .reel import compose_reel, find_spans, write_reel
    from .repetition import find_repetitions
    from .stem import write_stem
    from .subject import Place, Rendition, Subject, find_places, speak_places
    from .survey import Survey, survey_programme

__getattr__ = defer_exports(
    __name__,
    {
        "DUCK_DB": "gain",
        "Description": "narration",
        "Duck": "gain",
        "Extension": "extension",
        "GainPoint": "gain",
        "GainTimeline": "gain",
        "Gap": "gap",
        "ExtendedClock": "hold",
        "Hold": "hold",
        "Loudness": "loudness",
        "Narration": "narration",
        "Place": "subject",
        "Placement": "placement",
        "Programme": "pcm",
        "Rendition": "subject",
        "Soundtrack": "mux",
        "Step": "placement",
        "Subject": "subject",
        "Survey": "survey",
        "EARLY_MS": "placement",
        "WINDOW_MS": "placement",
        "choose_described_name": "mux",
        "choose_extended_name": "mux",
        "compose_extension": "composition",
        "compose_narration": "composition",
        "compose_reel": "reel",
        "compose_script": "composition",
        "decode_programme": "programme",
        "extend_descriptions": "extension",
        "extend_timeline": "hold",
        "find_gaps": "gap",
        "find_places": "subject",
        "find_spans": "reel",
        "find_repetitions": "repetition",
        "hold_omitted": "extension",
        "hold_programme": "held_programme",
        "list_mix": "recipe",
        "list_script": "recipe",
        "list_voice": "recipe",
        "match_levels": "level",
        "may_lend": "mux",
        "measure_loudness": "loudness",
        "measure_room": "placement",
        "measure_true_peak": "loudness",
        "mix_narration": "mix",
        "normalise": "normalisation",
        "place_descriptions": "placement",
        "plan_gains": "gain",
        "remix": "mix",
        "speak_places": "subject",
        "survey_programme": "survey",
        "time_pictures": "composition",
        "write_described": "mux",
        "write_extended": "mux",
        "write_reel": "reel",
        "write_stem": "stem",
    },
)

__all__ = [
    "DUCK_DB",
    "EARLY_MS",
    "WINDOW_MS",
    "Description",
    "Duck",
    "ExtendedClock",
    "Extension",
    "GainPoint",
    "GainTimeline",
    "Gap",
    "Hold",
    "Loudness",
    "Narration",
    "Place",
    "Placement",
    "Programme",
    "Rendition",
    "Soundtrack",
    "Step",
    "Subject",
    "Survey",
    "choose_described_name",
    "choose_extended_name",
    "compose_extension",
    "compose_narration",
    "compose_reel",
    "compose_script",
    "decode_programme",
    "extend_descriptions",
    "extend_timeline",
    "find_gaps",
    "find_places",
    "find_repetitions",
    "find_spans",
    "hold_omitted",
    "hold_programme",
    "list_mix",
    "list_script",
    "list_voice",
    "match_levels",
    "may_lend",
    "measure_loudness",
    "measure_room",
    "measure_true_peak",
    "mix_narration",
    "normalise",
    "place_descriptions",
    "plan_gains",
    "remix",
    "speak_places",
    "survey_programme",
    "time_pictures",
    "write_described",
    "write_extended",
    "write_reel",
    "write_stem",
]
