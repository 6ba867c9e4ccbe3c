"""Audio description: the pictures of an interview, spoken where its recording leaves time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...source.exports import defer_exports

if TYPE_CHECKING:
    from .extension import Extension, extend_descriptions
    from .gain import DUCK_DB, Duck, GainPoint, GainTimeline, plan_gains
    from .gap import Gap
    from .hold import Hold
    from .narration import Description, Narration
    from .placement import Placement, Step, measure_room, place_descriptions
    from .repetition import find_repetitions
    from .subject import Place, Rendition, Subject, find_places, speak_places

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
        "Hold": "hold",
        "Narration": "narration",
        "Place": "subject",
        "Placement": "placement",
        "Rendition": "subject",
        "Step": "placement",
        "Subject": "subject",
        "extend_descriptions": "extension",
        "find_places": "subject",
        "find_repetitions": "repetition",
        "measure_room": "placement",
        "place_descriptions": "placement",
        "plan_gains": "gain",
        "speak_places": "subject",
    },
)

__all__ = [
    "DUCK_DB",
    "Description",
    "Duck",
    "Extension",
    "GainPoint",
    "GainTimeline",
    "Gap",
    "Hold",
    "Narration",
    "Place",
    "Placement",
    "Rendition",
    "Step",
    "Subject",
    "extend_descriptions",
    "find_places",
    "find_repetitions",
    "measure_room",
    "place_descriptions",
    "plan_gains",
    "speak_places",
]
