"""What is forgotten by itself: finished work after days, slots after more than a year."""

from datetime import time, timedelta

from coach.reminders import Kind, slots_between
from storage import (
    conversations,
    jobs,
    people,
    pieces,
    privacy,
    reminders,
    retention,
    sheets,
    slots,
    spending,
)


def test_slots_are_known_for_more_than_a_year_and_then_forgotten(db, now):
    people.seen(db, id=7, language="en", now=now)
    plan = reminders.set_plan(
        db, person_id=7, chat_id=7, kind=Kind.SESSION, zone="UTC", at=time(9), now=now
    )
    [first, *_] = slots_between(plan, now, now + timedelta(days=2))
    slots.add(db, first, person_id=7, zone="UTC")

    retention.forget_old(db, now + retention.KEPT_SLOTS)
    assert len(slots.of_chat(db, 7)) == 1
    retention.forget_old(db, now + retention.KEPT_SLOTS + timedelta(days=2))
    assert slots.of_chat(db, 7) == []


def test_the_key_of_finished_work_is_known_for_two_days(db, now):
    def add():
        return jobs.add(db, kind="review", key="7", payload={}, due_at=now)

    assert add()
    [job] = jobs.claim(db, kind="review", owner="x", now=now, lease=timedelta(minutes=1), limit=1)
    jobs.done(db, job, now)
    retention.forget_old(db, now + retention.KEPT_KEYS)
    assert not add()
    retention.forget_old(db, now + retention.KEPT_KEYS + timedelta(seconds=1))
    assert add()


def test_what_was_given_up_or_left_hanging_goes_in_time(db, now):
    jobs.add(db, kind="update", key="7", payload={"text": "x"}, due_at=now, lane="7")
    [job] = jobs.claim(db, kind="update", owner="x", now=now, lease=timedelta(0), limit=1)
    jobs.bury(db, job, error="x", now=now)
    people.seen(db, id=7, language="en", now=now)
    pieces.add(db, chat_id=7, message_id=1, text="x", now=now)
    sheets.add(db, chat_id=7, message_id=2, album="", file_id="x", name="x", now=now)
    conversations.set_state(db, "7", "x", now=now, person_id=7)
    call = spending.ModelCall(7, "p", "1", "m", "ok", 1, 0, 1, now, timedelta(0))
    spending.add(db, call)

    def left():
        tables = ("jobs", "pieces", "sheets", "conversations", "model_calls")
        return {one: len([*privacy.rows(db, one, 7)]) for one in tables}

    retention.forget_old(db, now + retention.KEPT_DEAD)
    assert set(left().values()) == {1}
    retention.forget_old(db, now + retention.KEPT_TALK + timedelta(seconds=1))
    assert left() == {
        "jobs": 0,
        "pieces": 0,
        "sheets": 0,
        "conversations": 0,
        "model_calls": 1,
    }
    retention.forget_old(db, now + retention.KEPT_CALLS + timedelta(seconds=1))
    assert left()["model_calls"] == 0
