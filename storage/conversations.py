"""Where a conversation stands: a state and its data per key, kept for aiogram's FSM."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.beside import beside
from storage.engine import Db
from storage.instants import to_ms


def key(bot_id: int, chat_id: int, thread_id: int | None, user_id: int, destiny: str) -> str:
    """What a conversation is known by; a topic of a group has conversations of its own."""
    return f"{bot_id}:{chat_id}:{thread_id or 0}:{user_id}:{destiny}"


def state(db: Db, key: str) -> str | None:
    row = db.one("SELECT state FROM conversations WHERE key = :key", key=key)
    return row["state"] if row else None


def data(db: Db, key: str) -> dict[str, Any]:
    row = db.one("SELECT data FROM conversations WHERE key = :key", key=key)
    return json.loads(row["data"]) if row else {}


@beside
def set_state(
    db: Db, key: str, state: str | None, *, now: datetime, person_id: int | None = None
) -> None:
    _set(db, "state", state, key, "{}", now, person_id)
    _drop_if_empty(db, key)


@beside
def set_data(
    db: Db, key: str, data: Mapping[str, Any], *, now: datetime, person_id: int | None = None
) -> None:
    """Replaces the data, which must be JSON."""
    _set(db, "data", None, key, json.dumps(dict(data), ensure_ascii=False), now, person_id)
    _drop_if_empty(db, key)


def purge(db: Db, before: datetime) -> int:
    """Forgets conversations that last moved before an instant; how many there were."""
    return db.run("DELETE FROM conversations WHERE updated_at < :before", before=to_ms(before))


def _set(
    db: Db,
    column: str,
    state: str | None,
    key: str,
    data: str,
    now: datetime,
    person_id: int | None,
) -> None:
    db.run(
        f"""INSERT INTO conversations (key, person_id, state, data, updated_at)
            VALUES (:key, :person_id, :state, :data, :now)
            ON CONFLICT (key) DO UPDATE SET
                {column} = excluded.{column}, updated_at = excluded.updated_at""",  # noqa: S608
        key=key,
        person_id=person_id,
        state=state,
        data=data,
        now=to_ms(now),
    )


def _drop_if_empty(db: Db, key: str) -> None:
    """A conversation that stands nowhere leaves no row behind."""
    db.run("DELETE FROM conversations WHERE key = :key AND state IS NULL AND data = '{}'", key=key)
