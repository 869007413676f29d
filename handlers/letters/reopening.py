"""A version of a letter again: what was said of it, with buttons that work, and its file."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told
from handlers.chat.work import Work
from handlers.letters.letters import TryAgain
from handlers.letters.recognition import day_of, title_of
from handlers.letters.shelf_buttons import ShelfButton, ShelfStep
from handlers.letters.versions import gone, own
from handlers.reviews.answers import critique_answer, first_answer
from handlers.reviews.buttons import critique_buttons, fix_buttons
from storage import Db, Store, letters, reviews
from storage.letters import Version
from storage.people import Person

router = Router(name="reopening")
router.callback_query.filter(F.message.chat.type == "private")


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.OPEN))
async def version_opened(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """What was said of a version, again, with buttons that work."""
    assert callback.message is not None
    chat_id, key = callback.message.chat.id, f"open:{callback.id}"

    def tell(db: Db) -> bool:
        version = own(db, callback_data.id, person)
        if version is None:
            return False
        day = day_of(version.created_at, person, default_zone, now)
        for number, (said, rows) in enumerate(_said_of(db, version, person, day)):
            replies.send(db, key=f"{key}:{number}", chat_id=chat_id, said=said, now=now, rows=rows)
        return True

    told = await store.write(tell)
    work.nudge("send")
    await callback.answer(None if told else gone(person), show_alert=not told)


def _said_of(db: Db, version: Version, person: Person, day: str) -> list[Told]:
    """The first answer and the critique as they stand by now."""
    language, stored = person.language, reviews.latest(db, version.id)
    if stored is None:
        again = TryAgain(version=version.id).pack()
        button = say(language, "letters.button.try_again"), again
        return [(say(language, "versions.open.not_read"), [[button]])]
    letter = letters.get(db, version.letter_id, person.id)
    title = title_of(db, letter, language) if letter else ""
    facts = {"number": version.number, "title": title, "date": day}
    edits, review = reviews.edits(db, stored.id), stored.review
    said = Said().line(say(language, "versions.open.title", **facts), Style.BOLD).line()
    said.join(first_answer(language, version.text, review, edits, waiting=False, name=version.name))
    critique = critique_answer(language, review.critique, written_in=version.language)
    return [
        (said, fix_buttons(language, stored.id, edits)),
        (critique, critique_buttons(language, stored.id, review.critique)),
    ]


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.ORIGINAL))
async def original(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The file as it came; a paste as text."""
    assert callback.message is not None
    chat_id, language = callback.message.chat.id, person.language

    def send(db: Db) -> bool:
        version = own(db, callback_data.id, person)
        if version is None:
            return False
        day = day_of(version.created_at, person, default_zone, now)
        filename, data = _file_of(db, version)
        caption = say(language, "versions.file.caption", date=day)
        replies.send_file(
            db,
            key=f"original:{callback.id}",
            chat_id=chat_id,
            filename=filename,
            data=data,
            caption=caption,
            now=now,
        )
        return True

    sent = await store.write(send)
    work.nudge("send")
    await callback.answer(None if sent else gone(person), show_alert=not sent)


def _file_of(db: Db, version: Version) -> tuple[str, bytes]:
    source = letters.source(db, version.id)
    if source is None:
        return "letter.txt", version.text.encode()
    return version.name or "letter", source
