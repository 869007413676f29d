"""Delivery: what was stored to be said leaves in order and within limits, whatever goes wrong."""

import asyncio
import logging
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.delivery import Delivery
from bot.fates import WINDOW
from bot.metrics import Metrics
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram
from bot.work import Claims, Workers
from storage import jobs, messages, people
from storage.messages import Attachment

SECOND = timedelta(seconds=1)


@pytest.fixture
def telegram(clock):
    return LocalTelegram(clock)


@pytest.fixture
def anna(telegram):
    person = telegram.add_person("Anna")
    telegram.start(person.id)
    return person


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
async def workers(store, telegram, clock, metrics):
    workers = Workers(store, Claims("me"), clock)
    delivery = Delivery(store, local_bot(telegram), clock, metrics)
    for kind in (messages.SEND, messages.SEND_ONCE):
        workers.add(kind, delivery.deliver, concurrency=50, most_attempts=None)
    running = asyncio.create_task(workers.run())
    yield workers
    await workers.drain(timedelta(seconds=5), last="send")
    await running


@pytest.fixture
def say(store, clock, workers):
    async def add(key, chat, text="Hello", method="sendMessage", **options):
        params = options.pop("params", {"text": text})
        added = await store.write(
            messages.add,
            key=key,
            chat_id=chat,
            method=method,
            params=params,
            now=clock.now(),
            **options,
        )
        workers.nudge(messages.SEND, messages.SEND_ONCE)
        return added

    return add


@pytest.fixture
def settled(store, clock):
    """Moves the clock on, step by step, until the messages of a kind are in these states."""

    async def wait(step=SECOND / 4, kind=messages.SEND, **wanted):
        async with asyncio.timeout(60):
            while (await store.read(jobs.counts)).get(kind, {}) != wanted:
                await asyncio.sleep(0.002)
                clock.move(step)

    return wait


def said(telegram, chat):
    return [message.body.get("text") for message in telegram.answers(chat)]


async def test_a_message_leaves_once_and_its_number_is_known(store, telegram, anna, say, settled):
    assert await say("a", anna.id)
    assert not await say("a", anna.id)
    await settled(done=1)
    [message] = telegram.answers(anna.id)
    assert await store.read(messages.message_id, "a") == message.id


async def test_links_have_no_preview_and_text_is_taken_as_it_is(telegram, anna, say, settled):
    await say("a", anna.id, "<b>2 * 3 < 7_</b> https://example.org")
    await settled(done=1)
    [message] = telegram.answers(anna.id)
    assert message.body["text"].startswith("<b>")
    [call] = telegram.calls("sendMessage")
    assert "parse_mode" not in call.params


async def test_messages_to_a_chat_keep_their_order_and_a_second_between(
    telegram, anna, say, settled
):
    for number in range(4):
        await say(f"m{number}", anna.id, str(number))
    await settled(done=4)
    assert said(telegram, anna.id) == ["0", "1", "2", "3"]
    sent = [call.at for call in telegram.calls("sendMessage")]
    assert all(later - earlier >= SECOND for earlier, later in pairwise(sent))


async def test_an_edit_names_its_message_by_the_key_it_was_sent_with(telegram, anna, say, settled):
    await say("receipt", anna.id, "Reading …")
    await say(
        "result",
        anna.id,
        method="editMessageText",
        params={"message_id": {"of": "receipt"}, "text": "Done"},
    )
    await settled(done=2)
    assert said(telegram, anna.id) == ["Done"]


async def test_an_edit_of_a_message_that_is_gone_is_said_anew(telegram, anna, say, settled):
    edit = {"message_id": {"of": "never sent"}, "text": "Done"}
    await say("result", anna.id, method="editMessageText", params=edit)
    await settled(done=1)
    [message] = telegram.answers(anna.id)
    telegram.delete(anna.id, message.id)
    edit = {"message_id": {"of": "result"}, "text": "Done again"}
    await say("second", anna.id, method="editMessageText", params=edit)
    await settled(done=2)
    assert said(telegram, anna.id) == ["Done again"]


async def test_buttons_for_a_message_that_is_gone_are_left_out(telegram, anna, say, settled):
    params = {"message_id": {"of": "never sent"}, "reply_markup": {"inline_keyboard": []}}
    await say("buttons", anna.id, method="editMessageReplyMarkup", params=params)
    await settled(done=1)
    assert telegram.calls("editMessageReplyMarkup") == []


async def test_an_edit_that_changes_nothing_is_done(telegram, anna, say, settled):
    await say("a", anna.id, "Same")
    params = {"message_id": {"of": "a"}, "text": "Same"}
    await say("b", anna.id, method="editMessageText", params=params)
    await settled(done=2)
    assert telegram.calls("editMessageText")[0].status == 400


async def test_a_file_travels_along_and_is_dropped_once_sent(store, telegram, anna, say, settled):
    file = Attachment("document", "letter.txt", b"Dear team")
    await say("f", anna.id, method="sendDocument", params={"caption": "Here"}, attachment=file)
    await settled(done=1)
    [message] = telegram.answers(anna.id)
    document = message.body["document"]
    assert (document["file_name"], telegram.file(document["file_id"])) == (
        "letter.txt",
        b"Dear team",
    )
    assert await store.read(lambda db: db.query("SELECT * FROM attachments")) == []


