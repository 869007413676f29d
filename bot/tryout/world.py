"""The world of the local Telegram: looking things up, posting messages, telling the bot."""

from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.tryout.calls import Journal
from bot.tryout.chats import Chat, ChatType, Status
from bot.tryout.entities import asks_bot
from bot.tryout.events import Events
from bot.tryout.faults import Faults
from bot.tryout.files import File, Shelf, Upload, describe
from bot.tryout.limits import Limits
from bot.tryout.messages import Body, Message
from bot.tryout.people import ANONYMOUS_ADMIN, Person
from bot.tryout.polls import Poll
from bot.tryout.refusals import Missing
from bot.tryout.state import FIRST_PERSON_ID, State
from bot.tryout.updates import Poller

SERVICE_FIELDS = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "new_chat_title",
    }
)


class World:
    """One Telegram with one bot; give the bot the same clock, and `advance` moves it for both."""

    def __init__(
        self,
        state: State,
        clock: Clock,
        *,
        limits: Limits | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.state = state
        self.limits = limits
        self.shelf = shelf or Shelf()
        self.events = Events(state.last_seq)
        self.journal = Journal()
        self.faults = Faults()
        self.poller = Poller()
        self.closing = False
        self._clock = clock

    def close(self) -> None:
        """Let everybody go who waits for something to happen."""
        self.closing = True
        self.faults.release()
        self.poller.wake()
        self.events.ring()

    # time

    @property
    def now(self) -> datetime:
        """The instant here, aware, in UTC."""
        return self._clock.now()

    @property
    def unix_time(self) -> int:
        """The instant as the Bot API writes dates."""
        return int(self.now.timestamp())

    def advance(self, by: timedelta) -> None:
        """Move the clock forward for everybody who reads it."""
        self._clock.move(by)
        self.state.advanced_seconds += by.total_seconds()
        self.tell("clock", now=self.now.isoformat())
        self.close_polls()

    def close_polls(self) -> None:
        """Close the polls whose time is over; whoever looks at polls or updates asks for it."""
        for poll in list(self.state.polls.values()):
            if poll.due(self.now):
                self.close_poll(poll)

    def close_poll(self, poll: Poll) -> None:
        """End a poll, and tell the apps and the bot its results."""
        poll.closed = True
        self.show_poll(poll)

    def show_poll(self, poll: Poll) -> None:
        """Tell the apps and the bot how a poll stands."""
        self.tell("poll", chat=poll.chat, message_id=poll.message_id, poll=poll.seen())
        self.update("poll", poll.card())

    # looking up

    def person(self, person_id: int) -> Person:
        """A person by id. Raises Missing."""
        if person_id not in self.state.people:
            raise Missing("There is no such person.")
        return self.state.people[person_id]

    def chat(self, chat_id: int) -> Chat:
        """A chat by id. Raises Missing."""
        if chat_id not in self.state.chats:
            raise Missing("There is no such chat.")
        return self.state.chats[chat_id]

    def message(self, chat_id: int, message_id: int) -> Message:
        """A message by its place. Raises Missing."""
        found = self.chat(chat_id).messages.get(message_id)
        if found is None:
            raise Missing("This message is not there any more.")
        return found

    def user(self, user_id: int) -> Body:
        """Anybody as the Bot API writes a User."""
        if user_id == self.state.bot.id:
            return self.state.bot.user()
        if user_id == ANONYMOUS_ADMIN["id"]:
            return dict(ANONYMOUS_ADMIN)
        return self.person(user_id).user()

    def chat_card(self, chat: Chat) -> Body:
        """A chat as the Bot API writes it in messages."""
        return self.person(chat.id).private_chat() if chat.private else chat.group_card()

    def member_card(self, chat: Chat, user_id: int) -> Body:
        """Somebody's place in a group as a ChatMember."""
        member = chat.members.get(user_id)
        if member is None:
            return {"user": self.user(user_id), "status": str(Status.LEFT)}
        return member.card(self.user(user_id))

    def commands(self, chat: Chat, person: Person) -> list[Body]:
        """The menu this person sees here: the narrowest scope, their language first."""
        for scope in _scopes(chat, person):
            for language in (person.language_code, ""):
                if menu := self.state.menus.get(f"{scope}|{language}"):
                    return menu
        return []

    # people and chats

    def add_person(
        self, first_name: str, language_code: str = "en", username: str | None = None
    ) -> Person:
        """Somebody new with an app; they have not written to the bot yet."""
        number = FIRST_PERSON_ID + len(self.state.people)
        person = Person(
            number, first_name, language_code, username or f"{first_name.lower()}_{number}"
        )
        self.state.people[number] = person
        self.state.chats[number] = Chat(number, ChatType.PRIVATE)
        self.tell("person", person=person.seen())
        return person

    # messages

    def compose(self, chat: Chat, sender: int, content: Body, thread: int | None = None) -> Message:
        """A message not yet posted. An anonymous administrator's name is the group's."""
        member = chat.members.get(sender)
        hidden = member is not None and member.anonymous and chat.leads(sender)
        body: Body = {"message_id": 0, "date": self.unix_time, "chat": self.chat_card(chat)}
        body["from"] = dict(ANONYMOUS_ADMIN) if hidden else self.user(sender)
        if hidden:
            body["sender_chat"] = self.chat_card(chat)
        if thread:
            body |= {"message_thread_id": thread, "is_topic_message": True}
        return Message(body | content, by_bot=sender == self.state.bot.id, sender=sender)

    def post(self, chat: Chat, message: Message) -> Message:
        """Put a message into its chat; the bot hears of it when it may see it."""
        message.body["message_id"] = chat.next_message_id()
        chat.messages[message.id] = message
        self.tell("message", chat=chat.id, message=self.seen_message(chat, message))
        if not message.by_bot and self.bot_sees(chat, message):
            self.update("message", message.body)
        return message

    def post_service(
        self, chat: Chat, sender: int, content: Body, thread: int | None = None
    ) -> None:
        """Post what Telegram itself says in a chat."""
        self.post(chat, self.compose(chat, sender, content, thread))

    def changed(self, chat: Chat, message: Message) -> None:
        """Tell the apps that a message has changed."""
        seen = self.seen_message(chat, message)
        to = {} if message.only_for is None else {"to": message.only_for}
        self.tell("edited", chat=chat.id, message=seen, **to)

    def remove(self, chat: Chat, message_ids: list[int]) -> None:
        """Take messages away for everybody."""
        for message_id in message_ids:
            chat.messages.pop(message_id, None)
        chat.pinned = [one for one in chat.pinned if one not in message_ids]
        self.tell("deleted", chat=chat.id, message_ids=message_ids)

    def seen_message(self, chat: Chat, message: Message, person: int | None = None) -> Body:
        """A message as the people API shows it."""
        seen = message.body | {
            "message_id": message.key,
            "by_bot": message.by_bot,
            "keyboard": message.keyboard,
            "reactions": message.reaction_counts(),
            "pinned": message.id in chat.pinned,
        }
        poll = self.state.polls.get(message.body.get("poll", {}).get("id", ""))
        if poll is not None:
            seen["poll"] = poll.seen()
            seen["voted"] = poll.votes.get(person or 0, [])
        return seen

    def seen_chat(self, chat: Chat) -> Body:
        """A chat as the people API shows it."""
        last = next(reversed(chat.messages.values()), None)
        return self.chat_card(chat) | {
            "is_forum": chat.is_forum,
            "person": chat.id if chat.private else None,
            "members": [
                {"id": who, "status": str(member.status), "anonymous": member.anonymous}
                for who, member in chat.members.items()
            ],
            "topics": [
                {"message_thread_id": thread, "name": name} for thread, name in chat.topics.items()
            ],
            "pinned": chat.pinned,
            "migrated_to": chat.migrated_to,
            "last": self.seen_message(chat, last) if last else None,
        }

    def keep_file(self, upload: Upload, kind: str) -> File:
        """Put a file on the shelf."""
        file = describe(upload, kind)
        self.shelf.put(file.unique_id, upload.data)
        return self.state.files.setdefault(file.id, file)

    # telling

    def bot_sees(self, chat: Chat, message: Message) -> bool:
        """Whether the bot gets this message: all in private, in groups what privacy mode lets."""
        if chat.private:
            return True
        if not chat.present(self.state.bot.id):
            return "left_chat_member" in message.body and self._names_bot(message)
        if not self.state.bot.privacy or chat.leads(self.state.bot.id):
            return True
        if SERVICE_FIELDS & message.body.keys():
            return True
        replied = message.body.get("reply_to_message", {}).get("from", {})
        return replied.get("id") == self.state.bot.id or asks_bot(message.body, self.state.bot)

    def update(self, kind: str, body: Body) -> None:
        """Queue an update for the bot and wake whoever waits for it."""
        if self.state.queue.add(kind, body) is not None:
            self.poller.wake()
            self.events.ring()

    def tell(self, kind: str, /, **data: Any) -> None:
        """Tell the apps that something happened."""
        self.events.add(kind, data)
        self.state.last_seq = self.events.seq

    def _names_bot(self, message: Message) -> bool:
        return message.body["left_chat_member"]["id"] == self.state.bot.id


def _scopes(chat: Chat, person: Person) -> list[str]:
    """Scopes from the narrowest to the widest (Bot API, Determining list of commands)."""
    if chat.private:
        return [f"chat {chat.id}", "all_private_chats", "default"]
    admin = chat.leads(person.id)
    scopes = [f"chat_member {chat.id} {person.id}"]
    scopes += [f"chat_administrators {chat.id}"] * admin + [f"chat {chat.id}"]
    scopes += ["all_chat_administrators"] * admin + ["all_group_chats", "default"]
    return scopes
