"""Taking a letter along: which copies there are, one of them made by a job, and the file sent."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatAction
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from coach.documents import Basis, Copy, Made, Original, Wishes, copies_of, make_copy, text_copy
from coach.letters import Edit, Finding
from coach.texts import say
from handlers.chat import replies
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work, finish
from handlers.reviews.buttons import Press, ReviewButton
from handlers.reviews.edits import Desk, at_desk, send_file
from storage import Db, Store, jobs, letters, messages, people, reviews
from storage.jobs import Job
from storage.letters import Version
from storage.people import Person
from storage.reviews import EditState, StoredEdit

router = Router(name="downloads")
router.callback_query.filter(F.message.chat.type == "private")

COPY = "copy"
"""The kind of the jobs that make a file: it takes a child process, so no transaction waits."""


class CopyButton(CallbackData, prefix="copy"):
    """A button for one copy of a reviewed letter."""

    review: int
    which: Copy


@router.callback_query(ReviewButton.filter(F.press == Press.DOWNLOAD))
async def download_pressed(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Download, under a review: a text at once, else the choice."""
    act = partial(download, shown=_rows(callback))
    await at_desk(callback, callback_data, store, person, now, work, act)


@router.callback_query(CopyButton.filter())
async def copy_pressed(
    callback: CallbackQuery,
    callback_data: CopyButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """One of the copies: a job makes it."""
    button = ReviewButton(review=callback_data.review, press=Press.DOWNLOAD)
    act = partial(order, copy=callback_data.which)
    await at_desk(callback, button, store, person, now, work, act)
    work.nudge(COPY)


def _rows(callback: CallbackQuery) -> list[list[Button]]:
    """The keyboard where the button was pressed; of an old message Telegram no longer tells it."""
    message = callback.message
    markup = message.reply_markup if isinstance(message, Message) else None
    rows = markup.inline_keyboard if markup else []
    return [[(one.text, one.callback_data or "") for one in row] for row in rows]


def download(desk: Desk, shown: Sequence[Sequence[Button]]) -> str:
    """A text file comes at once; of other files there is more than one copy, and the choice takes
    the place of the button."""
    copies = copies_of(desk.version.media_type)
    if len(copies) > 1:
        return _offer(desk, copies, shown)
    made = text_copy(_original(desk.version, None), _of(desk.edits, EditState.ACCEPTED))
    caption = said_under(desk.person.language, Copy.TEXT, made, desk.edits)
    return send_file(desk, f"download:{desk.press}", made.filename, made.data, caption)


def _offer(desk: Desk, copies: Sequence[Copy], shown: Sequence[Sequence[Button]]) -> str:
    language = desk.person.language
    choices = [_button(language, copy, desk.review.id) for copy in copies]
    rows = unfolded(shown, desk.button.pack(), choices)
    key = f"copies:{desk.press}"
    if rows is None:
        said = say(language, "downloads.answer.choose")
        rows = [[choice] for choice in choices]
        replies.send(desk.db, key=key, chat_id=desk.chat_id, said=said, now=desk.now, rows=rows)
        return ""
    messages.add(
        desk.db,
        key=key,
        chat_id=desk.chat_id,
        method="editMessageReplyMarkup",
        params={
            "chat_id": desk.chat_id,
            "message_id": desk.message_id,
            "reply_markup": replies.keyboard(rows),
        },
        now=desk.now,
    )
    return say(language, "downloads.answer.choose")


def unfolded(
    shown: Sequence[Sequence[Button]], pressed: str, choices: Sequence[Button]
) -> list[list[Button]] | None:
    """The keyboard with the choices where the pressed button was, a row for each, since their
    labels are long; None when the button isn't there."""
    rows: list[list[Button]] = []
    found = False
    for row in shown:
        rest = [button for button in row if button[1] != pressed]
        if len(rest) < len(row):
            found = True
            rows += [[choice] for choice in choices[:-1]]
            rest = [choices[-1], *rest]
        rows.append(rest)
    return rows if found else None


def _button(language: str, copy: Copy, review: int) -> Button:
    data = CopyButton(review=review, which=copy).pack()
    return say(language, f"downloads.button.{copy}"), data


def order(desk: Desk, copy: Copy) -> str:
    """Queues the copy, once a press and once while it is in the making."""
    lane = f"{desk.review.id}:{copy}"
    if not jobs.unfinished(desk.db, COPY, lane):
        payload = {"review": desk.review.id, "copy": copy, "chat": desk.chat_id}
        jobs.add(
            desk.db,
            kind=COPY,
            key=desk.press,
            lane=lane,
            payload=payload,
            person_id=desk.person.id,
            due_at=desk.now,
        )
    return say(desk.person.language, "downloads.answer.making")


async def make(job: Job, *, store: Store, bot: Bot, now: datetime, work: Work, **_: Any) -> None:
    """Makes a copy of what is decided by now and sends it."""
    found = await store.read(_gathered, job)
    if found is None:  # deleted in the meantime
        await store.write(finish, job, now)
        return
    person, original, edits, findings = found
    await bot.send_chat_action(job.payload["chat"], ChatAction.UPLOAD_DOCUMENT)
    copy = Copy(job.payload["copy"])
    wishes = Wishes(
        _of(edits, EditState.ACCEPTED), _of(edits, EditState.OPEN), findings, person.language
    )
    made = await make_copy(original, copy, wishes, at=now)
    caption = said_under(person.language, copy, made, edits)
    await store.write(_send, job, made, caption, now)
    work.nudge("send")


Gathered = tuple[Person, Original, list[StoredEdit], Sequence[Finding]]


def _gathered(db: Db, job: Job) -> Gathered | None:
    review = reviews.get(db, job.payload["review"])
    version = review and letters.version(db, review.version_id)
    person = review and people.get(db, review.person_id)
    if review is None or version is None or person is None:
        return None
    original = _original(version, letters.source(db, version.id))
    return person, original, reviews.edits(db, review.id), review.review.findings


def _original(version: Version, source: bytes | None) -> Original:
    facts = (version.name, version.media_type, version.text, version.language)
    return Original(*facts, version.encoding, source)


def _of(edits: Sequence[StoredEdit], state: EditState) -> list[Edit]:
    return [stored.edit for stored in edits if stored.state == state]


def _send(db: Db, job: Job, made: Made, caption: str, now: datetime) -> None:
    """The file and the end of the job: both or neither. A letter that was deleted while its
    copy was made isn't sent."""
    if reviews.get(db, job.payload["review"]) is not None:
        replies.send_file(
            db,
            key=f"copy:{job.key}",
            chat_id=job.payload["chat"],
            filename=made.filename,
            data=made.data,
            caption=caption,
            now=now,
        )
    finish(db, job, now)


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """The copy could not be made: says so and offers another try, in the transaction that gives
    the job up."""
    review, chat = job.payload["review"], job.payload["chat"]
    stored = reviews.get(db, review)
    person = stored and people.get(db, stored.person_id)
    if person is None:
        return
    again = dict.fromkeys((Copy(job.payload["copy"]), Copy.TEXT))
    rows: Rows = [[_button(person.language, copy, review)] for copy in again]
    said = say(person.language, "downloads.gave_up.said")
    key = f"copy-gave-up:{job.id}"
    replies.send(db, key=key, chat_id=chat, said=said, now=now, rows=rows)


def said_under(language: str, copy: Copy, made: Made, edits: Sequence[StoredEdit]) -> str:
    """What stands under the file: what it is, what is in it and what is not, and why it is no
    longer the file that came."""
    accepted = len(_of(edits, EditState.ACCEPTED))
    open_now = _of(edits, EditState.OPEN)
    undecided, questions = len(open_now), sum(edit.ask for edit in open_now)
    on_page = made.filename.endswith(".pdf")
    if copy is Copy.TRACKED:
        lines = [_tracked(language, on_page, accepted, undecided)]
        if questions:
            lines.append(say(language, "downloads.questions", count=questions))
    else:
        lines = [_corrected(language, accepted)]
        if accepted and undecided:
            lines.append(say(language, "downloads.waiting", count=undecided))
    if made.left_out:
        why = "off_page" if on_page else "commented" if copy is Copy.TRACKED else "left_out"
        lines.append(say(language, f"downloads.{why}", count=made.left_out))
    if made.basis is not Basis.FILE and copy is not Copy.TEXT:
        lines.append(say(language, f"downloads.basis.{made.basis}"))
    lines += [note.sentence(language) for note in made.notes]
    return "\n".join(lines)


def _tracked(language: str, on_page: bool, accepted: int, undecided: int) -> str:
    what = "highlighted" if on_page else "tracked"
    if not accepted + undecided:
        return say(language, f"downloads.caption.{what}_nothing")
    told = {"accepted": accepted, "open": undecided}
    counts = [say(language, f"downloads.{name}", count=n) for name, n in told.items() if n]
    return say(language, f"downloads.caption.{what}", counts=", ".join(counts))


def _corrected(language: str, fixes: int) -> str:
    if not fixes:
        return say(language, "letters.download.caption_unchanged")
    counted = say(language, "letters.download.fixes", count=fixes)
    return say(language, "letters.download.caption", fixes=counted)
