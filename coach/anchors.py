"""Where a quote stands in a letter: exactly, folded, or as the one passage nearly like it.

What is shown is always the letter's own text at the span, never the quote.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

LIKE_ENOUGH = 0.9
"""Least similarity of a fuzzy match, 0..1: a typo that was mended inside a quote still anchors."""

LONGEST_FUZZY = 500
"""Folded characters of a quote that is compared: longer ones make repetitive texts slow."""

FOLDS = str.maketrans(
    dict.fromkeys("‘’‚‛`´′ʼ", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−﹣－", "-")
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, counted in code points, `end` excluded."""

    start: int
    end: int

    def touches(self, start: int, end: int) -> bool:
        """Whether the stretch shares a character with text[start:end]."""
        return self.start < end and start < self.end


def anchor(text: str, quote: str, occurrence: int = 1) -> Span | None:
    """The span of the quote's `occurrence`-th place in the text, counted from 1; None if unsure.

    Tried in turn: the very characters; the same with white space, NFKC, quotation marks and
    dashes folded; the only passage that is at least LIKE_ENOUGH. Whole words are preferred to
    parts of words. A number beyond the last place is forgiven where there is only one.
    """
    return Page(text).anchor(quote, occurrence)


class Page:
    """A text that many quotes are looked for in; it is folded once, when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: Folded | None = None

    def anchor(self, quote: str, occurrence: int = 1) -> Span | None:
        """See `anchor`."""
        quote = quote.strip()
        if not quote or not fold(quote).text.strip():
            return None
        return self._exactly(quote, occurrence) or self._nearly(quote, occurrence)

    @property
    def folded(self) -> "Folded":
        """The text as it is compared when its very characters aren't found."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def _exactly(self, quote: str, occurrence: int) -> Span | None:
        places = list(_places(self.text, quote, occurrence))
        return Span(*places[occurrence - 1]) if 0 < occurrence <= len(places) else None

    def _nearly(self, quote: str, occurrence: int) -> Span | None:
        quote = fold(quote).text.strip()
        places = [
            place
            for place in _places(self.folded.text, quote, occurrence)
            if self.folded.is_whole(*place)
        ]
        if 0 < occurrence <= len(places):
            return self.folded.origin(*places[occurrence - 1])
        if places:
            return self.folded.origin(*places[0]) if len(places) == 1 else None
        found = _only_like(self.folded.text, quote)
        return self.folded.origin(*found) if found else None


Place = tuple[int, int]


def _places(text: str, quote: str, most: int) -> Iterator[Place]:
    """Where a quote stands, at most so often: as whole words, or else anywhere."""
    whole = _some((place for place in _finds(text, quote) if _is_of_words(text, *place)), most)
    yield from whole or _some(_finds(text, quote), most)


def _some(places: Iterator[Place], most: int) -> list[Place]:
    return [place for _, place in zip(range(most), places, strict=False)]


def _finds(text: str, quote: str) -> Iterator[Place]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + len(quote))


def _is_of_words(text: str, start: int, end: int) -> bool:
    return not _splits_word(text, start) and not _splits_word(text, end)


def _splits_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origins[i]` tells where the folded character i stood in the original."""

    text: str
    origins: tuple[int, ...]

    def is_whole(self, start: int, end: int) -> bool:
        """Whether both edges fall between characters of the original, marks included."""
        if end < len(self.text) and unicodedata.combining(self.text[end]):
            return False
        return self._is_edge(start) and self._is_edge(end)

    def origin(self, start: int, end: int) -> Span:
        """The span of the original behind text[start:end]."""
        return Span(self.origins[start], self.origins[end - 1] + 1)

    def _is_edge(self, at: int) -> bool:
        return not 0 < at < len(self.text) or self.origins[at - 1] != self.origins[at]


def fold(text: str) -> Folded:
    """The text with runs of white space as one space, compatibility forms taken apart (NFKD, under
    which the same texts are equal as under NFKC), plain quotation marks and dashes, and without
    invisible characters."""
    folded: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for plain in _plain(character):
            if plain == " " and folded and folded[-1] == " ":
                continue
            folded.append(plain)
            origins.append(at)
    return Folded("".join(folded), tuple(origins))


def _plain(character: str) -> str:
    if character.isascii():
        return " " if character.isspace() else character.translate(FOLDS)
    if unicodedata.category(character) == "Cf":
        return ""
    known = character.translate(FOLDS)
    decomposed = unicodedata.normalize("NFKD", known).translate(FOLDS)
    return "".join(" " if plain.isspace() else plain for plain in decomposed)


def _only_like(text: str, quote: str) -> Place | None:
    """The passage most like the quote, unless another one is like enough too."""
    best = _most_like(text, quote)
    if best is None:
        return None
    start, end = best
    if _most_like(text[:start], quote) or _most_like(text[end:], quote):
        return None
    start, end = _trimmed(text, _at_word_edge(text, start), _at_word_edge(text, end))
    alike = fuzz.ratio(quote, text[start:end]) >= 100 * LIKE_ENOUGH
    return (start, end) if alike else None


def _most_like(text: str, quote: str) -> Place | None:
    if len(quote) > min(len(text), LONGEST_FUZZY):
        return None
    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=100 * LIKE_ENOUGH)
    return (found.dest_start, found.dest_end) if found else None


def _trimmed(text: str, start: int, end: int) -> Place:
    words = text[start:end].strip()
    start = text.find(words, start)
    return start, start + len(words)


def _at_word_edge(text: str, at: int) -> int:
    """The nearest place that splits no word; a window of fixed length may cut one."""
    if not _splits_word(text, at):
        return at
    left = right = at
    while _splits_word(text, left):
        left -= 1
    while _splits_word(text, right):
        right += 1
    return left if at - left <= right - at else right
