"""Sessions with cards as they stand, so that one goes on after a restart and undo is exact."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from coach.cards import Card, Grade, State
from coach.memory import Memory, Rating
from coach.sessions import Session, Step
from storage.engine import Db
from storage.instants import from_ms, maybe_from_ms, maybe_to_ms, to_ms


def latest(db: Db, person_id: int) -> Session | None:
    """The session that a person opened last, finished or not."""
    row = db.one(
        "SELECT content FROM sessions WHERE person_id = :id ORDER BY opened_at DESC, id LIMIT 1",
        id=person_id,
    )
    return _session(json.loads(row["content"])) if row else None


def begin(db: Db, person_id: int, session: Session, now: datetime) -> None:
    """Opens a session in the place of any that is open: a person has one at most."""
    db.run("DELETE FROM sessions WHERE person_id = :id", id=person_id)
    db.run(
        """INSERT INTO sessions (id, person_id, content, opened_at, ended_at)
           VALUES (:id, :person_id, :content, :now, NULL)""",
        id=session.id,
        person_id=person_id,
        content=_written(session),
        now=to_ms(now),
    )


def save(db: Db, person_id: int, session: Session) -> None:
    """How the session stands after a press."""
    ended = session.touched if session.finished else None
    db.run(
        """UPDATE sessions SET content = :content, ended_at = :ended_at
           WHERE id = :id AND person_id = :person_id""",
        id=session.id,
        person_id=person_id,
        content=_written(session),
        ended_at=maybe_to_ms(ended),
    )


def _written(session: Session) -> str:
    """JSON keeps floats to the last bit, so what is read back is what was written."""
    content = asdict(session)
    shown = session.intervals
    content["intervals"] = (
        None if shown is None else {int(one): days for one, days in shown.items()}
    )
    return json.dumps(content, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return to_ms(value)
    if isinstance(value, date):
        return value.toordinal()
    raise TypeError(type(value).__name__)


def _session(content: dict[str, Any]) -> Session:
    shown = content["intervals"]
    return Session(
        id=content["id"],
        day=date.fromordinal(content["day"]),
        queue=tuple(content["queue"]),
        touched=from_ms(content["touched"]),
        position=content["position"],
        intervals=None
        if shown is None
        else {Rating(int(rating)): days for rating, days in shown.items()},
        steps=tuple(_step(step) for step in content["steps"]),
        finished=content["finished"],
        asked=maybe_from_ms(content["asked"]),
        message=content["message"],
    )


def _step(content: dict[str, Any]) -> Step:
    return Step(_card(content["card"]), _grade(content["grade"]), content["repeats"])


def _card(content: dict[str, Any]) -> Card:
    state = content["state"]
    fields: dict[str, Any] = content | {"state": _state(state) if state else None}
    return Card(**fields)


def _state(content: dict[str, Any]) -> State:
    memory = content["memory"]
    remembered: dict[str, Any] = memory | {"day": date.fromordinal(memory["day"])}
    fields: dict[str, Any] = content | {"memory": Memory(**remembered)}
    return State(**fields)


def _grade(content: dict[str, Any]) -> Grade:
    at, day = from_ms(content["at"]), date.fromordinal(content["day"])
    rating = Rating(content["rating"])
    fields: dict[str, Any] = content | {"at": at, "day": day, "rating": rating}
    return Grade(**fields)
