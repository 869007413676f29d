"""Who did what, and how surely, stays as the letter has it."""

import pytest

from prompts.guards import speakers, vocabulary

WORDS = vocabulary.load("en")


def claims(said, source, passage=None):
    return speakers.claims_more(said, source, passage or source, WORDS)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("I checked the list.", "My colleague wrote it and she checked the list."),
        ("I tried it for six weeks.", "We tried it for six weeks."),
        ("I typed in the first thousand.", "A student from the college typed in the first."),
        ("I am the shift lead.", "I fill in for her on the late shift."),
        ("They forget less.", "They forget less, I believe."),
        ("The light is the reason.", "Possibly the light is the reason."),
        ("I can prove that it helped.", "I can't prove that it helped."),
        ("It never failed.", "It failed with short passages."),
        ("The council was wrong.", "The council was right."),
    ],
)
def test_more_than_was_said_is_claimed(said, source):
    assert claims(said, source)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("We tried it for six weeks.", "I tried it for six weeks."),
        ("I typed the rest.", "A student typed the first thousand, and I typed the rest."),
        ("The storeman and I wrote a table.", "The storeman came, and we wrote a table."),
        ("With the storeman I wrote a table.", "The storeman came, and we wrote a table."),
        ("I found the list useful.", "It found nearly all the clauses."),
        ("They seem to forget less.", "They forget less, I believe."),
        ("Perhaps the light is the reason.", "Possibly the light is the reason."),
        ("I never timed it.", "I haven't timed it."),
        ("It counts, so nobody has to.", "It counts by itself."),
        ("I stand in for the shift lead.", "I stand in for the shift lead when she is away."),
    ],
)
def test_the_same_may_be_said_otherwise(said, source):
    assert not claims(said, source)
