"""Who sits where in a pair that goes on: whose text goes to whom."""

from dataclasses import dataclass

from handlers.cohorts.peer_buttons import seal
from storage import Db, cohorts, excerpts, members, pairs
from storage.cohorts import Cohort
from storage.members import Member
from storage.pairs import Pair


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's part in a pair that goes on: who they are in it, and who reads their text."""

    here: Cohort
    pair: Pair
    mine: Member
    reader: Member

    def seal(self, text: str) -> str:
        """What the button under a text carries: this text, for this reader."""
        return seal(text, self.reader.person_id)


def seat(db: Db, pair_id: int, person_id: int) -> Seat | None:
    """None for strangers, for who has left, and when the pair is over."""
    pair = pairs.get(db, pair_id)
    here = cohorts.get(db, pair.cohort_id) if pair else None
    if pair is None or here is None or pair.ended_at:
        return None
    present = pairs.present(db, pair)
    if person_id not in present or len(present) < 2:
        return None
    reader_id = present[(present.index(person_id) + 1) % len(present)]
    mine = members.get(db, here.id, person_id)
    reader = members.get(db, here.id, reader_id)
    return Seat(here, pair, mine, reader) if mine and reader else None


def open_seat(db: Db, pair_id: int, person_id: int) -> Seat | None:
    """The same, while nothing has been given."""
    theirs = excerpts.by(db, pair_id, person_id)
    return None if theirs and theirs.given_at else seat(db, pair_id, person_id)
