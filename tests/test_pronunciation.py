"""What is promised of how written words are said, as phones of the acoustic model."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.audio.listen import orthography, phoneme
from vivavoz.audio.listen.dictionary import look_up
from vivavoz.audio.listen.phoneme import map_phonemes
from vivavoz.audio.listen.pronunciation import pronounce_words
from vivavoz.audio.listen.spoken_form import say_tokens
from vivavoz.audio.speak.espeak import choose_espeak_voice
from vivavoz.audio.speak.transcription import transcribe_words

PHONE_LIST = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W "
    "Y Z ZH"
)
PHONES = frozenset(PHONE_LIST.split())
LANGUAGES = {
    "ar": "مرحبا كيف حالك قرأت الكتاب",
    "cs": "dobrý den příliš žluťoučký kůň úpěl",
    "da": "rødgrød med fløde på sprogskolen",
    "de": "guten Tag Mädchen Straße zwölf Bücher",
    "el": "καλημέρα σας ευχαριστώ γκρίζα τζάκι",
    "en": "thought measure judge church unzippable",
    "es": "perro llave niño jamás cielo guitarra",
    "fa": "سلام حال شما چطور است",
    "fi": "hyvää päivää yö Jyväskylä",
    "fr": "bonjour un bon vin blanc juillet œuvre",
    "he": "שלום מה שלומך היום",
    "hi": "नमस्ते आप कैसे हैं हिन्दी छात्र",
    "hu": "jó napot gyönyörű magyar tyúk",
    "it": "buongiorno gli gnocchi scienza famiglia",
    "ja": "こんにちは ありがとう カメラ 日本語",
    "ko": "안녕하세요 감사합니다 한국어",
    "nl": "goedendag scheveningen huis geluid",
    "pl": "dzień dobry szczęście źródło ćma",
    "pt": "bom dia coração não mãe filho chuva",
    "ru": "здравствуйте щука жизнь объявление",
    "sv": "god dag sju sjuka kyckling önskan",
    "sw": "habari ya asubuhi ng'ombe",
    "tr": "günaydın çocuk ığdır şeker",
    "uk": "добрий день їжак ґанок щастя",
    "vi": "xin chào nghiêng trường đường",
    "zh": "你好 中国人民 谢谢 日本",
}


def say(text: str, language: str = "en") -> list[str]:
    """Pronounce a text, and write each token's readings with bars between them."""
    readings = pronounce_words(text.split(), language)
    return [" | ".join(map(" ".join, token)) for token in readings]


def read_out(text: str, language: str = "en") -> list[list[str]]:
    """Say the readings of each token as words."""
    spoken = say_tokens(text.split(), language, lambda word: bool(look_up(word)))
    return [[" ".join(reading) for reading in token] for token in spoken]


@pytest.mark.parametrize(
    ("token", "phones"),
    [
        ("“Hello?”", "HH AH L OW"),
        ("don’t", "D OW N T"),
        ("’tis", "T IH Z"),
        ("’This", "DH IH S"),
        ("beauty’s", "B Y UW T IY Z"),
        ("Feed’st", "F IY D S T"),
        ("tatter’d", "T AE T ER D"),
        ("xyzzy’s", "Z AY Z IY Z"),
        ("self-substantial", "S EH L F S AH B S T AE N SH AH L"),
        ("FBI’s", "EH F B IY AY Z"),
        ("APIs", "EY P IY AY Z"),
        ("U.S.", "Y UW EH S"),
        ("NASA", "N AE S AH"),
        ("MP3", "EH M P IY TH R IY"),
        ("um", "AH M"),
        ("Mm-hmm", "M HH M"),
        ("yknow", "Y UW N OW"),
        ("Hernández", "HH ER N AE N D EH Z"),
        ("versioning", "V ER ZH AH N IH NG"),
        ("F.", "EH F"),
        ("A.", "EY"),
    ],
)
def test_a_word_is_said_as_it_is_in_english(token: str, phones: str) -> None:
    assert say(token)[0].split(" | ")[0] == phones


