"""The buttons under a posting that is kept."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.replies import Button


class PostingStep(StrEnum):
    """What a button of a kept posting does."""

    SHOW = "show"
    DROP = "drop"
    LETTER = "mine"
    TAKE = "take"


class PostingButton(CallbackData, prefix="post"):
    """A button of the posting of a letter; 0 is the one that waits for a letter. TAKE names the
    letter that is a posting itself."""

    letter: int
    step: PostingStep


def posting_button(language: str, step: PostingStep, letter: int) -> Button:
    """A button with the text `letters.posting.STEP`."""
    data = PostingButton(letter=letter, step=step).pack()
    return say(language, f"letters.posting.{step.name.lower()}"), data
