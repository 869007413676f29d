"""A reminder's way, top to bottom: it falls due, is decided upon, leaves, is put off.

What is said is somebody else's: a speaker per kind (handlers/routers.py) gives the words, or None
when there is nothing to say.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from coach.reminders import (
    Decision,
    Hold,
    Kind,
    Listener,
    Send,
    Skip,
    decide,
    fits_today,
    slots_between,
    snoozed_until,
)
from coach.texts import say
from coach.wallclock import local
from handlers.chat.formatting import Said
from handlers.chat.replies import Button, Rows, keyboard
from handlers.chat.work import Work
from storage import Db, Store, chats, messages, people, reminders, slots
from storage.messages import SEND_ONCE
from storage.people import Person
from storage.slots import State, StoredSlot

log = logging.getLogger(__name__)

router = Router(name="reminders")

AT_ONCE = 50
"""How many plans or chats one transaction looks at: a day's cards take up to 2 ms each to gather,
and nobody else shall wait for long."""

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

GroupSpeaker = Callable[[Db, StoredSlot, datetime], Speech | None]
"""The same for a slot of a group, which is nobody's."""

Speakers = Mapping[Kind, Speaker]
GroupSpeakers = Mapping[Kind, GroupSpeaker]
Voice = Callable[[Db, Person | None, StoredSlot, datetime], Speech | None]


def voice(speakers: Speakers, group_speakers: GroupSpeakers) -> Voice:
    """Who says what to whom."""

    def words(db: Db, person: Person | None, stored: StoredSlot, now: datetime) -> Speech | None:
        kind = stored.slot.kind
        if person is None:
            to_group = group_speakers.get(kind)
            return to_group(db, stored, now) if to_group else None
        to_person = speakers.get(kind)
        return to_person(db, person, stored, now) if to_person else None

    return words


async def tick(
    now: datetime,
    *,
    store: Store,
    work: Work,
    speakers: Speakers,
    group_speakers: GroupSpeakers | None = None,
    **_: Any,
) -> datetime | None:
    """Says all that is due, at most once, whoever else does the same at the same time. When there
    will be something to say next."""
    words = voice(speakers, group_speakers or {})
    await store.write(look_back, now)
    while await store.write(take_up, now) == AT_ONCE:
        pass
    while await store.write(speak, now, words) == AT_ONCE:
        work.nudge(SEND_ONCE)
    work.nudge(SEND_ONCE)
    return await store.read(next_look, now)


def next_look(db: Db, now: datetime) -> datetime | None:
    """When a plan or a slot that waits is due next."""
    both = (reminders.next_of_all(db, after=now), slots.next_look(db, after=now))
    return min(filter(None, both), default=None)


async def recompute(now: datetime, *, store: Store, **_: Any) -> None:
    """At the start no stored instant is trusted: the rules of a zone may have changed."""
    if changed := await store.write(reminders.recompute):
        log.info("the rules of time zones have changed: %d plans reckoned anew", changed)


def look_back(db: Db, now: datetime) -> None:
    """What became of the messages on their way, and whether the clock was put back."""
    for stored in slots.settle(db, now):
        log.warning("slot %d may have left or not; it isn't repeated", stored.id)
    rewound, released = reminders.rewind(db, now), slots.release_future(db, now)
    if rewound or released:
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


def speak(db: Db, now: datetime, words: Voice) -> int:
    """Decides upon what waits, chat by chat: one message at most for each. How many chats."""
    chats = slots.claim_due(db, now, AT_ONCE)
    for waiting in chats:
        _speak_to_chat(db, _newest_of_each_kind(db, waiting), now, words)
    return len(chats)


def _newest_of_each_kind(db: Db, waiting: Sequence[StoredSlot]) -> list[StoredSlot]:
    newest = {stored.slot.kind: stored for stored in waiting}
    kept = list(newest.values())
    slots.skip(db, [one for one in waiting if one not in kept], "newer", State.MISSED)
    return kept


