"""Outgoing messages: once per key, with their file, and known by their key afterwards."""

from datetime import time, timedelta

import pytest

from coach.reminders import Kind, next_slot
from storage import jobs, messages, people, privacy, reminders, slots
from storage.messages import Attachment, Message


@pytest.fixture
def add(db, now):
    def add(key, chat_id=7, **more):
        params = {"text": "Привет", "reply_markup": {"inline_keyboard": []}}
        return messages.add(
            db, key=key, chat_id=chat_id, method="sendMessage", params=params, now=now, **more
        )

    return add


@pytest.fixture
def claim(db, now):
    def claim(kind="send"):
        lease = timedelta(seconds=15)
        return jobs.claim(db, kind=kind, owner="d", now=now, lease=lease, limit=100)

    return claim


def test_a_message_is_claimed_as_it_was_added(add, claim):
    assert add("hello")
    [job] = claim()
    params = {"text": "Привет", "reply_markup": {"inline_keyboard": []}}
    assert messages.message(job) == Message(7, "sendMessage", params, once=False)


def test_a_message_that_may_leave_once_does_not_stand_in_the_way_of_answers(add, claim, now):
    assert add("hello", once=True, until=now)
    assert claim() == []
    [job] = claim(messages.SEND_ONCE)
    assert messages.message(job).once
    assert messages.message(job).until == now


def test_a_chat_gets_its_messages_in_order_and_one_at_a_time(db, add, claim, now):
    for key, chat in (("1", 7), ("2", 7), ("3", 8)):
        add(key, chat)
    first, other = claim()
    assert (first.key, other.key) == ("1", "3")
    messages.sent(db, first, chat_id=7, message_id=1, now=now)
    assert [job.key for job in claim()] == ["2"]


def test_a_sent_message_is_known_by_its_key(db, add, claim, now):
    add("hello")
    assert messages.message_id(db, "hello") is None
    [job] = claim()
    assert messages.sent(db, job, chat_id=7, message_id=42, now=now)
    assert messages.message_id(db, "hello") == 42


def test_a_message_is_not_sent_again_even_when_its_job_is_long_forgotten(db, add, claim, now):
    add("hello")
    [job] = claim()
    messages.sent(db, job, chat_id=7, message_id=42, now=now)
    assert jobs.purge(db, now + timedelta(days=9)) == 1
    assert not add("hello")


def test_a_file_travels_with_its_message_and_is_let_go_when_it_is_out(db, add, claim, now):
    file = Attachment("document", "letter.docx", b"PK\x03\x04")
    add("file", attachment=file)
    assert not add("file", attachment=Attachment("document", "other.docx", b""))
    [job] = claim()
    assert messages.attachment(db, job) == file
    messages.sent(db, job, chat_id=7, message_id=None, now=now)
    assert messages.attachment(db, job) is None
    assert messages.message_id(db, "file") is None


def test_a_group_that_became_a_supergroup_takes_everything_along(db, add, claim, now):
    add("before", chat_id=-5)
    [job] = claim()
    messages.sent(db, job, chat_id=-5, message_id=1, now=now)
    add("after", chat_id=-5)
    messages.move_chat(db, -5, -1005)
    [job] = claim()
    assert messages.message(job).chat_id == -1005
    assert db.query("SELECT chat_id FROM sent_messages") == [{"chat_id": -1005}]


def test_what_a_supergroup_got_before_we_knew_of_the_move_gives_way_to_the_groups_own(db, now):
    for chat in (-5, -1005):
        plan = reminders.set_plan(
            db, person_id=None, chat_id=chat, kind=Kind.COHORT, zone="UTC", at=time(9), now=now
        )
        slots.add(db, next_slot(plan, now), person_id=None, zone="UTC")
    [said] = slots.of_chat(db, -5)
    slots.claimed(db, [said], said.key, now)

    messages.move_chat(db, -5, -1005)

    [kept] = slots.of_chat(db, -1005)
    assert (kept.id, kept.state) == (said.id, slots.State.CLAIMED)
    assert reminders.plan_of(db, -1005, Kind.COHORT)
    assert slots.of_chat(db, -5) == []


def test_someone_who_blocked_us_is_inactive_until_they_are_back(db, now):
    people.seen(db, id=7, language="ru", now=now)
    people.deactivate(db, 7, "blocked", now)
    people.deactivate(db, 7, "deleted", now)
    assert people.get(db, 7).inactive_reason == "blocked"
    people.activate(db, 7)
    assert people.get(db, 7).inactive_reason is None


def test_the_language_someone_chose_outlives_their_next_message(db, now):
    people.seen(db, id=7, language="ru", now=now)
    people.set_language(db, 7, "en")
    later = now + timedelta(minutes=1)
    person = people.seen(db, id=7, language="ru", now=later)
    assert (person.language, person.created_at, person.seen_at) == ("en", now, later)


async def test_an_answer_is_withdrawn_with_all_it_says_until_it_is_out(store, now):
    facts = {"chat_id": 7, "method": "sendMessage", "params": {"text": "x"}, "now": now}
    await store.write(messages.add, key="waits", **facts)
    assert await store.write(messages.withdraw, "waits")
    assert not await store.write(messages.withdraw, "waits")
    assert await store.read(lambda db: db.query("SELECT 1 FROM jobs")) == []


def change(db, now, key, of):
    params = {"text": "Anew", "message_id": {"of": of}}
    messages.add(db, key=key, chat_id=7, method="editMessageText", params=params, now=now)


def test_a_change_that_was_sent_anew_is_what_its_key_means_from_then_on(db, add, claim, now):
    add("hello")
    [job] = claim()
    messages.sent(db, job, chat_id=7, message_id=42, now=now)
    change(db, now, "again", of="hello")
    [job] = claim()

    messages.sent(db, job, chat_id=7, message_id=43, now=now)

    assert messages.message_id(db, "hello") == messages.message_id(db, "again") == 43


def test_a_message_that_was_on_its_way_to_whoever_is_forgotten_leaves_no_trace(db, now):
    people.seen(db, id=7, language="en", now=now)
    messages.add(db, key="k", chat_id=7, method="sendMessage", params={"text": "x"}, now=now)
    [job] = jobs.claim(db, kind="send", owner="x", now=now, lease=timedelta(minutes=1), limit=1)
    privacy.forget(db, 7)
    assert not messages.sent(db, job, chat_id=7, message_id=5, now=now)
    assert messages.message_id(db, "k") is None
    assert db.query("SELECT * FROM sent_messages") == []
