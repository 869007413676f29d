"""Every text exists in every language, with the same facts and the plural forms it needs."""

import re
from collections.abc import Mapping
from string import Formatter

import pytest
from babel import Locale

from coach.texts import LANGUAGES, catalogue, say, speakable

FIRST, *OTHERS = LANGUAGES


def facts_of(text: str | Mapping[str, str]) -> set[str]:
    forms = text.values() if isinstance(text, Mapping) else [text]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_missing_and_none_is_stray(language: str) -> None:
    assert catalogue(language).keys() == catalogue(FIRST).keys()


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_names_the_same_facts_in_every_language(language: str) -> None:
    for key, text in catalogue(FIRST).items():
        assert facts_of(catalogue(language)[key]) == facts_of(text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_text_has_every_plural_form_of_its_language(language: str) -> None:
    needed = set(Locale(language).plural_form.tags) | {"other"}
    for key, text in catalogue(language).items():
        if isinstance(text, Mapping):
            assert set(text) == needed, key


def test_a_russian_sentence_has_russian_letters() -> None:
    for key, text in catalogue("ru").items():
        for form in text.values() if isinstance(text, Mapping) else [text]:
            said = re.sub(r"\{\w+\}|/\w+", "", form)
            assert re.search("[а-яё]", said.lower()) or not re.search("[a-z]+ [a-z]+", said), key


def test_the_number_chooses_the_form() -> None:
    assert say("en", "letters.words", count=1) == "1 word"
    assert say("en", "letters.words", count=640) == "640 words"
    assert say("ru", "letters.words", count=642) == "642 слова"


def test_a_language_we_do_not_speak_falls_back_to_english() -> None:
    assert speakable("pt-br") == "en"
    assert speakable("ru-RU") == "ru"
    assert speakable(None) == "en"
