"""Cards as people type them: every habit is read, nothing is made up, and what was read can be
typed again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.additions import (
    LONGEST_SIDE,
    MOST,
    Trouble,
    Unread,
    Written,
    are_cards,
    from_message,
    read,
    read_one,
    written,
)
from coach.notes import NoteKind

BASIC, BOTH, CLOZE = NoteKind.BASIC, NoteKind.BOTH, NoteKind.CLOZE


def one(text: str) -> Written:
    reading = read(text)
    assert reading.unread == ()
    assert len(reading.cards) == 1
    return reading.cards[0]


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("What is Flink? :: A stream processor", (BASIC, "What is Flink?", "A stream processor")),
        ("recall::TP / (TP + FN)", (BASIC, "recall", "TP / (TP + FN)")),
        ("to hire ::: нанимать", (BOTH, "to hire", "нанимать")),
        ("to hire:::нанимать", (BOTH, "to hire", "нанимать")),
        ("front\tback", (BASIC, "front", "back")),
        ("Q: What is L1?\nA: Lasso", (BASIC, "What is L1?", "Lasso")),
        ("В: Что такое L1?\nО: Лассо", (BASIC, "Что такое L1?", "Лассо")),
        ("- Precision :: TP / (TP + FP)", (BASIC, "Precision", "TP / (TP + FP)")),
        ("1. Precision :: TP / (TP + FP)", (BASIC, "Precision", "TP / (TP + FP)")),
        ("What is std::move :: a cast", (BASIC, "What is std::move", "a cast")),
        ("Follow-ups ::\n- why\n- what", (BASIC, "Follow-ups", "- why\n- what")),
        ("Two lines\n::\nof both", (BASIC, "Two lines", "of both")),
        ("It is {{c1::Paris}}", (CLOZE, "It is {{c1::Paris}}", "")),
        ("{{c1::Paris::a city}} :: see map", (CLOZE, "{{c1::Paris::a city}}", "see map")),
    ],
)  # fmt: skip
def test_every_habit_is_read(typed: str, card: tuple[NoteKind, str, str]) -> None:
    assert one(typed) == Written(*card)


def test_several_lines_are_several_cards() -> None:
    reading = read("a :: b\n\nc ::: d\ne {{c1::f}}")

    assert [card.kind for card in reading.cards] == [BASIC, BOTH, CLOZE]
    assert reading.unread == ()


def test_a_line_that_is_no_card_is_told_with_its_reason_and_the_others_are_read() -> None:
    reading = read("a :: b\nnothing here\n{{c1:word}} is broken\nc ::\nd :: e")

    assert [card.front for card in reading.cards] == ["a", "d"]
    assert [unread.trouble for unread in reading.unread] == [
        Trouble.UNPARTED,
        Trouble.BROKEN_GAP,
        Trouble.ONE_SIDE,
    ]


def test_a_page_is_no_card_and_a_message_holds_so_many() -> None:
    assert read("a :: " + "b" * (LONGEST_SIDE + 1)).unread[0].trouble is Trouble.TOO_LONG
    many = read("\n".join(f"{number} :: x" for number in range(MOST + 2)))
    assert (len(many.cards), len(many.unread)) == (MOST, 2)


def test_a_separator_inside_a_gap_parts_nothing() -> None:
    assert one("{{c1::a :: b}} and {{c2::c}}") == Written(CLOZE, "{{c1::a :: b}} and {{c2::c}}", "")


@pytest.mark.parametrize(
    "text",
    [
        "Dear team, I would like to join.",
        "std::sort is fast",
        "a\tb",
        "First :: second\nand a line of its own",
        "",
    ],
)
def test_what_may_be_something_else_is_not_taken_for_cards(text: str) -> None:
    assert not are_cards(text)


@pytest.mark.parametrize("text", ["a :: b", "a ::: b\nc :: d", "It is {{c1::Paris}}", "Q: a\nA: b"])
def test_what_is_clearly_cards_is_known(text: str) -> None:
    assert are_cards(text)


@pytest.mark.parametrize(
    ("text", "asked", "front", "back"),
    [
        ("It keeps a log.", "What is Kafka?", "What is Kafka?", "It keeps a log."),
        ("What is Kafka?", ":: an ordered log", "What is Kafka?", "an ordered log"),
        ("What is Kafka?", ":: a::b", "What is Kafka?", "a::b"),
        ("What is Kafka?\nAn ordered log", "", "What is Kafka?", "An ordered log"),
        ("What is Kafka? An ordered log.", "", "What is Kafka?", "An ordered log."),
        ("It keeps a log.", "", "", "It keeps a log."),
        ("whatever", "a :: b", "a", "b"),
        ("a :: b", "", "a", "b"),
    ],
)  # fmt: skip
def test_a_message_becomes_a_card(text: str, asked: str, front: str, back: str) -> None:
    assert from_message(text, asked).cards == (Written(BASIC, front, back),)


def test_a_message_that_is_a_page_is_refused() -> None:
    assert from_message("word " * 400).unread[0].trouble is Trouble.TOO_LONG


texts = st.text(st.characters(codec="utf-8"), max_size=200)
signs = st.sampled_from(
    [" :: ", " ::: ", "::", "\n::\n", "\t", "{{c1::", "}}", "\n", "\n- ", "Q: "]
)
pieces = st.lists(st.one_of(texts, signs), max_size=8).map("".join)


@given(pieces)
@example("::")
@example("{{c1::}}")
@example("a ::\n\n:: b")
@example("\x1f :: \x00")
def test_any_text_is_read_without_a_stumble(text: str) -> None:
    reading = read(text)

    assert len(reading.cards) <= MOST
    for card in reading.cards:
        assert card.front
        assert card.back or card.kind is CLOZE
        assert max(len(card.front), len(card.back)) <= LONGEST_SIDE
        assert "\x1f" not in card.front + card.back


@given(pieces)
def test_what_was_read_can_be_typed_again(text: str) -> None:
    for card in read(text).cards:
        again = read_one(written(card))
        assert not isinstance(again, Unread)
        assert again == card


@given(pieces, pieces)
def test_any_message_can_be_answered_with_add(text: str, asked: str) -> None:
    for card in from_message(text, asked).cards:
        assert card.front or card.back
