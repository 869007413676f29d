"""Whose every row is: what `/export` gathers and `/forget` deletes."""

from storage.engine import Db, Row

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

IMPERSONAL = frozenset({"_sqlite_migrations", "cohorts", "pairs", "quizzes", "lost_groups"})
"""The tables that hold nothing about anybody."""


def export(db: Db, person_id: int) -> dict[str, list[Row]]:
    """Everything that is kept about a person, table by table, as it is kept."""
    return {
        table: db.query(f"SELECT * FROM {table} WHERE {owner} = :id", id=person_id)  # noqa: S608
        for table, owner in OWNERS.items()
    }


def forget(db: Db, person_id: int) -> int:
    """Deletes it all; how many rows that were. The bytes are gone from the disk after
    `Store.checkpoint`, and from the backups when those are thrown away."""
    return sum(
        db.run(f"DELETE FROM {table} WHERE {owner} = :id", id=person_id)  # noqa: S608
        for table, owner in OWNERS.items()
    )
