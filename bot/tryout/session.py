"""An aiogram session that goes straight into the local Telegram, without HTTP, for tests."""

from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError, ServerDisconnectedError

from bot.telegram import keep_answers
from bot.tryout.api import answer, download
from bot.tryout.files import Upload
from bot.tryout.refusals import Refusal
from bot.tryout.telegram import LocalTelegram


class LocalSession(BaseSession):
    """Calls end in `telegram`; parameters pass as the same texts that HTTP would carry."""

    def __init__(self, telegram: LocalTelegram) -> None:
        super().__init__(api=TelegramAPIServer.from_base("http://local"))
        self._telegram = telegram

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        """Play a call. Raises aiogram's errors, TelegramNetworkError for a broken connection."""
        sent = await self._sent(bot, method)
        given = await answer(self._telegram, bot.token, method.__api_method__, sent)
        if given.text is None:
            raise TelegramNetworkError(method=method, message="Server disconnected")
        response = self.check_response(bot, method, given.status, given.text)
        return cast(TelegramType, response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """A file's bytes by its address. Raises what aiohttp's client raises when it fails."""
        token, _, path = url.partition("/bot")[2].partition("/")
        try:
            data = await download(self._telegram, token, path)
        except Refusal as refusal:
            raise ClientError(refusal.description) from refusal
        if data is None:
            raise ServerDisconnectedError
        for start in range(0, len(data), chunk_size):
            yield data[start : start + chunk_size]

    async def close(self) -> None:
        """Nothing is open."""

    async def _sent(self, bot: Bot, method: TelegramMethod[Any]) -> dict[str, Any]:
        files: dict[str, InputFile] = {}
        prepared = {
            name: self.prepare_value(value, bot=bot, files=files)
            for name, value in method.model_dump(warnings=False).items()
        }
        sent = {name: value for name, value in prepared.items() if value}
        for name, file in files.items():
            sent[name] = await _upload(bot, name, file)
        return sent


def local_bot(telegram: LocalTelegram) -> Bot:
    """An aiogram bot that lives in a local Telegram."""
    session = LocalSession(telegram)
    session.middleware(keep_answers)
    return Bot(telegram.token, session=session)


async def _upload(bot: Bot, name: str, file: InputFile) -> Upload:
    data = b"".join([part async for part in file.read(bot)])
    return Upload(file.filename or name, data)
