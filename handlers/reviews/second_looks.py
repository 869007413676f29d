"""What a model is asked besides a critique, queued as jobs of three kinds."""

from datetime import datetime

from storage import Db, jobs
from storage.reviews import StoredReview

COVERAGE, CARDS, SINCE = "coverage", "cards", "since"
"""The kinds of jobs: a letter against its posting or form, its cards, a version next to another."""


def queue(
    db: Db, kind: str, review: StoredReview, message: str, now: datetime, **more: object
) -> None:
    """Has a model look at it once more; what it adds comes into the message with the key
    `message`, or is that message where `told` is false."""
    payload = {"review": review.id, "message": message, "told": True, **more}
    person_id = review.person_id
    jobs.add(db, kind=kind, key=message, payload=payload, person_id=person_id, due_at=now)
