"""`doctor`: is everything there that the bot needs, and how to mend what isn't."""

import asyncio
import json
from dataclasses import asdict

from bot.doctor import Check, examine, unusable
from bot.settings import SettingsError, load_settings
from bot.terminal.stops import DONE, WRONG_USAGE


def doctor(*, as_json: bool) -> int:
    """One line per check. Exit status 0 only when the bot could run."""
    try:
        checks = asyncio.run(examine(load_settings()))
    except SettingsError as problem:
        checks = [unusable(problem)]  # nothing else can be looked at without them
    if as_json:
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            print(line(check))
    return DONE if all(check.ok or not check.needed for check in checks) else WRONG_USAGE


def line(check: Check) -> str:
    """What is checked, whether it is well, and how to mend it."""
    if check.ok:
        return f"{check.what}: ok {check.note}".rstrip()
    return f"{check.what}: problem: {check.problem} → {check.mend}"
