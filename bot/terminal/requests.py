"""`export ID DIR` and `forget ID`: what /export and /forget do, for whoever asks by mail."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

from bot.clock import Clock
from bot.drawing import draw
from bot.settings import load_settings
from bot.terminal.stops import DONE, Stop
from handlers.chat.wiping import try_later, wiped
from handlers.leaving.forgetting import forget as forget_person
from handlers.leaving.takeouts import parts_of
from storage import Store, people
from storage.people import Person


def export(person_id: int, folder: Path) -> int:
    """Writes somebody's archive into a folder, readable by its owner alone. Raises StoreError."""

    async def act(store: Store, person: Person) -> None:
        zone = load_settings().default_timezone
        now = Clock().now()
        parts = await parts_of(store, person, draw, now, zone)
        with ExitStack() as stack:
            for number, part in enumerate(parts, start=1):
                stack.enter_context(part).seek(0)
                name = f"sogood-{person.id}-{now:%Y-%m-%d}-{number}-of-{len(parts)}.zip"
                await asyncio.to_thread(_written, folder / name, part.read())
                print(folder / name)

    return _with(person_id, act)


def forget(person_id: int, *, sure: bool) -> int:
    """Deletes everything about somebody. Nobody tells them: a message that waits would name them.
    Raises StoreError."""
    if not sure:
        raise Stop("This deletes everything about them for good; say so with --yes.")

    async def act(store: Store, person: Person) -> None:
        now = Clock().now()
        await store.write(forget_person, person, now, secrets.token_urlsafe(16))
        if await wiped(store):
            print("Forgotten.")
        else:
            await store.write(try_later, now)
            print("Forgotten. The database is in use: the running bot wipes the last bytes.")

    return _with(person_id, act)


def _with(person_id: int, act: Callable[[Store, Person], Awaitable[None]]) -> int:
    async def run() -> None:
        settings = load_settings()
        if (file := settings.database_file) is not None and not file.exists():
            raise Stop(f"There is no database at {file} yet; check DATABASE_URL.")
        store = await Store.open(settings.database_url, now=Clock().now())
        try:
            person = await store.read(people.get, person_id)
            if person is None:
                raise Stop("Nobody with that number is known; check it, it is the Telegram number.")
            await act(store, person)
        finally:
            await store.close()

    asyncio.run(run())
    return DONE


def _written(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)
