"""What in a letter isn't prose: addresses, code, placeholders, template code, markup, numbers."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class MaskKind(StrEnum):
    """What a masked stretch is."""

    FRONT_MATTER = "front_matter"
    CODE = "code"
    TEMPLATE = "template"
    HTML = "html"
    URL = "url"
    EMAIL = "email"
    PLACEHOLDER = "placeholder"
    PATH = "path"
    HANDLE = "handle"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of text that isn't prose; offsets count code points, `end` excluded."""

    start: int
    end: int
    kind: MaskKind

    def __len__(self) -> int:
        return self.end - self.start


def find(text: str) -> tuple[Mask, ...]:
    """Everything that isn't prose, in order and without overlaps; linear in the text's length.

    Where two kinds claim the same place, the one that stands first in `MaskKind` wins: a URL in
    a code block is code.
    """
    claimed = bytearray(len(text))
    masks: list[Mask] = []
    for kind, start, end in _claims(text):
        if claimed.find(1, start, end) < 0:
            claimed[start:end] = b"\1" * (end - start)
            masks.append(Mask(start, end, kind))
    return tuple(sorted(masks, key=lambda mask: mask.start))


def covers(masks: Sequence[Mask], start: int, end: int) -> bool:
    """Whether any of the ordered masks touches text[start:end]."""
    after = bisect_right(masks, start, key=lambda mask: mask.start)
    if after and masks[after - 1].end > start:
        return True
    return after < len(masks) and masks[after].start < end


def cover(text: str, masks: Sequence[Mask], sentinel: str = "\ufffc") -> str:
    """The text with every masked character replaced by one sentinel; offsets stay true.

    Not by spaces: they would make neighbours of words that aren't.
    """
    parts: list[str] = []
    upto = 0
    for mask in masks:
        parts += (text[upto : mask.start], sentinel * len(mask))
        upto = mask.end
    parts.append(text[upto:])
    return "".join(parts)


_Claim = tuple[MaskKind, int, int]


def _claims(text: str) -> Iterator[_Claim]:
    yield from _front_matter(text)
    yield from _fences(text)
    yield from _comments(text)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield kind, *match.span("it" if "it" in pattern.groupindex else 0)
    yield from _angles(text)
    for kind, pattern in _LATE_PATTERNS:
        for match in pattern.finditer(text):
            if not _is_plain_bracket(match[0]):
                yield kind, *match.span()


def _front_matter(text: str) -> Iterator[_Claim]:
    """YAML between two lines of dashes, or TOML between two of pluses, at the very top."""
    opening = _FRONT_MATTER.match(text)
    if opening and (closing := _CLOSING[opening["it"]].search(text, opening.end())):
        yield MaskKind.FRONT_MATTER, opening.start("it"), closing.end()


_FRONT_MATTER = re.compile(
    r"\ufeff?\s{0,80}?(?P<it>---|\+\+\+)[ \t]{0,80}(?:\r\n?|\n)(?=[^\r\n]{0,500}[:=]|#|---|\[)"
)
_CLOSING = {
    "---": re.compile(r"(?:^|(?<=\r))(?:---|\.\.\.)[ \t]{0,80}(?=\r|$)", re.MULTILINE),
    "+++": re.compile(r"(?:^|(?<=\r))\+\+\+[ \t]{0,80}(?=\r|$)", re.MULTILINE),
}


def _fences(text: str) -> Iterator[_Claim]:
    """Fenced code. An opening fence without an end masks its own line only: a stray row of
    backticks must not hide the rest of a letter."""
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opening is None:
            opening = fence
        elif fence["mark"][0] == opening["mark"][0] and not fence["info"].strip():
            yield MaskKind.CODE, opening.start(), fence.end()
            opening = None
    if opening:
        yield MaskKind.CODE, *opening.span()


_FENCE = re.compile(r"^[ ]{0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]{0,200})$", re.MULTILINE)


def _comments(text: str) -> Iterator[_Claim]:
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        yield MaskKind.HTML, start, end + 3
        start = text.find("<!--", end + 3)


# Every repeat below is bounded or cannot restart inside itself, so no text makes them slow.
_TOP_LEVEL = (
    "com|org|net|edu|gov|io|ai|dev|app|me|co|info|tech|page|site|xyz|ml|us|uk|eu|de|at|ch|fr|nl|be|"
    "es|it|pl|cz|se|no|fi|dk|ru|su|by|ua|kz|in|cn|jp|kr|au|nz|ca|br|tv|gg|ly|sh|so|рф"
)
_FILE_ENDINGS = (
    "py|ipynb|js|jsx|ts|tsx|html?|css|scss|json|jsonl|ya?ml|toml|ini|cfg|md|rst|txt|csv|tsv|xlsx?|"
    "docx?|pptx?|pdf|png|jpe?g|gif|svg|mp[34]|wav|zip|tar|gz|sh|bat|exe|dll|so|c|cc|cpp|h|hpp|java|"
    "kt|rs|rb|php|swift|sql|db|sqlite|xml|tex|bib|log|lock|env|pt|pth|onnx|pkl|npy|npz|h5|parquet|"
    "safetensors|bin"
)

