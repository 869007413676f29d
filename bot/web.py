"""The web server: Telegram's webhook, health, and metrics for an operator."""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.metrics import Metrics
from storage import Store, StoreError, StoreUnavailable, conversations

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
WEBHOOK_PATH = "/telegram"
"""Where Telegram posts when WEBHOOK_URL names no path of its own."""

PROBE = "readyz"
"""A row that is written over and over: nothing less shows that the disk takes more."""

LARGEST_UPDATE = 4 * 1024 * 1024
"""Bytes; updates hold texts and file ids, never files."""

Take = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]
"""Stores updates; returns when they are on the disk."""


class Health:
    """What makes the bot ready. `hearing` says why no updates come, None when they do."""

    def __init__(self, store: Store, clock: Clock, hearing: Callable[[], str | None]) -> None:
        self._store = store
        self._clock = clock
        self._hearing = hearing

    async def problem(self) -> str | None:
        """Why the bot isn't ready; None when it is."""
        try:
            now = self._clock.now()
            await self._store.write(conversations.set_data, PROBE, {"at": str(now)}, now=now)
        except StoreError as problem:
            return f"database: {getattr(problem, 'code', 'broken')}"
        trouble = self._hearing()
        return f"telegram: {trouble}" if trouble else None


def web_app(
    store: Store,
    clock: Clock,
    metrics: Metrics,
    health: Health,
    *,
    take: Take | None = None,
    secret: str = "",
    path: str = WEBHOOK_PATH,
) -> web.Application:
    """Every route; the webhook's (`path`) only with `take`, for whoever shows `secret`."""
    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_get("/healthz", _up)
    app.router.add_get("/readyz", _ready(health))
    app.router.add_get("/metrics", _metrics(store, clock, metrics))
    if take is not None:
        app.router.add_post(path, _webhook(take, secret))
    return app


async def serve(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Serves until the runner is cleaned up. Returns the port as well, for port 0."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner, runner.addresses[0][1]


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _up(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="ok\n")


def _ready(health: Health) -> Handler:
    async def ready(_request: web.Request) -> web.StreamResponse:
        problem = await health.problem()
        return web.Response(text=f"{problem or 'ok'}\n", status=503 if problem else 200)

    return ready


def _metrics(store: Store, clock: Clock, metrics: Metrics) -> Handler:
    async def show(_request: web.Request) -> web.StreamResponse:
        await store.read(metrics.look, clock.now())
        return web.Response(
            body=metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    return show


def _webhook(take: Take, secret: str) -> Handler:
    """200 only once the update is on the disk; otherwise Telegram comes again."""

    async def receive(request: web.Request) -> web.StreamResponse:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
            await take([{"update_id": int(update["update_id"]), **update}])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        except StoreUnavailable as problem:
            log.error("%s", problem)
            return web.Response(status=503)
        return web.Response()

    return receive
