"""What handlers may know and use of the model: its name, its host, and what it is asked."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.settings import Settings, SettingsError
from handlers.chat.work import ModelFacts

if TYPE_CHECKING:
    from prompts import Prompts


def model_facts(settings: Settings, *, on: bool) -> ModelFacts:
    """What people may know about the model."""
    if not on:
        return ModelFacts()
    host = urlsplit(settings.openai_base_url or "https://api.openai.com").hostname
    return ModelFacts(on=True, name=settings.openai_model, host=host or "")


def prompts_of(settings: Settings) -> "Callable[[], Prompts]":
    """Reads the prompts when they are first used, the operator's own before ours: without a model
    nobody needs their templates and YAML, which take 3 MB. Raises SettingsError naming the file.
    """

    @cache
    def read() -> "Prompts":
        from prompts import PromptError, load_all

        try:
            return load_all(settings.prompts_dir)
        except PromptError as wrong:
            raise SettingsError(f"The prompts can't be used: {wrong}.") from None

    return read
