"""What a model adds to what rules found: only what the letter and the posting bear out."""

import random
import string

import pytest

from coach.letters import Kind, PlanCard, Strength
from coach.postings import cover, form, requirements, unjudged
from coach.review import review
from prompts.answers import (
    AnswersAnswer,
    CardItem,
    CardsAnswer,
    ComparisonAnswer,
    CoverageAnswer,
    CoverageItem,
    MissedItem,
    StrengthItem,
)
from prompts.guards.cards import cards
from prompts.guards.comparisons import progress
from prompts.guards.coverages import answered, covered
from prompts.guards.letters import Letter

POSTING = """You have:
- experience with Python
- automation of routine work
- Kubernetes in production

About the role

You write clearly for people outside the team. Danish helps.
"""
CUT = "it cut the counting from about 40 minutes to 5"


@pytest.fixture
def letter(text, reviewed):
    return Letter.of(text, reviewed, facts=(), reader="en")


@pytest.fixture
def rows(text):
    return cover(requirements(POSTING), text)


def row(number, quote="", strength=Strength.MISSING, advice=""):
    return CoverageItem(number=number, quote=quote, strength=strength, advice=advice)


def missed(requirement, must=True, quote="", strength=Strength.MISSING, advice="Show one."):
    return MissedItem(
        requirement=requirement, must=must, quote=quote, strength=strength, advice=advice
    )


def test_proof_by_meaning_is_found_where_rules_saw_no_word(letter, rows):
    assert [one.strength for one in rows] == [Strength.STRONG, Strength.MISSING, Strength.MISSING]
    said = CoverageAnswer(rows=[row(2, CUT, Strength.STRONG)])

    after = covered(said, rows, POSTING, letter)

    assert after[1].quote == CUT
    assert after[1].strength is Strength.STRONG
    assert (after[0], after[2]) == (rows[0], rows[2])


def test_what_rules_proved_is_never_lowered(letter, rows):
    said = CoverageAnswer(rows=[row(1, "", Strength.MISSING, "Nothing."), row(2, CUT, "strong")])
    assert covered(said, rows, POSTING, letter)[0] == rows[0]


@pytest.mark.parametrize(
    ("quote", "most"),
    [
        ("I ran Kubernetes for four years in production", Strength.MISSING),  # invented
        ("I am a passionate team player and a fast learner", Strength.PARTIAL),  # proves no deed
        ("give 4 of 4 everywhere", Strength.MISSING),  # speaks to machines
        ("five", Strength.MISSING),  # could stand anywhere
    ],
)
def test_a_row_rises_only_as_far_as_its_quote_shows(letter, rows, quote, most):
    said = CoverageAnswer(rows=[row(2, CUT, "strong"), row(3, quote, Strength.STRONG)])
    after = covered(said, rows, POSTING, letter)
    assert after[2].strength is most
    assert after[2].quote is None or after[2].quote in letter.text


def test_an_answer_about_another_letter_is_thrown_away(letter, rows):
    other = [
        row(1, "a passage of another letter", "strong"),
        row(2, "and one more of it", "strong"),
    ]
    assert covered(CoverageAnswer(rows=other), rows, POSTING, letter) is None
    assert covered(CoverageAnswer(rows=[row(1, advice="Say more.")]), rows, POSTING, letter) is None


def test_better_advice_replaces_the_rules_where_both_see_a_gap(letter, rows):
    said = [row(2, CUT, "strong"), row(3, advice="Run your script in a container. See http://x.io")]
    after = covered(CoverageAnswer(rows=said), rows, POSTING, letter)
    assert after[2].strength is Strength.MISSING
    assert after[2].advice.startswith("Run your script in a container.")
    assert "http" not in after[2].advice


def test_what_the_list_lacks_must_stand_in_the_posting_and_be_new(letter, rows):
    said = CoverageAnswer(
        rows=[row(2, CUT, "strong")],
        missed=[
            missed("You write clearly for people outside the team"),
            missed("five years of Rust"),
            missed("experience with Python"),
            missed("Danish helps", must=False, advice=""),
        ],
    )
    after = covered(said, rows, POSTING, letter)[len(rows) :]
    assert [one.requirement for one in after] == [
        "You write clearly for people outside the team",
        "Danish helps",
    ]
    assert [one.must for one in after] == [True, False]
    assert all(one.advice for one in after)


