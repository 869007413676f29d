"""What comes of an answer is told now and then, and never holds the answer up."""

import asyncio
from datetime import timedelta

import pytest

from bot.partials import Partials

HALF_A_SECOND = timedelta(seconds=0.5)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def partials(heard, clock):
    async def hear(said):
        heard.append(said)

    return Partials(hear, clock)


async def after(partials, reply):
    partials.hear(reply)
    await asyncio.sleep(0)


async def test_twice_a_second_at_most_and_only_what_is_new(partials, heard, clock):
    await after(partials, '{"a": 1, ')
    await after(partials, '{"a": 1, "b": 2, ')
    assert heard == [{"a": 1}]
    clock.move(HALF_A_SECOND)
    await after(partials, '{"a": 1, "b": 2, "c": "un')
    clock.move(HALF_A_SECOND)
    await after(partials, '{"a": 1, "b": 2, "c": "unfini')
    assert heard == [{"a": 1}, {"a": 1, "b": 2}]


async def test_nothing_is_told_of_words_or_of_nothing(partials, heard, clock):
    for reply in ("Certainly! ", "{", '{"a'):
        await after(partials, reply)
        clock.move(HALF_A_SECOND)
    assert heard == []


async def test_a_busy_listener_misses_what_comes_meanwhile_and_the_end_ends_it(clock):
    begun = []

    async def hear(said):
        begun.append(said)
        await asyncio.Event().wait()

    partials = Partials(hear, clock)
    for number in range(3):
        await after(partials, f'{{"a": {number}, ')
        clock.move(HALF_A_SECOND)
    await partials.end()
    assert begun == [{"a": 0}]


async def test_a_listener_that_fails_is_named_without_its_words(clock, caplog):
    async def hear(_):
        raise RuntimeError("Dear Zebulon")

    partials = Partials(hear, clock)
    await after(partials, '{"a": 1, ')
    await partials.end()
    assert "RuntimeError" in caplog.text
    assert "Zebulon" not in caplog.text
