"""The words that people have called right: they are never flagged in their letters again."""

from collections.abc import Collection
from datetime import datetime

from storage.engine import Db, one_of
from storage.instants import to_ms


def add(db: Db, person_id: int, word: str, *, step: int, now: datetime) -> None:
    """The word is theirs from now on, in any case. `step` is the decision that it came with."""
    db.run(
        """INSERT INTO own_words (person_id, word, step, created_at)
           VALUES (:person_id, :word, :step, :now)
           ON CONFLICT (person_id, word) DO NOTHING""",
        person_id=person_id,
        word=word.lower(),
        step=step,
        now=to_ms(now),
    )


def remove(db: Db, person_id: int, word: str) -> bool:
    """The word may be flagged again; False when it wasn't theirs."""
    changed = db.run(
        "DELETE FROM own_words WHERE person_id = :person_id AND word = :word",
        person_id=person_id,
        word=word.lower(),
    )
    return bool(changed)


def take_back(db: Db, person_id: int, words: Collection[str], *, step: int) -> None:
    """Removes of these words what came with a decision that is taken back."""
    if not words:
        return
    names, named = one_of("word", sorted({word.lower() for word in words}))
    db.run(
        f"""DELETE FROM own_words
            WHERE person_id = :person_id AND step = :step AND word IN {names}""",  # noqa: S608
        person_id=person_id,
        step=step,
        **named,
    )


def of_person(db: Db, person_id: int) -> list[str]:
    """A person's words in small letters, in their order."""
    rows = db.query(
        "SELECT word FROM own_words WHERE person_id = :person_id ORDER BY word",
        person_id=person_id,
    )
    return [row["word"] for row in rows]
