"""Text with styles, cut into messages that Telegram takes: 4,096 UTF-16 units, 100 entities.

Messages carry entities and no markup, so nothing has to be escaped and no letter can become
markup. Telegram makes links of addresses by itself, except in code: what looks like one in a
letter is shown as code, to be copied but not pressed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

MESSAGE_UNITS = 4096
"""The longest text of one message, in UTF-16 units (Bot API, sendMessage)."""

MESSAGE_ENTITIES = 100
"""The most entities that Telegram keeps in one message."""

Entity = dict[str, Any]

PRESSABLE = re.compile(
    r"[^\W\d_][\w+.-]*://\S*"
    r"|[\w.+-]*@\w[\w-]*(?:\.[\w-]+)*"
    r"|(?<![\w.])(?:[\w-]+\.)+(?:[^\W\d_A-Z]{2,}|[A-Z]{2,})(?!\w)(?:[/?#:]\S*)?"
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)(?:[/?#:]\S*)?"
    r"|#\w+|\$[A-Z]{1,8}\b|\+\d[\d ()-]{5,}\d"
)
"""What Telegram makes pressable in a message without being asked, and a little more: links,
addresses, mentions, hashtags, cashtags, phone numbers. Commands stay: each is the coach's own."""


class Style(StrEnum):
    """The Bot API's name of an entity."""

    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strikethrough"
    CODE = "code"
    QUOTE = "blockquote"
    LONG_QUOTE = "expandable_blockquote"


BLOCKS = frozenset({Style.QUOTE, Style.LONG_QUOTE})
"""Styles that code may stand in; in the others it may not (Bot API, Formatting options)."""

Span = tuple[int, int, Style]


def units(text: str) -> int:
    """How long Telegram thinks a text is: UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(frozen=True, slots=True)
class Piece:
    """One message's worth of text and the entities in it."""

    text: str
    entities: list[Entity]


@dataclass(slots=True)
class Said:
    """Something to say, built up part by part. Spans are kept in code points until it is cut.

    `ours` says that every word comes from the catalogue, so that its links may be pressed.
    """

    text: str = ""
    _spans: list[Span] = field(default_factory=list)
    ours: bool = False

    def add(self, text: str, *styles: Style) -> "Said":
        """Goes on with `text`; an empty text adds nothing, not even an empty entity."""
        if text:
            start = len(self.text)
            self.text += text
            self._spans.extend((start, len(self.text), style) for style in styles)
        return self

    def line(self, text: str = "", *styles: Style) -> "Said":
        """Goes on with `text` and a line end."""
        self.add(text, *styles)
        self.text += "\n"
        return self

    def join(self, other: "Said") -> "Said":
        """Goes on with all that `other` says."""
        at = len(self.text)
        self.text += other.text
        self._spans.extend((start + at, end + at, style) for start, end, style in other._spans)
        return self

    def pieces(self, limit: int = MESSAGE_UNITS, entities: int = MESSAGE_ENTITIES) -> list[Piece]:
        """The whole, cut at paragraph, line or word ends into messages that Telegram takes."""
        spans = self._spans if self.ours else inert(self.text, self._spans)
        pieces: list[Piece] = []
        start = 0
        while start < len(self.text):
            end = self._cut(spans, start, limit, entities)
            piece = self._piece(spans, start, end)
            if piece.text:
                pieces.append(piece)
            start = end
        return pieces

    def _cut(self, spans: Sequence[Span], start: int, limit: int, entities: int) -> int:
        end = _fitting_end(self.text, start, limit)
        begun = sorted(first for first, last, _ in spans if last > start and first < end)
        if len(begun) > entities:
            end = max(begun[entities], start + 1)
        if end == len(self.text):
            return end
        for separator in ("\n\n", "\n", " "):
            at = self.text.rfind(separator, start + 1, end)
            if at > start:
                return at + len(separator)
        return end

    def _piece(self, spans: Sequence[Span], start: int, end: int) -> Piece:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        inside = (
            (max(first, start), min(last, end), style)
            for first, last, style in spans
            if first < end and last > start
        )
        return Piece(
            self.text[start:end],
            [
                {
                    "type": style.value,
                    "offset": units(self.text[start:first]),
                    "length": units(self.text[first:last]),
                }
                for first, last, style in inside
            ],
        )


def inert(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans of a text, with code wherever Telegram would find something to press; any other
    style but a quote gives way to it."""
    kept = list(spans)
    for found in PRESSABLE.finditer(text):
        kept = [part for span in kept for part in _outside(span, *found.span())]
        kept.extend((*part, Style.CODE) for part in _parts(*found.span(), kept))
    return kept


def _parts(start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """A stretch of text, parted wherever a span begins or ends: entities must not cross."""
    edges = {edge for first, last, _ in spans for edge in (first, last) if start < edge < end}
    return pairwise([start, *sorted(edges), end])


def _outside(span: Span, start: int, end: int) -> Iterator[Span]:
    """What is left of a span without a stretch that becomes code."""
    first, last, style = span
    if style in BLOCKS or last <= start or end <= first:
        yield span
        return
    if first < start:
        yield first, start, style
    if end < last:
        yield end, last, style


def _fitting_end(text: str, start: int, limit: int) -> int:
    """The furthest end such that `text[start:end]` has at most `limit` UTF-16 units."""
    end = min(len(text), start + limit)
    while units(text[start:end]) > limit:
        end -= max(1, (units(text[start:end]) - limit) // 2)
    return end
