"""The bot as aiogram sees it: which server it calls, what every message has in common."""

import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import AnswerCallbackQuery, Response, SendChatAction, TelegramMethod
from aiogram.types import InputFile
from aiohttp import JsonPayload
from pydantic import Field

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds until a call counts as unanswered."""

COURTESIES = (AnswerCallbackQuery, SendChatAction)
"""Calls whose failure spoils nothing: after a restart, the press of a button is too old to be
answered, but what it decided is stored."""


_dumps = partial(json.dumps, ensure_ascii=False)

_answers: dict[type[Any], type[Any]] = {}
"""The type of each method's answer. Pydantic holds what it made of a generic only weakly, so that
aiogram builds `Response[Message]` anew after every garbage collection: 5–25 ms each time."""


class Call(TelegramMethod[Any]):
    """Any method by its name, with parameters as the Bot API writes them.

    What was stored to be sent is JSON already: it needs no types on its way out, and of the
    answer only the message's number counts.
    """

    if TYPE_CHECKING:
        __returning__: ClassVar[Any]
    else:
        __returning__ = dict[str, Any] | bool

    method: str = Field(exclude=True)

    @property
    def __api_method__(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.method


class Session(AiohttpSession):
    """Sends what was stored as the JSON that it is: a form would have each value encoded twice."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        given = method.model_extra if isinstance(method, Call) else None
        if given is None or any(isinstance(value, InputFile) for value in given.values()):
            return super().build_form_data(bot, method)
        told = {name: value for name, value in given.items() if value is not None}
        return JsonPayload(told, dumps=_dumps)


def telegram_bot(token: str, address: str, session: BaseSession | None = None) -> Bot:
    """A bot that calls the server at `address`; no markup is parsed, links show no preview."""
    server = TelegramAPIServer.from_base(address)
    session = session or Session(api=server, timeout=PATIENCE)
    session.middleware(keep_answers)
    session.middleware(forgive_courtesies)
    return Bot(token, session, default=DefaultBotProperties(link_preview_is_disabled=True))


async def keep_answers(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Any:
    """Holds on to the types of answers."""
    kind = type(method)
    if kind not in _answers:
        _answers[kind] = Response[kind.__returning__]
    return await make_request(bot, method)


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
