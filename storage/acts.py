"""What the threads of the store are asked to do, and how whoever asked hears what came of it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from storage.engine import Db


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do with the database; `answer` is awaited by whoever asked for it."""

    run: Callable[[Db], Any]
    answer: asyncio.Future[Any]
    alone: bool = False
    """Whether it stands outside a transaction."""
    beside: bool = False
    """Whether it may be done while other processes write (storage/beside.py)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act returned or raised."""

    act: Act
    value: Any = None
    error: BaseException | None = None


def tell(outcomes: Sequence[Outcome]) -> None:
    """Wakes each event loop once, however many of its acts were in the group."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Outcome]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome.act.answer.get_loop(), []).append(outcome)
    for loop, told in by_loop.items():
        # A loop that is closed has nobody left to tell.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_hand_over, told)


def _hand_over(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        answer = outcome.act.answer
        if answer.done():
            continue
        if outcome.error is None:
            answer.set_result(outcome.value)
        else:
            answer.set_exception(_tellable(outcome.error))


def _tellable(error: BaseException) -> BaseException:
    """A future refuses StopIteration; like a generator, we say RuntimeError instead."""
    if isinstance(error, StopIteration):
        told = RuntimeError("the act raised StopIteration")
        told.__cause__ = error
        return told
    return error
