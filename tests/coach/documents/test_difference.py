"""An edit changes whole words, as few as it can, and keeps the look of what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.documents.difference import Piece, pieces


def shown(wrong: str, right: str, looks: str = "") -> list[tuple[str, str]]:
    found = pieces(wrong, right, looks or "." * len(wrong))
    return [(wrong[one.start : one.end], one.right) for one in found]


@pytest.mark.parametrize(
    ("wrong", "right", "changed"),
    [
        ("recieve", "receive", [("recieve", "receive")]),
        ("the the", "the", [(" the", "")]),
        ("However I", "However, I", [("", ",")]),
        ("Im", "I'm", [("Im", "I'm")]),
        ("well known", "well-known", [("well known", "well-known")]),
        ("their is a", "there are a", [("their is", "there are")]),
        ("He go to work and eat", "He goes to work and eats", [("go", "goes"), ("eat", "eats")]),
        ("a big red house", "some tiny green huts", [("a big red house", "some tiny green huts")]),
        ("gone", "", [("gone", "")]),
        ("same", "same", []),
    ],
)
def test_a_reader_sees_whole_words(wrong, right, changed) -> None:
    assert shown(wrong, right) == changed


@pytest.mark.parametrize(
    ("wrong", "right", "looks", "changed"),
    [
        ("recieve", "receive", "..bbbbb", [("ie", "ei")]),
        ("their is", "there are", ".....bbb", [("their", "there"), ("is", "are")]),
        ("their is", "there are", "......bb", [("their", "there"), ("is", "are")]),
        ("abcd", "xy", "..bb", [("abcd", "xy")]),
    ],
)
def test_where_the_look_changes_what_stays_keeps_it(wrong, right, looks, changed) -> None:
    assert shown(wrong, right, looks) == changed


WORDS = st.lists(st.sampled_from(["a", "be", "see", ",", " ", "\n", "'"]), max_size=12).map("".join)


@given(WORDS, WORDS, st.text("xy", min_size=60, max_size=60))
def test_the_pieces_make_the_right_words_and_never_touch(wrong, right, looks) -> None:
    found = pieces(wrong, right, looks[: len(wrong)])
    text, behind = wrong, len(wrong) + 1
    for one in reversed(found):
        assert one.start <= one.end < behind
        assert one.start < one.end or one.right
        text = text[: one.start] + one.right + text[one.end :]
        behind = one.start
    assert text == right


def test_a_long_passage_is_compared_at_its_ends_only() -> None:
    wrong = "word " * 500
    assert pieces(wrong, wrong + "end", "." * len(wrong)) == [Piece(2500, 2500, "end")]