def _speak_to_chat(db: Db, waiting: Sequence[StoredSlot], now: datetime, words: Voice) -> None:
    """All that may be said now is said together."""
    person_id = waiting[0].person_id
    person = people.get(db, person_id) if person_id is not None else None
    lost = None if person else chats.lost(db, waiting[0].slot.chat_id)
    spoken: list[tuple[StoredSlot, Send, Speech]] = []
    for stored in waiting:
        heard_by = listener(person, stored.zone, lost)
        decision = decide(stored.slot, heard_by, now, in_quiet=stored.in_quiet)
        decision, speech = _worded(db, stored, person, decision, now, words)
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


def listener(person: Person | None, zone: str, lost: str | None = None) -> Listener:
    """Who hears a slot that was planned in `zone`; `lost` says why a group can't be reached."""
    if person is None:
        return Listener(zone, inactive_reason=lost)
    return Listener(person.timezone or zone, person.quiet, person.pause, person.inactive_reason)


def _worded(
    db: Db,
    stored: StoredSlot,
    person: Person | None,
    decision: Decision,
    now: datetime,
    words: Voice,
) -> tuple[Decision, Speech | None]:
    """A decision to speak needs words."""
    if not isinstance(decision, Send):
        return decision, None
    speech = words(db, person, stored, now)
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
        params=params(speech, first.slot.thread_id),
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


def params(speech: Speech, thread_id: int = 0) -> dict[str, Any]:
    """As the Bot API writes it; a topic gets what was planned in it. A reminder is short: what
    doesn't fit into one message isn't one."""
    piece = speech.said.pieces()[0]
    given: dict[str, Any] = {"text": piece.text, "entities": piece.entities}
    if speech.rows:
        given["reply_markup"] = keyboard(speech.rows)
    if thread_id:
        given["message_thread_id"] = thread_id
    return given


class LaterButton(CallbackData, prefix="later"):
    """Puts a reminder off."""

    slot: int


def later_button(person: Person, stored: StoredSlot, now: datetime) -> Button:
    """The button that puts a reminder off; it promises no "today" that would be night."""
    today = fits_today(now, listener(person, stored.zone))
    label = "reminders.button.later_today" if today else "reminders.button.later"
    return say(person.language, label), LaterButton(slot=stored.id).pack()


@router.callback_query(LaterButton.filter(), F.message.chat.type == "private")
async def later(
    callback: CallbackQuery,
    callback_data: LaterButton,
    store: Store,
    person: Person,
    now: datetime,
) -> None:
    """The reminder comes back once; of an old one there is nothing left to put off."""
    back_at = await store.write(put_off, callback_data.slot, person, now)
    stored = await store.read(slots.get, callback_data.slot)
    zone = person.timezone or (stored.zone if stored else "UTC")
    await callback.answer(_promise(person.language, back_at, now, zone))


def put_off(db: Db, slot_id: int, person: Person, now: datetime) -> datetime | None:
    """When the reminder comes back; None when it isn't theirs, is done, or a newer one has come."""
    stored = slots.get(db, slot_id)
    if stored is None or stored.person_id != person.id or not slots.is_open(db, stored):
        return None
    slot = stored.slot
    coming = reminders.next_due(db, slot.chat_id, after=now)
    back_at = snoozed_until(now, listener(person, stored.zone), coming)
    slots.answered(db, slot.chat_id, slot.kind, now)
    slots.snooze(db, stored, back_at, slot.fresh_until - slot.due_at)
    return back_at


def _promise(language: str, back_at: datetime | None, now: datetime, zone: str) -> str:
    if back_at is None:
        return say(language, "reminders.over")
    there = local(back_at, zone)
    today = there.date() == local(now, zone).date()
    return say(language, f"reminders.{'back' if today else 'tomorrow'}", time=f"{there:%H:%M}")


def move_to_zone(db: Db, person_id: int, zone: str, now: datetime) -> None:
    """A person lives by another clock from now on, and so do their plans. What has passed there
    too long ago isn't said in the middle of their night."""
    people.set_timezone(db, person_id, zone)
    for slot in reminders.travel(db, person_id, zone, now):
        slots.add(db, slot, person_id=person_id, zone=zone, state=State.SKIPPED, reason="travel")
