"""The evaluations made so far, a line each, so that a run can be held against the last like it."""

from pathlib import Path

from pydantic import ValidationError

from bot.terminal.evaluation.records import Evaluation

HISTORY = Path("data/evaluations.jsonl")
KEPT = 100
"""So many runs are remembered; the oldest go first."""


def last_like(file: Path, now: Evaluation) -> Evaluation | None:
    """The last run that read the same letters by as many engines; None where there was none."""
    for line in reversed(_lines(file)):
        try:
            then = Evaluation.model_validate_json(line)
        except ValidationError:
            continue  # of a format that counts otherwise
        if _read(then) == _read(now) and len(then.engines) == len(now.engines):
            return then
    return None


def keep(file: Path, now: Evaluation) -> None:
    """Adds a run. Raises OSError when the file can't be written."""
    lines = [*_lines(file), now.model_dump_json()][-KEPT:]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []


def _read(evaluation: Evaluation) -> frozenset[str]:
    return frozenset().union(*(engine.read for engine in evaluation.engines))
