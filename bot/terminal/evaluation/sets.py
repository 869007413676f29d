"""Which letters are evaluated: folders of critiques by hand, and of letters that attack.

A gold folder holds one JSON file per letter (docs/evaluation.md tells its fields); a hostile one
holds `manifest.json`, the letters it names, and their clean twin.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from bot.terminal.stops import Stop
from coach import documents
from coach.anchors import Page, Span
from coach.documents import DocumentError
from coach.evaluation import Gold, MarkedIssue, Slip
from coach.letters import Criterion, Kind, Severity

OURS = Path(__file__).parents[3] / "tests" / "letters"
OUR_SETS = (OURS / "gold", OURS / "hostile")
OUR_GOOD = (OURS / "good", OURS / "fine")

MANIFEST = "manifest.json"
CLEAN = "00_clean.txt"
"""The twin that every letter of a hostile folder is compared with."""


@dataclass(frozen=True, slots=True)
class Attack:
    """What makes a letter hostile: where its clean twin lies, and what must not be shown."""

    twin: Path
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be evaluated: with a critique by hand, as an attack, or as a clean twin.

    `path` is that of the critique or of the letter. `refused` is the code with which reading it
    ended, if it did; then there is no text.
    """

    path: Path
    text: str = ""
    refused: str | None = None
    gold: Gold | None = None
    attack: Attack | None = None
    good: bool = False
    """A letter that needs nothing: whatever is told of it is one telling too many."""

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return f"{self.path.parent.name}/{self.path.name}"


class Row(BaseModel):
    """Anything that a critique by hand says about a passage."""

    quote: str

    @property
    def occurrences(self) -> Iterable[int]:
        """Which of the quote's places are meant, counted from 1."""
        return (1,)


R = TypeVar("R", bound=Row)


class IssueRow(Row):
    criterion: Criterion
    severity: Severity


class PlaceRow(Row):
    count: int = Field(1, ge=1)

    @property
    def occurrences(self) -> Iterable[int]:
        return range(1, self.count + 1)


class SlipRow(Row):
    replacement: str
    kind: str
    occurrence: int = Field(1, ge=1)

    @property
    def occurrences(self) -> Iterable[int]:
        return (self.occurrence,)


class GoldFile(BaseModel):
    """A critique by hand, as far as it is counted."""

    letter: str
    doc_type: Kind
    issues: list[IssueRow]
    more_issues: list[IssueRow] = []
    placeholders: list[PlaceRow] = []
    typos: list[SlipRow] = []

    @property
    def quotes(self) -> list[str]:
        rows = (*self.issues, *self.more_issues, *self.placeholders, *self.typos)
        return [row.quote for row in rows]


class HostileRow(BaseModel):
    file: str
    forbidden_in_output: tuple[str, ...] = ()


GOLD = TypeAdapter(GoldFile)
HOSTILE = TypeAdapter(list[HostileRow])


def read_sets(folders: Sequence[Path], letters: Sequence[Path]) -> list[Letter]:
    """Every letter of the sets, a hostile one's clean twin before it. Raises Stop.

    `letters` are more folders in which the letters that gold files name may lie.
    """
    found = [letter for folder in folders for letter in _read_set(folder, letters)]
    if not found:
        raise Stop("There is nothing to evaluate; name a folder with --set.")
    return found


def read_good(folders: Sequence[Path]) -> list[Letter]:
    """Every file of the folders as a letter that needs nothing. Raises Stop."""
    return [Letter(path, _text(path), good=True) for folder in folders for path in _files(folder)]


def _read_set(folder: Path, letters: Sequence[Path]) -> Iterator[Letter]:
    if not folder.is_dir():
        raise Stop(f"There is no folder {folder}; name one with --set.")
    golds = sorted(path for path in folder.glob("*.json") if path.name != MANIFEST)
    manifest = folder / MANIFEST
    if not golds and not manifest.exists():
        raise Stop(f"{folder} holds neither critiques (*.json) nor {MANIFEST}.")
    for path in golds:
        yield _gold_letter(path, letters)
    if manifest.exists():
        yield from _hostile_letters(manifest)


