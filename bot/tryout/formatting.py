"""Parse modes: HTML and MarkdownV2 turned into text with entities, as Telegram does."""

import html
import re
from typing import Any

from bot.tryout import utf16
from bot.tryout.refusals import Refusal, bad_request

Parsed = tuple[str, list[dict[str, Any]]]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)>")
ATTRIBUTE = re.compile(r"""([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.I)

MARKS = (
    ("__", "underline", "Underline"),
    ("||", "spoiler", "Spoiler"),
    ("*", "bold", "Bold"),
    ("_", "italic", "Italic"),
    ("~", "strikethrough", "Strikethrough"),
)
RESERVED = frozenset("_*[]()~`>#+-=|{}.!")


def parsed(text: str, mode: str) -> Parsed:
    """The text that readers see and its entities. Raises Refusal."""
    match mode.lower():
        case "html":
            return _Html(text).read()
        case "markdownv2":
            return _Markdown(text).read()
        case "markdown":
            raise bad_request("the local Telegram does not play the old parse_mode Markdown")
        case "none":
            return text, []
        case _:
            raise bad_request("Unsupported parse_mode")


def _cannot(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")


class _Output:
    """Text that grows, with the entities that lie on it."""

    def __init__(self) -> None:
        self.text = ""
        self.entities: list[dict[str, Any]] = []

    @property
    def end(self) -> int:
        return utf16.length(self.text)

    def mark(self, kind: str, start: int, **more: str) -> None:
        if self.end > start:
            self.entities.append(
                {"type": kind, "offset": start, "length": self.end - start, **more}
            )

    def result(self) -> Parsed:
        self.entities.sort(key=lambda one: (one["offset"], -one["length"]))
        return self.text, self.entities


class _Html:
    """One reading of an HTML text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out = _Output()
        self._open: list[tuple[str, int, dict[str, str]]] = []

    def read(self) -> Parsed:
        place = 0
        while (start := self._source.find("<", place)) >= 0:
            self._out.text += html.unescape(self._source[place:start])
            tag = TAG.match(self._source, start)
            if tag is None:
                raise _cannot(f"Unclosed start tag at byte offset {self._byte(start)}")
            self._tag(tag)
            place = tag.end()
        self._out.text += html.unescape(self._source[place:])
        if self._open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        return self._out.result()

    def _tag(self, tag: re.Match[str]) -> None:
        closing, name, rest = tag[1], tag[2].lower(), tag[3]
        if closing:
            self._close(name, tag.start())
        elif name not in TAGS:
            raise _cannot(
                f'Unsupported start tag "{name}" at byte offset {self._byte(tag.start())}'
            )
        else:
            self._open.append((name, self._out.end, _attributes(rest)))

    def _close(self, name: str, place: int) -> None:
        offset = self._byte(place)
        if not self._open:
            raise _cannot(f"Unexpected end tag at byte offset {offset}")
        opened, start, attributes = self._open.pop()
        if opened != name:
            raise _cannot(
                f'Unmatched end tag at byte offset {offset}, expected "</{opened}>", '
                f'found "</{name}>"'
            )
        kind, more = _html_entity(name, attributes)
        if kind == "text_link" and not more["url"]:
            return
        if kind == "code" and self._open and self._open[-1][0] == "pre" and "class" in attributes:
            self._open[-1][2]["language"] = attributes["class"].removeprefix("language-")
            return
        self._out.mark(kind, start, **more)

    def _byte(self, place: int) -> int:
        return len(self._source[:place].encode())


def _attributes(rest: str) -> dict[str, str]:
    found = ATTRIBUTE.findall(rest)
    return {name.lower(): html.unescape(one or two or three) for name, one, two, three in found}


def _html_entity(name: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
    kind = TAGS[name]
    if kind == "text_link":
        return kind, {"url": attributes.get("href", "")}
    if kind == "custom_emoji":
        return kind, {"custom_emoji_id": attributes.get("emoji-id", "")}
    if kind == "blockquote" and "expandable" in attributes:
        return "expandable_blockquote", {}
    if kind == "pre" and "language" in attributes:
        return kind, {"language": attributes["language"]}
    return kind, {}


class _Markdown:
    """One reading of a MarkdownV2 text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out = _Output()
        self._open: list[tuple[str, str, str, int, int]] = []
        self._place = 0
        self._quote: tuple[str, int] | None = None

    def read(self) -> Parsed:
        while self._place < len(self._source):
            self._step()
        self._end_quote()
        if self._open:
            _, _, name, _, place = self._open[-1]
            raise self._no_end(name, place)
        return self._out.result()

    def _step(self) -> None:
        if self._line_starts():
            self._quote_line()
        rest = self._source[self._place :]
        if not rest:
            return
        if rest[0] == "\\" and rest[1:2] and ord(rest[1]) < 127:
            self._take(rest[1], 2)
        elif rest[0] == "`":
            self._code(rest)
        elif rest[0] == "]" and self._open and self._open[-1][0] == "[":
            self._close_link(rest)
        elif rest[0] == "[":
            self._open.append(("[", "text_link", "TextUrl", self._out.end, self._place))
            self._place += 1
        elif (mark := next((one for one in MARKS if rest.startswith(one[0])), None)) is not None:
            self._toggle(*mark)
        elif rest[0] in RESERVED:
            raise _cannot(
                f"Character '{rest[0]}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            self._take(rest[0], 1)

    def _take(self, sign: str, width: int) -> None:
        self._out.text += sign
        self._place += width

    def _line_starts(self) -> bool:
        return self._place == 0 or self._source[self._place - 1] == "\n"

    def _quote_line(self) -> None:
        opening = re.compile(r"(\*\*)?>").match(self._source, self._place)
        if opening is None:
            self._end_quote()
            return
        if self._quote is None or opening[1]:
            self._end_quote()
            kind = "expandable_blockquote" if opening[1] else "blockquote"
            self._quote = (kind, self._out.end)
        self._place = opening.end()

    def _end_quote(self) -> None:
        if self._quote is not None:
            kind, start = self._quote
            self._quote = None
            self._out.mark(kind, start)

    def _toggle(self, mark: str, kind: str, name: str) -> None:
        if mark == "||" and self._quote and self._source[self._place + 2 :][:1] in {"", "\n"}:
            self._quote = ("expandable_blockquote", self._quote[1])
            self._place += 2
            return
        if self._open and self._open[-1][0] == mark:
            start = self._open.pop()[3]
            self._out.mark(kind, start)
        elif any(one[0] == mark for one in self._open):
            raise self._no_end(self._open[-1][2], self._open[-1][4])
        else:
            self._open.append((mark, kind, name, self._out.end, self._place))
        self._place += len(mark)

    def _code(self, rest: str) -> None:
        fence, kind = ("```", "pre") if rest.startswith("```") else ("`", "code")
        ending = re.compile(rf"((?:\\.|[^\\])*?){fence}", re.S).match(rest, len(fence))
        if ending is None:
            raise self._no_end("Pre" if kind == "pre" else "Code", self._place)
        inner, more = ending[1], {}
        named = re.match(r"(\S+)\n", inner) if kind == "pre" else None
        if named:
            inner, more = inner[named.end() :], {"language": named[1]}
        start = self._out.end
        self._out.text += re.sub(r"\\([\x01-\x7e])", r"\1", inner.removeprefix("\n"))
        self._out.mark(kind, start, **more)
        self._place += ending.end()

    def _close_link(self, rest: str) -> None:
        _, kind, name, start, place = self._open.pop()
        target = re.match(r"\]\(((?:\\.|[^\\)])*)\)", rest)
        if target is None:
            raise self._no_end(name, place)
        self._out.mark(kind, start, url=re.sub(r"\\(.)", r"\1", target[1]))
        self._place += target.end()

    def _no_end(self, name: str, place: int) -> Refusal:
        offset = len(self._source[:place].encode())
        return _cannot(f"Can't find end of {name} entity at byte offset {offset}")
