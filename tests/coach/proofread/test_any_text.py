"""Whatever the text: nothing raises, offsets are true, and applying twice equals once."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.letters import apply_edits
from coach.proofread import proofread

PIECES = (
    "the teh the the ofthe dis cussed I i'm dont ’ ' , . ! ( ) - — [name] `x` 3 a an w • ork "
    "Universit√§t é ß я 你 😀 \u200b \ufffc \u0130 recieve its it's your their \n \n\n"
)
WORDS = st.lists(st.sampled_from(PIECES.split(" ")))
TEXTS = st.one_of(st.text(), WORDS.map(" ".join), WORDS.map("".join))


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_edits_are_true_disjoint_and_lasting(text: str) -> None:
    edits = proofread(text)
    upto = 0
    for edit in edits:
        assert upto <= edit.start < edit.end <= len(text)
        assert edit.wrong == text[edit.start : edit.end] != edit.right
        assert 0 <= edit.confidence <= 1
        assert edit.reason
        upto = edit.end
    once = apply_edits(text, edits)
    assert apply_edits(once, edits) == once


def test_edits_that_move_what_stands_behind_them_are_not_applied_again() -> None:
    edits = proofread("ora ITS ork")
    once = apply_edits("ora ITS ork", edits)
    assert once == "or ITS work"
    assert apply_edits(once, edits) == once


def test_a_very_long_text_takes_seconds() -> None:
    letter = "I worked with a team on systems that learn, and wrote the report to , them. "
    begin = time.perf_counter()
    assert proofread(letter * (300_000 // len(letter)))
    assert proofread("zqxv " * 60_000) == []
    assert proofread("a" * 300_000) == []
    assert time.perf_counter() - begin < 20
