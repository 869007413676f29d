"""A reminder's way, top to bottom: it falls due, is decided upon, leaves, is put off.

What is said is somebody else's: a speaker per kind (handlers/routers.py) gives the words, or None
when there is nothing to say.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from coach.reminders import (
    Decision,
    Hold,
    Kind,
    Listener,
    Send,
    Skip,
    decide,
    slots_between,
)
from coach.texts import say
from handlers.formatting import Said
from handlers.replies import Rows, keyboard
from handlers.work import Work
from storage import Db, Store, messages, people, reminders, slots
from storage.messages import SEND_ONCE
from storage.people import Person
from storage.slots import State, StoredSlot

log = logging.getLogger(__name__)

AT_ONCE = 200
"""How many plans or chats one transaction looks at, so that nobody else waits for long."""

REMEMBERED = timedelta(weeks=4)
"""How far back a plan's missed slots are written down after a long downtime."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What a reminder says, and the buttons under it. When it is said together with another, its
    first button stands for it."""

    said: Said
    rows: Rows = ()


Speaker = Callable[[Db, Person, StoredSlot, datetime], Speech | None]
"""Says what there is to say at a slot, and writes down what it has to; None: nothing."""

Speakers = Mapping[Kind, Speaker]


async def tick(now: datetime, *, store: Store, work: Work, speakers: Speakers, **_: Any) -> None:
    """Says all that is due, at most once, whoever else does the same at the same time."""
    await store.write(look_back, now)
    while await store.write(take_up, now) == AT_ONCE:
        pass
    while await store.write(speak, now, speakers) == AT_ONCE:
        work.nudge(SEND_ONCE)
    work.nudge(SEND_ONCE)


async def recompute(now: datetime, *, store: Store, **_: Any) -> None:
    """At the start no stored instant is trusted: the rules of a zone may have changed."""
    if changed := await store.write(reminders.recompute):
        log.info("the rules of time zones have changed: %d plans reckoned anew", changed)


def look_back(db: Db, now: datetime) -> None:
    """What became of the messages on their way, and whether the clock was put back."""
    for stored in slots.settle(db, now):
        log.warning("slot %d may have left or not; it isn't repeated", stored.id)
    if reminders.rewind(db, now) or slots.release_future(db, now):
        log.warning("the clock was put back; what lies ahead again will be said at its time")


def take_up(db: Db, now: datetime) -> int:
    """Gives every slot that has come a row: the newest of a plan waits to be said, the others
    were missed. How many plans it were."""
    due = reminders.claim_due(db, now, AT_ONCE)
    for plan, served_at in due:
        come = slots_between(plan, max(served_at, now - REMEMBERED), now)
        for slot in come:
            slots.add(
                db,
                slot,
                person_id=plan.person_id,
                zone=plan.zone,
                in_quiet=plan.in_quiet,
                state=State.WAITING if slot is come[-1] else State.MISSED,
            )
        reminders.served(db, plan, now)
    return len(due)


def speak(db: Db, now: datetime, speakers: Speakers) -> int:
    """Decides upon what waits, chat by chat: one message at most for each. How many chats."""
    chats = slots.claim_due(db, now, AT_ONCE)
    for waiting in chats:
        _speak_to_chat(db, _newest_of_each_kind(db, waiting), now, speakers)
    return len(chats)


def _newest_of_each_kind(db: Db, waiting: Sequence[StoredSlot]) -> list[StoredSlot]:
    newest = {stored.slot.kind: stored for stored in waiting}
    kept = list(newest.values())
    slots.skip(db, [one for one in waiting if one not in kept], "newer", State.MISSED)
    return kept


def _speak_to_chat(
    db: Db, waiting: Sequence[StoredSlot], now: datetime, speakers: Speakers
) -> None:
    """All that may be said now is said together."""
    person_id = waiting[0].person_id
    person = people.get(db, person_id) if person_id is not None else None
    spoken: list[tuple[StoredSlot, Send, Speech]] = []
    for stored in waiting:
        decision = decide(stored.slot, listener(person, stored.zone), now, in_quiet=stored.in_quiet)
        decision, speech = _worded(db, stored, person, decision, now, speakers)
        match decision:
            case Send():
                assert speech
                spoken.append((stored, decision, speech))
            case Hold(until):
                slots.hold(db, stored, until)
            case Skip(reason):
                slots.skip(db, [stored], reason)
    if spoken:
        _say(db, person, spoken, now)


def listener(person: Person | None, zone: str) -> Listener:
    """Who hears a slot that was planned in `zone`."""
    if person is None:
        return Listener(zone)
    return Listener(person.timezone or zone, person.quiet, person.pause, person.inactive_reason)


def _worded(
    db: Db,
    stored: StoredSlot,
    person: Person | None,
    decision: Decision,
    now: datetime,
    speakers: Speakers,
) -> tuple[Decision, Speech | None]:
    """A decision to speak needs words."""
    if not isinstance(decision, Send):
        return decision, None
    speaker = speakers.get(stored.slot.kind)
    if person is None or speaker is None:
        return Skip("speechless"), None
    speech = speaker(db, person, stored, now)
    return (decision, speech) if speech else (Skip("nothing_to_say"), None)


def _say(
    db: Db,
    person: Person | None,
    spoken: Sequence[tuple[StoredSlot, Send, Speech]],
    now: datetime,
) -> None:
    """Writes the message and marks its slots, in one transaction."""
    those = [stored for stored, _, _ in spoken]
    first = those[0]
    speech = together([speech for _, _, speech in spoken])
    if person and person.timezone is None and not slots.spoken_to(db, first.slot.chat_id):
        speech.said.add("\n\n" + say(person.language, "reminders.zone_assumed", zone=first.zone))
    messages.add(
        db,
        key=first.key,
        chat_id=first.slot.chat_id,
        method="sendMessage",
        params=_params(speech, first.slot.thread_id),
        now=now,
        once=True,
        until=min(decision.until for _, decision, _ in spoken),
    )
    slots.claimed(db, those, first.key, now)


def together(speeches: Sequence[Speech]) -> Speech:
    """One message for all; of several, each keeps one button."""
    if len(speeches) == 1:
        return replace(speeches[0], said=Said().join(speeches[0].said))
    said = Said()
    for speech in speeches:
        said.add("\n\n" if said.text else "").join(speech.said)
    return Speech(said, [[row[0]] for row in _first_rows(speeches)])


def _first_rows(speeches: Sequence[Speech]) -> list[Sequence[tuple[str, str]]]:
    return [next(row for row in speech.rows if row) for speech in speeches if any(speech.rows)]


def _params(speech: Speech, thread_id: int) -> dict[str, Any]:
    """A reminder is short: what doesn't fit into one message isn't one."""
    piece = speech.said.pieces()[0]
    params: dict[str, Any] = {"text": piece.text, "entities": piece.entities}
    if speech.rows:
        params["reply_markup"] = keyboard(speech.rows)
    if thread_id:
        params["message_thread_id"] = thread_id
    return params
