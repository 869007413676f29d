"""/letters: what was sent is found again, opened, taken along, renamed and deleted."""

import asyncio
from datetime import timedelta

import pytest

from handlers.chat.work import ModelFacts
from handlers.letters.letters import review_letter
from storage import deletions, jobs, letters, people, privacy
from tests.fakes.asking import FakeAsk
from tests.handlers.letters.test_versions_dialog import LETTER, MENDED, OTHER, labels, press, send

MARKER = "Zanzibarite-4711"


async def opened(dialog, person, row=1):
    await send(dialog, person, "/letters")
    await press(dialog, person, f"{row}. ")
    return dialog.telegram.answers(person)[-1]


async def test_without_letters_one_is_asked_for(dialog, anna):
    assert (await send(dialog, anna, "/letters"))[-1].startswith("No letters yet.")


async def test_letters_are_listed_the_newest_first_with_what_they_are(dialog, anna):
    await send(dialog, anna, OTHER)
    await send(dialog, anna, LETTER)
    await dialog.later(timedelta(days=2))
    await send(dialog, anna, MENDED)

    said = (await send(dialog, anna, "/letters"))[-1]

    first, second = said.index("1. Nordwind"), said.index("2. Ada Programme")
    assert first < second
    assert "2 versions · 22 November" in said
    assert "1 version · 20 November" in said
    assert labels(dialog.telegram.answers(anna)[-1]) == ["1. Nordwind", "2. Ada Programme"]


async def test_dates_are_those_of_where_the_person_is(dialog, anna):
    await dialog.store.write(people.set_timezone, anna, "Pacific/Kiritimati")
    await send(dialog, anna, LETTER)
    assert "21 November" in (await send(dialog, anna, "/letters"))[-1]


async def test_many_letters_come_in_pages(dialog, anna):
    def add(db):
        for number in range(19):
            now = dialog.clock.now() + timedelta(minutes=number)
            letters.add(
                db,
                person_id=anna,
                chat_id=anna,
                source_key=f"k{number}",
                name="",
                media_type="text/plain",
                kind=letters.Kind.COVER_LETTER,
                language="en",
                text=f"text {number}",
                title=f"To {number}",
                now=now,
            )

    await dialog.store.write(add)
    await send(dialog, anna, "/letters")
    assert "1–8 of 19" in dialog.said(anna)[-1]
    assert labels(dialog.telegram.answers(anna)[-1])[-1] == "Older ›"
    await press(dialog, anna, "Older ›")
    await press(dialog, anna, "Older ›")
    assert "17–19 of 19" in dialog.said(anna)[-1]
    assert labels(dialog.telegram.answers(anna)[-1]) == [
        "17. To 2",
        "18. To 1",
        "19. To 0",
        "‹ Newer",
    ]
    await press(dialog, anna, "‹ Newer")
    assert "9–16 of 19" in dialog.said(anna)[-1]


async def test_a_letter_shows_its_versions_with_scores_and_opens_one_with_working_buttons(
    dialog, anna
):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, MENDED)
    card = await opened(dialog, anna)

    assert card.text.startswith("Nordwind\nA cover letter, 2 versions")
    assert card.text.index("Version 2 · 20 November") < card.text.index("Version 1 · 20 November")
    assert "Evidence 3" in card.text
    assert labels(card) == [
        "Open version 2",
        "Download version 2",
        "Open version 1",
        "Download version 1",
        "Version 2: it's a new letter",
        "Rename",
        "Delete",
        "‹ All letters",
    ]

    await press(dialog, anna, "Open version 1")
    answer = dialog.telegram.answers(anna)[-2]
    assert answer.text.startswith("What I said about version 1 of “Nordwind”, 20 November:")
    assert "Apply all" in labels(answer)
    await press(dialog, anna, "Apply all")
    assert any("fixes applied." in said for said in dialog.said(anna)[-2:])


async def test_the_file_comes_back_as_it_was_sent(dialog, anna):
    data = LETTER.replace("\n", "\r\n").encode("utf-16")
    dialog.telegram.send_file(anna, "nordwind_final.txt", data)
    await dialog.settle()
    card = await opened(dialog, anna)
    assert card.text.startswith("nordwind_final.txt")

    await press(dialog, anna, "Download")

    sent = dialog.telegram.answers(anna)[-1]
    assert dialog.telegram.file(sent.file_id) == data
    assert dialog.said(anna)[-1] == "As you sent it on 20 November."


