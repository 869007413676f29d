"""How well the guard against invention tells fabrications from honest rewrites.

`python -m benchmarks guard` judges `tests/letters/rewrites`: letters with a passage each,
and rewrites of it that invent something or don't, written without looking at the rules. The weights
(scale.py) are fitted to the letters marked `half = "tune"`; nothing is to the others. What slips
through is printed.
"""

import statistics
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import show
from prompts.guards import voice
from prompts.guards.inventions import inventions

LETTERS = Path("tests/letters")
LEAST_CAUGHT = {"tune": 0.95, "check": 0.94}
MOST_REFUSED = {"tune": 0.44, "check": 0.27}
"""Floors of each half: a change that falls below them makes the guard worse."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A rewrite, what sort of invention it holds (nothing: it is honest), and the verdict."""

    letter: str
    half: str
    language: str
    sort: str
    said: str
    refused: bool

    @property
    def is_wrong(self) -> bool:
        return bool(self.sort) != self.refused


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the fabrications that are caught and of the honest rewrites that are refused."""

    fabrications: int
    caught: float
    honest: int
    refused: float

    @classmethod
    def of(cls, rewrites: Iterable[Judged]) -> "Rates":
        judged = list(rewrites)
        invented = [one.refused for one in judged if one.sort]
        honest = [one.refused for one in judged if not one.sort]
        return cls(len(invented), _share(invented), len(honest), _share(honest))


def _share(verdicts: Sequence[bool]) -> float:
    return sum(verdicts) / max(1, len(verdicts))


def cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each letter of the set with its name, its text at hand."""
    for path in sorted((folder / "rewrites").glob("*.toml")):
        case = tomllib.loads(path.read_text("utf-8"))
        letter = case.get("letter") or (folder / case["file"]).read_text("utf-8")
        yield path.stem, {**case, "letter": letter}


def judged(folder: Path = LETTERS) -> Iterator[Judged]:
    """Every rewrite of the set, judged against its letter."""
    for name, case in cases(folder):
        for sort, said in [*case["fabrications"], *(("", said) for said in case["honest"])]:
            found = inventions(
                said, letter=case["letter"], passage=case["passage"], language=case["language"]
            )
            yield Judged(name, case["half"], case["language"], sort, said, bool(found))


def sounds(folder: Path = LETTERS) -> Iterator[tuple[bool, float]]:
    """Of every honest rewrite, whether it sounds like somebody else, and the words of its mean
    sentence against its passage's."""
    for _, case in cases(folder):
        for said in case["honest"]:
            strange = voice.worn(said, case["letter"]) or voice.breathless(said, case["letter"])
            yield strange, voice.mean_sentence(said) / voice.mean_sentence(case["passage"])


def main() -> None:
    rewrites = list(judged())
    groups = {
        (half, language): Rates.of(
            one for one in rewrites if one.half == half and language in ("both", one.language)
        )
        for half in LEAST_CAUGHT
        for language in ("en", "ru", "both")
    }
    rows = [
        (half, language, r.fabrications, f"{r.caught:.1%}", r.honest, f"{r.refused:.1%}")
        for (half, language), r in groups.items()
    ]
    columns = ("half", "language", "fabrications", "caught", "honest", "refused")
    show("The guard against invention", columns, rows)
    heard = list(sounds())
    print(f"honest rewrites that sound like somebody else: {sum(s for s, _ in heard)}/{len(heard)}")
    length = statistics.median(length for _, length in heard)
    print(f"words of their mean sentence against the passage's: {length:.2f} (median)")
    for one in rewrites:
        if one.sort and one.is_wrong:
            print(f"slips through ({one.half}, {one.letter}, {one.sort}): {one.said}")
    for half, least in LEAST_CAUGHT.items():
        rates = groups[half, "both"]
        if rates.caught < least or rates.refused > MOST_REFUSED[half]:
            sys.exit(f"{half}: below what the guard has held ({least:.1%} caught)")
