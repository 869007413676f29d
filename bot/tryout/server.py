"""The local Telegram over HTTP on 127.0.0.1: the Bot API, the people API and the chat page."""

from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.tryout.bot_routes import TELEGRAM, add_bot_routes
from bot.tryout.guard import only_this_machine
from bot.tryout.people_api import add_people_routes, in_words
from bot.tryout.people_views import add_view_routes
from bot.tryout.saving import Keeper
from bot.tryout.telegram import LocalTelegram
from bot.tryout.webhook import Postman

PAGE = Path(__file__).parent / "page"
LARGEST_REQUEST = 64 * 1024 * 1024
"""Above what a bot may upload, so that a file of 51 MB is refused in Telegram's words."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs. `address` is its http address without a slash at the end."""

    address: str
    telegram: LocalTelegram
    _runner: web.AppRunner
    _postman: Postman
    _keeper: Keeper | None

    async def close(self) -> None:
        """Stop; requests that wait are let go first."""
        self.telegram.close()
        await self._postman.close()
        await self._runner.cleanup()
        if self._keeper is not None:
            await self._keeper.close()


async def serve(telegram: LocalTelegram, port: int = 0, *, keep_in: Path | None = None) -> Running:
    """Serve on 127.0.0.1; port 0 takes a free one. Raises OSError when it is taken.

    `keep_in` is the folder that remembers it all.
    """
    telegram.closing = False
    runner = web.AppRunner(_app(telegram), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    postman = Postman(telegram)
    postman.start()
    keeper = Keeper(telegram, keep_in) if keep_in else None
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return Running(address, telegram, runner, postman, keeper)


def _app(telegram: LocalTelegram) -> web.Application:
    app = web.Application(
        client_max_size=LARGEST_REQUEST, middlewares=[only_this_machine, in_words]
    )
    app[TELEGRAM] = telegram
    add_bot_routes(app)
    add_people_routes(app)
    add_view_routes(app)
    app.router.add_get("/", _index)
    app.router.add_get("/{name:[a-z]+[.](?:css|js|svg)}", _asset)
    return app


async def _index(request: web.Request) -> web.StreamResponse:
    return _page_file("index.html")


async def _asset(request: web.Request) -> web.StreamResponse:
    return _page_file(request.match_info["name"])


def _page_file(name: str) -> web.StreamResponse:
    path = PAGE / name
    if not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})
