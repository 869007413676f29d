"""Everything the local Telegram remembers, as one value that can be saved."""

from dataclasses import dataclass, field
from typing import Any

from bot.tryout.callbacks import Press
from bot.tryout.chats import Chat
from bot.tryout.drafts import Draft
from bot.tryout.files import File
from bot.tryout.people import BotAccount, Person
from bot.tryout.polls import Poll
from bot.tryout.updates import Queue

FIRST_PERSON_ID = 100_001
FIRST_GROUP_ID = -1_001
FIRST_SUPERGROUP_ID = -1_000_000_001_001


@dataclass(slots=True)
class State:
    """People, chats and what waits for the bot. `last_id` numbers everything without an own count.

    `drafts` and `actions` are kept by chat id, `menus` by scope and language. `advanced_seconds` is
    how far people moved the clock, `closed` whether this was saved when all was over.
    """

    bot: BotAccount
    people: dict[int, Person] = field(default_factory=dict[int, Person])
    chats: dict[int, Chat] = field(default_factory=dict[int, Chat])
    files: dict[str, File] = field(default_factory=dict[str, File])
    polls: dict[str, Poll] = field(default_factory=dict[str, Poll])
    presses: dict[str, Press] = field(default_factory=dict[str, Press])
    drafts: dict[int, list[Draft]] = field(default_factory=dict[int, list[Draft]])
    actions: dict[int, list[dict[str, Any]]] = field(
        default_factory=dict[int, list[dict[str, Any]]]
    )
    menus: dict[str, list[dict[str, Any]]] = field(default_factory=dict[str, list[dict[str, Any]]])
    menu_buttons: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    profile: dict[str, str] = field(default_factory=dict[str, str])
    queue: Queue = field(default_factory=Queue)
    last_id: int = 0
    last_seq: int = 0
    advanced_seconds: float = 0.0
    closed: bool = False

    def next_id(self) -> int:
        """A number used for nothing else."""
        self.last_id += 1
        return self.last_id
