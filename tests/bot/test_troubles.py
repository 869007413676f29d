"""What may go wrong around a bot: each trouble is one clear line and a red /readyz while the
process is up, ends by itself when its cause is gone, and costs nobody anything."""

import asyncio
import logging
import os
import subprocess
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.terminal.restore import restore
from bot.terminal.stops import Stop
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram
from coach.texts import say
from storage import StoreUnavailable, StoreUnusable, back_up
from tests.fakes.openai_server import FakeModel
from tests.fakes.running_bot import echo_router, living, newcomer, said

LETTER = "Dear team," + " I have kept lighthouses for years." * 80


@pytest.fixture
async def served():
    running = await serve(LocalTelegram(Clock()))
    yield running
    await running.close()


@pytest.fixture
def errors(caplog):
    """The lines that an operator's eye falls on."""
    caplog.set_level(logging.INFO)
    return lambda: [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.fixture
def infos(caplog):
    return lambda: [one.getMessage() for one in caplog.records if one.levelno == logging.INFO]


def mount(*arguments):
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 24 megabytes: the write-ahead log alone takes four."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() or not _can_mount(folder):
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _can_mount(folder):
    try:
        return mount("-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder))
    except FileNotFoundError:
        return False


def fill(folder):
    """Takes all that is left of a disk."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"." * 4096)
        except OSError:
            return ballast


async def heard(served, alive, person, text):
    """Something is said and, however long it takes, answered, once."""
    served.telegram.send_text(person, text)
    async with asyncio.timeout(60):
        while text not in said(served, person):
            alive.clock.move(timedelta(seconds=5))
            await asyncio.sleep(0.01)


async def test_a_full_disk(served, small_disk, free_port, errors, infos, until):
    database = f"sqlite:///{small_disk}/bot.db"
    anna = newcomer(served)
    async with living(served, database, echo_router(), web_port=free_port) as alive:
        await alive.until("ok")
        await until(lambda: any("is copied to" in line for line in infos()))  # today's backup
        ballast = fill(small_disk)
        for number in range(30):
            served.telegram.send_text(anna, f"{number} {LETTER}")
        await alive.until("database: full")
        assert errors() == [str(StoreUnavailable("full"))]

        ballast.unlink()
        await alive.until("ok")
        await heard(served, alive, anna, "the last")
    assert errors() == [str(StoreUnavailable("full"))]
    assert say("en", "bot.store.again") in infos()
    wanted = ["/start", *(f"{number} {LETTER}" for number in range(30)), "the last"]
    assert sorted(said(served, anna)) == sorted(wanted)


async def test_a_disk_that_can_only_be_read(served, small_disk, free_port, errors):
    database = f"sqlite:///{small_disk}/bot.db"
    anna = newcomer(served)
    assert mount("-o", "remount,ro", str(small_disk))
    async with living(served, database, echo_router(), web_port=free_port, begun=False) as alive:
        await alive.until("database: broken")
        assert errors() == [str(StoreUnavailable("broken"))]

        assert mount("-o", "remount,rw", str(small_disk))
        await alive.until("ok")
        await heard(served, alive, anna, "still there?")
    assert errors() == [str(StoreUnavailable("broken"))]
    assert said(served, anna) == ["/start", "still there?"]


async def made(served, tmp_path, database, anna):
    """A database with a life behind it, and its backup."""
    async with living(served, database, echo_router()) as alive:
        await heard(served, alive, anna, "before the backup")
    await back_up(database, tmp_path / "backup.db")
    return tmp_path / "backup.db"


async def restored(backup, database, monkeypatch, tmp_path):
    """What an operator types, while the bot waits."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database)
    await asyncio.to_thread(restore, backup)


@pytest.mark.parametrize("damage", ["head", "body"])
async def test_a_database_that_was_damaged_while_the_bot_was_down(
    served, tmp_path, free_port, errors, monkeypatch, damage
):
    file = tmp_path / "bot.db"
    database, anna = f"sqlite:///{file}", newcomer(served)
    backup = await made(served, tmp_path, database, anna)
    whole = file.read_bytes()
    at = 0 if damage == "head" else 4096
    file.write_bytes(whole[:at] + os.urandom(len(whole) - at))

    problem = StoreUnusable("not_ours", path=file) if damage == "head" else None
    problem = problem or StoreUnavailable("broken")
    async with living(served, database, echo_router(), web_port=free_port, begun=False) as alive:
        await alive.until(f"database: {problem.code}")
        assert errors() == [str(problem)]
        await restored(backup, database, monkeypatch, tmp_path)
        await alive.until("ok")
        await heard(served, alive, anna, "and after it")
    assert errors() == [str(problem)]
    assert said(served, anna) == ["/start", "before the backup", "and after it"]


async def test_a_database_that_is_damaged_under_the_running_bot(
    served, tmp_path, free_port, errors, monkeypatch
):
    file = tmp_path / "bot.db"
    database, anna = f"sqlite:///{file}", newcomer(served)
    backup = await made(served, tmp_path, database, anna)
    async with living(served, database, echo_router(), web_port=free_port) as alive:
        await alive.until("ok")
        with file.open("r+b") as disk:
            disk.seek(4096)
            disk.write(os.urandom(file.stat().st_size - 4096))
        served.telegram.send_text(anna, "in the dark")
        await alive.until("database: broken")
        assert set(errors()) == {str(StoreUnavailable("broken"))}

        await until_waiting(alive, backup, database, monkeypatch, tmp_path)
        await alive.until("ok")
        await heard(served, alive, anna, "and after it")
    assert "and after it" in said(served, anna)


async def until_waiting(alive, backup, database, monkeypatch, tmp_path):
    """The bot lets go of a damaged file by itself; until then nobody can put another there."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await restored(backup, database, monkeypatch, tmp_path)
            except Stop:
                alive.clock.move(timedelta(seconds=5))
                await asyncio.sleep(0.01)


async def test_a_wrong_token(served, tmp_path, free_port, errors, infos):
    anna, right = newcomer(served), served.telegram.token
    served.telegram.state.bot.token = "1234567:another"
    database = f"sqlite:///{tmp_path}/bot.db"
    async with living(
        served, database, echo_router(), web_port=free_port, bot_token=right
    ) as alive:
        await alive.until("telegram: token_refused")
        assert errors() == [say("en", "bot.telegram.token_refused")]
        served.telegram.state.bot.token = right
        await alive.until("ok")
        await heard(served, alive, anna, "there you are")
    assert errors() == [say("en", "bot.telegram.token_refused")]
    assert "Telegram answers again" in infos()


async def test_telegram_away(served, tmp_path, free_port, errors, infos):
    anna, database = newcomer(served), f"sqlite:///{tmp_path}/bot.db"
    async with living(served, database, echo_router(), web_port=free_port) as alive:
        await alive.until("ok")
        port = served.address.rpartition(":")[2]
        await served.close()
        alive.clock.move(timedelta(seconds=100))
        await alive.until("telegram: unreachable")
        assert errors() == [say("en", "bot.telegram.unreachable")]

        back = await serve(served.telegram, int(port))
        await alive.until("ok")
        await heard(served, alive, anna, "there you are")
    await back.close()
    assert errors() == [say("en", "bot.telegram.unreachable")]
    assert "Telegram answers again" in infos()


class Asks:
    """A model that nobody asks."""

    async def __call__(self, *_args, **_inputs):
        raise AssertionError

    async def close(self):
        """Nothing to close."""


async def test_the_model_away(served, tmp_path, free_port, errors, infos):
    model = FakeModel()
    async with model:
        url = model.url
    database = f"sqlite:///{tmp_path}/bot.db"
    settings = {"web_port": free_port, "openai_base_url": url, "ask_of": lambda _store: Asks()}
    async with living(served, database, echo_router(), **settings) as alive:
        await alive.until("model: unreachable")
        host = url.split("/")[2]
        assert errors() == [say("en", "bot.model.unreachable", host=host)]
        async with FakeModel(port=int(host.partition(":")[2])):
            await alive.until("ok")
    assert len(errors()) == 1
    assert say("en", "bot.model.again") in infos()
