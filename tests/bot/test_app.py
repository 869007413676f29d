"""The whole bot against the local Telegram over HTTP: starts, answers, drains, stops."""

import asyncio
from datetime import timedelta

import pytest
from aiogram import Router
from aiogram.types import Message

from bot.app import run
from bot.clock import Clock
from bot.handling import Handlers
from bot.settings import SettingsError, load_settings
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram
from storage import Store, jobs, messages
from tests.fakes.running_bot import echo_router, living, newcomer, said


@pytest.fixture
async def served():
    running = await serve(LocalTelegram(Clock()))
    yield running
    await running.close()


def bot(served, tmp_path, router, **settings):
    return living(served, f"sqlite:///{tmp_path}/bot.db", router, **settings)


async def test_a_message_is_answered(served, tmp_path):
    anna = newcomer(served)
    async with bot(served, tmp_path, echo_router()):
        await served.telegram.until(lambda: said(served, anna))
    assert said(served, anna) == ["/start"]


async def test_without_a_token_it_says_what_to_do():
    settings = load_settings(_env_file=None, bot_token=None)
    with pytest.raises(SettingsError, match="BOT_TOKEN is missing"):
        await run(settings, Handlers(Router()), clock=Clock(), stop=asyncio.Event())


async def test_what_is_in_hand_when_it_is_stopped_is_answered_before_it_ends(
    served, tmp_path, until
):
    people = [newcomer(served, name) for name in ("Anna", "Boris", "Cleo")]
    gate, begun = asyncio.Event(), []
    async with bot(served, tmp_path, echo_router(gate, begun)) as running:
        await until(lambda: len(begun) == 3)
        asyncio.get_running_loop().call_later(0.1, gate.set)
    assert running.task.done()
    assert [said(served, one) for one in people] == [["/start"]] * 3


async def test_what_came_while_it_was_down_is_answered_after_the_next_start(served, tmp_path):
    anna = newcomer(served)
    async with bot(served, tmp_path, echo_router()):
        await served.telegram.until(lambda: said(served, anna))
    served.telegram.send_text(anna, "Are you there?")
    async with bot(served, tmp_path, echo_router()):
        await served.telegram.until(lambda: len(said(served, anna)) == 2)
    assert said(served, anna) == ["/start", "Are you there?"]


async def test_a_process_that_finds_itself_alone_takes_up_what_another_left(served, tmp_path):
    anna = newcomer(served)
    store = await Store.open(f"sqlite:///{tmp_path}/bot.db", now=Clock().now())
    now = Clock().now()
    await store.write(
        messages.add,
        key="left",
        chat_id=anna,
        method="sendMessage",
        params={"text": "left over"},
        now=now,
    )
    hour = now.replace(year=now.year + 1) - now
    await store.write(jobs.claim, kind="send", owner="dead", now=now, lease=hour, limit=1)
    await store.close()
    async with bot(served, tmp_path, Router()):
        await served.telegram.until(lambda: said(served, anna))
    assert said(served, anna) == ["left over"]


async def test_what_the_time_brings_is_done_at_the_start_and_when_the_clock_is_moved(
    served, tmp_path, until
):
    first, every = [], []

    async def once(now, *, store, **_):
        first.append(now)
        if len(first) == 1:
            raise ValueError  # what failed at the start is tried again

    async def each(now, *, store, work, speakers, settings, **_):
        every.append(now)

    handlers = Handlers(Router(), first_tick=(once,), ticks=(each,))
    clock, stop = Clock(), asyncio.Event()
    settings = load_settings(
        bot_token=served.telegram.token,
        telegram_api_url=served.address,
        database_url=f"sqlite:///{tmp_path}/bot.db",
        tick_seconds=3600,
    )
    running = asyncio.create_task(run(settings, handlers, clock=clock, stop=stop))
    await until(lambda: every)
    for moves in (2, 3):
        clock.move(timedelta(days=1))
        await until(lambda moves=moves: len(every) >= moves)
    stop.set()
    await running
    assert len(first) == 2


async def test_updates_come_by_webhook_when_one_is_wanted(served, tmp_path, free_port):
    anna = newcomer(served)
    hook = f"http://127.0.0.1:{free_port}/hook"
    async with bot(served, tmp_path, echo_router(), webhook_url=hook, web_port=free_port):
        await served.telegram.until(lambda: said(served, anna))
    assert said(served, anna) == ["/start"]
    assert served.telegram.calls("getUpdates") == []


async def test_the_model_is_made_with_the_store_and_closed_at_the_end(served, tmp_path):
    class Model:
        closed = False

        async def __call__(self, *_args, **_inputs):
            raise AssertionError

        async def close(self):
            self.closed = True

    made, asked, router = [], [], Router()

    @router.message()
    async def look(message: Message, ask, model) -> None:
        asked.append((ask, model.on))

    def make(store: Store) -> Model:
        made.append(Model())
        return made[0]

    newcomer(served)
    async with bot(served, tmp_path, router, ask_of=make):
        await served.telegram.until(lambda: not served.telegram.state.queue.pending)
        while not asked:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.01)
    assert asked == [(made[0], True)]
    assert made[0].closed
