"""Redaction: what in a passage tells who wrote it or for whom, blacked out before a peer reads it.

The rules would rather cover a word too many than a name too few: what is covered is shown to the
writer before it is given away, who can cover more.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from coach import contacts
from coach.names import WORD, name_words
from coach.texts import LANGUAGES, say


class Covered(StrEnum):
    """What stood at a place that is blacked out."""

    NAME = "name"
    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    ADDRESS = "address"
    HIDDEN = "hidden"
    """What the writer asked to cover, whatever it is."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A place that is blacked out."""

    start: int
    end: int
    kind: Covered


@dataclass(frozen=True, slots=True)
class Redacted:
    """A passage as a peer may read it; `covers` are places of the passage as it was written."""

    text: str
    covers: tuple[Cover, ...]


MOST_IN_ONE_NAME = 4
"""Covered words that follow each other are one name."""


def redact(text: str, *, names: Collection[str] = (), language: str = "en") -> Redacted:
    """The passage without what names people, employers and addresses.

    `names` are covered wherever they stand, in any case and with Russian endings: the writer's
    own, and what they asked to cover. What stands in the gaps is said in `language`.
    """
    covers = _merged(text, [*_contacts(text), *_names(text, names)])
    return Redacted(_without(text, covers, language), covers)


def names_in(text: str) -> tuple[str, ...]:
    """What is taken for a name anywhere in a letter, its signature too: a passage of the letter
    may name somebody whom only another part of it gives away."""
    covers = redact(text).covers
    return tuple(text[one.start : one.end] for one in covers if one.kind is Covered.NAME)


def hide(text: str, words: Iterable[str], *, language: str = "en") -> str:
    """The passage without what else its writer wants to cover; gaps that are there stay as they
    are. Each of `words` is a word, covered with its endings too, or several as they stand."""
    gaps = re.compile("|".join(re.escape(gap) for gap in _gaps()))
    taken = [found.span() for found in gaps.finditer(text)]
    covers = [
        cover
        for word in words
        for cover in _hidden(text, word.strip())
        if not any(cover.start < end and start < cover.end for start, end in taken)
    ]
    return _without(text, _merged(text, covers), language)


def _gaps() -> list[str]:
    return [say(language, f"peers.covered.{kind}") for language in LANGUAGES for kind in Covered]


def _hidden(text: str, word: str) -> Iterator[Cover]:
    if not word:
        return
    exactly = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    yield from (Cover(*found.span(), Covered.HIDDEN) for found in exactly.finditer(text))
    if WORD.fullmatch(word):
        low = {word.casefold()}
        for found in WORD.finditer(text):
            if _is_one_of(found[0].casefold(), low, low):
                yield Cover(*found.span(), Covered.HIDDEN)


def _contacts(text: str) -> Iterator[Cover]:
    for start, end, kind in contacts.find(text):
        yield Cover(start, end, Covered(kind))


def _names(text: str, names: Iterable[str]) -> Iterator[Cover]:
    """The given names, and every word that is a name at one place, wherever it stands."""
    given = {part.casefold() for name in names for part in WORD.findall(name) if len(part) > 1}
    seen = given | {found.casefold() for found in name_words(text)}
    for found in WORD.finditer(text):
        if _is_one_of(found[0].casefold(), seen, given):
            yield Cover(*found.span(), Covered.NAME)


def _is_one_of(word: str, seen: Collection[str], given: Collection[str]) -> bool:
    """Whether a word is such a name, perhaps with the ending of a case or a genitive."""
    bare = re.sub(r"['’]s?$", "", word)
    if word in seen or bare in seen:
        return True
    stem = bare.rstrip("аеёиоуыэюяйь")
    return len(stem) > 3 and any(
        stem in (name, name.rstrip("аеёиоуыэюяйь"))
        or re.fullmatch(rf"{re.escape(name)}\w{{1,3}}", bare)
        for name in given
        if re.search(r"[а-яё]", name)
    )


def _merged(text: str, covers: Iterable[Cover]) -> tuple[Cover, ...]:
    """The places in order, none inside another, names that follow each other as one."""
    merged: list[Cover] = []
    for cover in sorted(covers, key=lambda cover: (cover.start, -cover.end)):
        last = merged[-1] if merged else None
        if last and cover.end <= last.end:
            continue
        if last and (cover.start < last.end or _one_name(text, last, cover)):
            merged[-1] = Cover(last.start, cover.end, last.kind)
            continue
        merged.append(cover)
    return tuple(merged)


def _one_name(text: str, last: Cover, cover: Cover) -> bool:
    if last.kind is not Covered.NAME or cover.kind is not Covered.NAME:
        return False
    joined = text[last.start : cover.end]
    return text[last.end : cover.start] in (" ", "-") and joined.count(" ") < MOST_IN_ONE_NAME


def _without(text: str, covers: Iterable[Cover], language: str) -> str:
    pieces: list[str] = []
    at = 0
    for cover in covers:
        pieces += [text[at : cover.start], say(language, f"peers.covered.{cover.kind}")]
        at = cover.end
    return "".join([*pieces, text[at:]])
