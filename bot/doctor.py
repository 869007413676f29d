"""The doctor: is everything there that the bot needs, and how to mend what isn't."""

import asyncio
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot import endpoint
from bot.clock import Clock
from bot.drawing import draw
from bot.settings import Settings, SettingsError
from coach.fonts import FAMILY
from coach.pictures import DrawingError, MonthFacts, month
from coach.texts import say
from coach.weeks import Account
from storage import Store, StoreError, conversations, strays
from storage.untaken import untaken

FREE_MEGABYTES = 100
"""Less than this beside the database is a problem: a letter takes kilobytes, a backup the whole."""

CARDS_SEEN = 1000
"""So many cards are reckoned anew from their logs."""

MODELS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Check:
    """One line. `note` tells more when it is well, `problem` and `mend` when it isn't. Without
    what isn't `needed` the bot runs all the same."""

    what: str
    ok: bool
    note: str = ""
    problem: str = ""
    mend: str = ""
    needed: bool = True


async def examine(settings: Settings) -> list[Check]:
    """Every check, in the order in which one would mend things."""
    async with ClientSession(timeout=endpoint.PATIENCE) as session:
        asked = await asyncio.gather(
            _database(settings),
            _cards(settings),
            _work(settings),
            _telegram(settings, session),
            _model(settings, session),
            _pictures(settings),
            _ocr(settings),
        )
    return [_settings(settings), *asked]


def unusable(error: SettingsError) -> Check:
    """Settings that can't be used: which, and what to write instead."""
    problem, _, mend = str(error).partition(": ")
    return Check(say("en", "bot.doctor.settings.what"), False, "", problem, mend)


def _settings(settings: Settings) -> Check:
    """Settings that can't be used never come so far."""
    where = ".env" if Path(".env").is_file() else "environment"
    return _fine(settings, "settings", where=where)


async def _database(settings: Settings) -> Check:
    path = settings.database_place
    try:
        store = await Store.open(settings.database_url, now=Clock().now())
        try:
            now = Clock().now()
            await store.write(conversations.set_data, "doctor", {"at": str(now)}, now=now)
        finally:
            await store.close()
    except StoreError as problem:
        mend = say(_in(settings), "bot.doctor.database.unwritable.mend")
        return Check(_what(settings, "database"), False, "", problem.sentence(_in(settings)), mend)
    except OSError:
        return _problem(settings, "database", "unwritable", path=path)
    if settings.database_file is None:
        return _fine(settings, "database", path=path)
    free = shutil.disk_usage(settings.data).free // 1024**2
    if free < FREE_MEGABYTES:
        return _problem(settings, "database", "full", path=path, megabytes=free)
    return _fine(settings, "database", path=path)


async def _cards(settings: Settings) -> Check:
    """A card's state is a cache of its log: a sample is reckoned anew. A database that can't be
    opened is said to be so elsewhere."""
    try:
        store = await Store.open(settings.database_url, now=Clock().now())
        try:
            seen, wrong = await store.read(strays.strayed, CARDS_SEEN)
        finally:
            await store.close()
    except (StoreError, OSError):
        return _problem(settings, "cards", "unseen", needed=False)
    if wrong:
        return _problem(settings, "cards", "strayed", needed=False, wrong=wrong, seen=seen)
    return _fine(settings, "cards", needed=False, seen=seen)


async def _work(settings: Settings) -> Check:
    """Whether something waits that no process takes."""
    now = Clock().now()
    try:
        store = await Store.open(settings.database_url, now=now)
        try:
            late = await store.read(untaken, now)
        finally:
            await store.close()
    except (StoreError, OSError):
        late = {}
    if not late:
        return _fine(settings, "work", needed=False)
    minutes = int((now - min(late.values())).total_seconds()) // 60
    kinds = ", ".join(sorted(late))
    return _problem(settings, "work", "untaken", needed=False, kinds=kinds, minutes=minutes)


async def _telegram(settings: Settings, session: ClientSession) -> Check:
    if settings.bot_token is None:
        return _problem(settings, "telegram", "no_token")
    address = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}/getMe"
    status, body = await endpoint.asked(session, address)
    if status == 200:
        username = body.get("result", {}).get("username", "")
        return _fine(settings, "telegram", username=username)
    trouble = "refused" if status in (401, 404) else "unreachable"
    return _problem(settings, "telegram", trouble, host=_host(settings.telegram_api_url))


async def _model(settings: Settings, session: ClientSession) -> Check:
    if not settings.model_on:
        what, note = _what(settings, "model"), say(_in(settings), "bot.doctor.model.off")
        return Check(what, True, note, needed=False)
    answered = await endpoint.models(settings, session)
    facts = {"host": endpoint.host_of(settings), "model": settings.openai_model}
    if answered.trouble:
        return _problem(settings, "model", answered.trouble, needed=False, **facts)
    if answered.models and settings.openai_model not in answered.models:
        named = ", ".join(answered.models[:MODELS_NAMED])
        return _problem(settings, "model", "unknown", needed=False, models=named, **facts)
    return _fine(settings, "model", needed=False, **facts)


async def _pictures(settings: Settings) -> Check:
    """A card of the current month, really drawn with the package's own fonts."""
    today = Clock().now().date()
    facts = MonthFacts(month=today, today=today, account=Account(), name="Анна Example")
    try:
        drawn = await draw(month(facts, _in(settings)))
    except (DrawingError, OSError, KeyError):
        return _problem(settings, "fonts", "missing", needed=False)
    return _fine(settings, "fonts", needed=False, name=FAMILY, kilobytes=len(drawn) // 1024)


async def _ocr(settings: Settings) -> Check:
    if (tesseract := shutil.which("tesseract")) is None:
        return _problem(settings, "ocr", "missing", needed=False)
    process = await asyncio.create_subprocess_exec(
        tesseract, "--list-langs", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    lines = (await process.communicate())[0].decode(errors="replace").split()
    languages = ", ".join(word for word in lines if len(word) == 3 and word.islower())
    return _fine(settings, "ocr", needed=False, languages=languages)


def _fine(settings: Settings, subject: str, *, needed: bool = True, **facts: object) -> Check:
    note = say(_in(settings), f"bot.doctor.{subject}.note", **facts)
    return Check(_what(settings, subject), True, note, needed=needed)


def _problem(
    settings: Settings, subject: str, trouble: str, *, needed: bool = True, **facts: object
) -> Check:
    problem, mend = (
        say(_in(settings), f"bot.doctor.{subject}.{trouble}.{part}", **facts)
        for part in ("problem", "mend")
    )
    return Check(_what(settings, subject), False, problem=problem, mend=mend, needed=needed)


def _what(settings: Settings, subject: str) -> str:
    return say(_in(settings), f"bot.doctor.{subject}.what")


def _in(settings: Settings) -> str:
    return settings.default_language


def _host(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2]
