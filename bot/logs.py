"""The logs: lines for people or machines, with the update or job they belong to, and no content.

What people wrote, their names and our secrets never stand in a log. An exception is therefore
logged as its type and its way through the code; its message only when it is one of ours, whose
messages quote nobody.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

from bot.settings import LogFormat, LogLevel

OURS = ("bot.", "handlers.", "coach.", "prompts.", "storage.")

QUIET = {
    "aiogram.event": logging.WARNING,
    "aiohttp.access": logging.CRITICAL,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "openai": logging.WARNING,
}
"""Talkative loggers; some of them would write a URL, and the token stands in Telegram's URLs."""

SECRET_SHAPES = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}|\bsk-[A-Za-z0-9_-]{8,}")
"""A Telegram token, a key of OpenAI's shape: hidden even when it isn't the one in the settings."""

HIDDEN = "***"

_working_on: ContextVar[str] = ContextVar("working_on", default="")
_request: ContextVar[str] = ContextVar("request", default="")


def set_up(level: LogLevel, form: LogFormat, secrets: Iterable[str] = ()) -> None:
    """Sends all logs of this process to stderr in one form; `secrets` are hidden in them."""
    lines = JsonLines(secrets) if form is LogFormat.JSON else TextLines(secrets)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(lines)
    logging.basicConfig(level=level.value, handlers=[handler], force=True)
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(quiet)


@contextmanager
def working_on(what: str, request: str = "") -> Generator[None]:
    """Puts `what` ("send 12") into every line that is logged inside, and the `request` that it
    is done for ("update 4711"): the same from an update to the last message it brings."""
    tokens = _working_on.set(what), _request.set(request)
    try:
        yield
    finally:
        _working_on.reset(tokens[0])
        _request.reset(tokens[1])


class TextLines(logging.Formatter):
    """One line for people: when, how grave, who says so, about what."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        return " ".join(self.hide(self.line(record)).splitlines())

    def line(self, record: logging.LogRecord) -> str:
        named = " < ".join(filter(None, (_working_on.get(), _request.get())))
        about = f" [{named}]" if named else ""
        said = f"{_at(record)} {record.levelname} {record.name}{about} {record.getMessage()}"
        return said + (f" | {way_of(record)}" if record.exc_info else "")

    def hide(self, text: str) -> str:
        """The text without any secret."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return SECRET_SHAPES.sub(HIDDEN, text)


class JsonLines(TextLines):
    """One JSON object a line."""

    def line(self, record: logging.LogRecord) -> str:
        row = {
            "at": _at(record),
            "level": record.levelname,
            "logger": record.name,
            "about": _working_on.get() or None,
            "request": _request.get() or None,
            "message": record.getMessage(),
            "error": way_of(record) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in row.items() if value is not None})


def way_of(record: logging.LogRecord) -> str:
    """An exception's type and its way through the code, innermost last, causes first."""
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    return told(record.exc_info[1])


def told(error: BaseException) -> str:
    """An exception without anything it may quote."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{told(cause)} -> " if cause else ""
    return f"{before}{_name(error)} at {_frames(error.__traceback__)}"


def _name(error: BaseException) -> str:
    kind = type(error)
    message = f": {error}" if kind.__module__.startswith(OURS) else ""
    return f"{kind.__qualname__}{message}"


def _frames(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-6:]
    return " > ".join(f"{'/'.join(f.filename.split('/')[-2:])}:{f.lineno}" for f in frames)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
