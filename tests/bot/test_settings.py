"""Settings: all have a default that works offline, a bad one ends in one clear sentence."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings
from coach.texts import LANGUAGES, say

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_and_the_model_is_off():
    settings = load_settings()
    assert settings.database_url == "sqlite:///data/sogood.db"
    assert settings.tick_seconds == 30
    assert not settings.model_on
    assert settings.listens_on is None
    assert settings.data == Path("data")


def test_the_environment_wins_over_the_file(monkeypatch):
    Path(".env").write_text("TICK_SECONDS=5\nWEB_PORT=9000\n", "utf-8")
    monkeypatch.setenv("TICK_SECONDS", "7")
    settings = load_settings()
    assert (settings.tick_seconds, settings.web_port) == (7, 9000)


def test_an_empty_line_in_the_file_is_the_default():
    Path(".env").write_text("BOT_TOKEN=\nWEB_PORT=\n", "utf-8")
    assert load_settings().bot_token is None


def test_admins_are_numbers_with_commas(monkeypatch):
    monkeypatch.setenv("ADMIN_IDS", "12, 34,56")
    assert load_settings().admin_ids == {12, 34, 56}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "my token"),
        ("WEB_PORT", "http"),
        ("DEFAULT_TIMEZONE", "Mars/Olympus"),
        ("DEFAULT_LANGUAGE", "tlh"),
        ("DATABASE_URL", "mysql://x"),
        ("TICK_SECONDS", "soon"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("ADMIN_IDS", "me"),
        ("WORKER_TAKES", "some"),
        ("OPENAI_BASE_URL", "my-laptop"),
        ("WEBHOOK_SECRET", "with space"),
    ],
)
def test_a_bad_value_ends_in_one_sentence_that_does_not_repeat_it(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as problem:
        load_settings()
    sentence = str(problem.value)
    assert sentence.startswith(f"{name} can't be used: ")
    assert "\n" not in sentence
    assert problem.value.__cause__ is None
    assert value not in sentence.removeprefix(name)


def test_every_setting_has_its_advice_in_every_language():
    for language in LANGUAGES:
        for name in Settings.model_fields:
            assert say(language, f"bot.settings.{name}")


def test_secrets_are_not_shown(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", "123:secretsecret")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-verysecret")
    settings = load_settings()
    assert "secret" not in repr(settings).lower().replace("webhook_secret", "").replace(
        "secretstr", ""
    )
    assert settings.secrets == ("123:secretsecret", "sk-verysecret")


def test_the_example_file_names_every_setting_with_its_meaning_and_default():
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, frozenset()) else field.default
        shown = f"#{name.upper()}={default}"
        assert shown in lines
        assert lines[lines.index(shown) - 1] == f"# {field.description}"
    assert sum(line.startswith("#") and "=" in line for line in lines) == len(Settings.model_fields)


def test_a_webhook_brings_the_web_server_along():
    assert load_settings(webhook_url="https://example.org/hook").listens_on == 8080


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://u:hush@a:5432,b:5433/x?target_session_attrs=read-write", "a:5432,b:5433/x"),
        ("postgresql://u@a/x?password=hush", "a/x"),
        ("postgresql:///x?password=hush", "localhost/x"),
    ],
)
def test_a_database_of_several_hosts_is_named_without_its_password(url, place):
    settings = load_settings(_env_file=None, database_url=url)
    assert settings.database_place == place
    assert ("hush" in url) == ("hush" in settings.secrets)
