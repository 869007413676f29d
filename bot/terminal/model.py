"""The model as the commands use it: made from the settings, or none.

What asking takes is imported with the first use: without a model nobody needs its memory.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.prompting import prompts_of
from bot.settings import Settings
from coach.letters import Review
from storage import Store

if TYPE_CHECKING:
    from bot.model import Model


def ask_of(settings: Settings, clock: Clock) -> "Callable[[Store], Model | None]":
    """What makes the bot's model, given the store that keeps each person's account."""

    def made(store: Store) -> "Model | None":
        if not settings.model_on:
            return None
        from bot.ledger import StoredLedger
        from bot.model import model_of

        prompts_of(settings)()  # a wrong file is told at the start, not in the middle of a letter
        return model_of(settings, clock, StoredLedger(store, clock, settings.daily_tokens_per_user))

    return made


async def read_with_model(text: str, review: Review, settings: Settings, reader: str) -> Review:
    """The review after the model has read the letter; the house's own, with a note, if it fails."""
    from bot.ledger import NoLedger
    from bot.model import model_of
    from prompts import read_letter

    model = model_of(settings, Clock(), NoLedger())
    if model is None:
        return review
    try:
        reading = await read_letter(
            model, prompts_of(settings)(), text, review, person_id=None, reader=reader
        )
    finally:
        await model.close()
    if reading.failed is None:
        return reading.review
    return replace(reading.review, notes=(*reading.review.notes, reading.failed.sentence(reader)))