@pytest.mark.parametrize("token", ["—", "…", "-", "*", "“”", "", "[]", "☃", "🙂", "\u00ad", "/"])
def test_what_has_no_sound_has_no_reading(token: str) -> None:
    assert pronounce_words([token, "word"], "en")[0] == ()


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1984", ["nineteen eighty four", "one thousand nine hundred eighty four"]),
        ("2008", ["two thousand eight", "twenty oh eight"]),
        ("1905.", ["nineteen oh five"]),
        ("1200", ["twelve hundred", "one thousand two hundred"]),
        ("1,200", ["one thousand two hundred", "twelve hundred"]),
        ("1,234,567", ["one million two hundred thirty four thousand five hundred sixty seven"]),
        ("1990s", ["nineteen nineties"]),
        ("’90s", ["nineties"]),
        ("20th", ["twentieth"]),
        ("3.14", ["three point one four", "three point fourteen"]),
        ("50%", ["fifty percent"]),
        ("$5.50,", ["five dollars fifty", "five dollars and fifty cents", "five fifty"]),
        ("$1", ["one dollar"]),
        ("£3.5m", ["three point five million pounds"]),
        ("3:05", ["three oh five"]),
        ("12:00", ["twelve", "twelve o'clock"]),
        ("7pm", ["seven p. m."]),
        ("1914–18", ["nineteen fourteen to eighteen", "nineteen fourteen eighteen"]),
        ("555-1234", ["five five five one two three four"]),
        ("101", ["one hundred one", "one hundred and one", "one oh one"]),
        ("007", ["oh oh seven"]),
        ("MS-13.", ["m. s. thirteen"]),
        ("COVID-19", ["COVID nineteen"]),
        ("1/2", ["one half", "a half"]),
        ("9/11", ["nine eleven"]),
        ("3½", ["three and a half"]),
        ("-5", ["minus five"]),
        ("2020-05-17", ["twenty twenty oh five seventeen"]),
        ("1.2.3", ["one point two point three"]),
        ("he/she", ["he she", "he slash she", "he or she"]),
        ("@vivavoz", ["at vivavoz", "vivavoz"]),
        ("e.g.", ["e. g.", "for example"]),
        ("www.example.org", ["www dot example dot org"]),
        ("AT&T", ["a. t. and t."]),
        ("10km", ["ten kilometers"]),
        ("II", ["two", "the second", "i. i."]),
        ("GitHub", ["GitHub"]),
        ("٣٤", ["thirty four"]),
    ],
)
def test_figures_and_signs_are_read_out(text: str, readings: list[str]) -> None:
    (said,) = read_out(text)
    assert said[0] == readings[0]
    assert set(readings) <= set(said)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("$5 million, please", "five|million dollars|please"),
        ("Dr. Smith", "doctor|Smith"),
        ("No. 5", "number|five"),
        ("no. Then", "no|Then"),
        ("John F. Kennedy:", "John|f.|Kennedy"),
    ],
)
def test_the_words_around_a_token_tell_how_it_is_read(text: str, best: str) -> None:
    assert "|".join(token[0] for token in read_out(text)) == best


def test_an_i_that_numbers_what_follows_may_be_a_one() -> None:
    assert read_out("I From fairest")[0] == ["i", "one"]
    assert read_out("and I From")[1] == ["i."]


@pytest.mark.parametrize(
    ("text", "language", "best"),
    [
        ("1.000", "es", "mil"),
        ("3,14", "es", "tres coma catorce"),
        ("1,000.50", "es-MX", "mil punto cincuenta"),
        ("$5 millones", "es", "cinco|millones de dólares"),
        ("2ª", "es", "segunda"),
        ("Felipe II", "es", "Felipe|dos"),
        ("20.000", "de", "zwanzigtausend"),
        ("1984", "de", "neunzehnhundertvierundachtzig"),
        ("z.B.", "de", "zum Beispiel"),
        ("1er", "fr", "premier"),
        ("50%", "pt", "cinquenta por cento"),
        ("50%", "ru", "50 %"),
    ],
)
def test_other_languages_read_figures_their_own_way(text: str, language: str, best: str) -> None:
    spoken = say_tokens(text.split(), language, lambda _word: False)
    assert "|".join(" ".join(token[0]) for token in spoken) == best


