"""What W3C's DAPT 1.0 (Candidate Recommendation) demands of a document, one rule each.

Every MUST of it that bears on a document is here, what its profile requires or prohibits, what it
calls an error, and what it takes over from TTML2 that a script with sound can get wrong. What it
demands of programs, and what no document can break, is listed with the reason in `NOT_CHECKED`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class _Text(NamedTuple):
    section: str
    demand: str


class Rule(Enum):
    """A demand, and the section of DAPT, or of TTML2, that makes it."""

    XML = _Text(
        "Document Encoding; #serialization",
        "It is one well-formed XML 1.0 document, without document type, declared entities or "
        "references to them.",
    )
    ENCODING = _Text("Document Encoding; #serialization", "It is UTF-8, without a byte order mark.")
    ROOT = _Text("DAPT Script", "The root is tt, in TTML's namespace.")
    STRUCTURE = _Text(
        "#structure; Script Events; Characters; Mixing Instruction; TTML2 8.1, 9.1, 13.1",
        "TTML's elements stand where TTML2 lets them, in its order; tt has one head and one body "
        "at most.",
    )
    CONTENT_PROFILE = _Text(
        "ttp:contentProfiles", "tt names DAPT's content profile in ttp:contentProfiles."
    )
    PROFILE = _Text("ttp:profile", "tt has no ttp:profile.")
    PROCESSOR_PROFILE = _Text(
        "ttp:processorProfiles", "ttp:processorProfiles, where there is one, names DAPT's."
    )
    SCRIPT_REPRESENTS = _Text(
        "Script Represents", "tt has daptm:scriptRepresents, one or more content descriptors."
    )
    DESCRIPTOR = _Text(
        "<content-descriptor> values",
        "A content descriptor is registered, begins with x-, or is a registered one followed by a "
        "part that begins with x-.",
    )
    DEFAULT_LANGUAGE = _Text("Default Language", "tt has an xml:lang that is not empty.")
    LANGUAGE = _Text("#xmlLang-root; TTML2 8.2.9", "xml:lang is a well-formed BCP 47 tag.")
    SCRIPT_TYPE = _Text("Script Type", "tt has daptm:scriptType, one of the four.")
    IDENTIFIER = _Text("Unique identifiers; TTML2 8.2.8", "xml:id is an XML name without colon.")
    UNIQUE = _Text("Unique identifiers", "No two elements have the same xml:id.")
    CHARACTER_ID = _Text("Character", "An agent that is a character or a person has an xml:id.")
    CHARACTER_NAME = _Text(
        "Character", "A character has a ttm:name of type alias, a person one of type full."
    )
    TALENT = _Text(
        "Character",
        "A character's ttm:actor names the xml:id of another agent, one of type person.",
    )
    AGENT_REFERENCE = _Text("Script Event", "ttm:agent names agents at /tt/head/metadata.")
    REPRESENTS = _Text("Represents", "daptm:represents is one content descriptor.")
    REPRESENTED = _Text(
        "Script Event; Text",
        "Each script event, its text and every part of that have a daptm:represents, their own or "
        "inherited.",
    )
    MISMATCH = _Text(
        "Represents",
        "daptm:represents is, or is a sub-type of, a descriptor in daptm:scriptRepresents.",
    )
    LANGUAGE_SOURCE = _Text(
        "Text Language Source", "daptm:langSrc is empty or a well-formed BCP 47 tag."
    )
    ON_SCREEN = _Text("On Screen", "daptm:onScreen is ON, OFF, ON_OFF or OFF_ON.")
    DESCRIPTION_TYPE = _Text(
        "Script Event Description", "daptm:descType is registered or begins with x-."
    )
    SOURCE = _Text(
        "Audio Recording; TTML2 9.1.1, 9.1.7",
        "An audio element has a src or else sources, each with exactly one way to its sound.",
    )
    REFERENCE = _Text(
        "Audio Recording",
        "A fragment in an audio's src names an audio in /tt/head/resources, one in a source's src "
        "a data element there.",
    )
    MEDIA_TYPE = _Text(
        "Audio Recording; TTML2 9.2.4",
        "Each sound says its media type, and nothing that only refers to an embedded one does.",
    )
    DATA_SOURCE = _Text("Audio Recording; #source-data", "A data element has no source in it.")
    DATA = _Text(
        "Audio Recording; TTML2 9.1.3",
        "A data element holds text or chunks, in its encoding and of its length.",
    )
    AUDIO_LANGUAGE = _Text(
        "Audio Recording; #xmlLang-audio-nonMatching",
        "A sound has the xml:lang of what it is in, and so have its sources and data.",
    )
    OUT_OF_LINE = _Text(
        "#animation-out-of-line; Mixing Instruction",
        "What animates an element is a child of it: no animation element, no animate attribute.",
    )
    ANIMATION = _Text(
        "Mixing Instruction; TTML2 13.1.1, 13.3.2",
        "What animate animates, goes through two or more values.",
    )
    GAIN = _Text("Mixing Instruction; TTML2 10.2.53, 10.2.54", "tta:gain and tta:pan are numbers.")
    FILL = _Text("Mixing Instruction; TTML2 13.3.4", "fill is freeze or remove.")
    SPEAK = _Text("Synthesized Audio; TTML2 10.2.56", "tta:speak is none, normal, fast or slow.")
    TIME_BASE = _Text("ttp:timeBase", "ttp:timeBase is media.")
    TIME_CONTAINER = _Text("timeContainer; #timeContainer", "timeContainer is par.")
    FRAME_RATE = _Text(
        "ttp:frameRate", "tt has a ttp:frameRate where a time is in frames or has frames."
    )
    TICK_RATE = _Text("ttp:tickRate", "tt has a ttp:tickRate where a time is in ticks.")
    TIME = _Text(
        "Time expressions; #time-clock-with-frames; #time-wall-clock",
        "A time is hh:mm:ss, hh:mm:ss.sss, or a number with h, m, s, ms, f or t.",
    )
    INTERVAL = _Text("Script Event; TTML2 12.2", "Nothing ends before it begins.")
    HOLD = _Text(
        "Vivavoz's own metadata",
        "A hold has its begin and its dur, and is in the programme where no other event is spoken.",
    )
    CLIP_TIME = _Text(
        "Audio Recording; TTML2 9.1.1", "clipBegin and clipEnd are numbers with a metric."
    )
    PROHIBITED = _Text(
        "#clockMode; #dropMode; #markerMode; #subFrameRate",
        "tt has no ttp:clockMode, ttp:dropMode, ttp:markerMode or ttp:subFrameRate.",
    )
    TIMECODE_PLACE = _Text(
        "Timecode-related metadata", "The timecodes stand at /tt/head/metadata, each once at most."
    )
    ORIGIN_TIMECODE = _Text(
        "DAPT Origin Timecode",
        "The origin timecode is hh:mm:ss:ff, with fewer frames than a second has.",
    )
    PROGRAMME_TIMECODE = _Text(
        "Start of Programme Timecode; EBU Tech 3390", "The programme's start is hh:mm:ss:ff."
    )

    @property
    def section(self) -> str:
        """The sections, and the features and extensions with their `#`, that demand it."""
        return self.value.section

    @property
    def demand(self) -> str:
        """What a document has to be."""
        return self.value.demand


@dataclass(frozen=True, slots=True)
class Finding:
    """A demand that a document does not meet."""

    rule: Rule
    line: int | None
    found: str

    @property
    def message(self) -> str:
        """What was found, and what is demanded."""
        return f"{self.found} {self.rule.demand}"


NOT_CHECKED = (
    ("Audio Recording", "Playback is truncated; at most one source is played.", "For players."),
    ("Unrecognised vocabulary", "Pruning what is not recognised.", "For programs that transform."),
    (
        "ttp:contentProfiles",
        "No other profile is claimed than what the document conforms to.",
        "Only DAPT's is known here.",
    ),
    (
        "Audio",
        "The sound is in its text's language.",
        "Its label can be seen: AUDIO_LANGUAGE.",
    ),
    (
        "Script Event",
        "It has no div in it.",
        "A div that has one is no script event (Handling <div> and <p> elements).",
    ),
    ("Handling <div> and <p> elements", "What is a script event and a text.", "For readers."),
    ("Using computed attribute values", "Values are computed before use.", "For readers."),
    ("Profiles", "What processors implement.", "For processors."),
    ("Foreign vocabulary", "Elements and attributes of other namespaces.", "They are allowed."),
    (
        "Layout and styles",
        "IMSC's and TTML2's rules for layout and visual styles.",
        "A described programme shows nothing of them.",
    ),
)
"""Section, demand, and why no rule of ours checks it."""

DESCRIPTORS = frozenset(
    {
        "audio",
        "audio.dialogue",
        "audio.nonDialogueSounds",
        "visual",
        "visual.dialogue",
        "visual.nonText",
        "visual.text",
        "visual.text.credit",
        "visual.text.location",
        "visual.text.title",
    }
)
"""The registry of content descriptors."""

DESCRIPTION_TYPES = frozenset({"pronunciationNote", "scene", "plotSignificance"})
"""The registry of description types."""

SCRIPT_TYPES = frozenset(
    {"originalTranscript", "translatedTranscript", "preRecording", "asRecorded"}
)