async def test_flood_control_is_obeyed_while_others_go_on(telegram, anna, say, settled, clock):
    boris = telegram.add_person("Boris")
    telegram.start(boris.id)
    start = clock.now()
    telegram.fault("too_many", "sendMessage", retry_after=30)
    await say("a", anna.id)
    await settled(waiting=1)
    await say("b", boris.id)
    await settled(waiting=1, done=1)
    assert clock.now() - start < timedelta(seconds=30)
    await settled(done=2)
    assert clock.now() - start > timedelta(seconds=30)
    assert len(said(telegram, anna.id)) == 1


@pytest.mark.parametrize("fault", ["server_error", "dropped"])
async def test_while_telegram_is_away_a_message_is_tried_again(
    telegram, anna, say, settled, clock, fault
):
    telegram.fault(fault, "sendMessage", times=3)
    start = clock.now()
    await say("a", anna.id)
    await settled(done=1)
    assert timedelta(seconds=21) <= clock.now() - start < timedelta(seconds=30)
    assert said(telegram, anna.id) == ["Hello"]


async def test_after_a_day_without_telegram_a_message_is_given_up(
    store, telegram, anna, say, settled
):
    telegram.fault("server_error", "sendMessage", times=10_000)
    await say("a", anna.id)
    await settled(step=WINDOW / 4, dead=1)
    [dead] = await store.read(jobs.dead)
    assert dead.error == "server"


async def test_an_answer_that_may_have_been_lost_is_sent_again(telegram, anna, say, settled):
    telegram.fault("answer_lost", "sendMessage")
    await say("a", anna.id)
    await settled(done=1)
    assert said(telegram, anna.id) == ["Hello", "Hello"]


async def test_a_nudge_that_may_have_been_lost_is_not_sent_again(telegram, anna, say, settled):
    telegram.fault("answer_lost", "sendMessage")
    await say("a", anna.id, once=True)
    await settled(done=1, kind=messages.SEND_ONCE)
    await say("b", anna.id, "Next")
    await settled(done=1)
    assert said(telegram, anna.id) == ["Hello", "Next"]


async def test_a_nudge_is_marked_before_it_is_sent(store, telegram, anna, say, until):
    telegram.fault("held", "sendMessage")
    await say("a", anna.id, once=True)
    await until(lambda: telegram.calls("sendMessage"))
    assert (await store.read(jobs.counts))[messages.SEND_ONCE] == {"done": 1}
    telegram.faults.release()


async def test_a_nudge_that_was_told_to_wait_is_sent_later(
    store, telegram, anna, say, until, clock
):
    telegram.fault("too_many", "sendMessage", retry_after=5)
    await say("a", anna.id, once=True)
    await until(lambda: telegram.calls("sendMessage"))
    await until(lambda: clock.waiting == 4)
    clock.move(timedelta(seconds=6))
    await until(lambda: telegram.answers(anna.id))
    await until(lambda: clock.waiting == 3)
    assert await store.read(messages.message_id, "a") is not None


async def test_who_blocked_the_bot_becomes_inactive_and_hears_nothing_more(
    store, telegram, anna, say, settled, clock
):
    await store.write(people.seen, id=anna.id, language="en", now=clock.now())
    telegram.block(anna.id)
    for key in "abc":
        await say(key, anna.id)
    await settled(dead=3)
    assert len(telegram.calls("sendMessage")) == 1
    person = await store.read(people.get, anna.id)
    assert person.inactive_reason == "blocked"
    assert {dead.error for dead in await store.read(jobs.dead)} == {"blocked"}


async def test_a_group_that_became_a_supergroup_is_answered_under_its_new_id(
    store, telegram, anna, say, settled
):
    group = telegram.add_group("Cohort", [anna.id], [anna.id])
    new = telegram.migrate(group.id)
    await say("a", group.id)
    await settled(done=1)
    assert said(telegram, new.id) == ["Hello"]


async def test_what_telegram_will_never_take_is_put_aside_without_its_text(
    store, telegram, anna, say, settled
):
    await say("long", anna.id, "Dear Sir " * 1000)
    await say("nonsense", anna.id, method="sendNonsense")
    await say("fits", anna.id, "Short")
    await settled(dead=2, done=1)
    assert {dead.error for dead in await store.read(jobs.dead)} == {"too_long", "no_such_method"}


async def test_a_group_gets_20_calls_a_minute_at_most(telegram, anna, say, settled, clock):
    group = telegram.add_group("Cohort", [anna.id], [anna.id])
    start = clock.now()
    for number in range(21):
        await say(f"m{number}", group.id, str(number))
    await settled(step=SECOND, done=21)
    assert clock.now() - start > timedelta(minutes=1)
    assert len(telegram.calls("sendMessage")) == 21


async def test_results_are_counted(telegram, anna, say, settled, metrics):
    telegram.fault("too_many", "sendMessage")
    await say("a", anna.id)
    await settled(done=1)
    text = metrics.text().decode()
    assert 'sogood_sends_total{result="ok"} 1.0' in text
    assert 'sogood_sends_total{result="flood"} 1.0' in text


async def test_a_group_that_lets_nobody_pin_is_no_fault_and_another_refusal_is(
    telegram, anna, say, settled, caplog
):
    caplog.set_level(logging.INFO, logger="bot.delivery")
    group = telegram.add_group("Cohort", [anna.id], [anna.id])
    await say("card", group.id, "Join")
    pin = {"message_id": {"of": "card"}, "disable_notification": True}
    await say("pin", group.id, method="pinChatMessage", params=pin)
    await settled(done=1, dead=1)
    assert [(one.levelname, one.message) for one in caplog.records] == [
        ("INFO", "given up (no_rights)")
    ]
    caplog.clear()
    await say("empty", group.id, "")
    await settled(done=1, dead=2)
    assert [one.levelname for one in caplog.records] == ["ERROR"]
