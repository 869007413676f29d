"""The buttons of reading each other's letters, and the way a private message about it leaves."""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.formatting import Said
from handlers.chat.replies import Button, Rows, keyboard
from storage import Db, messages
from storage.cohorts import Cohort
from storage.people import Person


class Step(StrEnum):
    """What a button on the writer's side does."""

    CHOOSE = "choose"
    LETTER = "letter"
    WHOLE = "whole"
    PART = "part"
    HIDE = "hide"
    GIVE = "give"


class PairButton(CallbackData, prefix="pp"):
    """A button of somebody who gives a text to their pair: `version` is the letter's, `number` a
    paragraph of it, `seal` says which text was shown above the button."""

    pair: int
    step: Step
    version: int = 0
    number: int = 0
    seal: str = ""


class Read(StrEnum):
    """What a button on the reader's side does; Report is the writer's, too."""

    ANSWER = "answer"
    SKIP = "skip"
    REPORT = "report"


class ReadButton(CallbackData, prefix="pr"):
    """A button of somebody who reads; `question` counts from 1."""

    excerpt: int
    read: Read
    question: int = 0


def choose_rows(language: str, pair_id: int) -> Rows:
    """Under the message that says who reads with whom."""
    return [
        [(say(language, "peers.button.choose"), PairButton(pair=pair_id, step=Step.CHOOSE).pack())]
    ]


def read_button(language: str, excerpt_id: int, read: Read, question: int = 0) -> Button:
    """A button with the text `peers.button.NAME`."""
    data = ReadButton(excerpt=excerpt_id, read=read, question=question)
    return say(language, f"peers.button.{read}"), data.pack()


def seal(text: str, reader_id: int) -> str:
    """Tells a text and who is to read it from any other, in the few bytes of a button."""
    return hashlib.sha256(f"{reader_id}\n{text}".encode()).hexdigest()[:12]


def write_to(
    db: Db,
    person: Person,
    here: Cohort,
    *,
    key: str,
    said: Said,
    now: datetime,
    rows: Rows = (),
    protected: bool = False,
) -> None:
    """One message in private that somebody didn't ask for: after their quiet hours. A protected
    one can't be forwarded or copied."""
    [piece] = said.pieces()
    params: dict[str, Any] = {"text": piece.text, "entities": piece.entities}
    if rows:
        params["reply_markup"] = keyboard(rows)
    if protected:
        params["protect_content"] = True
    messages.add(
        db,
        key=key,
        chat_id=person.chat_id,
        method="sendMessage",
        params=params,
        now=now,
        due_at=person.quiet.over(now, person.timezone or here.calendar.zone),
    )
