"""The prompts that a bot asks with: ours, an operator's own before them, a wrong one refused."""

from importlib.resources import files
from pathlib import Path

import pytest

from bot.prompting import prompts_of
from bot.settings import Settings, SettingsError


def settings(folder: Path | None) -> Settings:
    return Settings(prompts_dir=folder, openai_base_url="http://localhost:1/v1", _env_file=None)


def own_critique(folder: Path, text: str) -> Path:
    (folder / "critique").mkdir()
    (folder / "critique" / "v9.md").write_text(text, encoding="utf-8")
    return folder


def test_without_a_folder_ours_are_asked():
    assert set(prompts_of(settings(None))()) >= {"critique", "typos", "rewrite"}


def test_an_operators_prompt_goes_before_ours(tmp_path):
    ours = files("prompts").joinpath("critique", "v2.md").read_text(encoding="utf-8")
    own = ours.replace("version: 2", "version: 9").replace("honest and kind", "honest and brief")

    prompts = prompts_of(settings(own_critique(tmp_path, own)))()

    assert prompts["critique"].version.startswith("9-")
    assert prompts["typos"].version.startswith("2-")


def test_a_prompt_that_cannot_be_used_is_named_at_the_start(tmp_path):
    folder = own_critique(tmp_path, "Be kind.")

    with pytest.raises(SettingsError, match=r"critique/v9\.md"):
        prompts_of(settings(folder))()