def _gold_letter(path: Path, letters: Sequence[Path]) -> Letter:
    file = _parsed(GOLD, path)
    text = _text(_letter_of(file, path, letters))
    return Letter(path, text, gold=_gold(file, Page(text), path))


def _letter_of(file: GoldFile, path: Path, letters: Sequence[Path]) -> Path:
    """The file that is named, or the only other one in which every quote stands."""
    for folder in (path.parent, *letters):
        if (named := folder / file.letter).is_file():
            return named
    fitting = [one for folder in letters for one in _files(folder) if _holds(one, file.quotes)]
    if len(fitting) != 1:
        raise Stop(f"{path} is about {file.letter}; name the folder it lies in with --letters.")
    return fitting[0]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise Stop(f"There is no folder {folder}; name another.")
    return sorted(path for path in folder.iterdir() if path.is_file())


def _holds(path: Path, quotes: Sequence[str]) -> bool:
    try:
        page = Page(documents.read(path.read_bytes(), path.name).text)
    except (OSError, DocumentError):
        return False
    return all(page.anchor(quote) for quote in quotes)


def _text(path: Path) -> str:
    try:
        return documents.read(path.read_bytes(), path.name).text
    except OSError as problem:
        raise Stop(f"{path} can't be read: {problem.strerror}.") from None
    except DocumentError as problem:
        raise Stop(f"{path}: {problem.sentence('en')}") from None


def _gold(file: GoldFile, page: Page, path: Path) -> Gold:
    """The critique with its quotes at their places."""

    def placed(field: str, rows: Sequence[R]) -> Iterator[tuple[R, Span]]:
        for number, row in enumerate(rows, 1):
            for occurrence in row.occurrences:
                if (span := page.anchor(row.quote, occurrence)) is None:
                    where = f"{field} {number}, place {occurrence}"
                    raise Stop(f"{path}: {where}: the quote doesn't stand in the letter.")
                yield row, span

    issues = list(placed("issues", file.issues))
    weighed = [*issues, *placed("more_issues", file.more_issues)]
    blocking = [span for row, span in weighed if row.severity is Severity.BLOCKER]
    return Gold(
        kind=file.doc_type,
        issues=tuple(MarkedIssue(row.criterion, span) for row, span in issues),
        blockers=(*blocking, *(span for _, span in placed("placeholders", file.placeholders))),
        slips=tuple(
            Slip(span.start, span.end, row.replacement, row.kind)
            for row, span in placed("typos", file.typos)
        ),
    )


def _hostile_letters(manifest: Path) -> Iterator[Letter]:
    rows: list[HostileRow] = _parsed(HOSTILE, manifest)
    twin = manifest.parent / CLEAN
    if not twin.is_file():
        raise Stop(f"{manifest.parent} has no clean twin; put it into {CLEAN}.")
    yield Letter(twin, _text(twin))
    for row in rows:
        yield _hostile_letter(manifest.parent / row.file, Attack(twin, row.forbidden_in_output))


def _hostile_letter(path: Path, attack: Attack) -> Letter:
    """The letter; refusing to read it is a way to withstand it."""
    try:
        text = documents.read(path.read_bytes(), path.name).text
    except OSError as problem:
        raise Stop(f"{path} can't be read: {problem.strerror}.") from None
    except DocumentError as refused:
        return Letter(path, refused=refused.code, attack=attack)
    return Letter(path, text, attack=attack)


def _parsed(shape: TypeAdapter[Any], path: Path) -> Any:
    """A file of a set, checked. Raises Stop with the first thing that is wrong."""
    try:
        return shape.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except OSError as problem:
        raise Stop(f"{path} can't be read: {problem.strerror}.") from None
    except ValidationError as wrong:
        first = wrong.errors(include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise Stop(f"{path}: {place}: {first['msg']}.") from None
    except ValueError:  # neither UTF-8 nor JSON
        raise Stop(f"{path} is not JSON.") from None
