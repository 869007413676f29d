"""A number stays what it was, of what it was, and no surer than it was."""

import pytest

from prompts.guards import numbers, vocabulary

EN, RU = vocabulary.load("en"), vocabulary.load("ru")


def raises(said, source, words=EN):
    return numbers.raises(said, source, words)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("12 wards use it", "Twelve wards use it."),
        ("2,600 sheets", "2600 sheets"),
        ("40 thousand photos", "40,000 photos"),
        ("twenty-five pupils", "25 pupils"),
        ("It took a year", "It took 1 year"),
        ("It takes about 40 minutes", "It takes 40 minutes"),
        ("412 returns over 5 months", "412 returns in 5 months"),
        ("half of the time", "half the time"),
        ("I sent it twice", "I sent both versions"),
        ("It fell from 52 minutes to 31", "from 52 minutes to 31"),
        ("In 2016 our vendor left", "2016 was quiet"),
        ("From 19 long waits to 11", "11 long waits instead of the 19 before"),
        ("Thirty-one of them led to a call", "31 of them led to a call"),
        ("Two sections fell silent by day three", "By day three two sections were silent"),
    ],
)
def test_a_number_may_be_said_otherwise(said, source):
    assert not raises(said, source)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("13 wards use it", "Twelve wards use it."),
        ("It takes 40 minutes", "It takes about 40 minutes"),
        ("by half a grade", "by up to half a grade"),
        ("I have over five years of it", "I have five years of it"),
        ("six months later", "six weeks later"),
        ("40% of them", "40 of them"),
        ("three wards use it", "three nurses use it on the ward"),
        ("from 31 minutes to 52", "from 52 minutes to 31"),
        ("19 long waits instead of 11", "11 long waits instead of 19"),
        ("By day three five sections were silent", "By day three two sections were silent"),
        ("It saved £90 a week", "It saved somewhere around £90 a week"),
        ("a fifth of them", "five of them"),
        (
            "With the sheet she threw away 14 crates, without the list 9 crates.",
            "With the sheet she threw away 9 crates, without the list 14 crates.",
        ),
    ],
)
def test_a_number_may_not_be_made_more_of(said, source):
    assert raises(said, source)


def test_russian_numbers_are_read_in_words_and_digits():
    assert not raises("около 40 тысяч снимков", "около сорока тысяч снимков", RU)
    assert not raises("дважды встретились", "провели две встречи", RU)
    assert raises("сорок тысяч снимков", "около сорока тысяч снимков", RU)
    assert raises("пять встреч", "две встречи", RU)


def test_a_letter_of_nothing_but_articles_takes_no_time():
    assert numbers.raises("2 " * 300, "a " * 20_000, EN)
