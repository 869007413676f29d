"""`python -m bot run` word for word, but for how long it waits for its model."""

import sys
from datetime import timedelta
from functools import partial
from importlib import import_module

from bot import model
from bot.__main__ import main
from bot.importing import import_aiogram

FIRST_TOKEN = timedelta(seconds=4)
WHOLE_ANSWER = timedelta(seconds=8)

if __name__ == "__main__":
    import_aiogram()
    import_module("bot.terminal.running")  # everything is read before anything is replaced
    model.Model = partial(model.Model, timeout=WHOLE_ANSWER, first_token_timeout=FIRST_TOKEN)
    sys.exit(main(["run"]))
