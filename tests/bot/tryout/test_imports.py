"""The local Telegram starts fast."""

import subprocess
import sys


def test_serving_needs_no_aiogram() -> None:
    """Importing aiogram takes 4-5 CPU seconds, which the server must not cost."""
    look = "import sys, bot.tryout.server, bot.tryout.saving; print('aiogram' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
