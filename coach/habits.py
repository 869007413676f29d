"""The habits: their catalogue, and which one is proposed to a person in a week."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from zlib import crc32

from coach import plans
from coach.texts import LANGUAGES, catalogue, say

MINUTES = (15, 30, 60, 120)
"""What a person can choose to give in a week."""

LEAST_MINUTES = 10
"""Nobody is asked to make a habit smaller than this."""

CHOICE = 6
"""At least so many habits stand to choose from; where fewer fit into the minutes, the shortest
others join, to be begun and not finished."""

REST = 6
"""Proposals for which a habit rests after it was proposed."""


class Goal(StrEnum):
    """What the weeks are for."""

    VISIBLE = "visible"
    SKILL = "skill"
    APPLY = "apply"
    INTERVIEW = "interview"


KINDS = {
    Goal.VISIBLE: {"learn_in_public"},
    Goal.SKILL: {"learn_in_private", "frame"},
    Goal.APPLY: {"resume", "cover_letter"},
    Goal.INTERVIEW: {"interview"},
}

ALSO = {
    Goal.VISIBLE: {"cv-oss-links", "cv-pins"},
    Goal.SKILL: {"craft-4-stretch", "craft-interest", "pub-teach", "pub-answer", "pub-drawing"},
    Goal.APPLY: {"pub-poc", "pub-project-depth"},
    Goal.INTERVIEW: {
        "cv-be-ready",
        "cv-demonstrate",
        "cv-metric-pair",
        "pub-teach",
        "pub-answer",
        "pub-drawing",
        "priv-read-code",
        "craft-4-stretch",
    },
}
"""Habits of another kind that serve the goal as well."""

NOT_BY_ITSELF = frozenset(
    {
        "priv-anki",  # the daily cards have a reminder of their own
        "cv-quote",  # needs a third person's permission, and is unusual in many countries
        "cv-scholar",
        "cv-author-bold",
        "cv-student",
        "cv-grad-date",
        "cv-drop-gpa",
        "cv-course-projects",
        "cv-no-empty-gh",  # these five are right for some people only
        "cl-optional",
    }
)
"""Never proposed to somebody of whom we don't know that it fits."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit of the catalogue. `minutes` are an estimate for one time."""

    id: str
    kind: str
    minutes: int

    def title(self, language: str) -> str:
        """Its name."""
        return say(language, f"catalogue.{self.id}.title")

    def action(self, language: str) -> str:
        """What to do, in a sentence without its full stop."""
        return say(language, f"catalogue.{self.id}.action")

    def cue(self, language: str) -> str:
        """The moment it fits, in a clause."""
        own = f"catalogue.{self.id}.cue"
        has_own = own in catalogue(LANGUAGES[0])
        return say(language, own if has_own else f"catalogue.cue.{self.kind}")


@cache
def habits() -> dict[str, Habit]:
    """The catalogue by id."""
    return {id: Habit(id, facts["kind"], facts["minutes"]) for id, facts in plans.habits().items()}


def choose(
    goal: Goal,
    minutes: int,
    *,
    person_id: int,
    offered: Sequence[str] = (),
    named: Collection[str] = (),
    refused: Collection[str] = (),
) -> Habit:
    """The habit to propose: one that fits into the minutes and has not been proposed lately.

    `offered` are the earlier proposals, the oldest first; `named` is what the newest letter asks
    for, and goes first; `refused` was turned down this week, and goes last. The same facts give
    the same habit.
    """
    resting = set(offered[-REST:])
    last = {id: place for place, id in enumerate(offered, start=1)}
    some = [*fitting(goal, minutes), *_by_id(named)]

    def order(habit: Habit) -> tuple[bool, bool, bool, int, int]:
        return (
            habit.id in refused,
            habit.id in resting,
            habit.id not in named,
            last.get(habit.id, 0),
            crc32(f"{person_id}:{habit.id}".encode()),
        )

    return min(some, key=order)


def fitting(goal: Goal, minutes: int) -> list[Habit]:
    """The habits that serve a goal and fit into the minutes, or the shortest that serve it."""
    serving = [
        habit
        for habit in habits().values()
        if (habit.kind in KINDS[goal] or habit.id in ALSO[goal]) and habit.id not in NOT_BY_ITSELF
    ]
    shortest_first = sorted(serving, key=lambda habit: habit.minutes)
    fit = [habit for habit in shortest_first if habit.minutes <= minutes]
    return fit if len(fit) >= CHOICE else shortest_first[:CHOICE]


def smaller(minutes: int) -> int:
    """Half of it, in steps of five minutes, at least LEAST_MINUTES."""
    return max(LEAST_MINUTES, minutes // 2 // 5 * 5)


def _by_id(ids: Iterable[str]) -> list[Habit]:
    return [habits()[id] for id in ids if id in habits() and id not in NOT_BY_ITSELF]
