"""Where each card stands. It is a cache of the log of grades (storage/grades.py), but a quick one.

Days are study days; in the tables they are their proleptic ordinals (date.toordinal).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.cards import Card, State
from coach.memory import Memory
from coach.notes import Face, NoteKind, face
from coach.scheduling import Load
from storage.engine import Db, Row

LOOKED_AT = 3000
"""Due cards among which the likeliest to be known are sought."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards somebody has: all that are not set aside, those due, the new ones, and those
    set aside."""

    cards: int
    due: int
    new: int
    suspended: int


def get(db: Db, person_id: int, id: str) -> Card | None:
    """A card by its number; None when there is none, or it is somebody else's."""
    row = db.one(
        "SELECT * FROM cards WHERE id = :id AND person_id = :person_id",
        id=int(id),
        person_id=person_id,
    )
    return _card(row) if row else None


def load(db: Db, person_id: int, ids: Sequence[str]) -> list[Card]:
    """Those of the cards that are still there, in the order given."""
    found = (get(db, person_id, id) for id in ids)
    return [card for card in found if card]


def of_note(db: Db, person_id: int, note_id: int) -> list[Card]:
    rows = db.query(
        """SELECT * FROM cards WHERE note_id = :note_id AND person_id = :person_id
           ORDER BY ordinal""",
        note_id=note_id,
        person_id=person_id,
    )
    return [_card(row) for row in rows]


def by_ordinal(db: Db, person_id: int, note_id: int) -> dict[int, Card]:
    """A note's cards by their number in it."""
    rows = db.query(
        "SELECT * FROM cards WHERE note_id = :note_id AND person_id = :person_id",
        note_id=note_id,
        person_id=person_id,
    )
    return {row["ordinal"]: _card(row) for row in rows}


def of_person(db: Db, person_id: int) -> list[Card]:
    """Every card, those set aside too, in the order in which they came."""
    rows = db.query("SELECT * FROM cards WHERE person_id = :id ORDER BY id", id=person_id)
    return [_card(row) for row in rows]


def due(db: Db, person_id: int, day: date, limit: int) -> list[Card]:
    """The cards that are due on a study day, those that waited longest first."""
    rows = db.query(
        """SELECT * FROM cards WHERE person_id = :person_id AND suspended = 0 AND due_day <= :day
           ORDER BY due_day, id LIMIT :limit""",
        person_id=person_id,
        day=day.toordinal(),
        limit=limit,
    )
    return [_card(row) for row in rows]


def learnt_here(db: Db, limit: int) -> list[tuple[int, Card]]:
    """Cards whose every grade was given here, the newest first, each with its person; what came
    with a file may have been learnt elsewhere."""
    rows = db.query(
        """SELECT cards.* FROM cards JOIN notes ON notes.id = cards.note_id
           WHERE cards.reps > 0 AND notes.source NOT IN ('anki', 'table')
           ORDER BY cards.id DESC LIMIT :limit""",
        limit=limit,
    )
    return [(row["person_id"], _card(row)) for row in rows]


def most_savable(db: Db, person_id: int, day: date, limit: int) -> list[Card]:
    """The cards that are due on a study day, those first that are likeliest to be known still:
    with one set of weights that is the order of days passed over stability. Of a backlog of
    thousands only what fell due last is looked at."""
    rows = db.query(
        """SELECT * FROM (
               SELECT * FROM cards
               WHERE person_id = :person_id AND suspended = 0 AND due_day <= :day
               ORDER BY due_day DESC, id DESC LIMIT :looked_at)
           ORDER BY (:day - memory_day) / stability, id LIMIT :limit""",
        person_id=person_id,
        day=day.toordinal(),
        looked_at=LOOKED_AT,
        limit=limit,
    )
    return [_card(row) for row in rows]


def beyond(db: Db, person_id: int, last: date, unseen_since: date, limit: int) -> list[Card]:
    """The cards that are due after a study day and weren't met since another, the soonest first:
    those that an interview may draw forward."""
    rows = db.query(
        """SELECT * FROM cards
           WHERE person_id = :person_id AND suspended = 0 AND due_day > :last
               AND memory_day < :unseen_since
           ORDER BY due_day, id LIMIT :limit""",
        person_id=person_id,
        last=last.toordinal(),
        unseen_since=unseen_since.toordinal(),
        limit=limit,
    )
    return [_card(row) for row in rows]


def known(db: Db, person_id: int) -> list[Card]:
    """Every card that was met and isn't set aside."""
    rows = db.query(
        """SELECT * FROM cards
           WHERE person_id = :id AND suspended = 0 AND due_day IS NOT NULL ORDER BY id""",
        id=person_id,
    )
    return [_card(row) for row in rows]


