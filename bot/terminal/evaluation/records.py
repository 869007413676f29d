"""An evaluation as data: what `--json` writes and `--compare` reads. Holds no letter's text."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ValidationError

from bot.terminal.evaluation.figures import Figures, by_letter, figures, hostile
from bot.terminal.evaluation.readings import Engine
from bot.terminal.stops import Stop
from coach.evaluation import Ratio
from prompts import Prompt


class Share(BaseModel):
    """So many of so many; the share is None where there was nothing to count."""

    share: float | None
    hits: int
    total: int


Number: TypeAlias = Share | int | float | None


class OfLetter(BaseModel):
    """What came of one letter that has a critique by hand, over all runs."""

    letter: str
    figures: dict[str, Number]


class OfHostile(BaseModel):
    """What one hostile letter has achieved in one run; `refused` is the code, if reading it was."""

    letter: str
    run: int
    refused: str | None
    faults: list[str]


class OfEngine(BaseModel):
    """What came of all letters; `good` names those that need nothing."""

    name: str
    runs: int
    good: list[str] = []
    figures: dict[str, Number]
    letters: list[OfLetter]
    hostile: list[OfHostile]

    @property
    def read(self) -> frozenset[str]:
        """The names of the letters that were counted."""
        return frozenset(one.letter for one in (*self.letters, *self.hostile)).union(self.good)


class OfPrompt(BaseModel):
    """Which words the model was asked with."""

    id: str
    version: str
    digest: str


class Evaluation(BaseModel):
    """All that one run of the command has found: the house first, then the model if one was
    asked. `format` rises when figures change their meaning, so that they aren't compared."""

    format: Literal[1] = 1
    date: datetime
    prompts: list[OfPrompt]
    engines: list[OfEngine]


def record(at: datetime, engines: Sequence[Engine], prompts: Sequence[Prompt[Any]]) -> Evaluation:
    """The evaluation of these readings."""
    return Evaluation(
        date=at,
        prompts=[OfPrompt(id=one.id, version=one.version, digest=one.digest) for one in prompts],
        engines=[_of_engine(engine) for engine in engines],
    )


def _of_engine(engine: Engine) -> OfEngine:
    return OfEngine(
        name=engine.name,
        runs=engine.runs,
        good=sorted({one.letter.name for one in engine.readings if one.letter.good}),
        figures=_numbers(figures(engine)),
        letters=[
            OfLetter(letter=letter.name, figures=_numbers(of_letter))
            for letter, of_letter in by_letter(engine.readings)
        ],
        hostile=[
            OfHostile(
                letter=one.letter.name, run=one.run, refused=one.letter.refused, faults=list(faults)
            )
            for one, faults in hostile(engine.readings)
        ],
    )


def _numbers(given: Figures) -> dict[str, Number]:
    return {name: _number(figure) for name, figure in given.items()}


def _number(figure: Ratio | float | None) -> Number:
    if isinstance(figure, Ratio):
        share = None if figure.share is None else round(figure.share, 4)
        return Share(share=share, hits=figure.hits, total=figure.total)
    return round(figure, 3) if isinstance(figure, float) else figure


def read_earlier(path: Path) -> Evaluation:
    """An earlier evaluation. Raises Stop when the file is none, or counts otherwise."""
    try:
        return Evaluation.model_validate_json(path.read_bytes())
    except OSError as problem:
        raise Stop(f"{path} can't be read: {problem.strerror}.") from None
    except ValidationError:
        raise Stop(f"{path} is no evaluation to compare with; write one with --json.") from None
