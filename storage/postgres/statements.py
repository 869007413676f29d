"""Statements and values as the driver wants them."""

import re
from functools import lru_cache

from psycopg import Connection
from psycopg.adapt import Buffer, Loader
from psycopg.rows import DictRow
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumperUnknown

_TOKENS = re.compile(r"('(?:[^']|'')*')|(::)|:([a-z_][a-z0-9_]*)|(%)", re.IGNORECASE)

GREATEST = 2**63 - 1


@lru_cache(maxsize=2048)
def translated(sql: str) -> str:
    """`:name` as the driver writes it, `%(name)s`; what stands in quotes is left alone."""
    return _TOKENS.sub(_token, sql)


def _token(found: re.Match[str]) -> str:
    quoted, _cast, name, percent = found.groups()
    if name:
        return f"%({name})s"
    return "%%" if percent else (quoted or "::").replace("%", "%%")


class Number(Int8Dumper):
    """Every number is a bigint, so that a statement is planned once and not for each size."""

    def dump(self, obj: int) -> Buffer:
        if not -GREATEST - 1 <= obj <= GREATEST:
            raise OverflowError("a number too large for the store")  # as SQLite has it
        return b"%d" % obj


class Words(StrDumperUnknown):
    """Text without U+0000, which PostgreSQL can't keep; it becomes U+FFFD, so that what counts
    characters goes on counting right."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\x00", "\ufffd") if "\x00" in obj else obj)


class Sum(Loader):
    """The sum of bigints is a numeric; whole ones are numbers as everywhere else."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data)
        return int(text) if text.lstrip(b"-").isdigit() else float(text)


class Truth(Loader):
    """0 or 1, as SQLite says it."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


def adapt(raw: Connection[DictRow]) -> None:
    """From now on values go in and come out as with SQLite."""
    for kind in (int, bool):
        raw.adapters.register_dumper(kind, Number)
    raw.adapters.register_dumper(str, Words)
    raw.adapters.register_loader("numeric", Sum)
    raw.adapters.register_loader("bool", Truth)
