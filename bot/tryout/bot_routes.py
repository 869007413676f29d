"""The Bot API over HTTP: /bot<token>/METHOD and /file/bot<token>/PATH."""

from typing import Any

from aiohttp import BodyPartReader, web

from bot.tryout.api import answer, download
from bot.tryout.files import Upload
from bot.tryout.refusals import Refusal
from bot.tryout.telegram import LocalTelegram

TELEGRAM = web.AppKey("telegram", LocalTelegram)


def add_bot_routes(app: web.Application) -> None:
    """Answer the bot at these addresses."""
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", _call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", _download)


async def _call(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    try:
        sent = dict(request.query) | await _sent(request)
    except web.HTTPRequestEntityTooLarge:
        return _too_large()
    except ValueError:
        body = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse request"}
        return web.json_response(body, status=400)
    match = request.match_info
    given = await answer(telegram, match["token"], match["method"], sent)
    if given.text is None:
        return _break(request)
    return web.Response(text=given.text, status=given.status, content_type="application/json")


def _too_large() -> web.Response:
    refusal = Refusal(413, "Request Entity Too Large")
    return web.json_response(refusal.answer(), status=refusal.code)


async def _download(request: web.Request) -> web.StreamResponse:
    match = request.match_info
    try:
        data = await download(request.app[TELEGRAM], match["token"], match["path"])
    except Refusal as refusal:
        return web.json_response(refusal.answer(), status=refusal.code)
    if data is None:
        return _break(request)
    return web.Response(body=data, content_type="application/octet-stream")


async def _sent(request: web.Request) -> dict[str, Any]:
    """The parameters of a call in whichever of Telegram's four ways they came."""
    if request.content_type == "application/json":
        found = await request.json()
        if not isinstance(found, dict):
            raise ValueError("not an object")
        return found
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    return {name: str(value) for name, value in (await request.post()).items()}


async def _multipart(request: web.Request) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            sent[part.name] = await part.text()
        else:
            kind = part.headers.get("Content-Type")
            data = bytes(await part.read(decode=False))
            sent[part.name] = Upload(part.filename, data, _telling(kind))
    return sent


def _telling(media_type: str | None) -> str | None:
    """A media type that says something; libraries send octet-stream when they do not know."""
    return None if media_type == "application/octet-stream" else media_type


def _break(request: web.Request) -> web.StreamResponse:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
