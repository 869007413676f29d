"""The people who talk to the coach."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from coach.pauses import Pause
from coach.quiet import QuietHours
from storage.engine import Db, Row, one_of
from storage.instants import from_ms, maybe_from_ms, maybe_to_ms, to_ms


@dataclass(frozen=True, slots=True)
class Person:
    """A person by their Telegram number. `timezone` is an IANA name. `inactive_reason` says why
    nothing can be sent to them; `model_agreed_at`, since when their text may go to a model, or
    `model_declined_at`, since when not; `unveiled_at`, since when with names and addresses.
    `pause` may be over already: it goes when they are told so."""

    id: int
    chat_id: int
    language: str
    timezone: str | None
    created_at: datetime
    seen_at: datetime
    inactive_reason: str | None
    model_agreed_at: datetime | None
    model_declined_at: datetime | None
    unveiled_at: datetime | None
    quiet: QuietHours
    pause: Pause | None

    def paused(self, now: datetime) -> bool:
        """Whether they have asked to hear nothing at this moment."""
        return self.pause is not None and self.pause.holds(now)


def seen(db: Db, *, id: int, language: str, now: datetime, chat_id: int | None = None) -> Person:
    """Someone wrote: makes them known, or remembers when. The language counts the first time
    only; after that it is theirs to set. Their private chat has their own number."""
    row = db.one(
        """INSERT INTO people (id, chat_id, language, created_at, seen_at)
           VALUES (:id, :chat_id, :language, :now, :now)
           ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
           RETURNING *""",
        id=id,
        chat_id=id if chat_id is None else chat_id,
        language=language,
        now=to_ms(now),
    )
    assert row
    return _person(row)


def get(db: Db, id: int) -> Person | None:
    row = db.one("SELECT * FROM people WHERE id = :id", id=id)
    return _person(row) if row else None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant by everybody: those `known_by` an instant, without the one who writes to them;
    only those `among` some numbers, when there are any."""

    known_by: datetime
    but: int
    among: Collection[int] = ()


def reachable(db: Db, audience: Audience, *, after: int, now: datetime, limit: int) -> list[Person]:
    """Those of them who can be written to and are on no pause, by their numbers from behind
    `after`."""
    where, values = _reachable(audience, now)
    rows = db.query(
        f"SELECT * FROM people WHERE id > :after AND {where} ORDER BY id LIMIT :limit",  # noqa: S608
        after=after,
        limit=limit,
        **values,
    )
    return [_person(row) for row in rows]


def count_reachable(db: Db, audience: Audience, now: datetime) -> int:
    """How many there are of them."""
    where, values = _reachable(audience, now)
    row = db.one(f"SELECT count(*) AS n FROM people WHERE {where}", **values)  # noqa: S608
    return row["n"] if row else 0


def _reachable(audience: Audience, now: datetime) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"now": to_ms(now), "but": audience.but}
    values["known_by"] = to_ms(audience.known_by)
    where = """inactive_reason IS NULL AND (paused_at IS NULL OR paused_until <= :now)
               AND created_at <= :known_by AND id <> :but"""
    if audience.among:
        listed, numbers = one_of("among", sorted(audience.among))
        where, values = f"{where} AND id IN {listed}", values | numbers
    return where, values


def set_language(db: Db, id: int, language: str) -> None:
    db.run("UPDATE people SET language = :language WHERE id = :id", id=id, language=language)


def set_timezone(db: Db, id: int, timezone: str) -> None:
    """`timezone` is an IANA name."""
    db.run("UPDATE people SET timezone = :timezone WHERE id = :id", id=id, timezone=timezone)


def ask_for_zone(db: Db, id: int, now: datetime) -> bool:
    """Whether their zone is to be asked for: it isn't known and nobody has asked; now we have."""
    asked = db.run(
        """UPDATE people SET zone_asked_at = :now
           WHERE id = :id AND timezone IS NULL AND zone_asked_at IS NULL""",
        id=id,
        now=to_ms(now),
    )
    return bool(asked)


def set_quiet(db: Db, id: int, quiet: QuietHours) -> None:
    db.run(
        "UPDATE people SET quiet_from = :start, quiet_to = :end WHERE id = :id",
        id=id,
        start=f"{quiet.start:%H:%M}",
        end=f"{quiet.end:%H:%M}",
    )


def start_pause(db: Db, id: int, *, now: datetime, until: datetime | None) -> None:
    """They hear nothing until then (None: until they come back). A pause within a pause moves
    its end."""
    db.run(
        """UPDATE people SET paused_at = coalesce(paused_at, :now), paused_until = :until
           WHERE id = :id""",
        id=id,
        now=to_ms(now),
        until=maybe_to_ms(until),
    )


