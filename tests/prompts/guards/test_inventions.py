"""A rewrite may say better what was said, and nothing more."""

import pytest

from prompts.guards.inventions import Invention, inventions

LETTER = (
    "I work as a nurse in Graz. On our ward I took part in a study about hand hygiene, and I "
    "wrote a small script in Python that counts refills; it cut the counting from about 40 "
    "minutes to 5. Two colleagues use it. My course at the evening school ends in June. "
    "The code is at https://example.org/refills and I'd like to learn PyTorch."
)
PASSAGE = "I wrote a small script in Python that counts refills"


def found(replacement, facts=(), passage=PASSAGE):
    return inventions(replacement, letter=LETTER, passage=passage, facts=facts)


HONEST = [
    "My small Python script counts refills, so nobody has to.",
    "I wrote a script that counts the refills.",
    "A counting job of about 40 minutes now takes 5, thanks to a small script I wrote.",
    "Counting used to take about 40 minutes; with my script, it takes 5.",
    "Two colleagues use the script I wrote.",
    "As a nurse in Graz I took part in a study about hand hygiene.",
    "The script is small, and two of my colleagues use it.",
    "I would like to learn PyTorch when my course ends in June.",
    "The code (https://example.org/refills) counts refills.",
    "Because counting by hand took so long, I let a script do it.",
]
INVENTED = [
    ("I wrote a script that counts 3,000 refills.", Invention.NUMBER),
    ("My script cut the counting by 88 %.", Invention.NUMBER),
    ("Twelve colleagues use my script.", Invention.NUMBER),
    ("Counting took 40 minutes; now it takes 5.", Invention.NUMBER),
    ("I led a study about hand hygiene.", Invention.CLAIM),
    ("I published a study about hand hygiene.", Invention.CLAIM),
    ("My script won a prize on our ward.", Invention.CLAIM),
    ("As a senior nurse I wrote a script.", Invention.CLAIM),
    ("I deployed a script that counts refills.", Invention.CLAIM),
    ("I managed two colleagues on our ward.", Invention.CLAIM),
    ("I wrote a small script in Python and Rust.", Invention.NAME),
    ("At Charité I wrote a small script.", Invention.NAME),
    ("At the Graz Evening School I wrote a small script.", Invention.NAME),
    ("I wrote a script with pandas and FastAPI that counts refills.", Invention.NAME),
    ("The code is at https://example.org/other and counts refills.", Invention.LINK),
    ("I wrote a script that cut the counting significantly.", Invention.DEGREE),
    ("I wrote a script that we use every day.", Invention.DEGREE),
]


@pytest.mark.parametrize("replacement", HONEST)
def test_the_writers_own_facts_in_other_words_pass(replacement):
    assert found(replacement, passage=LETTER) == frozenset()


@pytest.mark.parametrize(("replacement", "sort"), INVENTED)
def test_a_fact_that_nobody_gave_is_found(replacement, sort):
    assert sort in found(replacement, passage=LETTER)


def test_what_the_writer_has_confirmed_may_be_used():
    said = "I led the Rust port of the script; twelve wards use it every day."
    assert found(said)
    assert not found(said, facts=[said])


def test_a_number_word_is_the_number_it_names():
    assert not found("2 colleagues use it.")
    assert found("3 colleagues use it.") == {Invention.NUMBER}


def test_a_number_keeps_what_counts_it():
    assert Invention.NUMBER in found("It cut the counting by 40 %.")


@pytest.mark.parametrize(
    ("replacement", "sort"),
    [
        ("Я руководил исследованием гигиены рук.", Invention.CLAIM),
        ("Скриптом пользуются 12 отделений.", Invention.NUMBER),
        ("Я значительно ускорил подсчёт.", Invention.DEGREE),
        ("Я написал скрипт на Rust.", Invention.NAME),
    ],
)
def test_russian_rewrites_are_held_to_the_same(replacement, sort):
    letter = "Я участвовал в исследовании гигиены рук и написал скрипт для подсчёта."
    assert sort in inventions(replacement, letter=letter, passage=letter, language="ru")


def test_a_russian_rewrite_of_ones_own_words_passes():
    letter = "Я участвовал в исследовании гигиены рук и написал скрипт для подсчёта."
    said = "Участвуя в исследовании гигиены рук, я написал скрипт для подсчёта."
    assert not inventions(said, letter=letter, passage=letter, language="ru")
