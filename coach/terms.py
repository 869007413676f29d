"""The words of postings and answers: set phrases, stems, weights, and near relatives."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

WORD = re.compile(r"[^\W\d_][\w+#.'’-]*[\w+#]|[^\W\d_][+#]*")

_DATA: dict[str, dict[str, Any]] = tomllib.loads(
    (resources.files("coach") / "data" / "postings.toml").read_text("utf-8")
)

EMPTY_WORDS: frozenset[str] = frozenset(_DATA["words"]["empty"].split())
"""Words that stand in every requirement and tell none from the other."""

SUFFIXES = re.compile(
    r"(?:ational|ations?|ings?|ments?|ised|ized|ises|izes|ally|edly|ed|es|s|ly|ic|al|e|y"
    r"|ого|ему|ому|ами|ями|ией|ией|ях|ах|ий|ый|ая|ое|ые|ов|ев|ей|ию|ия|ии|ам|ям|ом|ем|у|а|ы|и|о|е|я|ю|ь)$"
)


def phrase(section: str, name: str) -> re.Pattern[str]:
    """Any of the set phrases of data/postings.toml, from a word's start, in any case."""
    return re.compile(rf"(?i)\b(?:{'|'.join(_DATA[section][name])})")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without the ending that grammar gives it: "modelling" and "models" meet."""
    word = word.casefold().replace("’", "'").removesuffix("'s").strip(".'")
    shorter = SUFFIXES.sub("", word) if len(word) > 4 else word.removesuffix("s")
    shorter = shorter if len(shorter) >= 3 else word
    return shorter[:-1] if len(shorter) > 4 and shorter[-1] == shorter[-2:-1] else shorter


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order."""
    return tuple(stem(found[0]) for found in WORD.finditer(text))


def weights(requirement: str) -> dict[str, float]:
    """The stems of a requirement that matter: names and tools count twice."""
    matter: dict[str, float] = {}
    for place, found in enumerate(WORD.finditer(requirement)):
        word = found[0]
        if word.casefold().strip(".") not in EMPTY_WORDS and (len(word) > 1 or word in "RC"):
            matter.setdefault(stem(word), 2.0 if _is_name(word, place) else 1.0)
    return matter


def names(sentence: str) -> frozenset[str]:
    """The stems of what a sentence writes as names: with a capital inside it, or signs."""
    found = enumerate(WORD.finditer(sentence))
    return frozenset(stem(each[0]) for place, each in found if _is_name(each[0], place))


def _is_name(word: str, place: int) -> bool:
    """Written with a capital though it starts no line, or with capitals or digits inside."""
    return (word[0].isupper() and place > 0) or not word[1:].islower()


@cache
def _relatives() -> dict[str, frozenset[tuple[str, ...]]]:
    """For each single stem that names a group, and each phrase: all the group's phrases."""
    found: dict[str, frozenset[tuple[str, ...]]] = {}
    for group in _DATA["words"]["related"]:
        phrases = frozenset(stems(phrase) for phrase in group.split("|"))
        for phrase in phrases:
            key = " ".join(phrase)
            found[key] = found.get(key, frozenset()) | phrases
    return found


def groups_in(requirement: str) -> list[frozenset[tuple[str, ...]]]:
    """The groups of relatives that a requirement names."""
    said = f" {' '.join(stems(requirement))} "
    return [group for key, group in _relatives().items() if f" {key} " in said]
