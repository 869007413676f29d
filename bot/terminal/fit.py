"""`fit`: weights of FSRS for those people whom they predict better."""

import asyncio
from dataclasses import dataclass

from bot import fitting
from bot.clock import Clock
from bot.settings import load_settings
from bot.terminal.stops import DONE, Stop
from coach.fitting import ENOUGH, Fit, NotFitted, fit
from storage import Store, fits, grades, studies


@dataclass(slots=True)
class Tally:
    """How it went, in numbers: names and ids stay inside."""

    asked: int = 0
    better: int = 0
    failed: int = 0
    gain: float = 0.0


def fit_all() -> int:
    """Fits everybody who has enough reviews. Raises Stop without the extra."""
    if not fitting.installed():
        raise Stop('Fitting needs an extra: pip install "sogood[fit]".')
    tally = asyncio.run(_fit_all(load_settings().database_url))
    print(sentence(tally))
    return DONE


def sentence(tally: Tally) -> str:
    """What came of it."""
    if not tally.asked:
        return f"Nobody has {ENOUGH:,} grades yet; the default weights stay."
    said = f"People with {ENOUGH:,} grades: {tally.asked}, predicted better: {tally.better}"
    if tally.better:
        said += f" (log loss {tally.gain / tally.better:.4f} lower on the newest fifth)"
    return f"{said}, not fitted: {tally.failed}."


async def _fit_all(url: str) -> Tally:
    store, tally = await Store.open(url, now=Clock().now()), Tally()
    try:
        for person_id in await store.read(fits.candidates, ENOUGH):
            tally.asked += 1
            await _fit_one(store, person_id, tally)
    finally:
        await store.close()
    return tally


async def _fit_one(store: Store, person_id: int, tally: Tally) -> None:
    log = await store.read(grades.all_of, person_id)
    study = await store.read(studies.get, person_id)
    try:
        found: Fit | None = await asyncio.to_thread(
            fit, log, fitting.optimise, study.wishes.weights
        )
    except NotFitted:
        tally.failed += 1
        return
    if found is not None:
        await store.write(fits.keep, person_id, found.weights)
        tally.better += 1
        tally.gain += found.before - found.after
