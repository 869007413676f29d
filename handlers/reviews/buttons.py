"""The buttons under a review: their labels and what they carry back."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.letters import Critique
from coach.rewording import has_passages
from coach.texts import say
from handlers.chat.replies import Button
from storage.reviews import StoredEdit


class Press(StrEnum):
    """What a button under a review asks for."""

    ALL = "all"
    ONE = "one"
    ON = "on"
    ACCEPT = "yes"
    SKIP = "no"
    OWN = "own"
    BACK = "back"
    FINISH = "end"
    DOWNLOAD = "get"
    POSTING = "post"
    ASK_AGAIN = "ask"
    WHOLE = "all-md"
    CARDS = "cards"
    KIND = "kind"
    REWRITE = "anew"


class ReviewButton(CallbackData, prefix="r"):
    """A button of one review; `number` names one of its edits, or the step to take back."""

    review: int
    press: Press
    number: int = 0


def button(language: str, name: str, review: int, press: Press, number: int = 0) -> Button:
    """A button with the text `letters.button.NAME`."""
    return worded_button(say(language, f"letters.button.{name}"), review, press, number)


def worded_button(label: str, review: int, press: Press, number: int = 0) -> Button:
    """A button with a text that is worded already."""
    return label, ReviewButton(review=review, press=press, number=number).pack()


def fix_buttons(language: str, review: int, edits: Sequence[StoredEdit]) -> list[list[Button]]:
    """Under the first answer: what can still be decided, then what can be taken along."""
    return [
        _decide(language, review, edits, Press.ONE),
        _take(language, review),
        [_make_cards(language, review), button(language, "kind", review, Press.KIND)],
    ]


def end_buttons(language: str, review: int, edits: Sequence[StoredEdit]) -> list[list[Button]]:
    """Under the message in which slips were decided one by one, once that is over or paused;
    it goes on in the same message."""
    whole = button(language, "whole", review, Press.WHOLE)
    return [
        _decide(language, review, edits, Press.ON),
        _take(language, review),
        [whole, _make_cards(language, review)],
    ]


def _decide(
    language: str, review: int, edits: Sequence[StoredEdit], one_by_one: Press
) -> list[Button]:
    undecided = [stored for stored in edits if stored.state == "open"]
    decide: list[Button] = []
    if any(not stored.edit.ask for stored in undecided):
        decide.append(button(language, "apply_all", review, Press.ALL))
    if undecided:
        decide.append(button(language, "one_by_one", review, one_by_one))
    return decide


def _take(language: str, review: int) -> list[Button]:
    return [
        button(language, "download", review, Press.DOWNLOAD),
        button(language, "posting", review, Press.POSTING),
    ]


def _make_cards(language: str, review: int) -> Button:
    return worded_button(say(language, "additions.button.make"), review, Press.CARDS)


def one_edit_buttons(language: str, review: int, number: int) -> list[list[Button]]:
    """The two answers to one slip."""
    return [
        [
            button(language, "accept", review, Press.ACCEPT, number),
            button(language, "skip", review, Press.SKIP, number),
        ]
    ]


def critique_buttons(
    language: str, review: int, critique: Critique, *, failed: bool = False
) -> list[list[Button]]:
    """Under a critique; `failed` says that it stands in for a model's."""
    whole = button(language, "whole", review, Press.WHOLE)
    rewrite = worded_button(say(language, "rewrites.button.open"), review, Press.REWRITE)
    return [
        *[[button(language, "ask_again", review, Press.ASK_AGAIN)]] * failed,
        *[[rewrite]] * has_passages(critique),
        [whole],
    ]
