"""The house keeps its own rules: names, locks, texts that are used, commands that stay light."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "coach", "prompts", "storage")


def sources() -> list[Path]:
    return [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]


installed = cache(packages_distributions)


@pytest.mark.parametrize("room", ROOMS)
def test_no_dependency_ships_a_package_with_one_of_our_names(room: str) -> None:
    assert set(installed().get(room, ["sogood"])) == {"sogood"}


def test_every_module_opens_with_a_line_that_says_what_it_owns() -> None:
    opening = re.compile(r'(#.*\n|\n)*("""|\Z)')
    assert not [path for path in sources() if not opening.match(path.read_text("utf-8"))]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_is_hashed_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_is_bounded_on_both_sides() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    every = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    loose = [named for named in every if ">=" not in named or "<" not in named]
    assert loose == ["tzdata>=2025.1"], "time zones are dated by year and only ever grow"


@pytest.mark.parametrize("command", ["review", "proofread"])
def test_a_terminal_command_never_loads_telegrams_library(command: str) -> None:
    code = f"import sys, bot.__main__, bot.terminal.{command}; print('aiogram' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_no_text_of_a_catalogue_is_stray() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sources())
    stray = [key for key in keys("letters") | keys("start") if not named(key, code)]
    assert not stray


def keys(subject: str) -> set[str]:
    from coach.texts import catalogue

    return {key for key in catalogue("en") if key.startswith(f"{subject}.")}


def named(key: str, code: str) -> bool:
    """A key stands in the code whole, or its last part is chosen in an f-string."""
    if f'"{key}"' in code:
        return True
    head, _, last = key.rpartition(".")
    chosen = re.search(re.escape(head) + r"\.\{", code) and re.search(rf"[\"'{{.]{last}\b", code)
    return bool(re.search(f"[\"']{re.escape(key)}[\"']", code) or chosen)
