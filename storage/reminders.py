"""Plans of reminders: wall clocks, how far each has been served, and when it speaks next.

`due_at` is reckoned from the wall clock and never trusted for long: `recompute` compares it with
the clock after every start, `rewind` after a clock that ran ahead was put back.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time

from coach.reminders import EVERY_DAY, Kind, Plan, Rhythm, Slot, next_instant, travelled
from storage.engine import Db, Row
from storage.instants import from_ms, maybe_from_ms, to_ms


def set_plan(
    db: Db,
    *,
    person_id: int | None,
    chat_id: int,
    kind: Kind,
    zone: str,
    at: time,
    now: datetime,
    weekdays: Collection[int] = EVERY_DAY,
    rhythm: Rhythm = Rhythm.WEEKLY,
    in_quiet: bool = False,
    thread_id: int = 0,
) -> Plan:
    """The chat's plan of this kind, new or changed; what was due before `now` is not caught up on.

    `weekdays` are ISO numbers (Monday = 1), `zone` is an IANA name; a group has no `person_id`.
    Raises ValueError for weekdays that don't exist.
    """
    if not weekdays or not EVERY_DAY.issuperset(weekdays):
        raise ValueError("weekdays are 1 (Monday) to 7 (Sunday), at least one")
    wanted = Plan(
        0, person_id, chat_id, kind, zone, frozenset(weekdays), at, rhythm, in_quiet, thread_id
    )
    row = db.one(
        """INSERT INTO plans (person_id, chat_id, thread_id, kind, zone, weekdays, at_time, rhythm,
               in_quiet, served_at, due_at)
           VALUES (:person_id, :chat_id, :thread_id, :kind, :zone, :weekdays, :at_time, :rhythm,
               :in_quiet, :now, :due_at)
           ON CONFLICT (chat_id, thread_id, kind) DO UPDATE SET
               person_id = excluded.person_id, zone = excluded.zone,
               weekdays = excluded.weekdays, at_time = excluded.at_time,
               rhythm = excluded.rhythm, in_quiet = excluded.in_quiet,
               served_at = excluded.served_at, due_at = excluded.due_at
           RETURNING id""",
        now=to_ms(now),
        due_at=to_ms(next_instant(wanted, now)),
        **_columns(wanted),
    )
    assert row
    return replace(wanted, id=row["id"])


def _columns(plan: Plan) -> dict[str, object]:
    """A plan as its row holds it: weekdays as digits, the time as HH:MM."""
    return {
        "person_id": plan.person_id,
        "chat_id": plan.chat_id,
        "thread_id": plan.thread_id,
        "kind": plan.kind.value,
        "zone": plan.zone,
        "weekdays": "".join(map(str, sorted(plan.weekdays))),
        "at_time": f"{plan.at:%H:%M}",
        "rhythm": plan.rhythm.value,
        "in_quiet": int(plan.in_quiet),
    }


def plan_of(db: Db, chat_id: int, kind: Kind, *, thread_id: int = 0) -> Plan | None:
    row = db.one(
        """SELECT * FROM plans
           WHERE chat_id = :chat_id AND thread_id = :thread_id AND kind = :kind""",
        chat_id=chat_id,
        thread_id=thread_id,
        kind=kind.value,
    )
    return _plan(row) if row else None


def plans_of(db: Db, person_id: int) -> list[Plan]:
    """All that a person is reminded of."""
    rows = db.query("SELECT * FROM plans WHERE person_id = :id ORDER BY id", id=person_id)
    return [_plan(row) for row in rows]


def drop_plan(db: Db, chat_id: int, kind: Kind, *, thread_id: int = 0) -> bool:
    """No more reminders of this kind; False when there were none."""
    dropped = db.run(
        """DELETE FROM plans
           WHERE chat_id = :chat_id AND thread_id = :thread_id AND kind = :kind""",
        chat_id=chat_id,
        thread_id=thread_id,
        kind=kind.value,
    )
    return bool(dropped)


def next_due(db: Db, chat_id: int, *, after: datetime) -> datetime | None:
    """When any plan of the chat speaks next."""
    row = db.one(
        "SELECT min(due_at) AS due_at FROM plans WHERE chat_id = :chat_id AND due_at > :after",
        chat_id=chat_id,
        after=to_ms(after),
    )
    return maybe_from_ms(row["due_at"]) if row else None


def next_of_all(db: Db, *, after: datetime) -> datetime | None:
    """When any plan at all speaks next."""
    row = db.one(
        "SELECT min(due_at) AS due_at FROM plans WHERE due_at > :after", after=to_ms(after)
    )
    return maybe_from_ms(row["due_at"]) if row else None


def claim_due(db: Db, now: datetime, limit: int) -> list[tuple[Plan, datetime]]:
    """At most `limit` plans that are due, the longest waiting first, each with the instant until
    which it has been served. They are ours until the transaction ends."""
    rows = db.query(
        f"""SELECT * FROM plans WHERE due_at <= :now ORDER BY due_at, id
            LIMIT :limit {db.skip_locked}""",  # noqa: S608 - a word of the engine
        now=to_ms(now),
        limit=limit,
    )
    return [(_plan(row), from_ms(row["served_at"])) for row in rows]


def served(db: Db, plan: Plan, until: datetime) -> None:
    """Every slot up to `until` has its row; the next one comes after it."""
    db.run(
        "UPDATE plans SET served_at = :until, due_at = :due_at WHERE id = :id",
        id=plan.id,
        until=to_ms(until),
        due_at=to_ms(next_instant(plan, until)),
    )


def travel(db: Db, person_id: int, zone: str, now: datetime) -> list[Slot]:
    """Their plans go on by the clocks of the zone they have come to.

    A slot that has passed there is caught up on when it is still worth it, unless its day has been
    served already; those that passed too long ago are returned, to be kept as skipped. What lies
    before a plan was made is neither.
    """
    passed: list[Slot] = []
    for row in db.query("SELECT * FROM plans WHERE person_id = :id ORDER BY id", id=person_id):
        plan, until = _plan(row), from_ms(row["served_at"])
        moved, slot, since = travelled(plan, zone, now)
        passed.extend([slot] if slot and slot.due_at > until else [])
        db.run("UPDATE plans SET zone = :zone WHERE id = :id", id=plan.id, zone=zone)
        served(db, moved, max(since, until))
    return passed


def recompute(db: Db) -> int:
    """Makes good every `due_at` that the wall clock doesn't show any more, because the rules of
    its zone have changed. How many plans that were.

    Plans with the same clock and the same instant are looked at once, so that a million plans
    cost what their few thousand different clocks cost.
    """
    stale = [
        row
        for row in db.query("SELECT DISTINCT zone, weekdays, at_time, rhythm, due_at FROM plans")
        if not _shown(row)
    ]
    return sum(_reckon_anew(db, row) for row in stale)


def rewind(db: Db, now: datetime) -> int:
    """The clock ran ahead and was put back: what was served of the future is to be served again.
    Slots that have left keep their rows and don't leave twice. How many plans there were."""
    rows = db.query("SELECT * FROM plans WHERE served_at > :now", now=to_ms(now))
    for row in rows:
        served(db, _plan(row), now)
    return len(rows)


