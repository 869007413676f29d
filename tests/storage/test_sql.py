"""SQL stays in the subset that SQLite and PostgreSQL share."""

import re
from pathlib import Path

import pytest

import storage

FOLDER = Path(storage.__file__).parent
SQLITE_ONLY = {"sqlite.py", "files.py", "tables.py", "upgrade.py", "copying.py"}
SHARED = sorted(file.name for file in FOLDER.glob("*.py") if file.name not in SQLITE_ONLY)

FOREIGN = {
    "SQLite only": r"\b(INSERT OR|REPLACE INTO|ifnull|strftime|julianday|json_\w+|rowid|glob|"
    r"PRAGMA|sqlite_master|last_insert_rowid|group_concat)\b|"
    r"\bsum\((?!CASE)[^)]*[=<>]",
    "PostgreSQL only": r"::\w+|\b(ILIKE|NOW\(\)|DISTINCT ON|ANY\s*\(|jsonb\w*)",
    "parameters without a name": r"(=|,|\()\s*\?",
}


def statements(name):
    text = (FOLDER / name).read_text("utf-8")
    for literal in re.findall(r'"""(.*?)"""|"([^"\n]*)"', text, re.DOTALL):
        sql = "".join(literal)
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER)\b", sql):
            yield sql


@pytest.mark.parametrize("name", SHARED)
def test_statements_are_read_by_both_engines(name):
    for sql in statements(name):
        for what, pattern in FOREIGN.items():
            assert not re.search(pattern, sql), f"{what}: {sql}"


def test_the_statements_are_found_at_all():
    assert sum(1 for name in SHARED for _ in statements(name)) > 60
