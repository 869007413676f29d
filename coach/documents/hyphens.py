"""Words broken at line ends, with or without a hyphen of their own: the document's vocabulary
decides, then its language's, then the halves themselves."""

import lzma
import re
from collections import Counter
from collections.abc import Set
from functools import cache
from importlib import resources
from typing import NamedTuple

from coach.documents.traced import Traced
from coach.language import detect

HYPHEN = "\x02"
"""Stands at a line's end for a hyphen that may be the word's own or the typesetter's."""

SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bis|bzw|sowie|и|или)\b(?!-)")
"""What follows a hyphen that stands for a word's second half: "first- and second-year"."""


class Known(NamedTuple):
    """A language's common words, and all that we know, terms and names too."""

    common: Set[str]
    any: Set[str]


UNKNOWN = Known(frozenset(), frozenset())

BROKEN_WORD = re.compile(rf"([\w-]*){HYPHEN}\s*([\w-]*)")
FIRST_PARTS = frozenset(
    re.findall(
        r"\w+",
        """self non all cross high low open full real end off on in long short well ill co ex time
        data state large small multi half third fourth first second two three four five single
        double user machine model problem part hard semi like""",
    )
)
LAST_PARTS = frozenset(
    re.findall(
        r"\w+",
        """like scale source end stack time house domain quality making learning art edge date up
        off out the of to and in term wide class style size step processing efficient""",
    )
)
SMALL_WORDS = frozenset({"of", "the", "to", "and", "in", "by", "for"})
HEADS = frozenset({"self", "cross", "half", "two", "three", "five", "nine"})
TAILS = frozenset(
    re.findall(
        r"\w+",
        """based driven level aware specific oriented ready related friendly made built defined
        trained supervised minded intensive known таки либо нибудь""",
    )
)
"""Halves that stand in compounds more often than a word breaks there; a tail makes a compound
of whatever stands before it, but for "un-known" and "al-ready", a head of what follows."""

SHORT_HALF = 3
"""Letters of a half that may be a word by itself and no ending."""

LINK_BEFORE = re.compile(r"(?:https?://|www\.)\S*$")

LONG_HALF = 5
"""Two words of the document, each this long, are rather a compound than one broken word."""


def settled(said: Traced) -> Traced:
    """The text with every broken word mended. A link's hyphen is its own: nobody adds one there.
    A mail address is broken like a word but is none."""
    if HYPHEN not in said.text:
        return said
    unbroken = BROKEN_WORD.sub(" ", said.text)
    words = Counter(re.findall(r"\w+(?:-\w+)*", unbroken.casefold()))
    known = _known(detect(unbroken))

    def whole(broken: re.Match[str]) -> Traced:
        in_mail = said.text[broken.end() :].startswith("@")
        in_link = LINK_BEFORE.search(said.text, max(0, broken.start() - 300), broken.end(1))
        between = "-" if in_link else "" if in_mail else mended(broken[1], broken[2], words, known)
        hyphen = Traced.at(between, said.places[broken.end(1)])
        return said[slice(*broken.span(1))] + hyphen + said[slice(*broken.span(2))]

    return said.replaced(BROKEN_WORD, whole)


def mended(first: str, second: str, words: Counter[str], known: Known = UNKNOWN) -> str:
    """What stands between the halves of a word broken at a line end: nothing or its hyphen.
    `words` counts the document's words in small letters, `known` holds its language's."""
    if not first or not second:
        return "- " if second else "-"
    whole, compound = words[(first + second).casefold()], words[f"{first}-{second}".casefold()]
    if (
        not whole
        and SUSPENDED.fullmatch(second)
        and (first + second).casefold() not in known.common
    ):
        return "- "
    keeps = compound > whole if whole != compound else _compound(first, second, words, known)
    return "-" if keeps else ""


def _compound(first: str, second: str, words: Counter[str], known: Known) -> bool:
    before, behind = first.rpartition("-")[2], second.partition("-")[0]
    if (before + behind).casefold() in known.any:
        return False
    if not behind[:1].islower() or len(before) < 2 or before.isupper() or before[-1].isdigit():
        return True
    if ("-" in first and before in SMALL_WORDS) or ("-" in second and behind in SMALL_WORDS):
        return True
    before, behind = before.casefold(), behind.casefold()
    both = min(len(before), len(behind)) >= SHORT_HALF and {before, behind} <= known.common
    return both or _halves(before, behind, words)


@cache
def _known(language: str) -> Known:
    """The words of a language that writes compounds with a hyphen or apart: the proofreader's
    lists, read here without the proofreader, which takes longer to start."""
    if language not in {"en", "ru"}:
        return UNKNOWN
    common = _listed(language, "common.xz")
    return Known(common, common | _listed(language, "rare.xz"))


def _listed(language: str, name: str) -> frozenset[str]:
    """One list; a name in it ends in "^"."""
    file = resources.files("coach") / "proofread" / "data" / language / name
    if not file.is_file():
        return frozenset()
    words = lzma.decompress(file.read_bytes()).decode("utf-8").split("\n")
    return frozenset(word.rstrip("^") for word in words)


def _halves(before: str, behind: str, words: Counter[str]) -> bool:
    if (behind in TAILS and len(before) > 2) or (before in HEADS and len(behind) > 3):
        return True
    usual = (before in FIRST_PARTS) + (behind in LAST_PARTS)
    if usual == 1:
        return words[before] > 0 and words[behind] > 0 and min(len(before), len(behind)) > 1
    both_long = min(len(before), len(behind)) >= LONG_HALF
    return usual == 2 or (both_long and words[before] > 0 and words[behind] > 0)