def end_pause(db: Db, id: int, now: datetime) -> Pause | None:
    """The pause they were in, which is kept; it ended at its end or, if that is ahead, now."""
    person = get(db, id)
    if person is None or person.pause is None:
        return None
    since, until = person.pause.since, person.pause.until
    ended = Pause(since, now if until is None else min(until, now))
    _keep_pause(db, id, ended)
    db.run("UPDATE people SET paused_at = NULL, paused_until = NULL WHERE id = :id", id=id)
    return ended


def pauses(db: Db, id: int) -> list[Pause]:
    """Every pause they took, oldest first, with the one they are in last."""
    past = [
        Pause(from_ms(row["started_at"]), from_ms(row["ended_at"]))
        for row in db.query("SELECT * FROM pauses WHERE person_id = :id ORDER BY started_at", id=id)
    ]
    person = get(db, id)
    return [*past, person.pause] if person and person.pause else past


def _keep_pause(db: Db, id: int, ended: Pause) -> None:
    db.run(
        """INSERT INTO pauses (person_id, started_at, ended_at) VALUES (:id, :since, :until)
           ON CONFLICT (person_id, started_at) DO UPDATE SET ended_at = excluded.ended_at""",
        id=id,
        since=to_ms(ended.since),
        until=maybe_to_ms(ended.until),
    )


def agree_to_model(db: Db, id: int, now: datetime) -> None:
    """From `now` on their text may go to a model."""
    db.run(
        "UPDATE people SET model_agreed_at = :now, model_declined_at = NULL WHERE id = :id",
        id=id,
        now=to_ms(now),
    )


def decline_model(db: Db, id: int, now: datetime) -> None:
    """From `now` on no text of theirs goes to a model."""
    db.run(
        "UPDATE people SET model_agreed_at = NULL, model_declined_at = :now WHERE id = :id",
        id=id,
        now=to_ms(now),
    )


def veil(db: Db, id: int, *, unveiled_at: datetime | None) -> None:
    """Whether a model reads stand-ins for names and addresses (None) or, since when, the names."""
    at = None if unveiled_at is None else to_ms(unveiled_at)
    db.run("UPDATE people SET unveiled_at = :at WHERE id = :id", id=id, at=at)


def deactivate(db: Db, chat_id: int, reason: str, now: datetime) -> bool:
    """Nothing can be sent to that chat (blocked, deleted account); the first reason stays.
    False when there is one already, or nobody."""
    changed = db.run(
        """UPDATE people SET inactive_reason = :reason, inactive_at = :now
           WHERE chat_id = :chat_id AND inactive_reason IS NULL""",
        chat_id=chat_id,
        reason=reason,
        now=to_ms(now),
    )
    return bool(changed)


def activate(db: Db, chat_id: int) -> None:
    """They are back."""
    db.run(
        """UPDATE people SET inactive_reason = NULL, inactive_at = NULL
           WHERE chat_id = :chat_id AND inactive_reason IS NOT NULL""",
        chat_id=chat_id,
    )


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        chat_id=row["chat_id"],
        language=row["language"],
        timezone=row["timezone"],
        created_at=from_ms(row["created_at"]),
        seen_at=from_ms(row["seen_at"]),
        inactive_reason=row["inactive_reason"],
        model_agreed_at=maybe_from_ms(row["model_agreed_at"]),
        model_declined_at=maybe_from_ms(row["model_declined_at"]),
        unveiled_at=maybe_from_ms(row["unveiled_at"]),
        quiet=QuietHours(
            time.fromisoformat(row["quiet_from"]), time.fromisoformat(row["quiet_to"])
        ),
        pause=_pause(row),
    )


def _pause(row: Row) -> Pause | None:
    since = maybe_from_ms(row["paused_at"])
    return Pause(since, maybe_from_ms(row["paused_until"])) if since else None


# Whoever says nothing for long.


def silent(db: Db, before: datetime, limit: int) -> list[Person]:
    """People not heard of since an instant, whom nobody has told so; the longest first."""
    rows = db.query(
        """SELECT * FROM people
           WHERE seen_at < :before AND (warned_at IS NULL OR warned_at <= seen_at)
           ORDER BY seen_at, id LIMIT :limit""",
        before=to_ms(before),
        limit=limit,
    )
    return [_person(row) for row in rows]


def warn(db: Db, id: int, now: datetime) -> None:
    """They are told what their silence leads to."""
    db.run("UPDATE people SET warned_at = :now WHERE id = :id", id=id, now=to_ms(now))


def silent_since_warned(
    db: Db, seen_before: datetime, warned_before: datetime, limit: int
) -> list[Person]:
    """People not heard of since the first instant, who were told so before the second."""
    rows = db.query(
        """SELECT * FROM people
           WHERE seen_at < :seen AND warned_at > seen_at AND warned_at <= :warned
           ORDER BY seen_at, id LIMIT :limit""",
        seen=to_ms(seen_before),
        warned=to_ms(warned_before),
        limit=limit,
    )
    return [_person(row) for row in rows]
