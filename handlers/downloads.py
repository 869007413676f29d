"""Taking a letter along: which copies there are, one of them made, and the file sent."""

from datetime import datetime
from pathlib import PurePath

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach.documents import corrected
from coach.texts import say
from handlers.buttons import Press, ReviewButton
from handlers.edits import Desk, at_desk, send_file
from handlers.work import Work
from storage import Store
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredEdit

router = Router(name="downloads")
router.callback_query.filter(F.message.chat.type == "private")


@router.callback_query(ReviewButton.filter(F.press == Press.DOWNLOAD))
async def download_pressed(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Download, under a review."""
    await at_desk(callback, callback_data, store, person, now, work, download)


def download(desk: Desk) -> str:
    """The letter with the accepted fixes and nothing else changed."""
    filename, data, fixes = corrected_copy(desk.version, desk.edits)
    caption = download_caption(desk.person.language, fixes)
    return send_file(desk, f"download:{desk.press}", filename, data, caption)


def corrected_copy(version: Version, edits: list[StoredEdit]) -> tuple[str, bytes, int]:
    """The file's name, its bytes, and how many fixes are in it.

    Text files come back in their own encoding and line ends; of other formats the text.
    """
    accepted = [stored.edit for stored in edits if stored.state == "accepted"]
    stem = PurePath(version.name).stem or "letter"
    ending = ".md" if version.media_type == "text/markdown" else ".txt"
    return (
        f"{stem}-corrected{ending}",
        corrected(version.text, accepted, version.encoding),
        len(accepted),
    )


def download_caption(language: str, fixes: int) -> str:
    """What stands under the file."""
    if not fixes:
        return say(language, "letters.download.caption_unchanged")
    counted = say(language, "letters.download.fixes", count=fixes)
    return say(language, "letters.download.caption", fixes=counted)