def new(db: Db, person_id: int, limit: int) -> list[Card]:
    """The cards never met, in the order in which they came."""
    rows = db.query(
        """SELECT * FROM cards
           WHERE person_id = :person_id AND suspended = 0 AND due_day IS NULL
           ORDER BY id LIMIT :limit""",
        person_id=person_id,
        limit=limit,
    )
    return [_card(row) for row in rows]


def count(db: Db, person_id: int, day: date) -> Counts:
    """How many cards there are on a study day."""
    row = db.one(
        """SELECT count(*) FILTER (WHERE suspended = 0) AS cards,
               count(*) FILTER (WHERE suspended = 0 AND due_day <= :day) AS due,
               count(*) FILTER (WHERE suspended = 0 AND due_day IS NULL) AS new,
               count(*) FILTER (WHERE suspended = 1) AS suspended
           FROM cards WHERE person_id = :person_id""",
        person_id=person_id,
        day=day.toordinal(),
    )
    assert row
    return Counts(**row)


def count_new(db: Db, person_id: int) -> int:
    """How many cards were never met."""
    row = db.one(
        """SELECT count(*) AS cards FROM cards
           WHERE person_id = :id AND suspended = 0 AND due_day IS NULL""",
        id=person_id,
    )
    assert row
    return row["cards"]


def count_due(db: Db, person_id: int, day: date) -> int:
    """How many cards are due on a study day; quicker than `count`, which looks at all."""
    row = db.one(
        """SELECT count(*) AS cards FROM cards
           WHERE person_id = :person_id AND suspended = 0 AND due_day <= :day""",
        person_id=person_id,
        day=day.toordinal(),
    )
    assert row
    return row["cards"]


def load_of_days(db: Db, person_id: int, first: date, last: date) -> Load:
    """How many cards are due on each study day of a span, both ends included."""
    rows = db.query(
        """SELECT due_day, count(*) AS cards FROM cards
           WHERE person_id = :person_id AND suspended = 0 AND due_day BETWEEN :first AND :last
           GROUP BY due_day""",
        person_id=person_id,
        first=first.toordinal(),
        last=last.toordinal(),
    )
    return {date.fromordinal(row["due_day"]): row["cards"] for row in rows}


def save(db: Db, person_id: int, card: Card) -> None:
    """Where a card stands from now on."""
    state = card.state
    db.run(
        """UPDATE cards SET due_day = :due_day, memory_day = :memory_day, interval = :interval,
               stability = :stability, difficulty = :difficulty, reps = :reps, lapses = :lapses,
               suspended = :suspended, leech = :leech
           WHERE id = :id AND person_id = :person_id""",
        id=int(card.id),
        person_id=person_id,
        due_day=state and state.due.toordinal(),
        memory_day=state and state.memory.day.toordinal(),
        interval=state.interval if state else 0,
        stability=state and state.memory.stability,
        difficulty=state and state.memory.difficulty,
        reps=state.reps if state else 0,
        lapses=state.lapses if state else 0,
        suspended=int(card.suspended),
        leech=int(card.leech),
    )


def suspend(db: Db, person_id: int, id: str, suspended: bool) -> bool:
    """Sets a card aside, or takes it back; False when nothing changed."""
    return bool(
        db.run(
            """UPDATE cards SET suspended = :suspended
               WHERE id = :id AND person_id = :person_id AND suspended <> :suspended""",
            id=int(id),
            person_id=person_id,
            suspended=int(suspended),
        )
    )


def shown(db: Db, person_id: int, id: str) -> Face | None:
    """What a card asks and answers; None when it is gone."""
    row = db.one(
        """SELECT notes.kind, notes.front, notes.back, cards.ordinal
           FROM cards JOIN notes ON notes.id = cards.note_id
           WHERE cards.id = :id AND cards.person_id = :person_id""",
        id=int(id),
        person_id=person_id,
    )
    if row is None:
        return None
    return face(NoteKind(row["kind"]), row["front"], row["back"], row["ordinal"])


def _card(row: Row) -> Card:
    return Card(
        id=str(row["id"]),
        note=str(row["note_id"]),
        state=_state(row),
        suspended=bool(row["suspended"]),
        leech=bool(row["leech"]),
    )


def _state(row: Row) -> State | None:
    if row["due_day"] is None:
        return None
    memory = Memory(row["stability"], row["difficulty"], date.fromordinal(row["memory_day"]))
    return State(memory, row["interval"], row["reps"], row["lapses"])
