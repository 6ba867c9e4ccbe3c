"""Which interviews there are, and what is to be made of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ...audio import VoiceSpec
from ...captions import load_style, parse_formats
from ...source import (
    FOLDER_FILE,
    NO_MEDIA,
    Edition,
    Editorial,
    Settings,
    UsageError,
    VivavozError,
    canonicalise_language,
    find_recording,
    load_settings,
    split_ending,
    split_language,
)
from ..plan import NarrationPlan, Plan
from .home import Home, Homes
from .search import Found, Refusal, Search

DEFAULTS = Settings(
    style="netflix",
    editorial=Editorial.UNWRAP,
    formats=("vtt", "srt"),
    word_times=False,
    narration=Edition.AUTO,
    voice="espeak",
    duck_db=-10.0,
    page=True,
)


def plan_all(
    paths: Sequence[Path], options: Settings, out: Path | None = None
) -> Iterator[Plan | Refusal]:
    """Yield what is to be made of each transcript that is named, and of those in folders.

    `options` are those of the command, which beat an interview's settings, which beat its folder's.
    Without `out`, results go into the folder `out` of the folder that the interviews belong to.
    Raises UsageError where the options or a folder's settings can't be followed; an interview's
    own are its refusal.
    """
    search, planner = Search(Homes(out)), _Planner(options)
    found = [each for path in paths for each in search.find(path)]
    count = len({each.path if isinstance(each, Found) else each.transcript for each in found})
    if options.media not in {None, NO_MEDIA} and count > 1:
        raise UsageError(
            f"One recording can't belong to {count} transcripts; build them one at a "
            "time, or put each recording beside its transcript under the same name."
        )
    homes = {each.home for each in found if isinstance(each, Found)}
    if len(homes) == 1:  # nothing lies elsewhere that could be built
        planner.find_defaults(*homes)
    for each in found:
        yield each if isinstance(each, Refusal) else planner.plan(each)


def plan_apart(transcript: Path, out: Path) -> Plan | Refusal:
    """Plan an interview by the defaults, whatever folder it is in."""
    homes = Homes(out)
    found = Search(homes).find_file(transcript, homes.stand_alone(transcript.parent))
    return _Planner(Settings()).plan(found)


class _Planner:
    """Plans interviews under the command's options; what many of them say is looked up once."""

    def __init__(self, options: Settings) -> None:
        self._options = options
        self._load_style = cache(load_style)
        self._parse_voice = cache(VoiceSpec.parse)
        self.find_defaults = cache(self._lay_defaults)
        self._check(options)

    def plan(self, found: Found) -> Plan | Refusal:
        try:
            own, defaults = self._load_own(found, found.path), self.find_defaults(found.home)
            plan = self._compose(found, found.path, self._options.over(own).over(defaults), own)
            translations = tuple(
                self._plan_translation(found, path, (own, defaults)) for path in found.translations
            )
            _refuse_doubles(translations)
            return replace(plan, translations=translations)
        except VivavozError as error:
            return Refusal(found.path, error.blame(found.path))

    def _lay_defaults(self, home: Home) -> Settings:
        self._check(home.settings)
        return home.settings.over(DEFAULTS)

    def _load_own(self, found: Found, path: Path) -> Settings:
        file = found.folder.find_settings(path.name)
        if file is None or file.name == FOLDER_FILE:
            return Settings()
        own = load_settings(file)
        self._check(own)
        return own

    def _check(self, settings: Settings) -> None:
        """Hold what one file says against what there is, so that an error can name the file."""
        try:
            if settings.style is not None:
                self._load_style(settings.style)
            if settings.formats is not None:
                parse_formats(settings.formats)
            if settings.language is not None:
                canonicalise_language(settings.language)
            for spec in (settings.voice, settings.narrator, *settings.voices.values()):
                if spec is not None:
                    self._parse_voice(spec)
            if settings.pronounce:
                from ...audio import check_pronunciations  # noqa: PLC0415 - slow, and rarely used

                check_pronunciations(settings.pronounce)
        except VivavozError as error:
            error.blame(settings.file)
            raise

    def _plan_translation(self, found: Found, path: Path, around: Sequence[Settings]) -> Plan:
        """Plan a translation: what holds for its original holds for it, but for its language."""
        own = self._load_own(found, path)
        if own.media is not None:
            raise UsageError(
                "A translation has the times of its original, so there is no `media` to name here.",
                file=own.file,
            )
        settings = _lend(self._options).over(own)
        for said in (*map(_lend, around), DEFAULTS):
            settings = settings.over(said)
        language = own.language or split_language(split_ending(path.name)[0])[1]
        return self._compose(found, path, replace(settings, language=language), own)

    def _compose(self, found: Found, path: Path, settings: Settings, own: Settings) -> Plan:
        media = settings.media or find_recording(found.path, found.folder)
        return Plan(
            transcript=path,
            out=found.home.out,
            name=found.name,
            media=None if media == NO_MEDIA else media,
            media_found=settings.media is None,
            style=self._load_style(settings.style or ""),
            formats=parse_formats(settings.formats or ()),
            word_times=bool(settings.word_times),
            language=canonicalise_language(settings.language) if settings.language else None,
            editorial=settings.editorial or Editorial.UNWRAP,
            narration=self._compose_narration(settings),
            speakers=settings.speakers,
            expected=tuple(dict.fromkeys((*own.speakers, *own.voices))),
            timing=settings.timing,
            page=bool(settings.page),
        )

    def _compose_narration(self, settings: Settings) -> NarrationPlan:
        return NarrationPlan(
            settings.narration or Edition.AUTO,
            self._parse_voice(settings.voice or ""),
            None if settings.narrator is None else self._parse_voice(settings.narrator),
            settings.duck_db or 0.0,
            settings.loudness_lufs,
            {name: self._parse_voice(spec) for name, spec in settings.voices.items()},
            settings.pronounce,
        )


def _lend(settings: Settings) -> Settings:
    """Return what holds for a translation too: no voices of another language, nor how they speak.

    An engine that was chosen without one of its voices has some for many languages.
    """
    voice, narrator = (
        None if spec and ":" in spec else spec for spec in (settings.voice, settings.narrator)
    )
    return replace(settings, language=None, voice=voice, narrator=narrator, voices={}, pronounce={})


def _refuse_doubles(translations: Sequence[Plan]) -> None:
    """Raise UsageError where two translations are in one language."""
    known: dict[str | None, Path] = {}
    for plan in translations:
        before = known.setdefault(plan.language, plan.transcript)
        if before != plan.transcript:
            raise UsageError(
                f"{before.name} and {plan.transcript.name} are translations into one language; "
                "keep one of them in this folder."
            )
