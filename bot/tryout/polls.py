"""Polls and quizzes with who voted for what."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.tryout.refusals import NotPossible


@dataclass(slots=True)
class Poll:
    """A poll in a chat. Options are counted from 0; `votes` holds each person's options.

    `explanation` holds the fields of that name; `hidden` results are shown when the poll is closed.
    """

    id: str
    chat: int
    message_id: int
    question: str
    options: list[str]
    quiz: bool = False
    anonymous: bool = True
    several: bool = False
    revoting: bool = True
    correct: list[int] = field(default_factory=list[int])
    hidden: bool = False
    explanation: dict[str, Any] = field(default_factory=dict[str, Any])
    open_period: int | None = None
    closes_at: datetime | None = None
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict[int, list[int]])

    def card(self) -> dict[str, Any]:
        """The poll as the Bot API writes it for the bot that sent it."""
        card: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "options": [self._option(number) for number in range(len(self.options))],
            "total_voter_count": sum(1 for chosen in self.votes.values() if chosen),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "quiz" if self.quiz else "regular",
            "allows_multiple_answers": self.several,
            "allows_revoting": self.revoting,
            "members_only": False,
        }
        if self.quiz:
            card["correct_option_ids"] = self.correct
            if len(self.correct) == 1:
                card["correct_option_id"] = self.correct[0]
        if self.closes_at is not None:
            card["open_period"] = self.open_period
            card["close_date"] = int(self.closes_at.timestamp())
        return card | self.explanation

    def seen(self) -> dict[str, Any]:
        """The poll as apps have it: with who chose what, where everybody may know it now."""
        hidden = self.hidden and not self.closed
        open_ballot = not (self.anonymous or hidden)
        chosen = {str(who): votes for who, votes in self.votes.items() if votes}
        return self.card() | {"results_hidden": hidden, "voters": chosen if open_ballot else {}}

    def due(self, now: datetime) -> bool:
        """Whether its time is over and it must be closed."""
        return not self.closed and self.closes_at is not None and self.closes_at <= now

    def vote(self, person: int, chosen: list[int]) -> None:
        """Set somebody's vote; an empty one takes it back. Raises NotPossible."""
        if self.closed:
            raise NotPossible("This poll is closed.")
        if self.votes.get(person) and not self.revoting:
            raise NotPossible("This vote can't be changed.")
        if any(not 0 <= one < len(self.options) for one in chosen):
            raise NotPossible("There is no such option.")
        if not chosen and not self.votes.get(person):
            raise NotPossible("There is no vote to take back.")
        if len(chosen) > 1 and not self.several:
            raise NotPossible("Only one option can be chosen.")
        self.votes[person] = sorted(set(chosen))

    def answer(self, user: dict[str, Any]) -> dict[str, Any]:
        """Somebody's vote as the Bot API writes a PollAnswer."""
        chosen = self.votes.get(user["id"], [])
        names = [str(number) for number in chosen]
        return {
            "poll_id": self.id,
            "option_ids": chosen,
            "option_persistent_ids": names,
            "user": user,
        }

    def _option(self, number: int) -> dict[str, Any]:
        count = sum(1 for chosen in self.votes.values() if number in chosen)
        text = self.options[number]
        return {"persistent_id": str(number), "text": text, "voter_count": count}
