"""The buttons of one passage that is being said anew: what they carry back, and their rows."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.replies import Button
from storage.rewrites import RewriteState, StoredRewrite


class RewriteStep(StrEnum):
    """What a button under a passage asks for."""

    TAKE = "take"
    LEAVE = "leave"
    UNDO = "undo"
    WAYS = "ways"
    FOLD = "fold"
    AGAIN = "again"
    OTHER = "other"
    SHORTER = "short"
    CONCRETE = "exact"
    WARMER = "warm"
    ANSWER = "answer"
    SKIP = "skip"
    ENOUGH = "enough"
    OWN = "own"
    STOP = "stop"
    LIST = "list"


class PassageButton(CallbackData, prefix="passage"):
    """Takes up a passage of a review, by its number in the critique."""

    review: int
    number: int


class RewriteButton(CallbackData, prefix="rewrite"):
    """A button under a passage. `turn` is how often a model had been asked, or which question was
    open, when the button was shown: a double press does its work once."""

    rewrite: int
    step: RewriteStep
    turn: int = 0


MOST_TRIES = 4
"""How often a model is asked about one passage: a fifth way is seldom better, and costs as much."""

PER_ROW = 4
"""Numbers in a row of passages."""


def passage_buttons(review: int, numbers: Sequence[int]) -> list[list[Button]]:
    """The passages by their numbers."""
    buttons = [
        (str(number), PassageButton(review=review, number=number).pack()) for number in numbers
    ]
    return [buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)]


def rewrite_buttons(
    language: str, rewrite: StoredRewrite, *, asks: bool, unfolded: bool = False
) -> list[list[Button]]:
    """What can be done with a passage as it stands. `asks` says that a model may be asked;
    `unfolded` shows the other ways of saying it."""
    row = _Row(language, rewrite)
    match rewrite.state:
        case RewriteState.WAITING:
            return [[row.button("stop", RewriteStep.STOP, rewrite.tries)]]
        case RewriteState.ASKING:
            skip = row.button("skip", RewriteStep.SKIP, rewrite.asked)
            return [[skip, row.button("enough", RewriteStep.ENOUGH)]]
        case RewriteState.TYPING:
            leave = row.button("leave", RewriteStep.LEAVE)
            back = row.button("back", RewriteStep.FOLD)
            return [[back if rewrite.replacement or rewrite.questions else leave]]
        case RewriteState.TAKEN:
            undo = row.button("undo", RewriteStep.UNDO)
            return [[undo, row.button("list", RewriteStep.LIST)]]
        case RewriteState.LEFT:
            return [[row.button("list", RewriteStep.LIST)]]
        case _:
            return row.ways() if unfolded else row.shown(asks and rewrite.tries < MOST_TRIES)


class _Row:
    def __init__(self, language: str, rewrite: StoredRewrite) -> None:
        self._language = language
        self._rewrite = rewrite

    def button(self, name: str, step: RewriteStep, turn: int = 0) -> Button:
        data = RewriteButton(rewrite=self._rewrite.id, step=step, turn=turn).pack()
        return say(self._language, f"rewrites.button.{name}"), data

    def ways(self) -> list[list[Button]]:
        tries = self._rewrite.tries
        return [
            [
                self.button("shorter", RewriteStep.SHORTER, tries),
                self.button("concrete", RewriteStep.CONCRETE, tries),
            ],
            [
                self.button("warmer", RewriteStep.WARMER, tries),
                self.button("different", RewriteStep.OTHER, tries),
            ],
            [self.button("back", RewriteStep.FOLD)],
        ]

    def shown(self, asks: bool) -> list[list[Button]]:
        """Deciding first, then what makes it better; the writer's own words last."""
        rewrite = self._rewrite
        take = [self.button("take", RewriteStep.TAKE)] * bool(rewrite.replacement)
        better = [self.button("answer", RewriteStep.ANSWER)] * bool(rewrite.questions)
        if asks and (rewrite.replacement or rewrite.questions):
            better.append(self.button("another", RewriteStep.WAYS))
        elif asks:
            better.append(self.button("again", RewriteStep.AGAIN, rewrite.tries))
        own = self.button("own", RewriteStep.OWN)
        return [[*take, self.button("leave", RewriteStep.LEAVE)], better, [own]]
