"""Pseudonyms: what stands for names, employers and addresses in what a model is told, and is put
back in what it answers.

The rules for what gives a person away are those of `coach.redaction`; here nothing is blacked
out, because a reader has to tell one person from another: each name has its own stand-in, the
same one in the letter, in the posting and in every fact.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from coach.redaction import WORD, Cover, Covered, redact

STANDS_FOR: Mapping[Covered, str] = MappingProxyType(
    {
        Covered.NAME: "Name",
        Covered.COMPANY: "Company",
        Covered.EMAIL: "Email",
        Covered.PHONE: "Phone",
        Covered.LINK: "Link",
        Covered.ADDRESS: "Address",
        Covered.HIDDEN: "Hidden",
    }
)
"""A stand-in is such a word and a number: models copy "Name3" more faithfully than brackets,
which they take for gaps that the writer forgot to fill."""

STAND_IN = re.compile(rf"(?<![^\W\d_])({'|'.join(STANDS_FOR.values())})[ _-]?(\d+)", re.IGNORECASE)
"""A stand-in as a model may write it, and as it stands behind a digit or a line: 0Name1."""


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Who stands for whom; `words` are stand-ins by what they stand for, exactly as written,
    `names` what is hidden wherever it stands."""

    words: Mapping[str, str]
    names: tuple[str, ...] | None = ()

    @classmethod
    def of(cls, texts: Sequence[str], *, names: Collection[str] = ()) -> "Pseudonyms":
        """Stand-ins for all that gives people away in `texts`; `names` are given away wherever
        they stand. The same texts get the same stand-ins."""
        seen = tuple(dict.fromkeys([*names, *(name for text in texts for name in _named(text))]))
        words: dict[str, str] = {}
        numbers = count(_first_free(texts))
        for text in texts:
            for start, end, kind in _places(text, seen):
                word = text[start:end]
                if word not in words:
                    words[word] = f"{STANDS_FOR[kind]}{next(numbers)}"
        return cls(words, seen)

    def hide(self, text: str) -> str:
        """One of the texts with its stand-ins."""
        return self.windows(text, [(0, len(text))])[0]

    def windows(self, text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
        """Parts of one of the texts, each widened so that it cuts nothing that is hidden."""
        places = list(_places(text, self.names))
        return [self._window(text, start, end, places) for start, end in spans]

    def _window(self, text: str, start: int, end: int, places: Sequence["Place"]) -> str:
        start = min([start, *(left for left, right, _ in places if left < start < right)])
        end = max([end, *(right for left, right, _ in places if left < end < right)])
        pieces: list[str] = []
        at = start
        for left, right, _ in places:
            if start <= left and right <= end:
                pieces += [text[at:left], self.words.get(text[left:right], "…")]
                at = right
        return "".join([*pieces, text[at:end]])

    def reveal(self, said: str) -> str:
        """What was hidden in its place again; a stand-in that nobody was given stays."""
        behind = {stand_in.casefold(): word for word, stand_in in self.words.items()}
        return STAND_IN.sub(lambda one: behind.get(f"{one[1]}{one[2]}".casefold(), one[0]), said)

    def reveal_all(self, said: object) -> Any:
        """The same in every text of a structure of lists and dicts."""
        if isinstance(said, str):
            return self.reveal(said)
        if isinstance(said, list):
            return [self.reveal_all(one) for one in cast("list[object]", said)]
        if isinstance(said, dict):
            fields = cast("dict[str, object]", said)
            return {name: self.reveal_all(one) for name, one in fields.items()}
        return said


NOBODY = Pseudonyms({}, None)
"""Stands for a text as it is: nothing is hidden."""


def _named(text: str) -> Iterator[str]:
    """The words of a text that are names at one place of it."""
    for cover in redact(text).covers:
        if cover.kind is Covered.NAME:
            yield from WORD.findall(text[cover.start : cover.end])


Place: TypeAlias = tuple[int, int, Covered]
"""Where something hidden starts and ends, and what it is."""


def _places(text: str, names: Sequence[str] | None) -> Iterator[Place]:
    """What is hidden in a text, in order: names word by word, all else as a whole; with None
    nothing."""
    for cover in redact(text, names=names).covers if names is not None else ():
        yield from _words(text, cover)


def _words(text: str, cover: Cover) -> Iterator[Place]:
    if cover.kind is not Covered.NAME:
        yield cover.start, cover.end, cover.kind
        return
    for found in WORD.finditer(text, cover.start, cover.end):
        bare = re.sub(r"['’]s?$", "", found[0])
        end = found.start() + len(bare)
        while text[end : end + 1].isdecimal():  # they would make another number of the stand-in's
            end += 1
        yield found.start(), end, Covered.NAME


def _first_free(texts: Iterable[str]) -> int:
    """A number above all that the texts themselves have behind such a word ("Phone 12")."""
    return 1 + max((int(one[2]) for text in texts for one in STAND_IN.finditer(text)), default=0)