async def test_a_paste_comes_back_as_text(dialog, anna):
    await send(dialog, anna, LETTER)
    await opened(dialog, anna)
    await press(dialog, anna, "Download")
    sent = dialog.telegram.answers(anna)[-1]
    assert dialog.telegram.file(sent.file_id).decode().split() == LETTER.split()


async def test_a_letter_gets_another_name_and_a_long_text_is_still_a_letter(dialog, anna):
    await send(dialog, anna, LETTER)
    await opened(dialog, anna)
    await press(dialog, anna, "Rename")
    await send(dialog, anna, OTHER)
    assert any(said.startswith("Got it") for said in dialog.said(anna)[-2:])

    await send(dialog, anna, "The one  for Nordwind")
    assert dialog.said(anna)[-1] == "It is called “The one for Nordwind” now."
    await press(dialog, anna, "Open")
    assert dialog.said(anna)[-1].startswith("The one for Nordwind\n")


async def test_a_name_for_a_letter_that_is_gone_renames_nothing(dialog, anna):
    await send(dialog, anna, LETTER)
    card = await opened(dialog, anna)
    await press(dialog, anna, "Rename")
    for step in ("del", "yes"):
        dialog.telegram.press(anna, card, f"shelf:{step}:1:0", stale=True)
        await dialog.settle()
    await send(dialog, anna, "Another name")
    assert "no longer have that letter" in dialog.said(anna)[-1]


async def test_deleting_is_asked_once_more_and_can_be_thought_better_of(dialog, anna):
    await send(dialog, anna, LETTER)
    await opened(dialog, anna)
    await press(dialog, anna, "Delete")
    asked = dialog.telegram.answers(anna)[-1]
    assert asked.text.startswith(
        "Delete “Nordwind” and everything said about it? This cannot be undone."
    )
    assert "What stands in this chat I can't unsay" in asked.text
    assert labels(asked) == ["Yes, delete", "Keep it"]

    await press(dialog, anna, "Keep it")

    assert dialog.said(anna)[-1].startswith("Nordwind\n")
    assert await dialog.store.read(letters.count, anna) == 1


@pytest.mark.sqlite
async def test_what_is_deleted_is_gone_from_the_disk_and_every_old_button_says_so(dialog, anna):
    text = LETTER.replace("Nordwind", MARKER)
    await send(dialog, anna, text)
    dialog.telegram.send_file(anna, "b.txt", text.replace("recieve", MARKER).encode())
    await dialog.settle()
    await press(dialog, anna, "Download")
    await press(dialog, anna, "Whole critique")
    card = await opened(dialog, anna)
    messages = [one for one in dialog.telegram.answers(anna) if one.keyboard]
    buttons = [
        (one, button["callback_data"])
        for one in messages
        for row in one.keyboard["inline_keyboard"]
        for button in row
    ]
    assert MARKER.encode() in on_disk(dialog.store)

    await press(dialog, anna, "Delete")
    await press(dialog, anna, "Yes, delete")

    assert dialog.said(anna)[-1].startswith("Deleted: the letter, all its versions")
    await dialog.store.checkpoint()
    assert MARKER.encode() not in on_disk(dialog.store)
    for message, data in [*buttons, (card, "shelf:yes:1:0"), (card, "again:1")]:
        if data.startswith(("shelf:page", "privacy", "first")):
            continue
        pressed = dialog.telegram.press(anna, message, data, stale=True)
        await dialog.settle()
        assert "no longer have that letter" in (pressed.answer or ""), data
    assert not any((await dialog.store.read(privacy.export, anna))["versions"])


async def test_cards_that_were_kept_stay(dialog, anna):
    await send(dialog, anna, LETTER)
    await press(dialog, anna, "Make cards")
    offered = dialog.telegram.answers(anna)[-1]
    keep = next(label for label in labels(offered) if "Keep" in label or "Add" in label)
    await press(dialog, anna, keep)
    before = (await dialog.store.read(privacy.export, anna))["notes"]
    assert before

    await opened(dialog, anna)
    await press(dialog, anna, "Delete")
    await press(dialog, anna, "Yes, delete")

    after = await dialog.store.read(privacy.export, anna)
    assert after["notes"] == before
    assert after["offers"] == []


