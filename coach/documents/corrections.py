"""Giving a text file back with its corrections, stored as it came."""

from collections.abc import Iterable
from dataclasses import replace

from coach.documents import plain
from coach.letters import Edit, apply_edits


def corrected(text: str, edits: Iterable[Edit], encoding: str | None) -> bytes:
    """A corrected copy of a txt or Markdown file: same encoding, byte order mark and line ends.
    `text` and `encoding` are the document's, `edits` the accepted ones."""
    newline = _newline(text)
    fitting = tuple(
        replace(edit, right=edit.right.replace("\r\n", "\n").replace("\n", newline))
        for edit in edits
    )
    return plain.encode(apply_edits(text, fitting), encoding)


def _newline(text: str) -> str:
    if "\r\n" in text:
        return "\r\n"
    return "\r" if "\r" in text and "\n" not in text else "\n"
