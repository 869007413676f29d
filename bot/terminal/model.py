"""The model as the commands use it: made from the settings, or none."""

from typing import Any

from bot.clock import Clock
from bot.settings import Settings


def ask_of(settings: Settings, clock: Clock) -> Any:
    return None
