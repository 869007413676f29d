"""The webhook: where Telegram posts updates to, and what proves that it is Telegram who posts."""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot import web
from bot.clock import Clock
from bot.inbox import PAUSES
from bot.settings import Settings

log = logging.getLogger(__name__)


class Webhook:
    """Where Telegram posts to, and whether it knows."""

    def __init__(
        self, url: str, secret: str, bot: Bot, clock: Clock, allowed: Sequence[str]
    ) -> None:
        address = urlsplit(url)
        self.path = address.path if address.path not in ("", "/") else web.WEBHOOK_PATH
        self.url = address._replace(path=self.path).geturl()
        self.secret = secret
        self.is_set = False
        self._bot = bot
        self._clock = clock
        self._allowed = list(allowed)

    async def set(self) -> None:
        """Tells Telegram until it listens, then waits to be cancelled."""
        for pause in (*PAUSES, *[PAUSES[-1]] * 10_000):
            try:
                await self._bot.set_webhook(
                    self.url, secret_token=self.secret, allowed_updates=self._allowed
                )
            except TelegramAPIError as problem:
                log.error("the webhook can't be set (%s)", type(problem).__name__)
                await self._clock.sleep(timedelta(seconds=pause))
            else:
                break
        self.is_set = True
        await asyncio.Event().wait()


def webhook_secret(settings: Settings, token: str) -> str:
    """Given, or made from the token, which nobody else knows either."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hashlib.sha256(f"webhook of {token}".encode()).hexdigest()
