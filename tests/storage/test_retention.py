"""What is forgotten by itself: finished work after days, slots after more than a year."""

from datetime import time, timedelta

from coach.reminders import Kind, slots_between
from storage import jobs, people, reminders, retention, slots


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
