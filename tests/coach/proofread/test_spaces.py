"""Words stuck together or said twice, and what only looks like it."""

import pytest

from coach.proofread import proofread


def slips(text: str) -> list[tuple[str, str, bool]]:
    return [(one.wrong, one.right, one.ask) for one in proofread(text)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("I gavehim the report on Monday.", "gavehim", "gave him"),
        ("We oftenneed a second look at the data.", "oftenneed", "often need"),
        ("I sat andcontextually checked them.", "andcontextually", "and contextually"),
        ("It ran withless memory than before.", "withless", "with less"),
        ("The processneeds a careful owner.", "processneeds", "process needs"),
        ("I checked thatmemorization was not enough.", "thatmemorization", "that memorization"),
    ],
)  # fmt: skip
def test_two_words_written_as_one_are_parted(text, wrong, right):
    assert [(one[0], one[1]) for one in slips(text)] == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "We met in the breakroom and wrote the handoff.",
        "We trained a Longformer on a corefile.",
        "The featuremesh is ours, and the featuremesh is fast.",
        "The filepointer and the codebooks are antispam.",
    ],
)
def test_words_that_somebody_made_are_left_alone(text):
    assert slips(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The model is is small.", "is is"),
        ("These tables do do the work.", "do do"),
        ("I read the the report.", "the the"),
        ("I enjoy reading the the report.", "the the"),
    ],
)
def test_a_word_said_twice_is_said_once(text, wrong):
    assert [one[0] for one in slips(text)] == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "What it is is simple.",
        "The thing that we do do is test.",
        "I had had enough, and I think that that is fair.",
    ],
)
def test_a_word_that_may_stand_twice_does(text):
    assert slips(text) == []


def test_grammar_is_mended_in_the_english_part_of_a_letter_only():
    text = "I look forward to hear from you.\n\nЯ жду. He don't know: так он сказал, и всё."
    assert [one[0] for one in slips(text)][:1] == ["hear"]
