"""Telegram's library is read in a second, and each of its types is there when it is used."""

import subprocess
import sys

import pytest
from aiogram import methods, types
from pydantic import BaseModel

IMPORT = """
from bot.importing import import_aiogram
import_aiogram()
from aiogram import types
every = [getattr(types, name) for name in types.__all__]
built = [one for one in every if getattr(one, "__pydantic_complete__", False)]
update = types.Update(update_id=1, message={"message_id": 1, "date": 0, "text": "Hello",
                      "chat": {"id": 7, "type": "private"}})
print(len(every) > 400, built, update.message.text)
"""


def test_nothing_is_built_before_it_is_used():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True [] Hello\n"


@pytest.mark.parametrize("module", [types, methods])
def test_everything_can_be_built(module):
    models = [one for one in vars(module).values() if isinstance(one, type)]
    for model in models:
        if issubclass(model, BaseModel):
            assert model.model_rebuild(raise_errors=False) is not False, model
