"""Language tags and detection."""

from __future__ import annotations

from pathlib import Path

import pytest
from vivavoz.source import UsageError, canonicalise_language, primary_subtag, read_interview
from vivavoz.source.language import contradict_language, detect_language


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("EN", "en"),
        ("pt_br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("zh-cmn-hans", "zh-cmn-Hans"),
        ("en-x-test", "en-x-test"),
        ("de-CH-1996", "de-CH-1996"),
    ],
)
def test_tags_are_written_as_the_standard_recommends(tag: str, canonical: str) -> None:
    assert canonicalise_language(tag) == canonical
    assert primary_subtag(canonical) == tag[:2].lower()


@pytest.mark.parametrize("tag", ["", "!", "english", "e", "en--us", "en/../.."])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(UsageError, match="language tag"):
        canonicalise_language(tag)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It chronicles the life of a migrant farm worker who dreamed of space.", "en"),
        ("Yo tenía ocho años y mi abuela me llevó a ver las ballenas a la bahía.", "es"),
        ("Je suis née dans un petit village au bord de la mer, près de Brest.", "fr"),
        ("今日はとても天気がいいので、みんなで海に行きました。楽しかったです。", "ja"),
        ("كان الفيلم جميلا جدا وأحببت الموسيقى كثيرا في النهاية.", "ar"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text)[0] == language


def test_what_can_not_be_told_is_english_with_a_doubt() -> None:
    language, doubt = detect_language("Hm. 12 34!")
    assert language == "en"
    assert doubt is not None


def test_a_file_name_says_the_language_where_the_text_can_not(tmp_path: Path) -> None:
    talk = tmp_path / "a-talk.es.txt"
    talk.write_text("Ana: Hola.\n\nLuis: Hola.\n", encoding="utf-8")
    interview = read_interview(talk)
    assert (interview.language, interview.title, interview.notices) == ("es", "A talk", ())
    talk.write_text("Ana: Who are you, and where do you come from?\n\nLuis: From the sea.\n" * 3)
    assert read_interview(talk).language == "en"


def test_only_a_text_that_is_surely_in_another_language_contradicts_its_name() -> None:
    english = "I was eight, and my grandmother took me out to see the whales in the bay. " * 3
    assert contradict_language(english, "es-MX") == "en"
    assert contradict_language(english, "en-GB") is None
    assert contradict_language(english, "gsv") is None
    assert contradict_language("And then?", "es") is None
