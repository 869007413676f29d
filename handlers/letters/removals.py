"""Deleting a letter: asked once more, then gone with all that was said and given of it."""

import asyncio
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach.likeness import holds
from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, show
from handlers.chat.wiping import wipe
from handlers.chat.work import Work
from handlers.cohorts.handovers import take_back
from handlers.letters.recognition import title_of
from handlers.letters.shelf_buttons import ShelfButton, ShelfStep, all_letters, shelf_button
from handlers.letters.versions import gone
from storage import Db, Store, deletions, excerpts, letters
from storage.excerpts import Excerpt
from storage.people import Person

router = Router(name="removals")
router.callback_query.filter(F.message.chat.type == "private")

COPIED = 0.5
"""Share of the word pairs of what was given to a pair that stand in the letter it was taken from;
names were blacked out of it."""


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.DELETE))
async def delete_asked(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """What goes, what stays, and one more press."""

    def ask(db: Db) -> Told | None:
        letter = letters.get(db, callback_data.id, person.id)
        if letter is None:
            return None
        language = person.language
        title = title_of(db, letter, language)
        said = Said().line(say(language, "versions.delete.ask", title=title), Style.BOLD)
        said.line().line(say(language, "versions.delete.cards"))
        yes = shelf_button(language, "delete_yes", ShelfStep.DELETE_YES, letter.id)
        return said, [[yes, shelf_button(language, "delete_no", ShelfStep.LETTER, letter.id)]]

    await show(callback, store, now, work, ask, refused=gone(person))


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.DELETE_YES))
async def deleted(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The letter goes with all that was said of it, and what was given of it to be read; then the
    log of the database is emptied, so that its bytes are off the disk."""
    copies = await _copies(store, callback_data.id, person)

    def delete(db: Db) -> Told | None:
        language = person.language
        letter = letters.get(db, callback_data.id, person.id)
        if letter is None:
            return None
        deletions.delete_letter(db, letter.id, person.id)
        for copy in copies:
            take_back(db, copy, "taken_back", now)
        said = [say(language, "versions.delete.done")]
        if copies:
            said.append(say(language, "versions.delete.taken_back"))
        return Said("\n".join(said)), [[all_letters(language)]]

    await show(callback, store, now, work, delete, refused=gone(person))
    await wipe(store, now, work)


async def _copies(store: Store, letter_id: int, person: Person) -> list[Excerpt]:
    """What was given, or is about to be, that was taken from a letter."""

    def fetch(db: Db) -> tuple[list[str], list[Excerpt]]:
        if letters.get(db, letter_id, person.id) is None:
            return [], []
        texts = [version.text for version in letters.of_letter(db, letter_id)]
        given = [one for one in excerpts.of_person(db, person.id) if one.person_id == person.id]
        return texts, given

    texts, given = await store.read(fetch)

    def taken_from_it() -> list[Excerpt]:
        return [one for one in given if any(holds(text, one.text) >= COPIED for text in texts)]

    return await asyncio.to_thread(taken_from_it)
