"""Plain sentences out of unpacked translations: help pages, catalogues of messages, resources."""

import gettext
import json
import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from coach import language
from coach.proofread.build import corpus

_PLACES = re.compile(
    r"%(?:\(\w+\))?[sdiu@]|%\d\$\w|\$\w+|\{\{?[^{}\n]{0,80}\}?\}|<[^<>\n]{0,200}>|[&~_](?=\w)"
)
_FEWEST_LETTERS = 12


def sentences(folder: Path, code: str) -> Iterator[str]:
    """Every distinct message or paragraph of the folder's files that is in the language."""
    seen: set[str] = set()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        read = _READERS.get(file.suffix)
        for message in read(file) if read else ():
            text = " ".join(_PLACES.sub(_place, message).split())
            if text not in seen and _is_in(text, code):
                seen.add(text)
                yield text


def _place(found: re.Match[str]) -> str:
    """A gap for a value is read as code; a mark for a shortcut key is nothing."""
    return "" if len(found[0]) == 1 else f" {corpus.CODE} " if found[0][0] != "<" else " "


def _is_in(text: str, code: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        return False
    cyrillic = sum(1 for char in letters if "а" <= char.lower() <= "ё")
    if code == "ru":
        return cyrillic * 10 >= len(letters) * 8
    return cyrillic == 0 and (language.detect(text) == code or bool(_UMLAUT.search(text)))


_UMLAUT = re.compile("[äöüÄÖÜß]")


def _pages(file: Path) -> Iterator[str]:
    return corpus.html_paragraphs(file)


def _catalogue(file: Path) -> Iterator[str]:
    with file.open("rb") as opened:
        found = gettext.GNUTranslations(opened)
    messages: dict[Any, str] = getattr(found, "_catalog")  # noqa: B009  (no public way to list them)
    for key, message in messages.items():
        if key:
            yield from message.split("\n\n")


def _tree(file: Path) -> Iterator[str]:
    yield from _strings(json.loads(file.read_text("utf-8")))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    inner: Any = ()
    if isinstance(node, dict):
        inner = cast("dict[str, Any]", node).values()
    elif isinstance(node, list):
        inner = cast("list[Any]", node)
    for child in inner:
        yield from _strings(child)


def _lines(file: Path) -> Iterator[str]:
    """Fluent and property files: what stands after a key, or goes on below it."""
    for line in file.read_text("utf-8", "replace").splitlines():
        key, sign, value = line.partition("=")
        if not line.startswith("#"):
            yield value if sign and " " not in key.strip() else line


def _resources(file: Path) -> Iterator[str]:
    """Chromium's resource packs, version 5: a table of offsets, then the texts."""
    data = file.read_bytes()
    _, _, count, _ = struct.unpack_from("<IIHH", data)
    starts = [struct.unpack_from("<HI", data, 12 + 6 * at)[1] for at in range(count + 1)]
    for start, end in pairwise(starts):
        yield data[start:end].decode("utf-8", "replace")


_READERS = {
    ".html": _pages,
    ".mo": _catalogue,
    ".json": _tree,
    ".ftl": _lines,
    ".properties": _lines,
    ".pak": _resources,
}
