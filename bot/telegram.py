"""The bot as aiogram sees it: which server it calls, what every message has in common."""

import logging
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import AnswerCallbackQuery, SendChatAction, TelegramMethod

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds until a call counts as unanswered."""

COURTESIES = (AnswerCallbackQuery, SendChatAction)
"""Calls whose failure spoils nothing: after a restart, the press of a button is too old to be
answered, but what it decided is stored."""


def telegram_bot(token: str, address: str, session: BaseSession | None = None) -> Bot:
    """A bot that calls the server at `address`; no markup is parsed, links show no preview."""
    server = TelegramAPIServer.from_base(address)
    session = session or AiohttpSession(api=server, timeout=PATIENCE)
    session.middleware(forgive_courtesies)
    return Bot(token, session, default=DefaultBotProperties(link_preview_is_disabled=True))


async def forgive_courtesies(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Any:
    """Keeps a handler from failing because of a courtesy."""
    try:
        return await make_request(bot, method)
    except TelegramAPIError:
        if not isinstance(method, COURTESIES):
            raise
        log.info("%s was refused", method.__api_method__)
        return True
