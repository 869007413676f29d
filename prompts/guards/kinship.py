"""Which words of a language mean nearly the same, and what sort of thing each names; from WordNet,
made small by prompts/guards/build.py."""

import lzma
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

QUALITIES = frozenset("AC")


class Kinship:
    """The words of one language with their kin."""

    def __init__(self, rows: dict[str, str]) -> None:
        self._rows = rows
        self.of = lru_cache(maxsize=8192)(self._of)

    def _of(self, word: str) -> frozenset[str]:
        """Words that may stand for this one: synonyms, and what is said more generally."""
        found = {word}
        for lemma in self._lemmas(word):
            found.update((lemma, *self._rows[lemma].split()[1:]))
        return frozenset(found)

    def sorts(self, word: str) -> set[str]:
        """The letters of the sorts of its usual senses (build.py tells which letter is which)."""
        rows = (self._rows[lemma].split(" ", 1)[0] for lemma in self._lemmas(word))
        return {letter for row in rows for letter in row if letter != "-"}

    def is_quality(self, word: str) -> bool:
        """Whether the word is an adjective or adverb and nothing else."""
        return bool(word in self._rows and set(self._rows[word].split(" ", 1)[0]) <= QUALITIES)

    def _lemmas(self, word: str) -> list[str]:
        return [one for one in dict.fromkeys(_uninflected(word)) if one in self._rows]


def _uninflected(word: str) -> Iterator[str]:
    yield word
    for ending, others in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield from (stem + other for other in others)
            if stem[-1] == stem[-2]:
                yield stem[:-1]


ENDINGS = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


@cache
def load(language: str) -> Kinship:
    """The kinship of a language; of one that has none that of no word with another."""
    file = resources.files("prompts.guards") / "words" / f"kin_{language}.xz"
    text = lzma.decompress(file.read_bytes()).decode() if file.is_file() else ""
    return Kinship(dict(line.split(" ", 1) for line in text.splitlines()))
