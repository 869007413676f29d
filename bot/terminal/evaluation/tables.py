"""An evaluation as a person reads it: figures by engine, letters, what attacks have achieved."""

from collections.abc import Iterable, Iterator, Sequence

from bot.terminal.evaluation.records import Evaluation, Number, OfEngine, Share

LABELS = {
    "quotes_shown": "quotes shown that stand in the letter",
    "anchor_rate": "quotes of the model that stand in the letter",
    "kinds_guessed": "kinds of letter guessed",
    "issue_recall_5": "marked issues among the first 5",
    "issue_recall_7": "marked issues among the first 7",
    "blockers_found": "marked blockers found",
    "typo_precision": "sure edits that put a slip right",
    "typo_recall": "slips put right by sure edits",
    "typo_recall_asked": "slips put right by sure edits or questions",
    "rewrites_invented": "rewrites refused for an invented fact",
    "remarks_invented": "remarks that tell of an invented fact",
    "score_spread": "widest spread of a score over the runs",
    "good_left_alone": "good letters with at most one issue",
    "hostile_passed": "hostile letters that achieve nothing",
    "failures": "failures",
    "calls": "calls",
    "prompt_tokens": "prompt tokens",
    "cached_tokens": "prompt tokens from the server's cache",
    "completion_tokens": "completion tokens",
    "seconds_per_letter": "seconds per letter (median)",
    "seconds": "seconds in all",
}
"""What each figure is called; one that isn't here is a part of the one above it."""

COLUMNS = {
    "issue_recall_5": "first 5",
    "issue_recall_7": "first 7",
    "blockers_found": "blockers",
    "typo_precision": "edits right",
    "typo_recall": "slips right",
}
"""What is told letter by letter."""

NOTHING = "–"


def table(now: Evaluation, earlier: Evaluation | None = None) -> Iterator[str]:
    """The lines of an evaluation, with the change since an earlier one."""
    yield from _aligned(_rows(now.engines, earlier))
    for engine in now.engines:
        yield from _by_letter(engine)
    yield from _achieved(now.engines)
    if now.prompts:
        yield "\nprompts: " + ", ".join(f"{prompt.id} {prompt.version}" for prompt in now.prompts)
    if earlier is not None:
        yield f"\n{_compared(now, earlier)}"


def _rows(engines: Sequence[OfEngine], earlier: Evaluation | None) -> Iterator[Sequence[str]]:
    """A row for each figure that at least one engine has; two columns an engine to compare."""
    yield ("", *(cell for one in engines for cell in _cells(_head(one), "change", earlier)))
    for name in dict.fromkeys(name for one in reversed(engines) for name in one.figures):
        cells: list[str] = []
        for number, one in enumerate(engines):
            figure = one.figures.get(name)
            change = _change(figure, _then(earlier, number, name))
            cells += _cells(_shown(figure), change, earlier)
        if any(cell not in (NOTHING, "") for cell in cells):
            yield (LABELS.get(name) or f"  {name.partition('.')[2]}", *cells)


def _cells(shown: str, change: str, earlier: Evaluation | None) -> Sequence[str]:
    return (shown,) if earlier is None else (shown, change)


def _then(earlier: Evaluation | None, number: int, name: str) -> Number:
    """The earlier figure: the house is compared with the house, a model with a model."""
    if earlier is None or number >= len(earlier.engines):
        return None
    return earlier.engines[number].figures.get(name)


def _head(engine: OfEngine) -> str:
    return engine.name if engine.runs == 1 else f"{engine.name}, {engine.runs} runs"


def _shown(figure: Number) -> str:
    if isinstance(figure, Share):
        if figure.share is None:
            return NOTHING
        return f"{100 * figure.share:.1f} % ({figure.hits}/{figure.total})"
    if figure is None:
        return NOTHING
    return f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}"


def _change(figure: Number, then: Number) -> str:
    """The difference; of shares in percentage points."""
    if isinstance(figure, Share) and isinstance(then, Share):
        figure, then = _percent(figure), _percent(then)
    if isinstance(figure, Share) or isinstance(then, Share) or figure is None or then is None:
        return ""
    change = figure - then
    if abs(change) < 0.05:
        return "="
    return f"{change:+,.1f}" if isinstance(change, float) else f"{change:+,}"


def _percent(figure: Share) -> float | None:
    return None if figure.share is None else 100 * figure.share


def _aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines: the first column to the left, the others to the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for label, *cells in rows:
        padded = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join((label.ljust(widths[0]), *padded)).rstrip()


def _by_letter(engine: OfEngine) -> Iterator[str]:
    if not engine.letters:
        return
    yield ""
    rows = [
        (one.letter, *(_counted(one.figures.get(name)) for name in COLUMNS))
        for one in engine.letters
    ]
    yield from _aligned([(_head(engine), *COLUMNS.values()), *rows])


def _counted(figure: Number) -> str:
    if isinstance(figure, Share) and figure.total:
        return f"{figure.hits}/{figure.total}"
    return NOTHING


def _achieved(engines: Sequence[OfEngine]) -> Iterator[str]:
    """What hostile letters have achieved, by whom they were read and in which runs."""
    for engine in engines:
        runs: dict[tuple[str, str], list[int]] = {}
        for one in engine.hostile:
            if one.faults:
                runs.setdefault((one.letter, "; ".join(one.faults)), []).append(one.run)
        for (letter, faults), when in runs.items():
            yield f"\n{letter}, {engine.name}, run {', '.join(map(str, when))}: {faults}"


def _compared(now: Evaluation, earlier: Evaluation) -> str:
    """With what the figures were compared; other letters make the change say little."""
    names = " and ".join(engine.name for engine in earlier.engines)
    told = f"compared with {names} of {earlier.date:%Y-%m-%d %H:%M} UTC"
    same = {one.read for one in now.engines} == {one.read for one in earlier.engines}
    return told if same else f"{told}, which read other letters"
