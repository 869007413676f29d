"""A letter read once, by the house rules or by a model after them, and how long it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.terminal.evaluation.asking import Overheard, Said
from bot.terminal.evaluation.sets import Letter
from coach.letters import Review, Usage
from coach.review import review
from prompts import ModelReading, Prompt, read_letter


@dataclass(frozen=True, slots=True)
class Reading:
    """One letter read once by one engine; a refused letter has no review.

    `said` is what the model answered before any guard, `failures` the codes of what failed.
    """

    letter: Letter
    run: int
    review: Review | None
    said: tuple[Said, ...] = ()
    failures: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Engine:
    """What the house rules or a model, by its name, made of all letters.

    `usage` is what asking has cost, failed calls included; None where nobody was asked.
    """

    name: str
    runs: int
    readings: Sequence[Reading]
    usage: Usage | None = None


def by_house(letter: Letter, run: int, *, reader: str, clock: Clock) -> Reading:
    """The letter read by rules alone."""
    if letter.refused:
        return Reading(letter, run, None)
    started_at = clock.now()
    reviewed = review(letter.text, reader=reader)
    return Reading(letter, run, reviewed, seconds=(clock.now() - started_at).total_seconds())


async def by_model(
    ask: Overheard,
    prompts: Mapping[str, Prompt[Any]],
    house: Reading,
    run: int,
    *,
    reader: str,
    clock: Clock,
) -> Reading:
    """The letter read by the model after the house; the same way as for a person."""
    letter = house.letter
    if house.review is None:
        return Reading(letter, run, None)
    started_at = clock.now()
    reading = await read_letter(
        ask, prompts, letter.text, house.review, person_id=None, reader=reader
    )
    seconds = (clock.now() - started_at).total_seconds()
    said = ask.take()
    return Reading(letter, run, reading.review, said, _failures(reading, said), seconds)


def _failures(reading: ModelReading, said: Sequence[Said]) -> tuple[str, ...]:
    """What failed while asking, and a critique that came but didn't hold up."""
    while_asking = tuple(one.failure for one in said if one.failure)
    came = any(one.prompt_id == "critique" and not one.failure for one in said)
    return (*while_asking, reading.failed.code.value) if reading.failed and came else while_asking
