"""Whatever the text: nothing raises, offsets are true, and applying twice equals once."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.letters import Edit, EditKind, apply_edits, unmistakable
from coach.proofread import grammar, proofread
from coach.proofread.consistency import questions

ENGLISH = (
    "the teh the the ofthe dis cussed I i'm dont ’ ' , . ! ( ) - — [name] `x` 3 a an w • ork "
    "Universit√§t é ß я 你 😀 \u200b \ufffc \u0130 recieve its it's your their \n \n\n API e-mail "
    "email Pytorch github colour color He don't form of off were where"
)
RUSSIAN = (
    "я и в на работал работла команда командой что что-бы нетолько извените , . « » — - "
    "учится учиться приветствую cтарт ё й № 3 а\u0301 I the ﬁ \u0301 \u200d \n \n\n"
)
GERMAN = (
    "ich und und das daß dass Projekt projekt Erfahrug Straße strasse gröss ü u\u0308 ä ß ẞ "
    "Daten-Bank , . „ “ - zusammen arbeit seit seid wieder wider 3 € I the \n \n\n"
)
ALL = {"en": ENGLISH, "ru": RUSSIAN, "de": GERMAN, "und": ENGLISH + RUSSIAN + GERMAN}


def texts(pieces: str) -> st.SearchStrategy[str]:
    """Arbitrary characters, and words that the checks are about, with and without spaces."""
    chosen = st.lists(st.sampled_from(pieces.split(" ")))
    return st.one_of(st.text(), chosen.map(" ".join), chosen.map("".join))


def assert_true(text: str, edits: list[Edit]) -> None:
    """The edits are anchored, disjoint, said, and change nothing when they are applied again."""
    upto = 0
    for edit in edits:
        assert upto <= edit.start < edit.end <= len(text)
        assert edit.wrong == text[edit.start : edit.end] != edit.right
        assert 0 <= edit.confidence <= 1
        assert edit.reason
        upto = edit.end
    once = apply_edits(text, edits)
    assert apply_edits(once, edits) == once


@pytest.mark.parametrize("code", ALL)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_edits_are_true_disjoint_and_lasting(code: str, data: st.DataObject) -> None:
    text = data.draw(texts(ALL[code]))
    assert_true(text, proofread(text, language=code))


@settings(deadline=None, max_examples=60)
@given(texts(ENGLISH))
def test_questions_of_consistency_are_true_disjoint_and_lasting(text: str) -> None:
    asked = questions(text)
    assert_true(text, asked)
    assert all(edit.ask for edit in asked)


@settings(deadline=None, max_examples=60)
@given(texts(ENGLISH))
def test_slips_of_grammar_are_true(text: str) -> None:
    for slip in grammar.find(text):
        assert 0 <= slip.start < slip.end <= len(text)
        assert text[slip.start : slip.end] != slip.right


def test_edits_that_move_what_stands_behind_them_are_not_applied_again() -> None:
    edits = proofread("ora ITS ork")
    once = apply_edits("ora ITS ork", edits)
    assert once == "or ITS work"
    assert apply_edits(once, edits) == once


def test_a_doubled_word_before_one_that_begins_like_it_is_mended_once() -> None:
    edits = proofread("I read the the theory.")
    once = apply_edits("I read the the theory.", edits)
    assert once == "I read the theory."
    assert apply_edits(once, edits) == once


def test_a_very_long_text_takes_seconds() -> None:
    letter = "I worked with a team on systems that learn, and wrote the report to , them. "
    begin = time.process_time()
    assert proofread(letter * (300_000 // len(letter)))
    assert proofread("zqxv " * 60_000) == []
    assert proofread("a" * 300_000) == []
    assert time.process_time() - begin < 20


NO_PROSE = ["a", " ", "\n", ".,;:!?", "“’–", "Abc", "the ", "žš ", "\\{$", "a@b.", "[(", "и", "ß "]


@pytest.mark.parametrize("piece", NO_PROSE)
def test_what_is_no_prose_takes_no_longer_than_prose(piece: str) -> None:
    text = piece * (15_000 // len(piece))
    begin = time.process_time()
    for code in ("en", "ru", "de"):
        assert_true(text, proofread(text, language=code))
    questions(text)
    assert time.process_time() - begin < 8


@given(st.text("-a ", min_size=1, max_size=12), st.data())
def test_an_edit_told_apart_from_its_result_is_applied_exactly_once(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    right = data.draw(st.text("-a ", max_size=6))
    upto, told = unmistakable(text, start, end, right)
    edit = Edit(start, upto, text[start:upto], told, EditKind.STYLE, confidence=1.0)
    once = text[:start] + right + text[end:]
    assert apply_edits(text, [edit]) == once
    if told.startswith(edit.wrong):
        assert apply_edits(once, [edit]) == once
