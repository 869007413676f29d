"""A posting comes in, is kept with its letter, and the letter is held against it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from aiogram.methods import GetUpdates
from PIL import Image

from storage import letters, postings

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role. For two years I have cleaned sensor data at a
small farm-equipment company, and last spring I built a model that predicts which pumps fail. It
cut unplanned stops by a third in one season, and the mechanics now plan their week with it.

I get the alerts myself, so I know which ones are wrong. I would like to do this work with people
who read the failures as carefully as the successes.

Kind regards,
Sam Example
"""
POSTING = """You have:
- experience with sensor data
- experience with Kubernetes and Terraform
- a forklift licence

Nice to have:
- Flink
"""
CHANNEL = {
    "type": "hidden_user",
    "sender_user_name": "Jobs of the week",
    "date": int(datetime(2026, 11, 19, tzinfo=UTC).timestamp()),
}


@pytest.fixture
def say(dialog, anna):
    async def say(text: str) -> str:
        dialog.telegram.send_text(anna, text)
        await dialog.settle()
        return dialog.said(anna)[-1]

    return say


@pytest.fixture
def press(dialog, anna):
    async def press(label: str) -> str:
        dialog.telegram.press_label(anna, label)
        await dialog.settle()
        return dialog.said(anna)[-1]

    return press


@pytest.fixture
def forward(dialog, anna):
    async def forward(text: str) -> str:
        dialog.telegram.send_content(anna, {"text": text, "forward_origin": CHANNEL})
        await dialog.settle()
        return dialog.said(anna)[-1]

    return forward


def labels(message) -> list[str]:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def kept(dialog, anna) -> str:
    def look(db):
        version = letters.latest(db, anna)
        posting = version and postings.of_letter(db, version.letter_id)
        return posting.text if posting else ""

    return await dialog.store.read(look)


async def test_the_table_names_quotes_and_says_what_to_add_must_haves_first(say) -> None:
    await say(LETTER)
    table = await say(f"/posting {POSTING}")

    assert "✓ strong 1 · ◐ partial 0 · – missing 3" in table
    assert table.index("Must have") < table.index("forklift") < table.index("Nice to have")
    assert "cleaned sensor data" in table
    assert "– experience with Kubernetes and Terraform: missing" in table
    assert "A weekend that answers the gap" in table


async def test_a_posting_that_came_first_waits_for_the_letter(dialog, anna, say) -> None:
    assert "I keep it for the next letter" in await say("/posting")
    assert "Got the posting: 4 requirements. It waits" in await say(POSTING)
    table = await say(LETTER)

    assert "forklift licence: missing" in table
    assert await kept(dialog, anna) == POSTING.strip()


async def test_a_later_version_is_held_against_it_without_being_asked(say) -> None:
    await say(LETTER)
    await say(f"/posting {POSTING}")
    again = LETTER.replace("I get the alerts", "I ran 14 services on Kubernetes. I get the alerts")

    assert "experience with Kubernetes and Terraform: strong" in await say(again)


async def test_a_forwarded_posting_needs_no_command(say, forward, press) -> None:
    await say(LETTER)
    table = await forward(f"🔥 Nordwind is hiring!\n\n{POSTING}\nApply by Friday")

    assert "Against the posting" in table
    assert "forklift licence: missing" in table


async def test_what_was_taken_for_a_posting_can_be_a_letter(dialog, anna, forward, press) -> None:
    assert "It waits for the next letter" in await forward(POSTING)
    await press("It's my letter")

    assert any("Got it: " in one for one in dialog.said(anna))
    assert await dialog.store.read(postings.waiting, anna) is None
    before = len(dialog.said(anna))
    shown = dialog.telegram.answers(anna)[1]
    again = dialog.telegram.press(anna, shown, "post:0:mine", stale=True)
    await dialog.settle()
    assert "no posting kept" in again.answer
    assert len(dialog.said(anna)) == before


async def test_what_was_taken_for_a_letter_can_be_a_posting(dialog, anna, say, press) -> None:
    await say(LETTER)
    await say(f"Machine learner at Nordwind, full time, in Bremen or from home.\n\n{POSTING}" * 2)
    assert await dialog.store.read(letters.count, anna) == 2
    await press("It's something else")
    table = await press("It's a posting")

    assert "forklift licence: missing" in table
    assert await dialog.store.read(letters.count, anna) == 1
    assert "forklift" in await kept(dialog, anna)


async def test_a_forwarded_letter_stays_a_letter(dialog, anna, forward) -> None:
    await forward(LETTER)

    assert any("Got it: " in one for one in dialog.said(anna))


async def test_a_file_can_be_the_posting(dialog, anna, say) -> None:
    await say(LETTER)
    await say("/posting")
    dialog.telegram.send_file(anna, "job.md", POSTING.encode())
    await dialog.settle()

    assert "forklift licence: missing" in dialog.said(anna)[-1]
    assert await dialog.store.read(letters.count, anna) == 1


async def test_what_asks_for_nothing_is_not_kept_and_another_may_follow(dialog, anna, say) -> None:
    await say(LETTER)
    await say("/posting")
    assert "no requirements" in await say("We are a small team and like it here.")
    assert await kept(dialog, anna) == ""

    assert "forklift licence: missing" in await say(POSTING)


