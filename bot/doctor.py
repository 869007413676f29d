"""The doctor: is everything there that the bot needs, and how to mend what isn't."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Clock
from bot.drawing import draw
from bot.settings import Settings
from coach.fonts import FAMILY
from coach.pictures import DrawingError, MonthFacts, month
from coach.texts import say
from coach.weeks import Account
from storage import Store, StoreError, conversations, strays

PATIENCE = ClientTimeout(total=8)
FREE_MEGABYTES = 100
"""Less than this beside the database is a problem: a letter takes kilobytes, a backup the whole."""

CARDS_SEEN = 1000
"""So many cards are reckoned anew from their logs."""

OPENAI = "https://api.openai.com/v1"
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
    async with ClientSession(timeout=PATIENCE) as session:
        asked = await asyncio.gather(
            _database(settings),
            _cards(settings),
            _telegram(settings, session),
            _model(settings, session),
            _pictures(settings),
            _ocr(settings),
        )
    return [_settings(settings), *asked]


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


async def _telegram(settings: Settings, session: ClientSession) -> Check:
    if settings.bot_token is None:
        return _problem(settings, "telegram", "no_token")
    address = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}/getMe"
    status, body = await _asked(session, address)
    if status == 200:
        username = body.get("result", {}).get("username", "")
        return _fine(settings, "telegram", username=username)
    trouble = "refused" if status in (401, 404) else "unreachable"
    return _problem(settings, "telegram", trouble, host=_host(settings.telegram_api_url))


async def _model(settings: Settings, session: ClientSession) -> Check:
    """The list of models costs nothing; a server that has none is taken at its word."""
    if not settings.model_on:
        what, note = _what(settings, "model"), say(_in(settings), "bot.doctor.model.off")
        return Check(what, True, note, needed=False)
    base, key = settings.openai_base_url or OPENAI, settings.openai_api_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    status, body = await _asked(session, f"{base}/models", headers)
    facts = {"host": _host(base), "model": settings.openai_model}
    if status in (401, 403):
        return _problem(settings, "model", "refused", needed=False, **facts)
    if status == 0 or status >= 500:
        return _problem(settings, "model", "unreachable", needed=False, **facts)
    models = [str(model["id"]) for model in body.get("data") or [] if "id" in model]
    if models and settings.openai_model not in models:
        named = ", ".join(models[:MODELS_NAMED])
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


async def _asked(
    session: ClientSession, address: str, headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """The status and the body; status 0 when nobody answered. The address stays unsaid."""
    try:
        async with session.get(address, headers=headers) as response:
            text = await response.text()
    except (ClientError, TimeoutError, OSError):
        return 0, {}
    try:
        body = json.loads(text)
    except ValueError:
        body = {}
    return response.status, body if isinstance(body, dict) else {}


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
