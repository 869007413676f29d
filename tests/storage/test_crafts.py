"""A craftsman's plan is kept by quarter."""

from coach.crafts import Craft
from storage import crafts, people


def test_answers_come_in_the_order_of_the_questions_and_the_last_one_counts(db, now):
    people.seen(db, id=7, language="en", now=now)

    def answer(craft, text, quarter="2026-Q4"):
        crafts.answer(db, person_id=7, quarter=quarter, craft=craft, answer=text, now=now)

    answer(Craft.GOOD, "A stranger can run it.")
    answer(Craft.MARKET, "A rare mix.")
    answer(Craft.MARKET, "A rare mix: farms and data.")
    answer(Craft.GOOD, "Another quarter.", quarter="2027-Q1")

    assert crafts.answers(db, 7, "2026-Q4") == {
        Craft.MARKET: "A rare mix: farms and data.",
        Craft.GOOD: "A stranger can run it.",
    }
    assert list(crafts.answers(db, 7, "2026-Q4")) == [Craft.MARKET, Craft.GOOD]
    assert crafts.answers(db, 8, "2026-Q4") == {}
