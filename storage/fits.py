"""Weights that were fitted to a person: who has enough of a log, and what changes with them."""

from dataclasses import replace

from coach.cards import rebuild
from coach.memory import Weights
from storage import cards, grades, studies
from storage.engine import Db


def candidates(db: Db, at_least: int) -> list[int]:
    """The people with at least so many grades."""
    rows = db.query(
        """SELECT person_id FROM grades GROUP BY person_id HAVING count(*) >= :at_least
           ORDER BY person_id""",
        at_least=at_least,
    )
    return [row["person_id"] for row in rows]


def keep(db: Db, person_id: int, weights: Weights) -> int:
    """From now on these weights count: every card is reckoned anew from its log, and what was
    promised stays as it was, since the log holds the intervals. How many cards those are."""
    wishes = replace(studies.get(db, person_id).wishes, weights=weights)
    studies.change(db, person_id, wishes=wishes)
    known, changed = grades.all_of(db, person_id), 0
    for card in cards.of_person(db, person_id):
        if log := known.get(card.id):
            cards.save(db, person_id, replace(card, state=rebuild(log, wishes)))
            changed += 1
    return changed
