"""The inbox: an update is on the disk before it is confirmed, whatever Telegram does."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial

import pytest
from aiohttp import ClientSession

from bot.clock import Clock
from bot.inbox import Inbox, Refused, Telegram, Trouble, apologise, keep, lane_of, refused
from bot.metrics import Metrics
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram
from bot.tryout.updates import Webhook
from coach.texts import say
from storage import StoreUnavailable, jobs, messages, people

ANNA = {"id": 7, "first_name": "Anna", "language_code": "ru-RU"}
seconds = partial(timedelta, 0)
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup"}


@pytest.mark.parametrize(
    ("event", "lane"),
    [
        ({"message": {"from": ANNA, "chat": GROUP}}, "7"),
        ({"callback_query": {"from": ANNA, "message": {"chat": GROUP}}}, "7"),
        ({"poll_answer": {"poll_id": "1", "user": ANNA}}, "7"),
        ({"message_reaction": {"chat": GROUP, "actor_chat": GROUP}}, "-100"),
        ({"channel_post": {"chat": GROUP}}, "-100"),
        ({"poll": {"id": "1"}}, None),
        ({}, None),
    ],
)
def test_updates_of_a_person_share_a_lane(event, lane):
    assert lane_of({"update_id": 1, **event}) == lane


async def test_an_update_that_comes_twice_is_kept_once(store, clock):
    update = {"update_id": 5, "message": {"from": ANNA, "chat": PRIVATE}}
    assert await store.write(keep, [update, update], clock.now()) == 1
    assert await store.write(keep, [update], clock.now()) == 0


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ({"error_code": 401, "description": "Unauthorized"}, Trouble.TOKEN_REFUSED),
        ({"error_code": 409, "description": "… other getUpdates request"}, Trouble.OTHER_POLLER),
        ({"error_code": 409, "description": "… webhook is active"}, Trouble.WEBHOOK_ACTIVE),
        ({"error_code": 502}, Trouble.UNREACHABLE),
        ("<html>", Trouble.UNREACHABLE),
        (None, Trouble.UNREACHABLE),
    ],
)
def test_trouble_is_told_apart(body, trouble):
    assert refused(body).trouble is trouble
    assert say("en", f"bot.telegram.{trouble.value}")


def test_a_pause_that_telegram_asks_for_is_kept():
    assert refused({"error_code": 429, "parameters": {"retry_after": 9}}).seconds == 9


@pytest.fixture
async def served():
    running = await serve(LocalTelegram(Clock()))
    yield running
    await running.close()


@pytest.fixture
def inbox(store, clock):
    return Inbox(store, clock, Metrics(), nudge=lambda _kind: None)


@asynccontextmanager
async def polling(inbox, served, token=None):
    async with ClientSession() as session:
        address = f"{served.address}/bot{token or served.telegram.token}"
        task = asyncio.create_task(inbox.poll(Telegram(session, address), ["message"]))
        yield task
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def kept(store):
    return (await store.read(jobs.counts)).get("update", {}).get("waiting", 0)


async def test_updates_are_stored_then_confirmed(store, inbox, served, until):
    anna = served.telegram.add_person("Anna")
    served.telegram.start(anna.id)
    served.telegram.send_text(anna.id, "Hello")
    async with polling(inbox, served):
        await until(lambda: not served.telegram.state.queue.pending)
    assert await kept(store) == 2
    assert inbox.alive()


async def test_of_two_that_share_a_store_one_polls_and_the_other_takes_over(
    store, inbox, served, until, clock
):
    standing_by = Inbox(store, clock, Metrics(), nudge=lambda _kind: None)
    async with polling(standing_by, served):
        await until(standing_by.alive)
        async with polling(inbox, served):
            await until(lambda: clock.waiting)
            asked = len(served.telegram.calls("getUpdates"))
        anna = served.telegram.add_person("Anna")
        served.telegram.start(anna.id)
        await until(lambda: not served.telegram.state.queue.pending)
    async with polling(inbox, served):
        served.telegram.send_text(anna.id, "Hello")
        clock.move(seconds(3))
        await until(lambda: not served.telegram.state.queue.pending)
    assert asked
    assert await kept(store) == 2


async def test_what_cannot_be_stored_is_not_confirmed(
    store, inbox, served, until, clock, monkeypatch
):
    anna = served.telegram.add_person("Anna")
    served.telegram.start(anna.id)
    write = store.write

    async def full(*_args, **_kwargs):
        raise StoreUnavailable("full")

    monkeypatch.setattr(store, "write", full)
    async with polling(inbox, served):
        await until(lambda: clock.waiting)
        assert len(served.telegram.state.queue.pending) == 1
        monkeypatch.setattr(store, "write", write)
        clock.move(seconds(30))
        await until(lambda: not served.telegram.state.queue.pending)
    assert await kept(store) == 1


@pytest.mark.parametrize("fault", ["server_error", "dropped", "wrong_json", "too_many"])
async def test_polling_goes_on_after_trouble(store, inbox, served, until, clock, fault):
    anna = served.telegram.add_person("Anna")
    served.telegram.start(anna.id)
    served.telegram.fault(fault, "getUpdates")
    async with polling(inbox, served):
        await until(lambda: clock.waiting)
        assert inbox.trouble is Trouble.UNREACHABLE
        clock.move(seconds(5))
        await until(lambda: not served.telegram.state.queue.pending)
    assert inbox.trouble is None
    assert await kept(store) == 1


async def test_a_refused_token_is_told_plainly_and_without_the_token(
    inbox, served, until, clock, caplog
):
    async with polling(inbox, served, token="99:wrong"):
        await until(lambda: clock.waiting)
    assert say("en", "bot.telegram.token_refused") in caplog.text
    assert "99:wrong" not in caplog.text
    assert not inbox.alive()


async def test_a_webhook_in_the_way_is_taken_away(store, inbox, served, until, clock):
    served.telegram.state.queue.webhook = Webhook("http://127.0.0.1:9/")
    async with polling(inbox, served):
        await until(lambda: clock.waiting)
        assert served.telegram.state.queue.webhook is None
        clock.move(seconds(2))
        await until(inbox.alive)


async def test_two_pollers_are_told_plainly(inbox, served, until, clock, caplog):
    """The first call is answered at once, the second waits and is cut short by a stranger's."""
    async with polling(inbox, served):
        await until(lambda: len(served.telegram.calls("getUpdates")) == 2)
        async with ClientSession() as session:
            other = Telegram(session, f"{served.address}/bot{served.telegram.token}")
            asking = asyncio.create_task(other.updates(None, []))
            await until(lambda: clock.waiting)
            asking.cancel()
            with suppress(asyncio.CancelledError, Refused):
                await asking
    assert say("en", "bot.telegram.other_poller") in caplog.text


