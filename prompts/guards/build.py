"""Writes words/kin_en.xz anew: `python -m prompts.guards.build DICT OUT`, with the folder of
WordNet 3.1's files (docs/licences.md).

A line is a word, the sorts of its usual senses as letters (A is WordNet's file 0, Z 25, a 26), and
the words that may stand for it.
"""

import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.proofread.lexicon import load as load_lexicon

FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
"""Parts of speech as sense keys number them."""

SENSES = 3
"""Of a word's senses in one part of speech, the most usual so many count."""

USUAL = 0.25
"""Share of a word's uses from which on a sort is one of its usual ones."""

SAME = frozenset({"&", "$", "+", "\\"})
"""Pointers to what is similar, grouped with, or derived from a sense; "@" is to the general."""


@dataclass(frozen=True, slots=True)
class Sense:
    sort: int
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str, str], ...]


def main(arguments: list[str]) -> int:
    source, target = map(Path, arguments)
    text = "\n".join(_rows(source))
    target.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    return 0


def _rows(source: Path) -> Iterator[str]:
    lexicon = load_lexicon("en")
    known = lexicon.common if lexicon else {}
    senses, uses = _senses(source), _uses(source)
    listed = _index(source)
    for word in sorted({word for word, _ in listed if word in known}):
        sorts: dict[int, float] = {}
        kin: set[str] = set()
        for part in FILES:
            for nth, place in enumerate(listed.get((word, part), ())[:SENSES]):
                sense = senses[part, place]
                met = uses[word, part, place] + (0.1 if nth else 0.5)
                sorts[sense.sort] = sorts.get(sense.sort, 0) + met
                kin.update(sense.words, _related(word, part, nth, sense, senses))
        usual = sorted(
            sort for sort, count in sorts.items() if count >= USUAL * sum(sorts.values())
        )
        others = sorted(one for one in kin if one in known and one != word)
        yield " ".join([word, "".join(map(_letter, usual)) or "-", *others])


def _letter(sort: int) -> str:
    return chr(ord("A") + sort) if sort < 26 else chr(ord("a") + sort - 26)


def _related(
    word: str, part: str, nth: int, sense: Sense, senses: dict[tuple[str, str], Sense]
) -> Iterable[str]:
    for symbol, place, others_part, ends in sense.pointers:
        general = symbol == "@" and part in "nv" and nth == 0
        if symbol not in SAME and not general:
            continue
        words = senses["a" if others_part == "s" else others_part, place].words
        if ends == "0000":
            yield from words
        elif sense.words[int(ends[:2], 16) - 1] == word:
            yield words[int(ends[2:], 16) - 1]


def _lines(path: Path) -> Iterator[list[str]]:
    """The lines behind the licence, without their glosses."""
    for line in path.read_text("ascii").splitlines():
        if line[0] != " ":
            yield line.split(" | ")[0].split()


def _senses(source: Path) -> dict[tuple[str, str], Sense]:
    return {
        (part, fields[0]): _sense(fields)
        for part, name in FILES.items()
        for fields in _lines(source / f"data.{name}")
    }


def _sense(fields: list[str]) -> Sense:
    end = 4 + 2 * int(fields[3], 16)
    words = tuple(word.lower().split("(")[0] for word in fields[4:end:2])
    pointers = [fields[at : at + 4] for at in range(end + 1, end + 1 + 4 * int(fields[end]), 4)]
    return Sense(int(fields[1]), words, tuple((a, b, c, d) for a, b, c, d in pointers))


def _index(source: Path) -> dict[tuple[str, str], list[str]]:
    """The places of a word's senses, the most usual first."""
    return {
        (fields[0], part): fields[-int(fields[2]) :]
        for part, name in FILES.items()
        for fields in _lines(source / f"index.{name}")
    }


def _uses(source: Path) -> Counter[tuple[str, str, str]]:
    """How often a word was met in a sense."""
    uses: Counter[tuple[str, str, str]] = Counter()
    for key, place, _, count in _lines(source / "index.sense"):
        word, rest = key.split("%")
        uses[word, TYPES[rest[0]], place] += int(count)
    return uses


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
