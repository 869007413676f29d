"""Plain paragraphs out of unpacked documentation packages, to count words in."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from coach import language

CODE = "\u2402"
"""Stands where the page shows code, so that what surrounds it isn't read as neighbours."""

_BLOCKS = frozenset({"p", "li", "dd", "td", "h1", "h2", "h3", "blockquote"})
_CODE = frozenset({"code", "tt", "kbd", "var", "samp", "math"})
_DROPPED = frozenset({"pre", "script", "style", "nav", "footer", "svg", "table"})
_PLACES_SKIPPED = re.compile(
    r"/(?:std|core|alloc|proc_macro|test|src|implementors|genindex|_modules|javadoc|dsl)/"
    r"|genindex|py-modindex|/search\.html|changelog|whatsnew|release[-_]?notes|/releases/"
)


def paragraphs(folder: Path) -> Iterator[str]:
    """Every distinct paragraph of prose in the folder's HTML and Markdown pages."""
    seen: set[int] = set()
    for page in sorted(folder.rglob("*")):
        if page.suffix not in {".html", ".md"} or _PLACES_SKIPPED.search(
            f"/{page.relative_to(folder).as_posix()}"
        ):
            continue
        if not page.is_file() or page.stat().st_size > 2_000_000:
            continue
        read = html_paragraphs if page.suffix == ".html" else _markdown_paragraphs
        for paragraph in read(page):
            if hash(paragraph) not in seen and _is_prose(paragraph):
                seen.add(hash(paragraph))
                yield paragraph


def _is_prose(paragraph: str) -> bool:
    letters = sum(map(str.isalpha, paragraph))
    wordy = len(paragraph) >= 40 and letters * 10 >= len(paragraph) * 7
    return wordy and language.detect(paragraph) == "en"


def html_paragraphs(page: Path) -> Iterator[str]:
    try:
        root = etree.fromstring(page.read_bytes(), etree.HTMLParser())
    except etree.XMLSyntaxError:
        return
    etree.strip_elements(root, *_DROPPED, etree.Comment, with_tail=False)
    for element in root.iter(*_CODE):
        tail = element.tail
        element.clear()
        element.text, element.tail = CODE, tail
    for block in root.iter(*_BLOCKS):
        if not any(child.tag in _BLOCKS for child in block.iterdescendants()):
            yield " ".join("".join(map(str, block.itertext())).replace("¶", "").split())


def _markdown_paragraphs(page: Path) -> Iterator[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8", "replace"), flags=re.M | re.S)
    text = re.sub(r"`[^`\n]+`", CODE, text)
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    for block in re.split(r"\n\s*\n|\n(?=\s*[-*#>|])", text):
        yield " ".join(re.sub(r"^[\s>*#-]+|[*_]{1,2}", "", block).split())