def _shown(row: Row) -> bool:
    """Whether the plan's clock shows its time at the stored instant."""
    due_at = from_ms(row["due_at"])
    plan = _clock(row)
    return next_instant(plan, from_ms(row["due_at"] - 1)) == due_at


def _reckon_anew(db: Db, clock: Row) -> int:
    rows = db.query(
        """SELECT * FROM plans WHERE zone = :zone AND weekdays = :weekdays AND at_time = :at_time
               AND rhythm = :rhythm AND due_at = :due_at""",
        **clock,
    )
    for row in rows:
        served(db, _plan(row), from_ms(row["served_at"]))
    return len(rows)


def _clock(row: Row) -> Plan:
    """A plan of nobody, for its clock alone."""
    nobody = {"id": 0, "person_id": None, "chat_id": 0, "thread_id": 0, "in_quiet": 0}
    return _plan({**nobody, "kind": Kind.NUDGE, **row})


def _plan(row: Row) -> Plan:
    return Plan(
        id=row["id"],
        person_id=row["person_id"],
        chat_id=row["chat_id"],
        kind=Kind(row["kind"]),
        zone=row["zone"],
        weekdays=frozenset(map(int, row["weekdays"])),
        at=time.fromisoformat(row["at_time"]),
        rhythm=Rhythm(row["rhythm"]),
        in_quiet=bool(row["in_quiet"]),
        thread_id=row["thread_id"],
    )
