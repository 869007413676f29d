"""Every setting, read from the environment or `.env` here and nowhere else."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from coach.texts import LANGUAGES, say

TELEGRAM = "https://api.telegram.org"
WEBHOOK_PORT = 8080
"""Where the web server listens when a webhook is wanted and no port was given."""


class SettingsError(Exception):
    """A setting cannot be used; the message says which, and what it should be."""


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class Share(StrEnum):
    """Which work a process takes: all, only reading what people send, or all but that."""

    ALL = "all"
    READ = "read"
    CHAT = "chat"


def _numbers(value: object) -> object:
    """`1, 2 3` as people write a list of numbers."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _without_slash(value: object) -> object:
    return value.strip().rstrip("/") if isinstance(value, str) else value


def _shaped(pattern: str) -> AfterValidator:
    """A secret of that shape; pydantic's own `pattern` doesn't look into secrets."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError("misshapen")
        return secret

    return AfterValidator(check)


Address = Annotated[str, BeforeValidator(_without_slash), Field(pattern=r"^https?://[^\s/]+\S*$")]
Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """What an operator may decide. Without any of it the bot works offline (`try`)."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, _shaped(r"\d+:[A-Za-z0-9_-]+")] | None = Field(
        None, description="The bot's token, from @BotFather."
    )
    telegram_api_url: Address = Field(TELEGRAM, description="The Bot API server.")

    openai_api_key: SecretStr | None = Field(
        None, description="Key of the model's endpoint. Without key and address no model is used."
    )
    openai_base_url: Address | None = Field(
        None, description="Any OpenAI-compatible endpoint; a local one usually needs no key."
    )
    openai_model: str = Field("gpt-4o-mini", description="The model's name at that endpoint.")
    prompts_dir: Path | None = Field(
        None, description="A folder with prompts that replace ours (docs/prompts.md)."
    )
    daily_tokens_per_user: int = Field(
        200_000, ge=0, description="Tokens a person may use in 24 hours; 0 is no limit."
    )

    database_url: str = Field(
        "sqlite:///data/sogood.db",
        pattern=r"^(sqlite:///|postgres(ql)?://).+",
        description="Where everything is kept: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
        repr=False,
    )

    backups_kept: int = Field(
        7, ge=0, le=366, description="Daily copies of the database that are kept; 0 makes none."
    )
    backup_dir: Path | None = Field(
        None, description="Where they lie; without it in backups beside the database file."
    )

    retention_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="Days of silence until a person is warned, a month before all goes; 0: never.",
    )
    privacy_url: Address | None = Field(
        None, description="Your own privacy notice, if you have one; /privacy links to it."
    )

    webhook_url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = Field(
        None, description="The public https address Telegram posts to; without it the bot polls."
    )
    webhook_secret: Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{1,256}")] | None = Field(
        None, description="What Telegram shows to prove itself; made from the token if not given."
    )
    web_host: str = Field("127.0.0.1", description="Address for health, metrics and the webhook.")
    web_port: Port | None = Field(None, description="Port of the same; without it they are off.")

    default_timezone: str = Field("UTC", description="For people who have not said theirs (IANA).")
    default_language: Annotated[str, BeforeValidator(_lower)] = Field(
        "en", description="For people whose app speaks a language we don't: en or ru."
    )
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = Field(
        frozenset(), description="Telegram numbers of the people who run the bot, with commas."
    )

    allowed_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = Field(
        frozenset(),
        description="Telegram numbers of the people and groups a private bot is for; none: all.",
    )

    worker_takes: Annotated[Share, BeforeValidator(_lower)] = Field(
        Share.ALL, description="all; read: only files and photos; chat: all but those."
    )

    tick_seconds: int = Field(30, ge=1, le=3600, description="How often what is due is looked for.")
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = Field(
        LogLevel.INFO, description="DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = Field(
        LogFormat.TEXT, description="text for people, json for machines."
    )

    @field_validator("default_timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, LookupError) as error:
            raise ValueError("no such time zone") from error
        return name

    @field_validator("default_language")
    @classmethod
    def _spoken(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError("not spoken")
        return language

    def needed_token(self) -> str:
        """The bot's token. Raises SettingsError when there is none."""
        if self.bot_token is None:
            raise SettingsError(say("en", "bot.settings.no_token"))
        return self.bot_token.get_secret_value()

    @property
    def model_on(self) -> bool:
        """Whether there is a model to ask."""
        return self.openai_api_key is not None or self.openai_base_url is not None

    @property
    def listens_on(self) -> int | None:
        """The port of the web server; None when it is off. A webhook needs one."""
        return self.web_port or (WEBHOOK_PORT if self.webhook_url else None)

    @property
    def data(self) -> Path:
        """The folder of the database, for all else that is kept beside it."""
        if self.database_file is None:
            return Path("data")
        return self.database_file.parent

    @property
    def database_file(self) -> Path | None:
        """The file of the database; None when a server keeps it."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path).expanduser() if scheme == "sqlite" else None

    @property
    def database_place(self) -> str:
        """Where the database is, for people: nothing of it is secret."""
        if self.database_file is not None:
            return str(self.database_file)
        address = urlsplit(self.database_url)
        return f"{address.netloc.rpartition('@')[2] or 'localhost'}{address.path}"

    @property
    def backups(self) -> Path:
        """The folder of the daily copies."""
        return self.backup_dir or self.data / "backups"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen in a log."""
        kept = (self.bot_token, self.openai_api_key, self.webhook_secret)
        address = urlsplit(self.database_url)
        password = address.password or ""
        in_query = parse_qs(address.query).get("password", [])
        shown = [secret.get_secret_value() for secret in kept if secret]
        return (*shown, *filter(None, [password, unquote(password), *in_query]))


def load_settings(**given: object) -> Settings:
    """The settings of this process; `given` ones win. Raises SettingsError with one sentence."""
    try:
        return Settings(**given)  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """What to write instead, for the first setting that is wrong; its value isn't repeated."""
    name = str(error.errors()[0]["loc"][0]).lower()
    return say(
        "en", "bot.settings.wrong", name=name.upper(), advice=say("en", f"bot.settings.{name}")
    )
