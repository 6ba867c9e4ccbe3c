"""The pictures of an interview, described over its recording: every file that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..audio import ClipStore, ShelvedClip, Utterance
from ..audio.describe import (
    Description,
    Extension,
    Hold,
    Loudness,
    Narration,
    Place,
    Placement,
    Programme,
    Soundtrack,
    Step,
    Subject,
    choose_described_name,
    choose_extended_name,
    compose_extension,
    compose_narration,
    compose_script,
    decode_programme,
    extend_descriptions,
    extend_timeline,
    find_gaps,
    find_places,
    hold_omitted,
    hold_programme,
    match_levels,
    measure_loudness,
    measure_true_peak,
    mix_narration,
    normalise,
    place_descriptions,
    speak_places,
    time_pictures,
    write_described,
    write_extended,
    write_stem,
)
from ..audio.describe.dapt import script_narration, write_dapt
from ..captions import caption, write_captions, write_chapters
from .described import Described, Mixed
from .desk import Desk
from .plan import Edition
from .timing import Readers

STEM = "narration.flac"


def describe_recording(desk: Desk, readers: Readers) -> Described:
    """Stage the narration, and all that is mixed with it."""
    timeline, hearing = desk.timeline, desk.hearing
    desk.step("describing")
    places = find_places(timeline)
    subjects = _speak(places, readers)
    gaps = find_gaps(hearing.alignment, hearing.recording)
    placements = place_descriptions(subjects, gaps)
    extensions = ()
    if _wants_extension(desk.plan.edition, placements):
        extensions = extend_descriptions(subjects, gaps, timeline)
    desk.step("decoding")
    programme = decode_programme(hearing.recording, desk.folder / "programme.wav")
    match = _match(desk, programme, measure_loudness(programme))
    narration = compose_narration(placements, match, programme.duration_ms, desk.plan.duck_db)
    mixed = _stage_described(desk, programme, narration) if narration.descriptions else None
    if extensions:
        _stage_extended(desk, programme, extensions, match)
    omitted = hold_omitted(placements, gaps, timeline)
    if subjects:
        pictures = [subject.place.picture for subject in subjects]
        script = compose_script(narration, omitted, match, pictures)
        _stage_script(desk, script, programme.duration_ms)
    return Described(
        narrator=readers.cast.narrator.name,
        timeline=time_pictures(timeline, places, narration),
        placements=placements,
        extensions=extensions,
        gaps=gaps,
        mixed=mixed,
        doubted=(*hearing.alignment.untranscribed, *hearing.alignment.unclear),
    )


def _speak(places: Sequence[Place], readers: Readers) -> list[Subject]:
    store = ClipStore()

    def say(text: str, rate: int) -> ShelvedClip:
        utterance = Utterance(text, rate, readers.lexicon.pronounce(text))
        return store.shelve(readers.cast.narrator, utterance)

    return list(speak_places(places, say))


def _wants_extension(edition: Edition, placements: Sequence[Placement]) -> bool:
    if edition is Edition.AUTO:
        return any(placement.step is Step.NOWHERE for placement in placements)
    return edition is Edition.EXTENDED and bool(placements)


def _match(
    desk: Desk, programme: Programme, loudness: Loudness
) -> Callable[[Sequence[Description]], Sequence[float]]:
    speech = [(word.start_ms, word.end_ms) for timed in desk.timeline.parts for word in timed.words]
    return lambda descriptions: match_levels(descriptions, loudness, speech, programme.layout)


def _stage_described(desk: Desk, programme: Programme, narration: Narration) -> Mixed:
    recording = desk.hearing.recording
    mix, mixed = _mix(desk, programme, narration, "described.wav")
    write_stem(narration, programme.duration_ms, desk.output.stage("narration", STEM))
    write_described(
        recording,
        Soundtrack(mix.path, desk.output.find("captions"), desk.language),
        desk.output.stage("described", choose_described_name(recording)),
        progress=desk.tell("encoding"),
    )
    mixed = mixed or Mixed(measure_loudness(mix).lufs, measure_true_peak(mix))
    mix.path.unlink()
    return mixed


def _mix(
    desk: Desk, programme: Programme, narration: Narration, name: str
) -> tuple[Programme, Mixed | None]:
    """Mix a narration into a programme; where a loudness is wanted, bring it to that, and say how
    loud it came out.
    """
    desk.step("mixing")
    mix = mix_narration(programme, narration, desk.folder / name)
    if desk.plan.loudness_lufs is None:
        return mix, None
    normalised = normalise(mix, desk.plan.loudness_lufs, desk.folder / f"normalised-{name}")
    mix.path.unlink()
    mixed = Mixed(normalised.lufs, normalised.true_peak_db, normalised.reached)
    return normalised.programme, mixed


def _stage_extended(
    desk: Desk,
    programme: Programme,
    extensions: Sequence[Extension],
    match: Callable[[Sequence[Description]], Sequence[float]],
) -> None:
    holds = [extension.hold for extension in extensions if extension.hold]
    _stage_extended_tracks(desk, holds)
    narration = compose_extension(extensions, match, programme.duration_ms, desk.plan.duck_db)
    held = hold_programme(programme, holds, desk.folder / "held.wav")
    mix, _ = _mix(desk, held, narration, "extended.wav")
    held.path.unlink()
    recording = desk.hearing.recording
    write_extended(
        recording,
        Soundtrack(mix.path, desk.output.find("extended_captions"), desk.language),
        holds,
        desk.output.stage("extended", choose_extended_name(recording)),
        progress=desk.tell("encoding the extended edition"),
    )


def _stage_extended_tracks(desk: Desk, holds: Sequence[Hold]) -> None:
    extended = caption(extend_timeline(desk.timeline, holds), desk.captions.style)
    name = f"extended.captions.{desk.language}.vtt"
    desk.output.stage_text("extended_captions", name, write_captions(extended))
    name = f"extended.chapters.{desk.language}.vtt"
    desk.output.stage_text("extended_chapters", name, write_chapters(extended.timeline))


def _stage_script(desk: Desk, narration: Narration, duration_ms: int) -> None:
    interview = desk.timeline.interview
    script = script_narration(
        narration, title=interview.title, language=interview.language, duration_ms=duration_ms
    )
    path = desk.output.stage("script", f"descriptions.{desk.language}.dapt.xml")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(write_dapt(script))
