"""Whose every row is: what `/export` gathers and `/forget` deletes."""

from storage.engine import Db, Row
from storage.messages import SEND, SEND_ONCE

MESSAGES = (SEND, SEND_ONCE)

OWNERS = {
    # A row goes before the row it leans on.
    "attachments": "person_id",
    "sent_messages": "person_id",
    "jobs": "person_id",
    "edits": "person_id",
    "rewrites": "person_id",
    "reviews": "person_id",
    "sources": "person_id",
    "versions": "person_id",
    "postings": "person_id",
    "letters": "person_id",
    "own_words": "person_id",
    "facts": "person_id",
    "sheets": "chat_id",  # and so do photos of pages
    "pieces": "chat_id",  # pieces come in private chats, whose number is the person's
    "conversations": "person_id",
    "model_calls": "person_id",
    "pauses": "person_id",
    "slots": "person_id",
    "plans": "person_id",
    "proofs": "person_id",
    "habit_weeks": "person_id",
    "habit_plans": "person_id",
    "craft_answers": "person_id",
    "offers": "person_id",
    "imports": "person_id",
    "sessions": "person_id",
    "studies": "person_id",
    "grades": "person_id",
    "cards": "person_id",
    "notes": "person_id",
    "readings": "person_id",
    "excerpts": "person_id",
    "pair_members": "person_id",
    "invitations": "person_id",
    "marks": "person_id",
    "members": "person_id",
    "people": "id",
}
"""Every table that holds something about a person, and the column that says about whom."""

IMPERSONAL = frozenset({"cohorts", "pairs", "quizzes", "lost_groups"})
"""The tables that hold nothing about anybody. Beside them each engine keeps which steps it took."""


OTHERS_WORDS = ("excerpt", "answers")
"""How the keys of messages begin that carry what somebody else has written."""


def export(db: Db, person_id: int) -> dict[str, list[Row]]:
    """Everything that is kept about a person, table by table, as it is kept; but nothing that
    others have written."""
    return {table: [_own(table, row) for row in _rows(db, table, person_id)] for table in OWNERS}


def _rows(db: Db, table: str, person_id: int) -> list[Row]:
    return db.query(f"SELECT * FROM {table} WHERE {OWNERS[table]} = :id", id=person_id)  # noqa: S608


def _own(table: str, row: Row) -> Row:
    """A message may carry a passage that somebody gave them to read; an update from a group, what
    it answers."""
    if table != "jobs":
        return row
    of_others = row["kind"] in MESSAGES and row["key"].partition(":")[0] in OTHERS_WORDS
    from_group = row["kind"] == "update" and '"type": "private"' not in row["payload"]
    return row | {"payload": "{}"} if of_others or from_group else row


def forget(db: Db, person_id: int) -> int:
    """Deletes it all; how many rows that were. The bytes are gone from the disk after
    `Store.checkpoint`, and from the backups when those are thrown away."""
    return sum(
        db.run(f"DELETE FROM {table} WHERE {owner} = :id", id=person_id)  # noqa: S608
        for table, owner in OWNERS.items()
    )
