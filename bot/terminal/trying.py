"""`try`: the same bot against the local Telegram, with a chat page; no token, no key."""

import asyncio
import shutil
import webbrowser
from pathlib import Path

from bot import logs
from bot.app import run as run_bot
from bot.app import stop_on_signals
from bot.clock import Clock
from bot.settings import LogLevel, Settings, Share, load_settings
from bot.terminal.model import ask_of
from bot.terminal.running import handlers
from bot.terminal.stops import DONE, Stop
from bot.tryout.saving import open_playground
from bot.tryout.server import Running, serve
from storage.presence import present

FOLDER = Path("data/try")
"""The playground's own database and Telegram; nothing of a real bot is touched."""


def try_out(port: int, *, browser: bool, fresh: bool) -> int:
    """Serves the page until it is told to stop. Prints the address when it is ready."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with present(FOLDER) as presence:
        if not presence.alone:
            raise Stop(
                "A try-out runs in this folder already; stop it, or start in another folder."
            )
        presence.let_others_in()  # they are told, instead of having to wait
        if fresh:
            shutil.rmtree(FOLDER, ignore_errors=True)
        asyncio.run(_try_out(port, browser))
    return DONE


async def _try_out(port: int, browser: bool) -> None:
    clock, stop = Clock(), asyncio.Event()
    stop_on_signals(stop)
    server = await _served(port, clock)
    try:
        settings = _settings(server)
        logs.set_up(LogLevel.WARNING, settings.log_format, settings.secrets)
        await run_bot(
            settings,
            handlers(),
            clock=clock,
            stop=stop,
            ask_of=ask_of(settings, clock),
            ready=lambda: _ready(server.address, browser),
        )
    finally:
        await server.close()


async def _served(port: int, clock: Clock) -> Running:
    try:
        return await serve(open_playground(FOLDER, clock), port, keep_in=FOLDER)
    except OSError:
        raise Stop(f"Port {port} is taken; try --port {port % 65_535 + 1}.") from None


def _settings(server: Running) -> Settings:
    """The operator's own settings, but for what would touch the real bot."""
    return load_settings(
        bot_token=server.telegram.token,
        telegram_api_url=server.address,
        database_url=f"sqlite:///{FOLDER}/sogood.db",
        webhook_url=None,
        web_port=None,
        tick_seconds=1,
        backups_kept=0,
        worker_takes=Share.ALL,
    )


def _ready(address: str, browser: bool) -> None:
    print(address, flush=True)
    if browser:
        webbrowser.open(address)
