"""After a letter: cards from the person's own words, habits that answer its gaps."""

import pytest

from coach.letters import (
    Coverage,
    Criterion,
    Edit,
    EditKind,
    Finding,
    Plan,
    Severity,
    Strength,
)
from coach.plans import HABIT_FOR, MOST_CARDS, MOST_HABITS, habits, plan
from coach.texts import LANGUAGES, say

TEXT = (
    "I help other people learn more effecctively every day. I cut the queue from 40 to 2 minutes."
)


def edit_of(wrong: str, right: str, text: str = TEXT, **more: object) -> Edit:
    start = text.index(wrong)
    kind = more.pop("kind", EditKind.SPELLING)
    return Edit(start, start + len(wrong), wrong, right, kind, 0.9, **more)


def finding_of(rule: str, quote: str = "") -> Finding:
    return Finding(rule, Severity.MAJOR, Criterion.EVIDENCE, 0, len(quote), quote, "m", "a")


def plan_of(text: str = TEXT, edits=(), findings=(), coverage=(), language: str = "en") -> Plan:
    return plan(text, edits=edits, findings=findings, coverage=coverage, language=language)


def test_a_misspelled_word_is_asked_for_without_showing_the_slip() -> None:
    card = plan_of(edits=[edit_of("effecctively", "effectively")]).cards[0]
    assert card.back == "effectively"
    assert "effecctively" not in card.front
    assert "learn more e___ every day" in card.front
    assert "effecctively" in card.why


def test_a_word_misspelled_twice_is_one_card_and_the_first() -> None:
    text = "recieve a a considerrable recieve"
    again = text.rindex("recieve")
    edits = [
        edit_of("considerrable", "considerable", text),
        edit_of("recieve", "receive", text),
        Edit(again, again + 7, "recieve", "receive", EditKind.SPELLING, 0.9),
    ]
    backs = [card.back for card in plan_of(text, edits=edits).cards]
    assert backs == ["receive", "considerable"]


@pytest.mark.parametrize(
    "edit",
    [
        edit_of("effecctively", "effectively", ask=True),
        edit_of("effecctively", "well", kind=EditKind.STYLE),
        edit_of("day", "", kind=EditKind.DOUBLED_WORD),
    ],
)
def test_what_is_a_question_or_a_matter_of_taste_is_no_card(edit: Edit) -> None:
    assert all(card.back not in {"effectively", "well", ""} for card in plan_of(edits=[edit]).cards)


def test_a_word_that_is_a_question_somewhere_is_no_card_anywhere() -> None:
    text = "Optimisers cost time. I like optimisers a lot. I cut their cost by 40 %."
    sure = edit_of("optimisers", "optimizers", text)
    asked = edit_of("Optimisers", "Optimizers", text, ask=True)

    assert all(card.back != "optimizers" for card in plan_of(text, edits=[sure, asked]).cards)
    assert plan_of(text, edits=[sure]).cards[0].back == "optimizers"


def test_cards_quote_the_letter_corrected_except_for_what_is_only_asked() -> None:
    text = "I cut thier queue from 40 to 2 minutes with optimisers and no exra machnes."
    edits = [
        edit_of("thier", "their", text),
        edit_of("machnes", "machines", text),
        edit_of("exra", "extra", text),
        edit_of("optimisers", "optimizers", text, ask=True),
    ]

    *spelling, claim = plan_of(text, edits=edits).cards

    quoted = "I cut their queue from 40 to 2 minutes with optimisers and no extra machines."
    assert quoted in claim.front
    assert [card.back for card in spelling] == ["machines", "their", "extra"]
    assert not any(slip in card.front for card in spelling for slip in ("exra", "thier", "machnes"))


def test_a_word_misspelled_twice_in_a_line_does_not_give_itself_away() -> None:
    text = "I recieve alerts and recieve calls"
    first = edit_of("recieve", "receive", text)
    second = Edit(21, 28, "recieve", "receive", EditKind.SPELLING, 0.9)

    front = plan_of(text, edits=[first, second]).cards[0].front

    assert "I r___ alerts and r___ calls" in front


def test_a_claim_will_be_asked_about_in_the_writers_own_words() -> None:
    (card,) = plan_of().cards
    assert "“I cut the queue from 40 to 2 minutes.”" in card.front


def test_a_gap_and_an_abbreviation_become_questions() -> None:
    coverage = [
        Coverage("Kubernetes", None, Strength.MISSING, ""),
        Coverage("Python", "I help", Strength.STRONG, ""),
    ]
    findings = [finding_of("undefined-abbreviation", "QXR")] * 2
    fronts = [card.front for card in plan_of("Hi.", (), findings, coverage).cards]
    assert len(fronts) == 2
    assert "Kubernetes" in fronts[0]
    assert "QXR" in fronts[1]


def test_a_plan_stays_small_enough_to_be_followed() -> None:
    text = "wronga wrongb wrongc wrongd. " + " ".join(
        f"I cut job {n} from 9 to 2 hours." for n in range(9)
    )
    edits = [edit_of(f"wrong{x}", f"right{x}", text) for x in "abcd"]
    coverage = [Coverage(f"Skill {n}", None, Strength.MISSING, "") for n in range(9)]
    full = plan_of(text, edits, [finding_of(rule) for rule in HABIT_FOR], coverage)
    assert len(full.cards) == MOST_CARDS
    assert len({card.front for card in full.cards}) == MOST_CARDS
    assert len(full.habits) == MOST_HABITS


def test_a_clean_letter_asks_for_nothing() -> None:
    assert plan_of("Dear team, I teach.") == Plan()


@pytest.mark.parametrize("gap", HABIT_FOR)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gap_has_a_habit_of_the_catalogue_and_a_reason(gap: str, language: str) -> None:
    assert HABIT_FOR[gap] in habits()
    assert say(language, f"plans.habit.{gap}")


def test_a_finding_brings_its_habit_with_the_reason_in_the_readers_language() -> None:
    (habit,) = plan_of("Hi.", findings=[finding_of("skill-list")], language="ru").habits
    assert habit.id == "cv-skills-trim"
    assert habit.why == say("ru", "plans.habit.skill-list")


def test_a_habit_that_answers_two_gaps_is_named_once() -> None:
    found = [finding_of("placeholder"), finding_of("note-to-self")]
    assert [habit.id for habit in plan_of("Hi.", findings=found).habits] == ["cv-pdf"]
