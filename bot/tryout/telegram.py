"""The local Telegram: people, chats and a bot, with what they can do to each other."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.tryout import apps, groups
from bot.tryout.callbacks import Press
from bot.tryout.calls import Call
from bot.tryout.chats import Chat, Status
from bot.tryout.drafts import Draft
from bot.tryout.faults import Fault, FaultKind
from bot.tryout.files import Shelf, Upload
from bot.tryout.limits import Limits
from bot.tryout.messages import Message
from bot.tryout.people import BotAccount
from bot.tryout.state import State
from bot.tryout.world import World

TOKEN = "1234567:local-telegram-needs-no-real-token-x"  # noqa: S105 - not a secret
"""The bot's token here; any other is refused with 401."""


class LocalTelegram(World):
    """A Telegram of one's own. Without `limits` there is no flood control."""

    def __init__(
        self,
        clock: Clock,
        *,
        token: str = TOKEN,
        limits: Limits | None = None,
        state: State | None = None,
        files: Path | None = None,
    ) -> None:
        state = state or State(BotAccount(int(token.partition(":")[0]), token))
        super().__init__(state, clock, limits=limits, shelf=Shelf(files))

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.bot.token

    # what people do

    def start(self, person: int, payload: str = "") -> Message:
        """Press START, or follow a deep link with a payload."""
        return apps.start(self, person, payload)

    def send_text(
        self,
        person: int,
        text: str,
        chat: int | None = None,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> list[Message]:
        """Write a text, in private when no chat is named; a long one becomes several messages."""
        return apps.send_text(self, person, chat or person, text, reply_to=reply_to, thread=thread)

    def send_file(
        self,
        person: int,
        name: str,
        data: bytes,
        chat: int | None = None,
        *,
        caption: str = "",
        kind: str = "document",
        media_type: str | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send one file; `kind` is document, photo, voice, audio or video."""
        upload = Upload(name, data, media_type)
        return self.send_album(
            person, [upload], chat, caption=caption, kind=kind, reply_to=reply_to, thread=thread
        )[0]

    def send_album(
        self,
        person: int,
        uploads: Sequence[Upload],
        chat: int | None = None,
        *,
        caption: str = "",
        kind: str = "document",
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> list[Message]:
        """Send several files at once: one message each, with the same media_group_id."""
        where = chat or person
        return apps.send_files(
            self,
            person,
            where,
            uploads,
            caption=caption,
            kind=kind,
            reply_to=reply_to,
            thread=thread,
        )

    def send_content(
        self, person: int, content: dict[str, Any], chat: int | None = None
    ) -> Message:
        """Send anything else a Message can hold: {"sticker": …}, {"location": …}."""
        return apps.send_content(self, person, chat or person, content)

    def press(
        self,
        person: int,
        message: Message | int,
        data: str,
        chat: int | None = None,
        *,
        stale: bool = False,
    ) -> Press:
        """Press a button by its callback data. `stale`: one that an app still shows but is gone."""
        number = message.id if isinstance(message, Message) else message
        return apps.press(self, person, chat or person, number, data, stale=stale)

    def press_label(self, person: int, label: str, chat: int | None = None) -> Press:
        """Press the newest button whose text contains a label."""
        for message in reversed(self.history(chat or person)):
            for row in (message.keyboard or {}).get("inline_keyboard", ()):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return self.press(person, message, button["callback_data"], chat)
        raise apps.Missing(f"There is no button {label!r}.")

    def stop(self, person: int, draft_id: int) -> None:
        """Press Stop on a draft."""
        apps.stop(self, person, person, draft_id)

    def edit(self, person: int, message: int, text: str, chat: int | None = None) -> Message:
        """Change one's own message."""
        return apps.edit(self, person, chat or person, message, text)

    def delete(self, person: int, message: int, chat: int | None = None) -> None:
        """Delete a message for everybody."""
        apps.delete(self, person, chat or person, message)

    def react(self, person: int, message: int, emoji: str | None, chat: int | None = None) -> None:
        """Set a reaction, or take it back."""
        apps.react(self, person, chat or person, message, emoji)

    def vote(
        self, person: int, message: int, options: Sequence[int], chat: int | None = None
    ) -> None:
        """Vote in a poll."""
        apps.vote(self, person, chat or person, message, options)

    def block(self, person: int, blocked: bool = True) -> None:
        """Block the bot, or unblock it."""
        apps.block(self, person, blocked)

    def deactivate(self, person: int) -> None:
        """Delete the person's account."""
        apps.deactivate(self, person)

    # groups

    def add_group(
        self,
        title: str,
        members: Sequence[int],
        admins: Sequence[int] = (),
        *,
        supergroup: bool = False,
        is_forum: bool = False,
        with_bot: bool = True,
    ) -> Chat:
        """A group with the bot in it, unless told otherwise; the first admin or member owns it."""
        return groups.add_group(
            self,
            title,
            members,
            admins,
            supergroup=supergroup,
            is_forum=is_forum,
            with_bot=with_bot,
        )

    def join(self, user: int, chat: int, *, by: int | None = None) -> None:
        """Come into a group (or be brought)."""
        groups.join(self, user, chat, by=by)

    def leave(self, user: int, chat: int, *, by: int | None = None) -> None:
        """Leave a group, or be removed by somebody."""
        groups.leave(self, user, chat, by=by)

    def promote(
        self,
        user: int,
        chat: int,
        status: Status = Status.ADMINISTRATOR,
        *,
        anonymous: bool = False,
    ) -> None:
        """Give somebody (or the bot) a place in a group."""
        groups.set_status(self, chat, user, status, anonymous=anonymous)

    def add_topic(self, user: int, chat: int, name: str) -> int:
        """Open a forum topic; gives its message_thread_id."""
        return groups.add_topic(self, user, chat, name)

    def migrate(self, chat: int) -> Chat:
        """Turn a group into a supergroup."""
        return groups.migrate(self, chat)

    # looking on

    def history(self, chat: int, person: int | None = None) -> list[Message]:
        """The messages of a chat, oldest first; as one person sees it, when one is named."""
        everything = self.chat(chat).messages.values()
        return [one for one in everything if person is None or one.only_for in {None, person}]

    def answers(self, chat: int) -> list[Message]:
        """What the bot wrote in a chat, oldest first."""
        return [message for message in self.history(chat) if message.by_bot]

    def drafts(self, chat: int) -> list[Draft]:
        """The drafts that apps show now."""
        return [one for one in self.state.drafts.get(chat, []) if one.alive(self.now)]

    def calls(self, method: str | None = None, since: int = 0) -> list[Call]:
        """The bot's calls, of one method or of all."""
        return self.journal.since(since, method)

    def file(self, file_id: str) -> bytes:
        """What a file holds."""
        return self.shelf.get(self.state.files[file_id].unique_id)

    async def until(self, holds: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until something holds, and give it. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not (found := holds()):
                await self.events.next()
        return found

    # what goes wrong

    def fault(
        self, kind: FaultKind | str, method: str | None = None, times: int = 1, **how: Any
    ) -> None:
        """Order a fault for the next calls."""
        self.faults.add([Fault(FaultKind(kind), method, times, **how)])


def playground(clock: Clock, files: Path | None = None) -> LocalTelegram:
    """What `try` starts with: Anna (English), Boris (Russian) and their group."""
    telegram = LocalTelegram(clock, limits=Limits(), files=files)
    telegram.state.queue.next_id = telegram.unix_time  # never again what an older one gave out
    anna = telegram.add_person("Anna", "en", "anna")
    boris = telegram.add_person("Борис", "ru", "boris")
    telegram.add_group("ML cohort", [anna.id, boris.id], [anna.id])
    return telegram
