"""The word lists in `lexicon.toml`, typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LISTS = Path(__file__).with_name("lexicon.toml")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they tell a reader; all casefolded. `lexicon.toml` says what each is for."""

    sound_events: frozenset[str]
    sound_actions: frozenset[str]
    sound_sources: frozenset[str]
    activity_endings: tuple[str, ...]
    sound_openers: frozenset[str]
    directions: tuple[str, ...]
    own_words: frozenset[str]
    unfinished: frozenset[str]
    note_signatures: tuple[str, ...]
    note_openers: tuple[str, ...]
    endings: frozenset[str]
    bounds: tuple[str, ...]
    bound_verbs: frozenset[str]
    records: frozenset[str]
    past: frozenset[str]
    picture_labels: frozenset[str]
    picture_nouns: tuple[str, ...]
    picture_articles: tuple[str, ...]
    picture_links: tuple[str, ...]
    interviewer_roles: frozenset[str]
    narrator_roles: frozenset[str]
    role_abbreviations: frozenset[str]
    role_letters: frozenset[str]
    common_roles: frozenset[str]
    name_styles: frozenset[str]
    metadata: frozenset[str]
    titles: frozenset[str]
    columns: dict[str, str]
    """A column's head → what stands below it."""
    discourse: frozenset[str]
    abbreviations: frozenset[str]
    particles: frozenset[str]
    honorifics: frozenset[str]
    prompts: tuple[str, ...]
    editorial: tuple[str, ...]
    roles: frozenset[str]
    """Every word that names a role rather than a person."""
    unnamed: dict[str, dict[str, str]]
    """Role, or `speaker` → primary language → what one who has no name is called."""


@cache
def load_lexicon() -> Lexicon:
    """Read the lists once."""
    data = tomllib.loads(_LISTS.read_text(encoding="utf-8"))

    def words(table: str, key: str) -> tuple[str, ...]:
        return tuple(word.casefold() for word in data[table][key])

    return Lexicon(
        sound_events=frozenset(words("sounds", "events")),
        sound_actions=frozenset(words("sounds", "actions")),
        sound_sources=frozenset(words("sounds", "sources")),
        activity_endings=words("sounds", "activities"),
        sound_openers=frozenset(words("sounds", "openers")),
        directions=tuple(f"{phrase} " for phrase in words("directions", "openers")),
        own_words=frozenset(words("directions", "own_words")),
        unfinished=frozenset(words("directions", "unfinished")),
        note_signatures=words("notes", "signatures"),
        note_openers=words("notes", "openers"),
        endings=frozenset(words("notes", "endings")),
        bounds=words("notes", "bounds"),
        bound_verbs=frozenset(words("notes", "bound_verbs")),
        records=frozenset(words("notes", "records")),
        past=frozenset(words("notes", "past")),
        picture_labels=frozenset(words("pictures", "labels")),
        picture_nouns=words("pictures", "nouns"),
        picture_articles=words("pictures", "articles"),
        picture_links=words("pictures", "links"),
        interviewer_roles=frozenset(words("roles", "interviewer")),
        narrator_roles=frozenset(words("roles", "narrator")),
        role_abbreviations=frozenset(words("roles", "abbreviations")),
        role_letters=frozenset(words("roles", "letters")),
        common_roles=frozenset(words("roles", "common")),
        name_styles=frozenset(words("roles", "name_styles")),
        metadata=frozenset(words("labels", "metadata")),
        titles=frozenset(words("labels", "titles")),
        columns={head: column for column in data["columns"] for head in words("columns", column)},
        discourse=frozenset(words("labels", "discourse")),
        abbreviations=frozenset(words("labels", "abbreviations")),
        particles=frozenset(words("labels", "particles")),
        honorifics=frozenset(words("labels", "honorifics")),
        prompts=words("questions", "prompts"),
        editorial=words("editorial", "openings"),
        roles=frozenset(
            (*words("roles", "interviewer"), *words("roles", "guest"), *words("roles", "narrator"))
        ),
        unnamed=data["names"],
    )
