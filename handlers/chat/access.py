"""Who is writing: every handler of a private update gets the `person`, in their language."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Chat, TelegramObject, User

from coach.texts import speakable
from storage import Db, Store, people
from storage.people import Person

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


SEEN_ANEW = timedelta(days=1)
"""How exactly it is known when somebody was last heard of; a write for every press is too dear."""


class Acquaintance(BaseMiddleware):
    """Adds `person`, the row of whoever sent the update; a stranger becomes known.

    Whoever writes to us in private can be written to again, so an inactive person becomes active;
    a word in a group says nothing of that.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        private = chat is not None and chat.type == "private"
        if user is not None and not user.is_bot:
            data["person"] = await self.meet(data["store"], user, data["now"], private=private)
        return await handler(event, data)

    @staticmethod
    async def meet(store: Store, user: User, now: datetime, *, private: bool) -> Person:
        person = await store.read(people.get, user.id)
        there = person is not None and (person.inactive_reason is None or not private)
        if person is not None and there and now - person.seen_at < SEEN_ANEW:
            return person
        if person is not None and not private:
            return await store.write(_seen, user, now)
        return await store.write(_welcome, user, now)


def _seen(db: Db, user: User, now: datetime) -> Person:
    return people.seen(db, id=user.id, language=speakable(user.language_code), now=now)


def _welcome(db: Db, user: User, now: datetime) -> Person:
    person = _seen(db, user, now)
    people.activate(db, person.chat_id)
    return replace(person, inactive_reason=None)
