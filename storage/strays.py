"""Whether cards stand where their log puts them: a state is a cache, and this is its proof."""

from coach.cards import rebuild
from storage import cards, grades, studies
from storage.engine import Db


def strayed(db: Db, limit: int) -> tuple[int, int]:
    """Of at most so many cards, how many there are and how many don't stand where their log puts
    them: none should, since a card's state is a cache of its log."""
    sample = cards.learnt_here(db, limit)
    wishes = {person: studies.get(db, person).wishes for person, _ in sample}
    wrong = sum(
        rebuild(grades.of_card(db, person, card.id), wishes[person]) != card.state
        for person, card in sample
    )
    return len(sample), wrong
