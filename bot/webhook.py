"""The webhook: where Telegram posts updates to, and what proves that it is Telegram who posts."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import WebhookInfo

from bot import web
from bot.clock import Clock
from bot.inbox import PAUSES, Trouble
from bot.settings import Settings
from coach.texts import say

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(minutes=1)
"""How often Telegram is asked whether it reaches us."""


class Webhook:
    """Where Telegram posts to, and whether it does; `trouble` says why it doesn't."""

    def __init__(
        self, url: str, secret: str, bot: Bot, clock: Clock, allowed: Sequence[str]
    ) -> None:
        self.url = urlsplit(url)._replace(path=path_of(url)).geturl()
        self.trouble: Trouble | None = Trouble.WEBHOOK_NOT_SET
        self._secret = secret
        self._bot = bot
        self._clock = clock
        self._allowed = list(allowed)
        self._tries = 0

    async def keep(self) -> None:
        """Tells Telegram until it listens, then looks whether it does, until it is cancelled."""
        told = False
        while True:
            try:
                trouble = await self._look() if told else await self._tell()
                told = told or trouble is None
            except TelegramAPIError as problem:
                trouble = _trouble(problem)
            if trouble is Trouble.WEBHOOK_NOT_SET:  # somebody has taken it away
                told = False
            self._note(trouble)
            await self._clock.sleep(self._pause(trouble))

    async def _tell(self) -> Trouble | None:
        await self._bot.set_webhook(
            self.url, secret_token=self._secret, allowed_updates=self._allowed
        )
        return None

    async def _look(self) -> Trouble | None:
        info = await self._bot.get_webhook_info()
        if info.url != self.url:
            return Trouble.WEBHOOK_NOT_SET
        return Trouble.WEBHOOK_FAILING if _failing(info, self._clock.now()) else None

    def _note(self, trouble: Trouble | None) -> None:
        if trouble and trouble is not self.trouble and trouble is not Trouble.WEBHOOK_NOT_SET:
            log.error("%s", say("en", f"bot.telegram.{trouble}"))
        if trouble is None and self.trouble not in (None, Trouble.WEBHOOK_NOT_SET):
            log.info("Telegram answers again")
        self.trouble = trouble

    def _pause(self, trouble: Trouble | None) -> timedelta:
        """Soon again while something is wrong, and less and less so."""
        if trouble is None:
            self._tries = 0
            return LOOK_EVERY
        self._tries += 1
        return timedelta(seconds=PAUSES[min(self._tries, len(PAUSES)) - 1])


def _failing(info: WebhookInfo, now: datetime) -> bool:
    """Whether updates wait because they could not be delivered since we last looked."""
    failed_at = info.last_error_date
    lately = failed_at is not None and now - failed_at <= 2 * LOOK_EVERY
    return lately and info.pending_update_count > 0


def _trouble(problem: TelegramAPIError) -> Trouble:
    match problem:
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Trouble.TOKEN_REFUSED
        case TelegramBadRequest():
            return Trouble.WEBHOOK_REFUSED
        case _:
            return Trouble.UNREACHABLE


def path_of(url: str) -> str:
    """Where Telegram posts to on our server."""
    path = urlsplit(url).path
    return path if path not in ("", "/") else web.WEBHOOK_PATH


def webhook_secret(settings: Settings, token: str) -> str:
    """Given, or made from the token, which nobody else knows either."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hashlib.sha256(f"webhook of {token}".encode()).hexdigest()
