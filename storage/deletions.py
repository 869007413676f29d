"""Deleting one letter with all that was made of it, so that no byte of it stays.

Cards that the person kept are theirs and stay. What a worker holds at this moment names the letter
by its number only and finds nothing when it comes to write.
"""

import json
from collections.abc import Collection
from typing import Any

from storage import letters
from storage.engine import Db, Row
from storage.messages import SEND

SPEAKING_KEYS = frozenset(
    {
        *("receipt", "review", "critique", "since", "same", "open", "original", "title", "one"),
        *("show", "summary", "download", "whole", "coverage", "answer", "press", "cards", "copy"),
        *("copies", "consent", "passages", "rewrite"),
    }
)
"""How the keys of answers begin that may quote a letter. Those that wait are dropped with it,
whichever letter of the person they are about: they wait for a second, and a press brings them
again."""


def delete_letter(db: Db, letter_id: int, person_id: int) -> bool:
    """Whether there was such a letter of that person. The bytes are gone from the disk after
    `Store.checkpoint`, and from the backups when those are thrown away."""
    versions = [one.id for one in letters.of_letter(db, letter_id) if one.person_id == person_id]
    if not versions:
        return False
    reviews = {review for version in versions for review in _reviews(db, version)}
    for job in _open_jobs(db, person_id):
        if _is_about(job, versions, reviews):
            db.run("DELETE FROM jobs WHERE id = :id", id=job["id"])
    for review in reviews:
        db.run(
            "DELETE FROM offers WHERE person_id = :person_id AND key = :key",
            person_id=person_id,
            key=f"review:{review}",
        )
        db.run(
            "DELETE FROM offers WHERE person_id = :person_id AND key = :key",
            person_id=person_id,
            key=f"coverage:{review}",
        )
    db.run("DELETE FROM letters WHERE id = :id", id=letter_id)  # its versions go with it
    return True


def _reviews(db: Db, version_id: int) -> list[int]:
    rows = db.query("SELECT id FROM reviews WHERE version_id = :id", id=version_id)
    return [row["id"] for row in rows]


def _open_jobs(db: Db, person_id: int) -> list[Row]:
    """What waits or was given up. What is claimed is left to its worker."""
    return db.query(
        """SELECT id, kind, key, state, payload FROM jobs
           WHERE person_id = :person_id AND state IN ('waiting', 'dead')""",
        person_id=person_id,
    )


def _is_about(job: Row, versions: Collection[int], reviews: Collection[int]) -> bool:
    if job["kind"] == SEND:
        return job["state"] == "dead" or job["key"].partition(":")[0] in SPEAKING_KEYS
    payload: dict[str, Any] = json.loads(job["payload"])
    if job["kind"] == "update":  # one that could not be handled may be the letter itself
        return job["state"] == "dead" and "message" in payload
    if job["kind"] in {"review", "rewrite"}:
        return payload.get("version") in versions
    return (
        job["kind"] in {"critique", "copy", "coverage", "cards", "since"}
        and payload.get("review") in reviews
    )