async def test_the_letters_card_shows_it_and_takes_it_off(dialog, anna, say, press) -> None:
    await say(LETTER)
    await say(f"/posting {POSTING}")
    await say("/letters")
    await press("1. ")
    shown = await press("The posting")
    assert "held against 4 requirements" in shown
    assert "• a forklift licence" in shown
    await press("Delete the posting")

    assert await kept(dialog, anna) == ""
    message = dialog.telegram.answers(anna)[-1]
    for step in ("show", "drop"):
        again = dialog.telegram.press(anna, message, f"post:1:{step}", stale=True)
        await dialog.settle()
        assert "no posting kept" in again.answer


async def test_a_stranger_sees_no_posting(dialog, anna, say) -> None:
    await say(LETTER)
    await say(f"/posting {POSTING}")
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    mine = dialog.telegram.answers(boris)[0]
    for data in ("post:1:show", "post:1:drop", "post:1:mine", "post:1:take"):
        assert dialog.telegram.press(boris, mine, data, stale=True) is not None
        await dialog.settle()

    assert "forklift" in await kept(dialog, anna)
    assert not any("forklift" in one for one in dialog.said(boris))


async def test_the_weekends_work_becomes_this_weeks_habit_once(dialog, anna, say, press) -> None:
    await say(LETTER)
    await say(f"/posting {POSTING}")
    message = dialog.telegram.answers(anna)[-1]
    [start] = [label for label in labels(message) if label.startswith("Start: ")]
    told = await press(start)
    assert start.removeprefix("Start: ") in told

    again = dialog.telegram.press_label(anna, start)
    await dialog.settle()
    assert "this week's habit already" in again.answer


async def test_a_long_posting_shows_ten_rows_and_where_the_rest_is(dialog, anna, say) -> None:
    await say(LETTER)
    items = "\n".join(f"- experience with tool number {name}" for name in "ABCDEFGHIJKLM")
    table = await say(f"/posting Requirements:\n{items}\n")

    assert table.count(": missing") == 10
    assert "3 more in the file" in table
    assert any("Whole critique" in one for one in labels(dialog.telegram.answers(anna)[-1]))


async def test_it_speaks_russian(dialog) -> None:
    ivan = dialog.telegram.add_person("Иван", "ru", "ivan").id
    dialog.telegram.start(ivan)
    await dialog.settle()
    for text in (
        "/posting",
        "Требования:\n- опыт с Kubernetes\n- знание SQL\n- водительские права\n",
    ):
        dialog.telegram.send_text(ivan, text)
        await dialog.settle()
    assert "3 требования" in dialog.said(ivan)[-1]

    dialog.telegram.send_text(ivan, LETTER)
    await dialog.settle()
    assert "опыт с Kubernetes: нет" in dialog.said(ivan)[-1]


async def test_a_posting_that_telegram_cut_is_one_posting(dialog, anna, say) -> None:
    await say(LETTER)
    await say("/posting")
    about = "We build robots for small farms and like it here very much. " * 90
    dialog.telegram.send_text(anna, f"{about}\n\n{POSTING}")
    await dialog.hear()
    await dialog.later(timedelta(seconds=1))

    assert "forklift licence: missing" in dialog.said(anna)[-1]
    assert await dialog.store.read(letters.count, anna) == 1
    assert (await kept(dialog, anna)).startswith("We build robots")
    await say(LETTER.replace("pumps", "valves").replace("sensor data", "old ledgers"))
    assert "We build robots" in await dialog.store.read(_posting_of_first, anna)


def _posting_of_first(db, anna) -> str:
    oldest = letters.of_person(db, anna)[-1]
    posting = postings.of_letter(db, oldest.id)
    return posting.text if posting else ""


async def test_after_a_long_posting_the_next_text_is_a_letter_again(dialog, anna, say) -> None:
    await say("/posting")
    about = "We build robots for small farms and like it here very much. " * 40
    dialog.telegram.send_text(anna, f"{about}\n\n{POSTING}")
    await dialog.settle()
    await dialog.later(timedelta(seconds=1))
    assert "It waits for the next letter" in dialog.said(anna)[-1]

    assert "forklift licence: missing" in await say(LETTER)


async def test_a_posting_under_a_picture_is_read_from_its_words(dialog, anna, say) -> None:
    await say(LETTER)
    await say("/posting")
    logo = BytesIO()
    Image.new("L", (200, 100), 255).save(logo, "PNG")
    dialog.telegram.send_file(anna, "logo.png", logo.getvalue(), caption=POSTING, kind="photo")
    await dialog.settle()

    assert "forklift licence: missing" in dialog.said(anna)[-1]


async def test_a_posting_under_the_file_of_a_letter_is_held_against_it(dialog, anna) -> None:
    dialog.telegram.send_file(anna, "letter.txt", LETTER.encode(), caption=f"We hire!\n\n{POSTING}")
    updates = await dialog.bot(GetUpdates(offset=dialog._offset, timeout=0))
    await dialog.settle()

    assert any("It waits for the next letter" in said for said in dialog.said(anna))
    assert "forklift" in await kept(dialog, anna)
    assert any("forklift licence: missing" in said for said in dialog.said(anna))
    before = dialog.said(anna)
    await dialog.dispatcher.feed_update(
        dialog.bot, updates[0], now=dialog.clock.now(), **dialog.context
    )
    await dialog.settle()
    assert dialog.said(anna) == before
    assert await dialog.store.read(postings.waiting, anna) is None


async def test_a_word_under_the_file_of_a_letter_is_no_posting(dialog, anna) -> None:
    dialog.telegram.send_file(anna, "letter.txt", LETTER.encode(), caption="For Nordwind, please!")
    await dialog.settle()

    assert await kept(dialog, anna) == ""
    assert await dialog.store.read(postings.waiting, anna) is None
    assert await dialog.store.read(letters.count, anna) == 1
