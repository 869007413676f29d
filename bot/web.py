"""The web server: Telegram's webhook, health, and metrics for an operator."""

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from aiohttp import web

from storage import StoreUnavailable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
WEBHOOK_PATH = "/telegram"
"""Where Telegram posts when WEBHOOK_URL names no path of its own."""

LARGEST_UPDATE = 4 * 1024 * 1024
"""Bytes; updates hold texts and file ids, never files."""


class Behind(Protocol):
    """What the server asks: the bot, or whatever stands there while it can't work."""

    async def problem(self) -> str | None:
        """Why the bot isn't ready; None when it is."""
        ...

    async def metrics(self) -> bytes:
        """As Prometheus reads them."""
        ...

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Stores updates; returns when they are on the disk. Raises StoreUnavailable."""
        ...


def web_app(behind: Behind, *, secret: str = "", path: str | None = None) -> web.Application:
    """Every route; the webhook's only with a `path`, for whoever shows `secret`."""
    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_get("/healthz", _up)
    app.router.add_get("/readyz", _ready(behind))
    app.router.add_get("/metrics", _metrics(behind))
    if path is not None:
        app.router.add_post(path, _webhook(behind, secret))
    return app


async def serve(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Serves until the runner is cleaned up. Returns the port as well, for port 0. Raises OSError
    when the port is taken."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, runner.addresses[0][1]


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _up(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="ok\n")


def _ready(behind: Behind) -> Handler:
    async def ready(_request: web.Request) -> web.StreamResponse:
        problem = await behind.problem()
        return web.Response(text=f"{problem or 'ok'}\n", status=503 if problem else 200)

    return ready


def _metrics(behind: Behind) -> Handler:
    async def show(_request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/plain; version=0.0.4"}
        return web.Response(body=await behind.metrics(), headers=headers)

    return show


def _webhook(behind: Behind, secret: str) -> Handler:
    """200 only once the update is on the disk; otherwise Telegram comes again."""

    async def receive(request: web.Request) -> web.StreamResponse:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
            await behind.take([{"update_id": int(update["update_id"]), **update}])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        except StoreUnavailable:
            return web.Response(status=503)
        return web.Response()

    return receive
