"""Asking ends in time or when it is told to, and frees the server."""

import asyncio

import pytest

from prompts.asking import Failure
from tests.fakes.model_door import LATE, SOON, ask, failure_of
from tests.fakes.prompting import note, notes, quotes


async def test_a_server_that_says_nothing_is_given_up(fake, model_at, book):
    fake.hang()
    failure = await failure_of(model_at(fake.url, first_token_timeout=SOON))
    assert failure.code is Failure.TIMEOUT
    assert book.outcomes == ["timeout"]
    await asyncio.wait_for(fake.freed.wait(), 60)


async def test_a_server_that_stalls_is_given_up_and_paid_for(fake, model_at, book):
    fake.enqueue(notes(), hold=asyncio.Event(), hold_after=20)
    failure = await failure_of(model_at(fake.url, timeout=2 * SOON, first_token_timeout=LATE))
    assert failure.code is Failure.TIMEOUT
    assert book.outcomes == ["timeout"]
    assert book.calls[0].prompt_tokens > 0
    await asyncio.wait_for(fake.freed.wait(), 60)


async def test_once_the_answer_has_begun_only_the_whole_time_counts(fake, model_at):
    hold = asyncio.Event()
    fake.enqueue(notes(), hold=hold, hold_after=20)
    asking = asyncio.create_task(ask(model_at(fake.url, first_token_timeout=5 * SOON)))
    await fake.reached.wait()
    await asyncio.wait({asking}, timeout=6 * SOON.total_seconds())
    hold.set()
    assert quotes((await asking).value) == ["I led a team"]


@pytest.mark.parametrize("hold_after", [0, 20])
async def test_stop_ends_the_asking_and_frees_the_server(hold_after, fake, model_at, book):
    fake.enqueue(notes(), hold=asyncio.Event(), hold_after=hold_after)
    stop = asyncio.Event()
    asking = asyncio.create_task(failure_of(model_at(fake.url), stop=stop))
    await fake.reached.wait()
    stop.set()
    assert (await asking).code is Failure.STOPPED
    assert book.outcomes == ["stopped"]
    await asyncio.wait_for(fake.freed.wait(), 60)


async def test_a_stop_that_came_before_sends_nothing(fake, model_at):
    stop = asyncio.Event()
    stop.set()
    assert (await failure_of(model_at(fake.url), stop=stop)).code is Failure.STOPPED
    assert fake.asked == []


async def test_cancelling_the_task_frees_the_server_and_is_written_down(fake, model_at, book):
    fake.enqueue(notes(), hold=asyncio.Event(), hold_after=20)
    asking = asyncio.create_task(ask(model_at(fake.url)))
    await fake.reached.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert book.outcomes == ["stopped"]
    await asyncio.wait_for(fake.freed.wait(), 60)


async def test_the_answer_is_told_as_it_comes(fake, model_at, until):
    hold = asyncio.Event()
    fake.enqueue(notes(note("one"), note("two")), hold=hold, hold_after=77)
    heard = []

    async def hear(said):
        heard.append(said)

    asking = asyncio.create_task(ask(model_at(fake.url), on_partial=hear))
    await until(lambda: heard)
    assert heard[0]["summary"] == "Plain and warm."
    assert not asking.done()
    hold.set()
    await asking


async def test_a_listener_that_fails_does_not_lose_the_answer(fake, model_at):
    async def fail(_):
        raise RuntimeError("no draft")

    fake.enqueue(notes())
    assert (await ask(model_at(fake.url), on_partial=fail)).value.notes


async def test_a_listener_that_hangs_is_left_behind_by_the_answer(fake, model_at):
    hold, told, cancelled = asyncio.Event(), asyncio.Event(), asyncio.Event()
    fake.enqueue(notes(), hold=hold, hold_after=42)

    async def hang(_):
        told.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    asking = asyncio.create_task(ask(model_at(fake.url), on_partial=hang))
    await told.wait()
    hold.set()
    await asking
    assert cancelled.is_set()
