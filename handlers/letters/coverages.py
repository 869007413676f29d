"""The table of what a posting asks for, and the weekend that answers the gravest gap."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from coach.habits import habits as catalogue
from coach.letters import HOUSE_RULES, Coverage, Plan, Strength
from coach.plans import MOST_CARDS, gap_cards
from coach.reports import SIGNS, must_first
from coach.texts import say
from handlers.cards.plan_cards import cards_button
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.replies import Rows
from handlers.reviews.answers import shortened
from handlers.reviews.buttons import Press, button
from storage import Db, postings
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredReview

ROWS_SHOWN = 10
REQUIREMENT_SHOWN = 120
QUOTE_SHOWN = 140
"""Characters on a phone; the whole stands in critique.md."""


class StartButton(CallbackData, prefix="start"):
    """Makes a habit that a review names the one of this week."""

    review: int
    habit: str


def coverage_answer(
    language: str,
    coverage: Sequence[Coverage],
    *,
    engine: str = HOUSE_RULES,
    title: str = "title",
) -> Said:
    """Requirement by requirement: how well the letter answers it, with the quote that does; what
    can't be done without first, and no more rows than a phone shows with ease."""
    said = Said().line(say(language, f"letters.coverage.{title}"), Style.BOLD)
    found = Counter(row.strength for row in coverage)
    counts = (
        f"{SIGNS[one]} {say(language, f'letters.coverage.{one}')} {found[one]}" for one in Strength
    )
    said.line(" · ".join(counts))
    if engine != HOUSE_RULES:
        said.line(say(language, "letters.coverage.model", model=engine), Style.ITALIC)
    shown = must_first(coverage)[:ROWS_SHOWN]
    both = len({row.must for row in coverage}) == 2
    for number, row in enumerate(shown):
        if both and (not number or shown[number - 1].must != row.must):
            name = "must_title" if row.must else "nice_title"
            said.line().line(say(language, f"letters.coverage.{name}"), Style.ITALIC)
        elif number or not both:
            said.line()
        _row(said, language, row)
    if len(coverage) > ROWS_SHOWN:
        whole = say(language, "letters.button.whole")
        rest = len(coverage) - ROWS_SHOWN
        said.line().line(say(language, "letters.coverage.rest", count=rest, whole=whole))
    return said


def _row(said: Said, language: str, row: Coverage) -> None:
    said.add(f"{SIGNS[row.strength]} ").add(
        shortened(row.requirement, REQUIREMENT_SHOWN), Style.BOLD
    )
    said.line(f": {say(language, f'letters.coverage.{row.strength}')}")
    if row.quote:
        said.line(shortened(row.quote, QUOTE_SHOWN), Style.QUOTE)
    if row.advice and row.strength is not Strength.STRONG:
        said.line(f"→ {row.advice}")


def plan_answer(language: str, plan: Plan) -> Said:
    """The weekend that answers the gravest gap; nothing where no work answers one."""
    if (work := plan.project) is None:
        return Said()
    said = Said().line().line(say(language, "letters.coverage.project"), Style.BOLD)
    said.line(work.title, Style.ITALIC).line(work.task)
    said.line(say(language, "letters.coverage.done", done=work.done))
    requirement = shortened(work.requirement, REQUIREMENT_SHOWN)
    return said.line(say(language, "letters.coverage.answers", requirement=requirement))


def told_coverage(
    db: Db,
    person: Person,
    review: StoredReview,
    now: datetime,
    *,
    engine: str = HOUSE_RULES,
    form: bool = False,
) -> tuple[Said, Rows]:
    """The table and the plan, with the buttons that make the cards and begin the habit; `form`:
    the letter names itself what is asked."""
    language, said = person.language, review.review
    coverage = said.coverage or ()
    cards = tuple(gap_cards(coverage, language))[:MOST_CARDS]
    rows = [*cards_button(db, person, cards, f"coverage:{review.id}", now)]
    if said.plan.project:
        rows.append([_start(language, review.id)])
    if len(coverage) > ROWS_SHOWN:
        rows.append([button(language, "whole", review.id, Press.WHOLE)])
    title = "form" if form else "title"
    answer = coverage_answer(language, coverage, engine=engine, title=title)
    return answer.join(plan_answer(language, said.plan)), rows


WORK_HABIT = "pub-poc"
"""Do the job before you have it."""


def _start(language: str, review: int) -> tuple[str, str]:
    title = catalogue()[WORK_HABIT].title(language)
    label = say(language, "letters.coverage.start", habit=title)
    return label, StartButton(review=review, habit=WORK_HABIT).pack()


def hold_against_posting(
    db: Db,
    person: Person,
    version: Version,
    stored: StoredReview,
    now: datetime,
) -> int | None:
    """Says how a letter that was just reviewed answers its posting, or its own headings. The
    number of a posting that came while the letter was read, which the review doesn't know yet."""
    posting = postings.of_letter(db, version.letter_id)
    if posting and posting.created_at > stored.created_at:
        return posting.id
    if not stored.review.coverage:
        return None
    key = f"coverage:{stored.id}"
    said, rows = told_coverage(db, person, stored, now, form=posting is None)
    replies.send(db, key=key, chat_id=version.chat_id, said=said, now=now, rows=rows)
    return None