def test_foreign_names_may_be_said_as_where_they_come_from() -> None:
    jose, abella, penya = say("José Abella Peña")
    assert jose == "HH OW Z EY | HH OW S IH"
    assert "AH B EH L AH" in abella
    assert "AH B IH Y AH" in abella
    assert "P IH N Y AH" in penya


def test_spanish_is_said_with_and_without_the_lisp() -> None:
    spain, mexico = say("cielo", "es-ES")[0], say("cielo", "es-MX")[0]
    assert spain == "TH Y IH L OW | S Y IH L OW"
    assert mexico == "S Y IH L OW"


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("jamás", "HH AH M AH S"),
        ("niño", "N IY N Y OW"),
        ("llave", "Y AH B IH"),
        ("hacha", "AH CH AH"),
        ("guitarra", "G IY T AH R AH"),
        ("pero", "P IH D OW"),
    ],
)
def test_spanish_letters_have_their_sounds(word: str, phones: str) -> None:
    assert say(word, "es")[0].split(" | ")[0] == phones


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_language_has_phones_and_no_symbol_is_unknown(language: str) -> None:
    words = LANGUAGES[language].split()
    for word, readings in zip(words, pronounce_words(words, language), strict=True):
        assert readings, word
        assert all(PHONES.issuperset(reading) for reading in readings)
    table = Path(phoneme.__file__).with_name("ipa.toml").read_text(encoding="utf-8")
    known = set(unicodedata.normalize("NFD", "".join(tomllib.loads(table)["symbols"])))
    voice = choose_espeak_voice(language)
    assert voice is not None
    heard = transcribe_words((voice, word) for word in words)
    symbols = set(unicodedata.normalize("NFD", re.sub(r"\(\w+\)", "", "".join(heard.values()))))
    assert not symbols - known - set("_ 0123456789")


def test_an_unknown_symbol_is_taken_for_the_letter_that_it_comes_from() -> None:
    assert map_phonemes("ƭ_a_ᶑ", "xx") == (("T", "AA", "D"),)


@settings(max_examples=60)
@given(
    st.lists(st.text(max_size=12), max_size=6),
    st.sampled_from(["en", "en-GB", "es", "es-MX", "de", "ru", "ja", "zh-Hant", "hi", "xx"]),
)
def test_any_text_is_pronounced_and_always_alike(texts: list[str], language: str) -> None:
    readings = pronounce_words(texts, language)
    assert len(readings) == len(texts)
    for token in readings:
        assert len(token) <= 4
        assert len(set(token)) == len(token)
        assert all(reading and PHONES.issuperset(reading) for reading in token)
    assert pronounce_words(texts, language) == readings


@settings(max_examples=60)
@given(
    st.text("0123456789.,:/-$€%'sthkm½ ", min_size=1, max_size=14),
    st.sampled_from(["en", "es", "de", "fr", "it", "pt", "nl"]),
)
def test_any_figures_are_pronounced(text: str, language: str) -> None:
    (token,) = pronounce_words([text], language)
    assert bool(token) >= any(map(str.isdigit, text))


@settings(max_examples=40)
@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=8))
def test_letters_of_any_script_take_time(word: str) -> None:
    assert pronounce_words([word], "en")[0]


def test_a_word_sounds_the_same_whatever_is_said_beside_it() -> None:
    words = [word for text in LANGUAGES.values() for word in text.split()]
    together = pronounce_words(words, "en")
    assert [pronounce_words([word], "en")[0] for word in words] == together
    assert orthography.choose_readers("Москва", "en") == [[("ru", "Москва")]]
