"""What was said about a version of a letter, and what its writer decided about every edit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter

from coach.letters import Edit, EditKind, Review, Source
from storage.engine import Db, Row, one_of
from storage.instants import from_ms, to_ms


class EditState(StrEnum):
    """What the writer decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review with its place: the version it speaks of and the person it is for."""

    id: int
    version_id: int
    person_id: int
    review: Review
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StoredEdit:
    """An edit of a review; `number` counts from 1.

    `step` says with which of its writer's decisions it was decided, the last being the greatest;
    None while it is open, and when it was decided together with all the others. `rewrite` is the
    passage said anew that this edit is, if it is no slip (storage/rewrites.py).
    """

    number: int
    edit: Edit
    state: EditState
    step: int | None = None
    rewrite: int | None = None


_REVIEW: TypeAdapter[Review] = TypeAdapter(Review)


def save(db: Db, *, version_id: int, review: Review, now: datetime) -> StoredReview:
    """Keeps a review; its edits become rows that are open. Raises LookupError when the version
    is gone (its writer had it deleted)."""
    row = db.one(
        """INSERT INTO reviews (version_id, person_id, engine, content, created_at)
           SELECT id, person_id, :engine, :content, :now FROM versions WHERE id = :version_id
           RETURNING id, person_id""",
        version_id=version_id,
        engine=review.critique.engine,
        content=_REVIEW.dump_json(replace(review, edits=())).decode(),
        now=to_ms(now),
    )
    if row is None:
        raise LookupError("there is no such version")
    for number, edit in enumerate(review.edits, start=1):
        _add_edit(db, row["id"], row["person_id"], number, edit)
    return StoredReview(row["id"], version_id, row["person_id"], review, from_ms(to_ms(now)))


def amend(db: Db, review_id: int, review: Review) -> None:
    """Says more in a review: against a posting that came later. Its edits stay as they are."""
    db.run(
        "UPDATE reviews SET content = :content WHERE id = :id",
        content=_REVIEW.dump_json(replace(review, edits=())).decode(),
        id=review_id,
    )


def get(db: Db, review_id: int) -> StoredReview | None:
    row = db.one("SELECT * FROM reviews WHERE id = :id", id=review_id)
    return _stored_review(db, row) if row else None


def latest(db: Db, version_id: int) -> StoredReview | None:
    """What was said last about a version."""
    row = db.one(
        "SELECT * FROM reviews WHERE version_id = :version_id ORDER BY id DESC LIMIT 1",
        version_id=version_id,
    )
    return _stored_review(db, row) if row else None


def edits(db: Db, review_id: int) -> list[StoredEdit]:
    """Every edit of a review in the order of its number, without those that lie in a passage
    that stands anew."""
    rows = db.query(
        "SELECT * FROM edits WHERE review_id = :id AND covered_by IS NULL ORDER BY number",
        id=review_id,
    )
    return [_stored_edit(row) for row in rows]


def place(db: Db, *, review_id: int, edit: Edit, rewrite: int, now: datetime) -> None:
    """Puts a passage that stands anew among the edits, accepted. It covers the slips in its
    words: they keep what was decided about them, for when it is lifted out again."""
    [row] = db.query(
        """SELECT reviews.person_id, COALESCE(MAX(edits.number), 0) + 1 AS number
           FROM reviews LEFT JOIN edits ON edits.review_id = reviews.id
           WHERE reviews.id = :id GROUP BY reviews.person_id""",
        id=review_id,
    )
    db.run(
        """UPDATE edits SET covered_by = :rewrite
           WHERE review_id = :review_id AND rewrite IS NULL AND covered_by IS NULL
               AND start_at < :end_at AND (:start_at < end_at OR start_at = :start_at)""",
        rewrite=rewrite,
        review_id=review_id,
        start_at=edit.start,
        end_at=edit.end,
    )
    _add_edit(db, review_id, row["person_id"], row["number"], edit)
    db.run(
        """UPDATE edits SET state = 'accepted', rewrite = :rewrite, decided_at = :now
           WHERE review_id = :review_id AND number = :number""",
        rewrite=rewrite,
        now=to_ms(now),
        review_id=review_id,
        number=row["number"],
    )


def lift(db: Db, *, review_id: int, rewrite: int) -> None:
    """Takes such a passage out again."""
    named = {"review_id": review_id, "rewrite": rewrite}
    db.run("DELETE FROM edits WHERE review_id = :review_id AND rewrite = :rewrite", **named)
    db.run(
        """UPDATE edits SET covered_by = NULL
           WHERE review_id = :review_id AND covered_by = :rewrite""",
        **named,
    )


def decide(
    db: Db,
    *,
    review_id: int,
    numbers: Sequence[int] | None,
    state: EditState | str,
    now: datetime,
) -> int:
    """Accepts or skips edits; how many that changed. What is decided stays decided until `undo`.

    Without `numbers`: every open edit that isn't a question ("apply all"), which is no step.
    """
    decision = EditState(state)
    if decision is EditState.OPEN:
        raise ValueError("a decision accepts or skips")
    if numbers is not None and not numbers:
        return 0
    which, named = ("ask = 0", {}) if numbers is None else _numbered(numbers)
    return db.run(
        f"""UPDATE edits SET state = :state, step = :step, decided_at = :now
            WHERE review_id = :review_id AND state = 'open' AND covered_by IS NULL
                AND {which}""",  # noqa: S608 - names only
        review_id=review_id,
        state=decision.value,
        step=None if numbers is None else _next_step(db, review_id),
        now=to_ms(now),
        **named,
    )


def last_step(db: Db, review_id: int) -> int:
    """The step that `undo` would take back; 0 when there is none."""
    row = db.one(
        """SELECT COALESCE(MAX(step), 0) AS step FROM edits
           WHERE review_id = :id AND covered_by IS NULL""",
        id=review_id,
    )
    return row["step"] if row else 0


def _next_step(db: Db, review_id: int) -> int:
    """Greater than any, also of slips that are covered and may come back."""
    [row] = db.query(
        "SELECT COALESCE(MAX(step), 0) + 1 AS step FROM edits WHERE review_id = :id", id=review_id
    )
    return row["step"]


def undo(db: Db, *, review_id: int, step: int) -> list[int]:
    """Opens again what a step decided; the numbers of those edits. None unless it is the last
    step, so that the same press twice takes back one."""
    if step <= 0 or step != last_step(db, review_id):
        return []
    rows = db.query(
        """UPDATE edits SET state = 'open', step = NULL, decided_at = NULL
           WHERE review_id = :review_id AND step = :step AND covered_by IS NULL
           RETURNING number""",
        review_id=review_id,
        step=step,
    )
    return sorted(row["number"] for row in rows)


def carry(db: Db, *, before: int, after: int) -> None:
    """What was decided in one review stays decided, step by step, in another of the same version
    where that proposes the same change at the same place; passages that stand anew stay so."""
    numbers = {change(stored.edit): stored.number for stored in edits(db, after)}
    for stored in _all_edits(db, before):
        number = numbers.get(change(stored.edit))
        if number and stored.rewrite is None and stored.state is not EditState.OPEN:
            db.run(
                """UPDATE edits SET (state, step, decided_at) =
                       (SELECT state, step, decided_at FROM edits
                        WHERE review_id = :before AND number = :decided)
                   WHERE review_id = :after AND number = :number""",
                before=before,
                decided=stored.number,
                after=after,
                number=number,
            )
    for stored in edits(db, before):
        if stored.rewrite is not None:
            _carry_rewrite(db, before, after, stored)


def _carry_rewrite(db: Db, before: int, after: int, stored: StoredEdit) -> None:
    [row] = db.query(
        "SELECT decided_at FROM edits WHERE review_id = :id AND number = :number",
        id=before,
        number=stored.number,
    )
    decided_at = from_ms(row["decided_at"])
    assert stored.rewrite is not None
    place(db, review_id=after, edit=stored.edit, rewrite=stored.rewrite, now=decided_at)


def change(edit: Edit) -> tuple[int, int, str]:
    """What makes two edits of the same text the same."""
    return edit.start, edit.end, edit.right


def _numbered(numbers: Sequence[int]) -> tuple[str, dict[str, object]]:
    names, named = one_of("number", numbers)
    return f"number IN {names}", named


def _add_edit(db: Db, review_id: int, person_id: int, number: int, edit: Edit) -> None:
    db.run(
        """INSERT INTO edits (review_id, number, person_id, start_at, end_at, wrong_text,
               right_text, kind, source, confidence, ask, reason, state)
           VALUES (:review_id, :number, :person_id, :start_at, :end_at, :wrong_text,
               :right_text, :kind, :source, :confidence, :ask, :reason, 'open')""",
        review_id=review_id,
        number=number,
        person_id=person_id,
        start_at=edit.start,
        end_at=edit.end,
        wrong_text=edit.wrong,
        right_text=edit.right,
        kind=edit.kind.value,
        source=edit.source.value,
        confidence=edit.confidence,
        ask=int(edit.ask),
        reason=edit.reason,
    )


def _stored_review(db: Db, row: Row) -> StoredReview:
    said = _REVIEW.validate_json(row["content"])
    proposed = (one.edit for one in _all_edits(db, row["id"]) if one.rewrite is None)
    with_edits = replace(said, edits=tuple(proposed))
    return StoredReview(
        row["id"], row["version_id"], row["person_id"], with_edits, from_ms(row["created_at"])
    )


def _all_edits(db: Db, review_id: int) -> list[StoredEdit]:
    """The covered ones too."""
    rows = db.query("SELECT * FROM edits WHERE review_id = :id ORDER BY number", id=review_id)
    return [_stored_edit(row) for row in rows]


def _stored_edit(row: Row) -> StoredEdit:
    edit = Edit(
        start=row["start_at"],
        end=row["end_at"],
        wrong=row["wrong_text"],
        right=row["right_text"],
        kind=EditKind(row["kind"]),
        confidence=row["confidence"],
        ask=bool(row["ask"]),
        reason=row["reason"],
        source=Source(row["source"]),
    )
    return StoredEdit(row["number"], edit, EditState(row["state"]), row["step"], row["rewrite"])