_PATTERNS: tuple[tuple[MaskKind, re.Pattern[str]], ...] = (
    (
        MaskKind.TEMPLATE,
        re.compile(
            r"\{\{[^{}\n]{0,300}\}\}|\{%(?:[^%]|%(?!\})){0,300}%\}|\{#[^#]{0,300}#\}"
            r"|\{:[ #.\w][^{}\n]{0,300}\}|<%[^%\n]{0,300}%>|<\?(?:php\b|=)[^?]{0,300}\?>"
        ),
    ),
    (MaskKind.CODE, re.compile(r"(?<![\w`])(?P<tick>`{1,3})(?!`)[^`\n]{1,300}(?P=tick)(?![\w`])")),
    (
        MaskKind.CODE,
        re.compile(
            r"(?<![\w$\\])\$\$?(?=[^\s\d$])[^$\n]{0,200}?[\\^_={}][^$\n]{0,200}\$\$?(?![\w$])"
        ),
    ),
    (
        MaskKind.URL,
        re.compile(
            r"(?<![\w/])(?:(?:https?|ftp|tg|file)://|www\.|mailto:)[^\s<>\"'`\])}»”’|]{1,2000}"
            r"(?<![.,;:!?*_~])",
            re.IGNORECASE,
        ),
    ),
    (
        MaskKind.EMAIL,
        re.compile(
            r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w@])",
        ),
    ),
    (
        MaskKind.URL,
        re.compile(
            r"(?<![\w@./\\-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}"
            rf"\.(?:{_TOP_LEVEL})(?![\w.-]\w|\w|\()(?:/[^\s<>\"'`\])}}»”’|]{{0,1000}}(?<![.,;:!?*_~]))?",
        ),
    ),
    (MaskKind.URL, re.compile(r"(?<=\])(?P<it>\([^()\s]{1,1000}(?:\s\"[^\"\n]{0,200}\")?\))")),
    (MaskKind.URL, re.compile(r"^ {0,3}\[[^\[\]\n]{1,100}\]:(?=[ \t]{0,9}\S)", re.MULTILINE)),
)

_TAG_NAMES = """
a abbr address article aside audio b blockquote body br button canvas caption center cite code
col colgroup dd del details dfn div dl dt em fieldset figcaption figure font footer form h1 h2
h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark
meta nav noscript ol optgroup option p picture pre q s samp script section select small source
span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead
title tr tt u ul var video wbr
"""
_HTML_TAGS = frozenset(_TAG_NAMES.split())


def _angles(text: str) -> Iterator[_Claim]:
    """What stands in angle brackets: a known tag is HTML, other words are a placeholder."""
    for match in _ANGLE.finditer(text):
        if match["name"].lower() in _HTML_TAGS:
            yield MaskKind.HTML, *match.span()
        elif not match["slash"] and not set(match["rest"]) & set("=/\"'"):
            yield MaskKind.PLACEHOLDER, *match.span()
        else:
            yield MaskKind.HTML, *match.span()


_ANGLE = re.compile(r"(?<!\w)<(?P<slash>/?)(?P<name>[^\W\d_]\w{0,40})(?P<rest>[^<>\n]{0,300})>")


_LATE_PATTERNS: tuple[tuple[MaskKind, re.Pattern[str]], ...] = (
    (MaskKind.HTML, re.compile(r"</?(?:b|i|p|br|em|li|td|tr|ul|ol|div|span|strong)/?>", re.I)),
    (MaskKind.HTML, re.compile(r"&(?:[a-zA-Z]{2,12}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")),
    (
        MaskKind.PLACEHOLDER,
        re.compile(
            r"(?<!\w)\[{1,2}(?=[^\W\d_])[^\[\]\n(){}|=@/\\]{1,60}\]{1,2}(?![(\[:\w])"
            r"|(?<![\w$\\])\$?\{[^\W\d_][\w .'’/-]{0,40}\}"
            r"|(?<!\w)%[^\W\d_][\w]{2,30}%(?!\w)"
            r"|_{3,}|(?<![\w-])X{3,}\+?(?![\w-])|(?<![\w-])X{2}(?:%|\+|(?= years?\b| months?\b))"
            r"|(?<![\w.])\.{6,}|…{3,}"
        ),
    ),
    (MaskKind.HANDLE, re.compile(r"(?<![\w@./&#])[@#](?=\w{0,40}[^\W\d_])\w{1,60}(?!\w)")),
    (MaskKind.HANDLE, re.compile(r"(?<![\w/])[ru]/\w{2,40}(?![\w/])")),
    (MaskKind.CODE, re.compile(r"(?<![\w.])[^\W\d_][\w.]{0,80}\(\)")),
    (
        MaskKind.CODE,
        re.compile(r"(?<!\w)--?[a-z][a-z\d]{1,30}(?:-[a-z\d]{1,30}){0,6}(?:=\S{1,80})?(?!\w)"),
    ),
    (MaskKind.CODE, re.compile(r"(?<!\w)[^\W_]{1,60}(?:_[^\W_]{1,60}){1,12}(?!\w)")),
    (
        MaskKind.PATH,
        re.compile(
            r"(?<![\w.:/\\~])(?:[A-Za-z]:\\|~/|\.{1,2}/|/(?=\w{1,80}/)|\\\\)[\w.~@+/\\-]{1,300}(?<!\.)"
            rf"|(?<![\w./\\@-])[\w-]{{1,80}}(?:[/.][\w-]{{1,80}}){{0,8}}\.(?:{_FILE_ENDINGS})(?![\w.-]?\w)"
            rf"|(?<![\w./\\@-])\.(?:{_FILE_ENDINGS})(?![\w])"
        ),
    ),
    (
        MaskKind.NUMBER,
        re.compile(
            r"(?<![\w])[vV]?[$€£₽#~±+]?\d{1,40}(?:[.,:/’'–-]?\d{1,40}){0,20}(?:[^\W\d_]{1,4})?(?:%|\+)?(?!\w)"
        ),
    ),
)

_PLAIN_BRACKETS = frozenset({"sic", "x", "edit", "edited", "emphasis"})


def _is_plain_bracket(matched: str) -> bool:
    return matched[:1] == "[" and matched.strip("[] ").casefold() in _PLAIN_BRACKETS
