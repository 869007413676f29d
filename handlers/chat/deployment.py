"""Who runs this bot, for whom, and what only they may know of it."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from aiogram.types import TelegramObject, User


async def _nothing_wrong() -> str | None:
    return None


def _unnamed(_person_id: int) -> str:
    return "?"


@dataclass(frozen=True, slots=True)
class Deployment:
    """`operators` run the bot; with `allowed`, nobody else but those may use it. `problem` says why
    the bot isn't ready, None when it is; `alias` calls a person without telling who it is; `found`
    remembers whom Telegram found in the allowed groups, and when."""

    operators: Collection[int] = ()
    allowed: Collection[int] = ()
    daily_tokens: int = 0
    problem: Callable[[], Awaitable[str | None]] = _nothing_wrong
    alias: Callable[[int], str] = _unnamed
    found: dict[int, tuple[bool, datetime]] = field(
        default_factory=dict[int, tuple[bool, datetime]], compare=False
    )

    def admits(self, person_id: int) -> bool:
        """Whether somebody may use the bot."""
        return not self.allowed or person_id in self.allowed or person_id in self.operators

    @property
    def audience(self) -> Collection[int]:
        """Who may be written to; empty means everybody."""
        return {*self.allowed, *self.operators} if self.allowed else ()


OPEN = Deployment()
"""Everybody may come, and nobody runs it from the chat."""


async def by_operator(
    _event: TelegramObject,
    event_from_user: User | None = None,
    deployment: Deployment = OPEN,
) -> bool:
    """A filter: what comes from whoever runs the bot."""
    return event_from_user is not None and event_from_user.id in deployment.operators
