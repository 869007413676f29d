"""Topics that take nothing any more: what was meant for one goes to the group's General instead."""

from datetime import datetime
from typing import Any

from bot.work import Act
from coach.language import detect
from coach.texts import say, speakable
from storage import Db, messages
from storage.messages import Message

TOPIC = "message_thread_id"


def in_general(params: dict[str, Any]) -> dict[str, Any] | None:
    """The same message without its topic; None when it names none."""
    if not params.get(TOPIC):
        return None
    return {name: value for name, value in params.items() if name != TOPIC}


def noted(act: Act, message: Message, chat_id: int, code: str, now: datetime) -> Act:
    """`act`, and a word to the group on why this came to General: once for a topic, in the
    language of what was said. A topic that is closed again brings no second one."""
    said = message.params.get("text") or message.params.get("question") or ""
    note = say(speakable(detect(said)), f"reminders.{code}")

    def both(db: Db) -> None:
        act(db)
        messages.add(
            db,
            key=f"topic:{chat_id}:{message.params[TOPIC]}",
            chat_id=chat_id,
            method="sendMessage",
            params={"text": note},
            now=now,
        )

    return both
