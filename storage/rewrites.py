"""Passages that their writers say anew: what is proposed, what is asked, and how it ended."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from coach.letters import Edit, Rewrite, Source
from storage import reviews
from storage.engine import Db, Row
from storage.instants import to_ms


class RewriteState(StrEnum):
    """Where a passage stands: a model is at it, something is shown, a question is open, the
    writer is at it, its words are in the letter, or the passage stays."""

    WAITING = "waiting"
    SHOWN = "shown"
    ASKING = "asking"
    TYPING = "typing"
    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class StoredRewrite:
    """A passage of a version, and the words that may stand there instead ("" for none yet).

    `asked` is the number of the open question, counted from 0; `tries` counts how often a model
    was asked, `earlier` what it proposed before. `shown_in` is the message that shows it: its
    number, or the key it was sent with.
    """

    id: int
    person_id: int
    version_id: int
    start: int
    end: int
    advice: str = ""
    wish: str = ""
    replacement: str = ""
    why: str = ""
    questions: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    author: Source = Source.MODEL
    state: RewriteState = RewriteState.SHOWN
    asked: int = 0
    tries: int = 0
    shown_in: str = ""


def begin(
    db: Db,
    *,
    key: str,
    person_id: int,
    version_id: int,
    rewrite: Rewrite,
    advice: str,
    shown_in: str,
    now: datetime,
) -> StoredRewrite:
    """A passage is taken up; `key` names the press, so that a press begins once. `rewrite` may
    propose words already."""
    db.run(
        """INSERT INTO rewrites (person_id, version_id, key, start_at, end_at, advice, wish,
               replacement, why, questions, earlier, author, state, asked, tries, shown_in,
               created_at)
           VALUES (:person_id, :version_id, :key, :start_at, :end_at, :advice, '',
               :replacement, :why, :questions, '[]', 'model', 'shown', 0, 0, :shown_in, :now)
           ON CONFLICT (person_id, key) DO NOTHING""",
        person_id=person_id,
        version_id=version_id,
        key=key,
        start_at=rewrite.start,
        end_at=rewrite.end,
        advice=advice,
        replacement=rewrite.replacement,
        why=rewrite.why,
        questions=_listed(rewrite.questions),
        shown_in=shown_in,
        now=to_ms(now),
    )
    row = db.one(
        "SELECT * FROM rewrites WHERE person_id = :person_id AND key = :key",
        person_id=person_id,
        key=key,
    )
    assert row is not None
    return _stored(row)


def get(db: Db, rewrite_id: int) -> StoredRewrite | None:
    row = db.one("SELECT * FROM rewrites WHERE id = :id", id=rewrite_id)
    return _stored(row) if row else None


def taken(db: Db, version_id: int) -> list[StoredRewrite]:
    """The passages of a version that stand anew, the oldest first."""
    rows = db.query(
        "SELECT * FROM rewrites WHERE version_id = :id AND state = 'taken' ORDER BY id",
        id=version_id,
    )
    return [_stored(row) for row in rows]


def keep(db: Db, rewrite: StoredRewrite) -> StoredRewrite:
    """Writes down where a passage stands now; its place in the letter never changes."""
    db.run(
        """UPDATE rewrites SET wish = :wish, replacement = :replacement, why = :why,
               questions = :questions, earlier = :earlier, author = :author, state = :state,
               asked = :asked, tries = :tries, shown_in = :shown_in
           WHERE id = :id""",
        id=rewrite.id,
        wish=rewrite.wish,
        replacement=rewrite.replacement,
        why=rewrite.why,
        questions=_listed(rewrite.questions),
        earlier=_listed(rewrite.earlier),
        author=rewrite.author.value,
        state=rewrite.state.value,
        asked=rewrite.asked,
        tries=rewrite.tries,
        shown_in=rewrite.shown_in,
    )
    return rewrite


def take(
    db: Db, rewrite: StoredRewrite, *, review_id: int, edit: Edit, now: datetime
) -> StoredRewrite:
    """The words stand in the letter, as an accepted edit of a review; another rewrite of the same
    words goes back to what it was."""
    for other in taken(db, rewrite.version_id):
        if other.id != rewrite.id and _overlap(db, review_id, other, edit):
            put_back(db, other, review_id=review_id, state=RewriteState.LEFT)
    reviews.place(db, review_id=review_id, edit=edit, rewrite=rewrite.id, now=now)
    return keep(db, replace(rewrite, state=RewriteState.TAKEN))


def put_back(
    db: Db, rewrite: StoredRewrite, *, review_id: int, state: RewriteState
) -> StoredRewrite:
    """The passage stands as its writer sent it, with the slips in it decided as before."""
    reviews.lift(db, review_id=review_id, rewrite=rewrite.id)
    return keep(db, replace(rewrite, state=state))


def _overlap(db: Db, review_id: int, other: StoredRewrite, edit: Edit) -> bool:
    return any(
        placed.rewrite == other.id and placed.edit.start < edit.end and edit.start < placed.edit.end
        for placed in reviews.edits(db, review_id)
    )


def _listed(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _stored(row: Row) -> StoredRewrite:
    return StoredRewrite(
        id=row["id"],
        person_id=row["person_id"],
        version_id=row["version_id"],
        start=row["start_at"],
        end=row["end_at"],
        advice=row["advice"],
        wish=row["wish"],
        replacement=row["replacement"],
        why=row["why"],
        questions=tuple(json.loads(row["questions"])),
        earlier=tuple(json.loads(row["earlier"])),
        author=Source(row["author"]),
        state=RewriteState(row["state"]),
        asked=row["asked"],
        tries=row["tries"],
        shown_in=row["shown_in"],
    )
