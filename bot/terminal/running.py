"""`run`: the bot on Telegram, until it is told to stop."""

import asyncio
import logging

from bot import logs
from bot.app import run as run_bot
from bot.app import stop_on_signals
from bot.clock import Clock
from bot.handling import Handlers
from bot.settings import Settings
from bot.terminal.model import ask_of
from bot.terminal.stops import DONE
from handlers.chat.commands import introduce, show_menu
from handlers.routers import (
    FIRST_TICK,
    GIVEN_UP,
    GROUP_SPEAKERS,
    JOBS,
    READING,
    SPEAKERS,
    TICKS,
    build_router,
)

log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Runs until SIGTERM or SIGINT."""
    logs.set_up(settings.log_level, settings.log_format, settings.secrets)
    asyncio.run(_run(settings))
    return DONE


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    clock = Clock()
    ask = ask_of(settings, clock)
    await run_bot(settings, handlers(), clock=clock, stop=stop, ask_of=ask)


def handlers() -> Handlers:
    """All that the bot does. Call once a process: a router attaches to one parent only."""
    return Handlers(
        router=build_router(),
        jobs=JOBS,
        given_up=GIVEN_UP,
        reading=READING,
        at_start=(show_menu, introduce),
        first_tick=FIRST_TICK,
        ticks=TICKS,
        speakers=SPEAKERS,
        group_speakers=GROUP_SPEAKERS,
    )