async def test_whoever_sent_what_was_given_up_hears_one_kind_sentence(store, clock):
    update = {"update_id": 5, "message": {"from": ANNA, "chat": PRIVATE, "text": "Dear Sir"}}
    await store.write(keep, [update], clock.now())
    [job] = await store.write(
        jobs.claim, kind="update", owner="me", now=clock.now(), lease=seconds(9), limit=1
    )
    await store.write(apologise, job, clock.now())
    await store.write(apologise, job, clock.now())
    [sorry] = await store.write(
        jobs.claim, kind="send", owner="me", now=clock.now(), lease=seconds(9), limit=9
    )
    said = messages.message(sorry)
    assert (said.chat_id, said.params["text"]) == (7, say("ru", "bot.sorry"))


async def test_the_language_a_person_chose_wins_over_their_apps(store, clock):
    await store.write(people.seen, id=7, language="en", now=clock.now())
    update = {"update_id": 5, "callback_query": {"from": ANNA, "message": {"chat": PRIVATE}}}
    await store.write(keep, [update], clock.now())
    claim = {"owner": "me", "now": clock.now(), "lease": seconds(9), "limit": 1}
    [job] = await store.write(jobs.claim, kind="update", **claim)
    await store.write(apologise, job, clock.now())
    [sorry] = await store.write(jobs.claim, kind="send", **claim)
    assert messages.message(sorry).params["text"] == say("en", "bot.sorry")
