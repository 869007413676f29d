"""Chats that nobody reads any more."""

from datetime import time, timedelta

from coach.reminders import Kind, next_slot
from storage import chats, messages, people, reminders, slots
from storage.slots import State

GROUP, SUPERGROUP = -5, -1005


def waiting(db, chat, now):
    """A slot of a group's plan."""
    plan = reminders.set_plan(
        db, person_id=None, chat_id=chat, kind=Kind.COHORT, zone="UTC", at=time(9), now=now
    )
    slots.add(db, next_slot(plan, now), person_id=None, zone="UTC")
    return slots.of_chat(db, chat)[-1]


def test_a_group_is_lost_once_for_its_first_reason_until_it_is_back(db, now):
    assert chats.lose(db, GROUP, "kicked", now)
    assert not chats.lose(db, GROUP, "deleted", now)
    assert chats.lost(db, GROUP) == "kicked"
    chats.regain(db, GROUP)
    assert chats.lost(db, GROUP) is None


def test_a_person_is_lost_once_too(db, now):
    people.seen(db, id=7, language="en", now=now)
    assert chats.lose(db, 7, "blocked", now)
    assert not chats.lose(db, 7, "deactivated", now)
    assert people.get(db, 7).inactive_reason == "blocked"
    chats.regain(db, 7)
    assert people.get(db, 7).inactive_reason is None


def test_what_waits_for_a_lost_chat_is_frozen_and_its_plan_kept(db, now):
    waiting(db, GROUP, now)
    messages.add(db, key="k", chat_id=GROUP, method="sendMessage", params={}, now=now)
    chats.lose(db, GROUP, "kicked", now)
    [frozen] = slots.of_chat(db, GROUP)
    assert frozen.state is State.SKIPPED
    assert slots.claim_due(db, now + timedelta(days=2), 9) == []
    assert reminders.plan_of(db, GROUP, Kind.COHORT)
    assert db.query("SELECT state, error FROM jobs") == [{"state": "dead", "error": "kicked"}]


def test_row_44_a_slot_that_the_supergroup_has_had_is_not_said_for_the_group_again(db, now):
    """The supergroup got its message before we knew that it is the same chat."""
    waiting(db, GROUP, now)
    said = waiting(db, SUPERGROUP, now)
    slots.claimed(db, [said], said.key, now)

    messages.move_chat(db, GROUP, SUPERGROUP)

    [kept] = slots.of_chat(db, SUPERGROUP)
    assert (kept.id, kept.state) == (said.id, State.CLAIMED)
    assert slots.claim_due(db, now + timedelta(days=2), 9) == []


def test_a_group_that_moved_is_found_again(db, now):
    chats.lose(db, GROUP, "kicked", now)
    messages.move_chat(db, GROUP, SUPERGROUP)
    assert chats.lost(db, SUPERGROUP) is None
