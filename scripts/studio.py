"""Where the sound of one recording is decoded, mixed and encoded, as far as it was not before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from ..audio.describe import (
    Hold,
    Narration,
    Programme,
    Soundtrack,
    Survey,
    choose_described_name,
    choose_extended_name,
    decode_programme,
    hold_programme,
    list_mix,
    may_lend,
    measure_loudness,
    measure_true_peak,
    mix_narration,
    normalise,
    survey_programme,
    write_described,
    write_extended,
)
from ..audio.step import MIX
from .described import Mixed
from .desk import Desk

_SOUND, _WORDS = "sound", "words"
"""What a delivered file is made of: the one takes long to encode, the other does not."""


class Studio:
    """Delivers a narration; what stands there already is not made again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def survey(self) -> Survey:
        """What has to be known of the programme before anything is mixed."""
        return survey_programme(self._decode, self._desk.hearing.store)

    def stage_described(self, narration: Narration) -> Mixed:
        """Stage the described recording, and say how loud its mix is."""
        recording = self._desk.hearing.recording
        mix = _Mix(self._desk, narration, self._decode)
        name = self._desk.output.tell_apart(choose_described_name(recording))
        made_of = self._list_ingredients(mix, "captions")
        if not self._desk.output.reuse("described", name, made_of):
            write_described(
                recording,
                self._find_sound(mix, name, "captions", recording.tracks),
                self._desk.output.stage("described", name),
                progress=self._desk.tell("encoding"),
            )
        mixed = self._desk.hearing.store.recall(mix.name, Mixed, mix.measure)
        mix.discard()
        return mixed

    def stage_extended(self, narration: Narration, holds: Sequence[Hold]) -> None:
        """Stage the extended edition, with the tracks that are staged for it."""
        recording = self._desk.hearing.recording
        mix = _Mix(self._desk, narration, self._decode, holds)
        name = self._desk.output.tell_apart(choose_extended_name(recording))
        made_of = self._list_ingredients(mix, "extended_captions")
        if not self._desk.output.reuse("extended", name, made_of):
            write_extended(
                recording,
                self._find_sound(mix, name, "extended_captions", 0),
                holds,
                self._desk.output.stage("extended", name),
                progress=self._desk.tell("encoding the extended edition"),
            )
        mix.discard()

    @cached_property
    def _programme(self) -> Programme:
        self._desk.step("decoding")
        return decode_programme(self._desk.hearing.recording, self._desk.folder / "programme.wav")

    def _decode(self) -> Programme:
        return self._programme

    def _list_ingredients(self, mix: _Mix, captions: str) -> Mapping[str, str]:
        text = self._desk.output.find(captions).read_text(encoding="utf-8")
        words = self._desk.hearing.store.name_result(MIX, text, self._desk.language)
        return {_SOUND: mix.name, _WORDS: words}

    def _find_sound(self, mix: _Mix, name: str, captions: str, track: int) -> Soundtrack:
        """Return where the sound of a file is: in the file that stands there, or in a new mix."""
        output, language = self._desk.output, self._desk.language
        standing = output.find_standing(name, {_SOUND: mix.name}) if may_lend(name) else None
        if standing:
            return Soundtrack(standing, output.find(captions), language, track)
        return Soundtrack(mix.programme.path, output.find(captions), language)


class _Mix:
    """A narration in a programme, mixed when somebody asks for it."""

    def __init__(
        self,
        desk: Desk,
        narration: Narration,
        decode: Callable[[], Programme],
        holds: Sequence[Hold] = (),
    ) -> None:
        self._desk = desk
        self._narration = narration
        self._decode = decode
        self._holds = holds
        loudness = desk.narration.loudness_lufs
        self.name = desk.hearing.store.name_result(MIX, *list_mix(narration), loudness, holds)

    @property
    def programme(self) -> Programme:
        """The mix, as it is delivered."""
        return self._made[0]

    def measure(self) -> Mixed:
        """Say how loud it is; where a loudness was asked for that is known already."""
        mix, mixed = self._made
        return mixed or Mixed(measure_loudness(mix).lufs, measure_true_peak(mix))

    def discard(self) -> None:
        """Make room for what comes."""
        for path in self._desk.folder.glob("mix*.wav"):
            path.unlink()

    @cached_property
    def _made(self) -> tuple[Programme, Mixed | None]:
        """Mix, and where a loudness is wanted bring it to that and say how loud it came out."""
        desk, source = self._desk, self._decode()
        desk.step("mixing")
        if self._holds:
            source = hold_programme(source, self._holds, desk.folder / "mix-held.wav")
        mix = mix_narration(source, self._narration, desk.folder / "mix.wav")
        if self._holds:
            source.path.unlink()
        if desk.narration.loudness_lufs is None:
            return mix, None
        normalised = normalise(
            mix, desk.narration.loudness_lufs, desk.folder / "mix-normalised.wav"
        )
        mix.path.unlink()
        mixed = Mixed(normalised.lufs, normalised.true_peak_db, normalised.reached)
        return normalised.programme, mixed
