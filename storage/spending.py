"""What asking the model has cost: a row per call, in tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.letters import Usage
from storage.beside import beside
from storage.engine import Db
from storage.instants import to_ms


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call. `outcome` is "ok" or the code of the failure; nothing of the text is kept."""

    person_id: int | None
    prompt: str
    version: str
    model: str
    outcome: str
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    started_at: datetime
    took: timedelta


@beside
def add(db: Db, call: ModelCall) -> None:
    """Keeps a call; of somebody who was forgotten while the model answered, without their
    number."""
    db.run(
        """INSERT INTO model_calls (person_id, prompt, version, model, outcome, prompt_tokens,
               cached_tokens, completion_tokens, started_at, milliseconds)
           VALUES ((SELECT id FROM people WHERE id = :person_id), :prompt, :version,
               :model, :outcome, :prompt_tokens, :cached_tokens, :completion_tokens, :started_at,
               :milliseconds)""",
        person_id=call.person_id,
        prompt=call.prompt,
        version=call.version,
        model=call.model,
        outcome=call.outcome,
        prompt_tokens=call.prompt_tokens,
        cached_tokens=call.cached_tokens,
        completion_tokens=call.completion_tokens,
        started_at=to_ms(call.started_at),
        milliseconds=call.took // timedelta(milliseconds=1),
    )


def purge(db: Db, before: datetime) -> int:
    """Forgets the calls that began before an instant; how many there were."""
    return db.run("DELETE FROM model_calls WHERE started_at < :before", before=to_ms(before))


def tokens_since(db: Db, person_id: int, since: datetime) -> int:
    """What a person's budget has to pay for: tokens sent and received from `since` on."""
    return _sum(db, "prompt_tokens + completion_tokens", person_id, since)


def usage_since(db: Db, person_id: int, since: datetime) -> Usage:
    """The same by sort."""
    return Usage(
        calls=_sum(db, "1", person_id, since),
        prompt_tokens=_sum(db, "prompt_tokens", person_id, since),
        cached_tokens=_sum(db, "cached_tokens", person_id, since),
        completion_tokens=_sum(db, "completion_tokens", person_id, since),
    )


@dataclass(frozen=True, slots=True)
class Spent:
    """What the calls of a while came to: how many, how many of them failed, and their tokens."""

    calls: int
    failed: int
    tokens: int


def spent_since(db: Db, since: datetime) -> Spent:
    """What everybody has used from `since` on."""
    row = db.one(
        """SELECT count(*) AS calls,
               coalesce(sum(CASE WHEN outcome = 'ok' THEN 0 ELSE 1 END), 0) AS failed,
               coalesce(sum(prompt_tokens + completion_tokens), 0) AS tokens
           FROM model_calls WHERE started_at >= :since""",
        since=to_ms(since),
    )
    assert row
    return Spent(row["calls"], int(row["failed"]), int(row["tokens"]))


def heaviest_since(
    db: Db, since: datetime, *, at_least: int, limit: int = 8
) -> list[tuple[int, int]]:
    """Who has used `at_least` so many tokens from `since` on, and how many; the most first."""
    rows = db.query(
        """SELECT person_id, sum(prompt_tokens + completion_tokens) AS tokens FROM model_calls
           WHERE person_id IS NOT NULL AND started_at >= :since
           GROUP BY person_id HAVING sum(prompt_tokens + completion_tokens) >= :at_least
           ORDER BY tokens DESC, person_id LIMIT :limit""",
        since=to_ms(since),
        at_least=at_least,
        limit=limit,
    )
    return [(row["person_id"], int(row["tokens"])) for row in rows]


def _sum(db: Db, what: str, person_id: int, since: datetime) -> int:
    row = db.one(
        f"""SELECT coalesce(sum({what}), 0) AS total FROM model_calls
            WHERE person_id = :person_id AND started_at >= :since""",  # noqa: S608 - columns only
        person_id=person_id,
        since=to_ms(since),
    )
    return row["total"] if row else 0
