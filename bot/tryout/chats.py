"""Chats and who is in them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.tryout.messages import Message


class ChatType(StrEnum):
    """What sort of chat it is."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Status(StrEnum):
    """What somebody is in a group."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER})
LEADING = frozenset({Status.CREATOR, Status.ADMINISTRATOR})

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True)
class Member:
    """Somebody's place in a group; an anonymous administrator writes in the group's name."""

    status: Status
    anonymous: bool = False

    def card(self, user: dict[str, Any]) -> dict[str, Any]:
        """The place as the Bot API writes a ChatMember."""
        card: dict[str, Any] = {"user": user, "status": str(self.status)}
        if self.status is Status.CREATOR:
            card["is_anonymous"] = self.anonymous
        if self.status is Status.ADMINISTRATOR:
            card |= {"can_be_edited": False, "is_anonymous": self.anonymous}
            card |= dict.fromkeys(ADMIN_RIGHTS, True)
        if self.status is Status.KICKED:
            card["until_date"] = 0
        return card


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group, with all its messages by their id.

    Message ids are counted per chat. `migrated_to` is the supergroup that a group became.
    """

    id: int
    type: ChatType
    title: str | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    messages: dict[int, Message] = field(default_factory=dict[int, Message])
    topics: dict[int, str] = field(default_factory=dict[int, str])
    closed_topics: list[int] = field(default_factory=list[int])
    pinned: list[int] = field(default_factory=list[int])
    last_message_id: int = 0
    last_ephemeral_id: int = 0
    migrated_to: int | None = None

    @property
    def private(self) -> bool:
        """Whether this is a chat with one person."""
        return self.type is ChatType.PRIVATE

    def next_message_id(self) -> int:
        """A message id that this chat has not used."""
        self.last_message_id += 1
        return self.last_message_id

    def status(self, user_id: int) -> Status:
        """What somebody is here; somebody never seen has left."""
        member = self.members.get(user_id)
        return member.status if member else Status.LEFT

    def present(self, user_id: int) -> bool:
        """Whether somebody is in the group now."""
        return self.status(user_id) in PRESENT

    def leads(self, user_id: int) -> bool:
        """Whether somebody is an administrator here."""
        return self.status(user_id) in LEADING

    def group_card(self) -> dict[str, Any]:
        """The group as the Bot API writes a Chat."""
        card: dict[str, Any] = {"id": self.id, "type": str(self.type), "title": self.title}
        if self.is_forum:
            card["is_forum"] = True
        return card
