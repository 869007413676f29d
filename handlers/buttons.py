"""The buttons under a review: their labels and what they carry back."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.replies import Button
from storage.reviews import StoredEdit


class Press(StrEnum):
    """What a button under a review asks for."""

    ALL = "all"
    ONE = "one"
    ACCEPT = "yes"
    SKIP = "no"
    FINISH = "end"
    DOWNLOAD = "get"
    POSTING = "post"
    ASK_AGAIN = "ask"
    WHOLE = "all-md"
    CARDS = "cards"


class ReviewButton(CallbackData, prefix="r"):
    """A button of one review; `number` names one of its edits."""

    review: int
    press: Press
    number: int = 0


def button(language: str, name: str, review: int, press: Press, number: int = 0) -> Button:
    """A button with the text `letters.button.NAME`."""
    data = ReviewButton(review=review, press=press, number=number).pack()
    return say(language, f"letters.button.{name}"), data


def fix_buttons(language: str, review: int, edits: Sequence[StoredEdit]) -> list[list[Button]]:
    """Under the first answer: what can still be decided, then what can be taken along."""
    undecided = [stored for stored in edits if stored.state == "open"]
    decide: list[Button] = []
    if any(not stored.edit.ask for stored in undecided):
        decide.append(button(language, "apply_all", review, Press.ALL))
    if undecided:
        decide.append(button(language, "one_by_one", review, Press.ONE))
    take = [
        button(language, "download", review, Press.DOWNLOAD),
        button(language, "posting", review, Press.POSTING),
    ]
    cards = ReviewButton(review=review, press=Press.CARDS).pack()
    return [decide, take, [(say(language, "additions.button.make"), cards)]]


def one_edit_buttons(language: str, review: int, number: int) -> list[list[Button]]:
    """Under one slip."""
    return [
        [
            button(language, "accept", review, Press.ACCEPT, number),
            button(language, "skip", review, Press.SKIP, number),
        ],
        [button(language, "finish", review, Press.FINISH)],
    ]


def critique_buttons(language: str, review: int, *, failed: bool = False) -> list[list[Button]]:
    """Under a critique; `failed` says that it stands in for a model's."""
    whole = button(language, "whole", review, Press.WHOLE)
    return [[button(language, "ask_again", review, Press.ASK_AGAIN)]] * failed + [[whole]]
