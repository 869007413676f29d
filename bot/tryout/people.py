"""People with an app, and the bot they talk to, as Telegram shows them to others."""

from dataclasses import dataclass
from typing import Any

ANONYMOUS_ADMIN = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""Who an anonymous administrator's messages come from."""


@dataclass(slots=True)
class Person:
    """Somebody with an app. `started` once they have written to the bot themselves."""

    id: int
    first_name: str
    language_code: str = "en"
    username: str | None = None
    last_name: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> dict[str, Any]:
        """The person as the Bot API writes a User."""
        if self.deactivated:
            return {"id": self.id, "is_bot": False, "first_name": ""}
        return {
            "id": self.id,
            "is_bot": False,
            **self._names(),
            "language_code": self.language_code,
        }

    def private_chat(self) -> dict[str, Any]:
        """The private chat with this person as the Bot API writes a Chat."""
        return {"id": self.id, "type": "private", **self._names()}

    def seen(self) -> dict[str, Any]:
        """The person as the people API shows them."""
        flags = {"started": self.started, "blocked": self.blocked, "deactivated": self.deactivated}
        names = self._names() | {"language_code": self.language_code}
        return {"id": self.id, **names, **flags}

    def _names(self) -> dict[str, Any]:
        named = {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
        }
        return {field: value for field, value in named.items() if value is not None}


@dataclass(slots=True)
class BotAccount:
    """The bot: its id is the first part of its token."""

    id: int
    token: str
    first_name: str = "Sogood"
    username: str = "sogood_bot"
    privacy: bool = True

    def user(self) -> dict[str, Any]:
        """The bot as a User in messages."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def me(self) -> dict[str, Any]:
        """The bot as getMe shows it."""
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_guest_queries": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_join_request_queries": False,
        }