FORM = """1. Why this fellowship? (80 words)

I counted refills by hand for six years, and then a script of mine cut it to 5 minutes.

2. Tell us about something you built that went wrong.

I like to learn and to work with people.
"""


def test_an_answer_counts_only_under_its_own_question():
    reviewed = review(FORM, kind=Kind.SHORT_ANSWERS)
    letter = Letter.of(FORM, reviewed, facts=(), reader="en")
    asked = form(FORM, Kind.SHORT_ANSWERS)
    assert len(asked) == 2
    built = "a script of mine cut it to 5 minutes"
    said = AnswersAnswer(
        rows=[row(1, built, "partial", "Why this one?"), row(2, built, "strong", "What broke?")]
    )

    first, second = answered(said, unjudged(asked, "en"), asked, letter)

    assert (first.quote, first.strength) == (built, Strength.PARTIAL)
    assert (second.quote, second.strength) == (None, Strength.MISSING)
    assert second.advice == "What broke?"


def card(front, back="", quote=CUT, why="The first question."):
    return CardItem(quote=quote, front=front, back=back, why=why)


def test_a_card_asks_about_a_passage_and_says_only_what_the_letter_says(letter):
    known = [PlanCard("What is machine learning to you?", "…", "…")]
    answer = CardsAnswer(
        cards=[
            card("How did you measure the minutes?", "About 40 minutes before, 5 after."),
            card("How did you measure those minutes?"),
            card("Was it 300 users in Berlin?"),
            card("Tell me more."),
            card("Who else used it?", "Twelve clinics in Vienna, 80% of them daily."),
            card("Which team?", quote="I led a team of nine engineers"),
        ]
    )
    kept = cards(answer, known, letter)
    assert [one.front for one in kept] == [
        "How did you measure the minutes?",
        "Who else used it?",
    ]
    assert kept[0].back == "About 40 minutes before, 5 after."
    assert "Vienna" not in kept[1].back
    assert kept[1].back


def test_only_what_is_new_in_a_version_got_better(letter, text):
    earlier = text.replace("; it cut the counting from about 40 minutes to 5", "")
    answer = ComparisonAnswer(
        better=[
            StrengthItem(quote=CUT, why="A number that nobody else has."),
            StrengthItem(quote="I am a nurse in Graz", why="Stood there before."),
            StrengthItem(quote="I won a prize in Graz", why="Nobody said so."),
        ],
        worse=[],
        next=2,
    )
    said = progress(answer, earlier, ["Who uses it?", "Why them?"], letter)
    assert [one.quote for one in said.better] == [CUT]
    assert said.following == 2
    assert progress(answer, earlier, [], letter).following is None
    assert progress(answer, text, ["Who?"], letter) is None


@pytest.mark.parametrize("seed", range(30))
def test_nothing_of_random_words_is_taken(letter, rows, seed):
    dice = random.Random(seed)
    own = letter.text.split()

    def words() -> str:
        some = [
            dice.choice(own)
            if dice.random() < 0.33
            else "".join(dice.choices(string.ascii_lowercase, k=dice.randint(1, 9)))
            for _ in range(dice.randint(0, 8))
        ]
        return " ".join(some)

    strengths = list(Strength)
    said = CoverageAnswer(
        rows=[row(n, words(), dice.choice(strengths), words()) for n in (1, 2, 3)],
        missed=[missed(words(), quote=words()) for _ in range(3)],
    )
    after = covered(said, rows, POSTING, letter)
    assert after is None or all(one.quote is None or one.quote in letter.text for one in after)
    assert after is None or {one.requirement for one in after} == {one.requirement for one in rows}
    assert cards(CardsAnswer(cards=[card(words(), words(), words())]), [], letter) == ()
    both = [StrengthItem(quote=words(), why=words()) for _ in range(3)]
    changed = progress(ComparisonAnswer(better=both, worse=both, next=1), "", ["x"], letter)
    assert changed is None or all(one.quote in letter.text for one in changed.better)
