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
    from prompts import Ask, Prompts


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


async def read_with_model(
    text: str, review: Review, settings: Settings, reader: str, posting: str = ""
) -> Review:
    """The review after the model has read the letter, and held it against the posting; the house's
    own, with a note, if it fails."""
    from bot.ledger import NoLedger
    from bot.model import model_of
    from prompts import read_letter

    model = model_of(settings, Clock(), NoLedger())
    if model is None:
        return review
    prompts = prompts_of(settings)()
    try:
        reading = await read_letter(
            model, prompts, text, review, person_id=None, reader=reader, posting=posting
        )
        read = await _against(model, prompts, text, reading.review, reader, posting)
    finally:
        await model.close()
    if reading.failed is None:
        return read
    return replace(read, notes=(*read.notes, reading.failed.sentence(reader)))


async def _against(
    ask: "Ask", prompts: "Prompts", text: str, review: Review, reader: str, posting: str
) -> Review:
    """With what the model finds of the posting's requirements, or of the form's, in the letter."""
    from coach.postings import form, told_of
    from coach.review import covering
    from prompts import ModelFailed
    from prompts.second_readings import SecondReading

    rows, asked = review.coverage or (), form(text, review.kind)
    if not rows or not (posting or told_of(asked, rows)):
        return review
    reading = SecondReading(ask, prompts, text, review, person_id=None, reader=reader)
    try:
        if posting:
            read = await reading.coverage(rows, posting)
        else:
            read = await reading.answers(rows, asked)
    except ModelFailed:
        return review
    return replace(
        covering(text, review, read.value, reader=reader), usage=review.usage + read.usage
    )
