"""Telegram's library without the schemas that nobody asks for."""

import sys
from typing import Any

from pydantic import BaseModel


def import_aiogram() -> None:
    """Imports aiogram so that each of its types is built when it is used first.

    aiogram asks pydantic to put off building (`defer_build`), and then builds all of its 440 types
    at import because only there is a namespace in which their names can be found. We give the
    namespace to their modules instead, where pydantic looks too. That spares the running bot 2 to
    4 CPU seconds at its start, and 95 of 200 MB. Nothing but time is lost where it isn't called,
    or where another aiogram goes about it otherwise.
    """
    if "aiogram" in sys.modules:
        return
    from unittest.mock import patch  # aiogram needs it too

    modules: set[str] = set()
    names: dict[str, Any] = {}

    def put_off(cls: type[BaseModel], **options: Any) -> None:
        modules.add(cls.__module__)
        names.update(options.get("_types_namespace") or {})

    with patch.object(BaseModel, "model_rebuild", classmethod(put_off)):
        import aiogram  # noqa: F401
    for module in modules:
        known = vars(sys.modules[module])
        known.update({name: value for name, value in names.items() if name not in known})
