"""Keeping the local Telegram in a folder, so that it goes on where it was, even after a kill."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.clock import Clock
from bot.tryout.limits import Limits
from bot.tryout.state import State
from bot.tryout.telegram import LocalTelegram, playground

STATE_FILE = "telegram.json"
FILES_FOLDER = "files"
PAUSE_SECONDS = 0.2
"""How long changes gather before they are written; a kill loses at most these."""

UPDATE_JUMP = 1000
MESSAGE_JUMP = 100
"""Numbers left out after a kill, since the lost changes may have used them."""

STATE = TypeAdapter(State)


def open_playground(folder: Path, clock: Clock) -> LocalTelegram:
    """The local Telegram kept in a folder, or a new one with Anna, Boris and their group.

    The clock is moved as far as it was. A file that cannot be read is put aside.
    """
    state = _load(folder / STATE_FILE)
    if state is None:
        return playground(clock, folder / FILES_FOLDER)
    if not state.closed:
        _jump(state)
    state.closed = False
    clock.move(timedelta(seconds=state.advanced_seconds))
    return LocalTelegram(clock, limits=Limits(), state=state, files=folder / FILES_FOLDER)


def save(telegram: LocalTelegram, folder: Path, *, closed: bool = False) -> None:
    """Write everything at once: either the old file stands or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{STATE_FILE}.part"
    part.write_bytes(STATE.dump_json(replace(telegram.state, closed=closed)))
    part.replace(folder / STATE_FILE)


class Keeper:
    """Saves a local Telegram whenever something happened in it."""

    def __init__(self, telegram: LocalTelegram, folder: Path) -> None:
        self._telegram = telegram
        self._folder = folder
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Save for the last time."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        save(self._telegram, self._folder, closed=True)

    async def _keep(self) -> None:
        while True:
            save(self._telegram, self._folder)
            await self._telegram.events.next()
            await asyncio.sleep(PAUSE_SECONDS)


def _load(path: Path) -> State | None:
    try:
        return STATE.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError:
        path.replace(path.with_suffix(".unreadable"))
        return None


def _jump(state: State) -> None:
    state.queue.next_id += UPDATE_JUMP
    state.last_id += UPDATE_JUMP
    state.last_seq += UPDATE_JUMP
    for chat in state.chats.values():
        chat.last_message_id += MESSAGE_JUMP
        chat.last_ephemeral_id += MESSAGE_JUMP
