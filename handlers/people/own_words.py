"""A person's own words: the list behind /settings, and how a word leaves it."""

import zlib
from datetime import datetime

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from coach.texts import say
from handlers.chat import presses
from handlers.chat.presses import Told
from handlers.chat.replies import Button
from handlers.chat.work import Work
from storage import Db, Store, own_words
from storage.people import Person

router = Router(name="own_words")
router.callback_query.filter(F.message.chat.type == "private")

SHOWN = 40
"""Buttons at a time: what is taken away makes room for the others."""

LONGEST = 30
"""Characters of a word on its button."""


class OwnWords(CallbackData, prefix="words"):
    """Shows the list, having taken away the word with this sign; 0 takes none away."""

    sign: int = 0


def list_button(language: str) -> Button:
    """Opens the list."""
    return say(language, "letters.button.own_words"), OwnWords().pack()


@router.callback_query(OwnWords.filter())
async def listed(
    callback: CallbackQuery,
    callback_data: OwnWords,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The words, each on a button that takes it away; the same press twice takes away one."""

    def change(db: Db) -> Told:
        for word in own_words.of_person(db, person.id):
            if callback_data.sign and sign(word) == callback_data.sign:
                own_words.remove(db, person.id, word)
        return _list(db, person)

    await presses.show(callback, store, now, work, change)


def sign(word: str) -> int:
    """Tells a word among a person's own; a button holds too little for the word itself."""
    return zlib.crc32(word.encode()) or 1


def _list(db: Db, person: Person) -> Told:
    words = own_words.of_person(db, person.id)
    if not words:
        return say(person.language, "letters.own_words.none"), ()
    rows = [[(f"✕ {word[:LONGEST]}", OwnWords(sign=sign(word)).pack())] for word in words[:SHOWN]]
    return say(person.language, "letters.own_words.listed", count=len(words)), rows
