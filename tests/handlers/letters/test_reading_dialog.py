"""What people send waits to be read, one after the other: nothing overtakes a file, presses do."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from aiogram.exceptions import TelegramServerError
from aiogram.methods import GetUpdates

from handlers.chat.work import LeaseLost
from handlers.letters import uploads
from handlers.letters.arrivals import READ
from storage import jobs, letters, people, postings, privacy
from tests.handlers.letters.test_letter_dialog import LETTER, OLD_WORD
from tests.handlers.letters.test_posting_dialog import POSTING

OTHER = """Dear school board,

I have taught mathematics for nine years, and for the last two of them I have written the programs
with which our five schools plan their rooms. Four hundred teachers use them every day. I would like
to do that for the whole county, and I know whom to ask before anything is changed.

Kind regards,
Sam Example
"""


@pytest.fixture
def send(dialog, anna):
    """Anna writes or sends a file; the bot has heard it, and has read nothing yet."""

    async def send(text: str = "", *, name: str = "", data: bytes = b"") -> None:
        if name:
            dialog.telegram.send_file(anna, name, data)
        else:
            dialog.telegram.send_text(anna, text)
        await dialog.hear()

    return send


@pytest.fixture
def versions(dialog, anna):
    """The texts that are kept, the oldest letter first."""

    async def versions() -> list[str]:
        def look(db) -> list[str]:
            mine = reversed(letters.of_person(db, anna))
            kept = [one for letter in mine for one in reversed(letters.of_letter(db, letter.id))]
            return [version.text.strip() for version in kept]

        return await dialog.store.read(look)

    return versions


@pytest.fixture
def posting_of_newest(dialog, anna):
    async def look() -> str:
        def find(db) -> str:
            version = letters.latest(db, anna)
            kept = version and postings.of_letter(db, version.letter_id)
            return kept.text.strip() if kept else ""

        return await dialog.store.read(find)

    return look


async def claimed(dialog) -> jobs.Job:
    """The next thing to read, in the hands of a process."""
    (job,) = await dialog.store.write(
        jobs.claim,
        kind=READ,
        owner="a process",
        now=dialog.clock.now(),
        lease=timedelta(minutes=1),
        limit=1,
    )
    return job


async def read(dialog, job) -> None:
    await uploads.read(job, bot=dialog.bot, now=dialog.clock.now(), **dialog.context)


async def test_a_file_is_heard_without_being_looked_at(dialog, anna, send, versions) -> None:
    await send(name="letter.txt", data=LETTER.encode())
    assert await versions() == []
    assert not dialog.telegram.calls("getFile")

    await dialog.settle()
    assert await versions() == [LETTER.strip()]
    assert "Got it: letter.txt" in dialog.said(anna)[1]
    assert dialog.telegram.calls("sendChatAction")


async def test_two_files_are_read_in_the_order_in_which_they_came(dialog, send, versions) -> None:
    await send(name="old.txt", data=LETTER.encode())
    await send(name="new.txt", data=LETTER.replace("pumps", "valves").encode())
    await dialog.settle()

    first, second = await versions()
    assert "pumps" in first
    assert "valves" in second


async def test_a_text_does_not_overtake_the_file_before_it(dialog, send, versions) -> None:
    await send(name="old.txt", data=LETTER.encode())
    await send(LETTER.replace("pumps", "valves"))
    await dialog.settle()

    first, second = await versions()
    assert "pumps" in first
    assert "valves" in second


async def test_a_long_paste_does_not_overtake_the_file_before_it(dialog, send, versions) -> None:
    await send(name="old.txt", data=LETTER.encode())
    await send((OTHER + "\n") * 6)
    job = await claimed(dialog)
    await dialog.later(timedelta(seconds=1))
    assert await versions() == []

    await read(dialog, job)
    await dialog.settle()
    first, second = await versions()
    assert first == LETTER.strip()
    assert second.startswith("Dear school board")


async def test_a_posting_is_held_against_the_file_sent_before_it(
    dialog, anna, send, posting_of_newest
) -> None:
    await send(OTHER)
    await dialog.settle()
    await send(name="letter.txt", data=LETTER.encode())
    await send(f"/posting {POSTING}")
    await dialog.settle()

    assert "forklift" in await posting_of_newest()
    assert any("cleaned sensor data" in said for said in dialog.said(anna))


async def test_a_posting_as_a_file_is_held_against_the_file_sent_before_it(
    dialog, send, versions, posting_of_newest
) -> None:
    await send(name="letter.txt", data=LETTER.encode())
    await send("/posting")
    await send(name="job.md", data=POSTING.encode())
    await dialog.settle()

    assert "forklift" in await posting_of_newest()
    assert await versions() == [LETTER.strip()]


async def test_a_letter_behind_its_posting_is_a_letter(dialog, anna, send, versions) -> None:
    await send("/posting")
    await send(name="job.md", data=POSTING.encode())
    await send(LETTER)
    await dialog.settle()

    assert await versions() == [LETTER.strip()]
    assert any("forklift licence: missing" in said for said in dialog.said(anna))


async def test_a_posting_that_cannot_be_read_is_asked_for_again(
    dialog, anna, send, versions, posting_of_newest
) -> None:
    await send(LETTER)
    await dialog.settle()
    await send("/posting")
    await send(name="job.doc", data=OLD_WORD)
    await dialog.settle()
    assert "Word" in dialog.said(anna)[-1]

    await send(name="job.txt", data=b"We are a small team and like it here.")
    await dialog.settle()
    assert "no requirements" in dialog.said(anna)[-1]

    await send(POSTING)
    await dialog.settle()
    assert "forklift" in await posting_of_newest()
    assert await versions() == [LETTER.strip()]


async def test_after_cancel_a_posting_that_cannot_be_read_is_not_asked_for_again(
    dialog, anna, send, versions
) -> None:
    await send("/posting")
    await send(name="job.doc", data=OLD_WORD)
    await send("/cancel")
    await dialog.settle()
    await send(LETTER)
    await dialog.settle()

    assert await versions() == [LETTER.strip()]


async def test_a_press_does_not_wait_for_a_file(dialog, anna, send) -> None:
    await send(LETTER)
    await dialog.settle()
    await send(name="next.txt", data=OTHER.encode())
    press = dialog.telegram.press_label(anna, "Apply all")
    await dialog.hear()

    assert "Done" in press.answer
    assert await dialog.store.read(jobs.unfinished, READ, str(anna))


async def test_the_same_update_twice_is_one_letter(dialog, anna, versions) -> None:
    dialog.telegram.send_file(anna, "letter.txt", LETTER.encode())
    (update,) = await dialog.bot(GetUpdates(offset=dialog._offset, timeout=0))
    await dialog.settle()
    before = dialog.said(anna)
    await dialog.dispatcher.feed_update(
        dialog.bot, update, now=dialog.clock.now(), **dialog.context
    )
    await dialog.settle()

    assert dialog.said(anna) == before
    assert await versions() == [LETTER.strip()]


async def test_what_was_read_by_a_process_that_lost_it_is_kept_once(dialog, anna, send) -> None:
    await send(name="letter.txt", data=LETTER.encode())
    lost = await claimed(dialog)
    dialog.clock.move(timedelta(minutes=2))
    await dialog.settle()
    before = dialog.said(anna)

    with suppress(LeaseLost):
        await read(dialog, lost)
    await dialog.settle()
    assert dialog.said(anna) == before
    assert await dialog.store.read(letters.count, anna) == 1


@pytest.mark.parametrize("in_hand", [False, True])
@pytest.mark.parametrize("data", [LETTER.encode(), OLD_WORD], ids=["letter", "refused"])
async def test_nothing_comes_back_of_somebody_who_was_forgotten(
    dialog, anna, send, in_hand, data
) -> None:
    await send(name="letter.txt", data=data)
    job = await claimed(dialog)
    person = await dialog.store.read(people.get, anna)
    if in_hand:  # it was downloaded before they were forgotten, and is kept after that
        dialog.bot.download = partial(forgotten_meanwhile, dialog, person, dialog.bot.download)
    else:
        await dialog.store.write(privacy.forget, anna)
    with suppress(Exception):  # a worker lets go of what is gone (tests/bot/test_work.py)
        await read(dialog, job)
    before = len(dialog.said(anna))
    await dialog.settle()

    assert len(dialog.said(anna)) == before
    assert not any((await dialog.store.read(privacy.export, anna)).values())


async def forgotten_meanwhile(dialog, person, download, file_id):
    content = await download(file_id)
    await dialog.store.write(privacy.forget, person.id)
    return content


async def test_a_file_that_telegram_does_not_give_can_be_read_later(
    dialog, anna, send, versions
) -> None:
    dialog.telegram.fault("server_error", "getFile")
    await send(name="letter.txt", data=LETTER.encode())
    job = await claimed(dialog)
    with pytest.raises(TelegramServerError):
        await read(dialog, job)

    def give_up(db) -> None:
        jobs.bury(db, job, error="TelegramServerError", now=dialog.clock.now())
        uploads.gave_up(db, job, dialog.clock.now())

    await dialog.store.write(give_up)
    await dialog.settle()
    assert "You needn't send it again" in dialog.said(anna)[-1]
    offer = dialog.telegram.answers(anna)[-1]

    press = dialog.telegram.press_label(anna, "Try again")
    await dialog.settle()
    assert press.answer == "Reading it now…"
    assert await versions() == [LETTER.strip()]

    before = dialog.said(anna)
    data = offer.keyboard["inline_keyboard"][0][0]["callback_data"]
    again = dialog.telegram.press(anna, offer, data, stale=True)
    await dialog.settle()
    assert again.answer == "That is done already."
    assert dialog.said(anna) == before


async def test_what_a_stranger_sent_is_not_read_again_by_a_forged_press(dialog, anna, send) -> None:
    await send(name="letter.txt", data=LETTER.encode())
    job = await claimed(dialog)
    await dialog.store.write(jobs.bury, job, error="x", now=dialog.clock.now())
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    mine = dialog.telegram.answers(boris)[0]
    dialog.telegram.press(boris, mine, uploads.ReadAgain(job=job.id).pack(), stale=True)
    await dialog.settle()

    assert (await dialog.store.read(jobs.counts))[READ] == {"dead": 1}
