"""What a letter that lacks evidence could cite: proofs from the writer's own wall."""

from datetime import datetime

from coach import walls
from coach.letters import Review
from coach.proofs import citable, lacks_evidence
from coach.texts import say
from handlers.chat.formatting import Said, Style
from storage import Db, proofs
from storage.people import Person


def could_cite(db: Db, person: Person, text: str, review: Review, now: datetime) -> Said:
    """A hint that goes below a critique; empty when the letter has its evidence, or the wall has
    nothing that it doesn't cite yet."""
    said = Said()
    found = citable(proofs.wall(db, person.id), text) if lacks_evidence(review) else ()
    if found:
        said.line().line(say(person.language, "progress.cite.title"), Style.BOLD)
    for proof in found:
        what = walls.yours(person.language, proof, now.date())
        said.line(say(person.language, "progress.cite.line", what=what, link=proof.link))
    return said