async def test_a_letter_that_is_deleted_while_it_is_read_is_not_answered(dialog, anna):
    dialog.telegram.send_text(anna, LETTER)
    await dialog.hear()
    [job] = await dialog.store.write(
        jobs.claim,
        kind="review",
        owner="test",
        now=dialog.clock.now(),
        lease=timedelta(minutes=1),
        limit=1,
    )
    version = await dialog.store.read(letters.latest, anna)

    class Hasty:
        """A store in which the letter goes between the reading and the writing."""

        read = staticmethod(dialog.store.read)

        @staticmethod
        async def write(act, *args, **kwargs):
            await dialog.store.write(deletions.delete_letter, version.letter_id, anna)
            return await dialog.store.write(act, *args, **kwargs)

    context = dialog.context | {"store": Hasty}
    await review_letter(job, now=dialog.clock.now(), **context)
    await dialog.settle()

    assert not any("What a hiring reader" in said for said in dialog.said(anna))
    left = await dialog.store.read(privacy.export, anna)
    assert not left["reviews"]
    assert all(row["state"] == "done" for row in left["jobs"])


async def test_a_letter_that_is_deleted_while_a_model_reads_it_is_not_answered(dialog, anna):
    ask = FakeAsk()
    model = ModelFacts(True, "tiny", "localhost")
    dialog.context |= {"ask": Deleting(dialog.store, anna, ask), "model_on": True, "model": model}
    await dialog.store.write(people.agree_to_model, anna, dialog.clock.now())
    ask.enqueue({"confirm": [], "reject": [], "edits": []})
    ask.enqueue({"strengths": [], "issues": [], "scores": [], "rewrites": [], "summary": "S."})

    await send(dialog, anna, LETTER)

    assert not any("What a hiring reader" in said for said in dialog.said(anna))
    left = await dialog.store.read(privacy.export, anna)
    assert not left["reviews"]
    assert all(row["state"] == "done" for row in left["jobs"])


class Deleting:
    """A model during whose reading the letter goes."""

    def __init__(self, store, person, ask):
        self.store, self.person, self.ask = store, person, ask
        self.turn = asyncio.Lock()  # two questions at once are answered in their order

    async def __call__(self, *args, **kwargs):
        async with self.turn:
            version = await self.store.read(letters.latest, self.person)
            if version:
                await self.store.write(deletions.delete_letter, version.letter_id, self.person)
            return await self.ask(*args, **kwargs)


async def test_somebody_else_sees_and_deletes_nothing(dialog, anna):
    await send(dialog, anna, LETTER)
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    message, before = dialog.telegram.answers(boris)[0], dialog.said(boris)

    for step in ("letter", "open", "file", "name", "del", "yes"):
        pressed = dialog.telegram.press(boris, message, f"shelf:{step}:1:0", stale=True)
        await dialog.settle()
        assert "no longer have that letter" in pressed.answer, step
    await send(dialog, boris, "a short word")

    assert dialog.said(boris)[: len(before)] == before
    assert await dialog.store.read(letters.count, anna) == 1
    title = await dialog.store.read(lambda db: letters.of_person(db, anna)[0].title)
    assert title == "Nordwind"


@pytest.mark.parametrize("page", [-5, 99, 10**9])
async def test_a_forged_page_is_the_nearest_there_is(dialog, anna, page):
    await send(dialog, anna, LETTER)
    card = await opened(dialog, anna)
    dialog.telegram.press(anna, card, f"shelf:page:0:{page}", stale=True)
    await dialog.settle()
    assert dialog.said(anna)[-1].startswith("Your letters")
    dialog.telegram.press(anna, card, f"shelf:letter:1:{page}", stale=True)
    await dialog.settle()
    assert dialog.said(anna)[-1].startswith("Nordwind")


async def test_a_russian_finds_her_letters(dialog):
    person = dialog.telegram.add_person("Вера", "ru", "vera").id
    dialog.telegram.start(person)
    await dialog.settle()
    await send(dialog, person, LETTER)
    await send(dialog, person, MENDED)
    await send(dialog, person, "/letters")
    assert "Сопроводительное письмо · 2 версии · 20 ноября" in dialog.said(person)[-1]
    await press(dialog, person, "1. ")
    assert "Версия 2 · 20 ноября" in dialog.said(person)[-1]
    await press(dialog, person, "Удалить")
    assert dialog.said(person)[-1].startswith("Удалить «Nordwind» и всё, что о нём сказано?")
    await press(dialog, person, "Да, удалить")
    assert dialog.said(person)[-1].startswith("Удалено")


def on_disk(store):
    return b"".join(
        file.read_bytes()
        for file in store.path.parent.iterdir()
        if file.name.startswith(store.path.name)
    )
