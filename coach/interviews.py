"""The interview date: every card is looked at once more in the last three days before it.

The look is a view on the card's own due day and nothing is written for it: when the date passes,
moves or goes, every card is due again as FSRS had it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from coach.scheduling import lightest

LAST_DAYS = 3
"""The last look lies in so many days before the interview (row 60 of the acceptance table)."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The study days on which the interview is and on which the person told us."""

    on: date
    since: date


def ahead(interview: Interview | None, today: date) -> Interview | None:
    """The interview while it lies ahead; from its day on cards come as if there were none."""
    return interview if interview and today < interview.on else None


def last_days(interview: Interview) -> list[date]:
    """The days of the last look, none of them before the date was told; perhaps none at all."""
    days = (interview.on - timedelta(back) for back in range(LAST_DAYS, 0, -1))
    return [day for day in days if day >= interview.since]


def last_look(due: date, seen: date, interview: Interview, card: str) -> date:
    """When a card that was seen on `seen` and is due on `due` comes, given the interview.

    A card that would next come after the last days is drawn into them, unless it was seen there.
    """
    days = [day for day in last_days(interview) if day > seen]
    if not days or due <= days[-1] or seen >= interview.on - timedelta(LAST_DAYS):
        return due
    return lightest(days, f"{card}:{interview.on}", {}, {})
