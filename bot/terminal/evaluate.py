"""`eval`: how well the house rules and a model read letters that have a critique by hand, and
letters that attack."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from bot.clock import Clock
from bot.model import Model, model_of
from bot.prompting import prompts_of
from bot.settings import Settings, load_settings
from bot.terminal.evaluation.asking import Meter, Overheard
from bot.terminal.evaluation.history import HISTORY, keep, last_like
from bot.terminal.evaluation.readings import Engine, Reading, by_house, by_model
from bot.terminal.evaluation.records import Evaluation, read_earlier, record
from bot.terminal.evaluation.sets import OUR_GOOD, OUR_SETS, Letter, read_good, read_sets
from bot.terminal.evaluation.tables import table
from bot.terminal.stops import DONE, Stop
from coach.letters import HOUSE_RULES
from coach.texts import speakable
from prompts import Prompts

RUNS = 3
"""How often a model reads each letter, so that the spread of its scores can be told."""

STDOUT = "-"


def evaluate(
    folders: Sequence[Path],
    *,
    letters: Sequence[Path] = (),
    good: Sequence[Path] = (),
    offline: bool = False,
    runs: int | None = None,
    out: str | None = None,
    compare: Path | None = None,
    history: Path = HISTORY,
) -> int:
    """Reads the sets, has every letter read, tells the figures; returns the exit status.

    `good` are folders of letters that need nothing. Without any folder it takes our own sets.
    `out` is the file for the figures as JSON; "-" puts them on stdout in the table's place.
    Without `compare` they are held against the last run in `history` that read the same letters;
    this run is added to it.
    """
    settings = load_settings()
    earlier = read_earlier(compare) if compare else None
    ours = not folders and not good
    chosen = read_sets(OUR_SETS if ours else folders, letters) if ours or folders else []
    chosen += read_good(OUR_GOOD if ours else good)
    file = Path(out) if out and out != STDOUT else None
    if file is not None:
        _write(file, "", mode="a")  # before the long work, not after it
    evaluation = asyncio.run(_evaluate(chosen, settings, offline=offline, runs=runs))
    earlier = earlier or last_like(history, evaluation)
    _remember(history, evaluation)
    data = evaluation.model_dump_json(indent=1)
    if file is not None:
        _write(file, data + "\n")
    print(data if out == STDOUT else "\n".join(table(evaluation, earlier)))
    return DONE


def _remember(history: Path, evaluation: Evaluation) -> None:
    """Adds the run to the history; the figures are told even where that isn't possible."""
    try:
        keep(history, evaluation)
    except OSError as problem:
        print(
            f"{history} can't be written, so this run isn't kept: {problem.strerror}.",
            file=sys.stderr,
        )


def _write(file: Path, text: str, mode: str = "w") -> None:
    try:
        with file.open(mode, encoding="utf-8") as opened:
            opened.write(text)
    except OSError as problem:
        raise Stop(f"{file} can't be written: {problem.strerror}.") from None


async def _evaluate(
    letters: Sequence[Letter], settings: Settings, *, offline: bool, runs: int | None
) -> Evaluation:
    """The house reads; a model, when there is one, reads after it."""
    clock, meter = Clock(), Meter()
    reader = speakable(settings.default_language)
    model = None if offline else model_of(settings, clock, meter)
    if model is None:
        house = _house(letters, runs or 1, reader, clock)
        return record(clock.now(), [house], [])
    prompts = prompts_of(settings)()
    house = _house(letters, 1, reader, clock)
    try:
        readings = await _asked(model, prompts, house.readings, runs or RUNS, reader, clock)
    finally:
        await model.close()
    asked = Engine(model.name, runs or RUNS, readings, meter.usage)
    return record(clock.now(), [house, asked], list(prompts.values()))


def _house(letters: Sequence[Letter], runs: int, reader: str, clock: Clock) -> Engine:
    readings = [
        by_house(letter, run, reader=reader, clock=clock)
        for run, letter in _told(_times(runs, letters), HOUSE_RULES)
    ]
    return Engine(HOUSE_RULES, runs, readings)


async def _asked(
    model: Model,
    prompts: Prompts,
    house: Sequence[Reading],
    runs: int,
    reader: str,
    clock: Clock,
) -> list[Reading]:
    overheard = Overheard(model)
    return [
        await by_model(overheard, prompts, reading, run, reader=reader, clock=clock)
        for run, reading in _told(_times(runs, house), model.name)
    ]


T = TypeVar("T")


def _times(runs: int, members: Sequence[T]) -> list[tuple[int, T]]:
    return [(run, member) for run in range(1, runs + 1) for member in members]


def _told(members: Sequence[T], who: str) -> Iterator[T]:
    """Each member; a person who watches is told on stderr how many are done."""
    watched = sys.stderr.isatty()
    for number, member in enumerate(members, 1):
        if watched:
            print(f"\r{who}: {number} of {len(members)}", end="", file=sys.stderr, flush=True)
        yield member
    if watched:
        print(file=sys.stderr)
