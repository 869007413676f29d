"""What handlers may know of the deployment: who runs the bot, for whom, and how it does."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable

from bot.settings import Settings
from handlers.chat.deployment import Deployment

ALIAS = 8
"""Hexadecimal digits: enough to tell people apart, and no way back to a number."""


def deployment_of(
    settings: Settings, token: str, problem: Callable[[], Awaitable[str | None]]
) -> Deployment:
    """`problem` says why the bot isn't ready."""
    return Deployment(
        operators=settings.admin_ids,
        allowed=settings.allowed_ids,
        daily_tokens=settings.daily_tokens_per_user,
        problem=problem,
        alias=lambda person_id: alias(token, person_id),
    )


def alias(token: str, person_id: int) -> str:
    """What a person is called where their number has no business; the token is the salt."""
    return hmac.new(token.encode(), f"{person_id}".encode(), hashlib.sha256).hexdigest()[:ALIAS]
