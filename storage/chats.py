"""Chats that can't be reached: somebody blocked us, a group is gone. Nothing is tried there."""

from datetime import datetime

from storage import messages, people, slots
from storage.engine import Db
from storage.instants import to_ms

UNREACHABLE = frozenset(
    {"blocked", "deactivated", "kicked", "not_started", "chat_not_found", "deleted", "forbidden"}
)
"""Why nothing can be sent to a chat (bot/fates.py). What waited there is nobody's fault."""


def lose(db: Db, chat_id: int, reason: str, now: datetime) -> bool:
    """Nobody is there to read: what waits for the chat is given up, its plans are kept.

    False when that was known already, so that whoever is to hear of it hears once.
    """
    messages.freeze(db, chat_id, reason, now)
    slots.freeze(db, chat_id, reason)
    if chat_id > 0:
        return people.deactivate(db, chat_id, reason, now)
    added = db.run(
        """INSERT INTO lost_groups (chat_id, reason, lost_at) VALUES (:chat_id, :reason, :now)
           ON CONFLICT (chat_id) DO NOTHING""",
        chat_id=chat_id,
        reason=reason,
        now=to_ms(now),
    )
    return added == 1


def regain(db: Db, chat_id: int) -> None:
    """They are back; what was given up stays so, and the next slot comes by the wall clock."""
    people.activate(db, chat_id)
    db.run("DELETE FROM lost_groups WHERE chat_id = :chat_id", chat_id=chat_id)


def lost(db: Db, chat_id: int) -> str | None:
    """Why a group can't be reached; None when it can."""
    row = db.one("SELECT reason FROM lost_groups WHERE chat_id = :chat_id", chat_id=chat_id)
    return row["reason"] if row else None
