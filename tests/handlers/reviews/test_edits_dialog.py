"""Somebody decides about the slips of a letter one by one, in one message that edits itself."""

from dataclasses import replace

import pytest

from bot.clock import StandingClock
from coach.letters import Edit, EditKind
from storage import letters, reviews

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role. For two years I have cleaned sensor data at a
small farm-equipment company, and last spring I built a modle that predicts which pumps fail. It
cut unplanned stops by a third in one season, and the mechanics now plan thier week with it.

I explained every prediction with Shapp. I recieve the alerts myself, and I recieve the calls
when they are wrong , so I know which ones to trust. I would like to do this work with
people who read the failures as carefully as the successes.

Kind regards,
Sam Example
"""

OWN = ["That's a word"]

SLIPS = [
    ("modle", "model", EditKind.SPELLING, False),
    ("thier", "their", EditKind.SPELLING, False),
    ("Shapp", "SHAP", EditKind.SPELLING, True),
    ("recieve", "receive", EditKind.SPELLING, False),
    ("recieve", "receive", EditKind.SPELLING, False),
    (" ,", ",", EditKind.PUNCTUATION, False),
]


def proposed(text: str = LETTER, slips=SLIPS) -> tuple[Edit, ...]:
    edits, at = [], 0
    for wrong, right, kind, ask in slips:
        start = text.index(wrong, at)
        at = start + len(wrong)
        edits.append(Edit(start, at, wrong, right, kind, confidence=1.0, ask=ask))
    return tuple(edits)


async def save_review(dialog, person, edits, now=None):
    """A reading of the person's newest letter with just these edits, as a model would give one."""

    def save(db):
        version = letters.latest(db, person)
        before = reviews.latest(db, version.id)
        after = reviews.save(
            db,
            version_id=version.id,
            review=replace(before.review, edits=tuple(edits)),
            now=now or dialog.clock.now(),
        )
        reviews.carry(db, before=before.id, after=after.id)
        return after

    return await dialog.store.write(save)


@pytest.fixture
async def review(dialog, anna):
    """Anna has sent the letter, and its review has the slips above, whatever the rules find."""
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    saved = await save_review(dialog, anna, proposed())
    await press(dialog, anna, "Apply all")  # a button of the older reading shows the newest one
    return saved


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


async def walk(dialog, person, *labels):
    for label in labels:
        await press(dialog, person, label)
    return last(dialog, person)


def last(dialog, person):
    return dialog.telegram.answers(person)[-1]


def labels(message):
    return [[one["text"] for one in row] for row in message.keyboard["inline_keyboard"]]


def data(message, label):
    rows = message.keyboard["inline_keyboard"]
    return next(one["callback_data"] for row in rows for one in row if label in one["text"])


def styled(message, style):
    """What is shown in a style, read as Telegram reads it: in UTF-16 units."""
    text = message.text.encode("utf-16-le")
    return [
        text[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in message.body["entities"]
        if one["type"] == style
    ]


async def states(dialog, review):
    edits = await dialog.store.read(reviews.edits, review.id)
    return "".join(stored.state.value[0] for stored in edits)


async def test_a_slip_is_shown_in_its_sentence_before_and_after(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one")

    assert shown.text.startswith("1 of 5\n")
    assert "Before\nFor two years I have cleaned sensor data at a small" in shown.text
    assert styled(shown, "strikethrough") == ["modle"]
    assert styled(shown, "bold") == ["Before", "After", "model"]
    assert labels(shown) == [["Accept", "Skip"], OWN, ["Finish"]]


async def test_going_through_changes_one_message_and_counts_decisions(dialog, anna, review):
    await walk(dialog, anna, "One by one")
    count = len(dialog.telegram.answers(anna))

    progress = [last(dialog, anna).text.split("\n")[0]]
    for label in ("Accept", "Skip", "Accept", "Accept"):
        progress.append((await walk(dialog, anna, label)).text.split("\n")[0])
    end = await walk(dialog, anna, "Accept")

    assert progress == ["1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"]
    assert len(dialog.telegram.answers(anna)) == count
    assert await states(dialog, review) == "asaaaa"
    assert end.text.startswith(
        "Every slip is decided.\n\n5 fixes applied.\n1 left as it was.\nNext"
    )
    assert labels(end) == [
        ["Download", "Against a posting"],
        ["Whole critique", "Make cards"],
        ["Back"],
    ]


async def test_the_same_slip_at_two_places_is_one_decision(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one", "Accept", "Accept", "Accept")

    assert "The same in 1 more place; one answer for both." in shown.text
    await walk(dialog, anna, "Accept")
    assert await states(dialog, review) == "aaaaao"
    await walk(dialog, anna, "Back")
    assert await states(dialog, review) == "aaaooo"


async def test_a_question_has_both_answers_on_its_buttons(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one", "Accept", "Accept")

    assert "Did you mean “SHAP”?" in styled(shown, "bold")
    assert labels(shown) == [["Accept · SHAP"], ["Skip · Keep Shapp"], OWN, ["Back", "Finish"]]
    await walk(dialog, anna, "Keep Shapp")
    assert await states(dialog, review) == "aasooo"


async def test_a_sentence_shows_what_is_accepted_in_it_already(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one", "Accept", "Skip", "Skip", "Accept")

    assert styled(shown, "strikethrough") == ["wrong , so"]
    assert shown.text.count("I receive the calls when they are wrong") == 2
    assert "recieve" not in shown.text


async def test_back_takes_back_the_last_decision_and_the_one_before(dialog, anna, review):
    await walk(dialog, anna, "One by one", "Accept", "Skip")

    shown = await walk(dialog, anna, "Back")
    assert shown.text.startswith("2 of 5")
    assert styled(shown, "strikethrough") == ["thier"]
    assert await states(dialog, review) == "aooooo"
    assert "1 fix applied." in dialog.said(anna)[1]
    assert "left as" not in dialog.said(anna)[1]

    shown = await walk(dialog, anna, "Back")
    assert shown.text.startswith("1 of 5")
    assert labels(shown) == [["Accept", "Skip"], OWN, ["Finish"]], "there is no further back"
    assert await states(dialog, review) == "oooooo"
    assert "applied" not in dialog.said(anna)[1]


async def test_the_last_decision_can_be_taken_back_at_the_end(dialog, anna, review):
    await walk(dialog, anna, "One by one", *["Accept"] * 5)

    shown = await walk(dialog, anna, "Back")

    assert shown.text.startswith("5 of 5")
    assert await states(dialog, review) == "aaaaao"


async def test_a_double_press_of_back_goes_back_once(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one", "Accept", "Accept")
    back = data(shown, "Back")

    await walk(dialog, anna, "Back")
    again = dialog.telegram.press(anna, shown, back, stale=True)
    await dialog.settle()

    assert again.answer == "That is done already."
    assert await states(dialog, review) == "aooooo"


async def test_a_double_press_of_accept_decides_one_slip(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one")
    accept = data(shown, "Accept")

    for stale in (False, True):
        pressed = dialog.telegram.press(anna, shown, accept, stale=stale)
    await dialog.settle()

    assert pressed.answer == "That is done already."
    assert await states(dialog, review) == "aooooo"
    assert last(dialog, anna).text.startswith("2 of 5")


async def test_the_same_update_twice_decides_once(dialog, anna, review):
    await walk(dialog, anna, "One by one")

    dialog.telegram.fault("duplicate_update")
    await walk(dialog, anna, "Accept")

    assert await states(dialog, review) == "aooooo"
    assert last(dialog, anna).text.startswith("2 of 5")


async def test_one_by_one_twice_is_one_message(dialog, anna, review):
    await walk(dialog, anna, "One by one")
    count = len(dialog.telegram.answers(anna))

    pressed = await press(dialog, anna, "One by one")

    assert pressed.answer == "See below ↓"
    assert len(dialog.telegram.answers(anna)) == count


async def test_one_by_one_again_after_its_message_was_deleted_brings_a_new_one(
    dialog, anna, review
):
    shown = await walk(dialog, anna, "One by one")
    dialog.telegram.delete(anna, shown.id)

    await walk(dialog, anna, "One by one")
    assert last(dialog, anna).text.startswith("1 of 5")

    await walk(dialog, anna, "Accept")
    assert last(dialog, anna).text.startswith("2 of 5")


async def test_finish_says_how_far_it_came_and_goes_on_in_the_same_message(dialog, anna, review):
    end = await walk(dialog, anna, "One by one", "Accept", "Skip", "Finish")
    count = len(dialog.telegram.answers(anna))

    assert "1 fix applied.\n1 left as it was.\n4 still open.\n" in end.text
    assert labels(end)[0] == ["Apply all", "One by one"]
    assert labels(end)[-1] == ["Back"]

    dialog.telegram.press(anna, end, data(end, "One by one"))
    await dialog.settle()
    assert last(dialog, anna).text.startswith("3 of 5")
    assert len(dialog.telegram.answers(anna)) == count


async def test_after_apply_all_only_the_questions_are_gone_through(dialog, anna, review):
    await press(dialog, anna, "Apply all")

    shown = await walk(dialog, anna, "One by one")

    assert shown.text.startswith("1 of 1\n")
    assert "Did you mean “SHAP”?" in shown.text
    assert not any("Back" in row for row in labels(shown)), "applying all is not a step"
    end = await walk(dialog, anna, "Accept · SHAP")
    assert end.text.startswith("Every slip is decided.\n\n6 fixes applied.")


async def test_apply_all_in_between_leaves_the_place_as_it_is(dialog, anna, review):
    await walk(dialog, anna, "One by one", "Skip", "Accept")
    receipt = dialog.telegram.answers(anna)[1]
    dialog.telegram.press(anna, receipt, data(receipt, "Apply all"))
    await dialog.settle()

    again = await press(dialog, anna, "Accept · SHAP")  # the message shows a slip that is open
    assert again.answer == ""
    assert await states(dialog, review) == "saaaaa"

    shown = await walk(dialog, anna, "Back")
    assert shown.text.startswith("3 of 3")
    shown = await walk(dialog, anna, "Back")
    assert shown.text.startswith("2 of 3")
    assert await states(dialog, review) == "sooaaa"


async def test_apply_all_where_the_slips_were_put_off_leaves_the_way_back(dialog, anna, review):
    await walk(dialog, anna, "One by one", "Skip", "Finish")

    end = await walk(dialog, anna, "Apply all")

    assert "4 fixes applied.\n1 left as it was.\n1 still open.\n" in end.text
    assert labels(end)[0] == ["One by one"]
    assert (await walk(dialog, anna, "Back")).text.startswith("1 of 2")


async def test_a_press_on_a_slip_that_apply_all_took_shows_the_next_one(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one")
    receipt = dialog.telegram.answers(anna)[1]
    dialog.telegram.press(anna, receipt, data(receipt, "Apply all"))
    await dialog.settle()

    pressed = dialog.telegram.press(anna, shown, data(shown, "Skip"))
    await dialog.settle()

    assert pressed.answer == "That is done already."
    assert "Did you mean “SHAP”?" in last(dialog, anna).text
    assert await states(dialog, review) == "aaoaaa"


async def test_two_messages_at_once_tell_the_same_story(dialog, anna, review):
    first = await walk(dialog, anna, "One by one", "Accept")
    receipt = dialog.telegram.answers(anna)[1]
    dialog.telegram.press(anna, receipt, data(receipt, "One by one"))
    await dialog.settle()
    second = last(dialog, anna)
    assert second.id != first.id
    await walk(dialog, anna, "Accept")

    old = dialog.telegram.press(anna, first.id, data(first, "Skip"), stale=True)
    await dialog.settle()

    assert old.answer == "That is done already."
    texts = {one.id: one.text for one in dialog.telegram.answers(anna)}
    assert texts[first.id] == texts[second.id]
    assert texts[first.id].startswith("3 of 5")


async def test_a_stale_one_by_one_when_nothing_is_open_says_so(dialog, anna, review):
    receipt = dialog.telegram.answers(anna)[1]
    one_by_one = data(receipt, "One by one")
    await walk(dialog, anna, "One by one", *["Accept"] * 5)
    count = len(dialog.telegram.answers(anna))

    pressed = dialog.telegram.press(anna, receipt, one_by_one, stale=True)
    await dialog.settle()

    assert pressed.answer == "Every slip is decided."
    assert len(dialog.telegram.answers(anna)) == count


async def test_a_newer_reading_goes_on_where_the_person_stood(dialog, anna, review):
    """A model's review comes while somebody goes through the slips: nothing they do is lost."""
    shown = await walk(dialog, anna, "One by one", "Accept")
    edits = proposed()
    newer = await save_review(dialog, anna, edits[:1] + edits[2:] + edits[1:2])

    pressed = dialog.telegram.press(anna, shown, data(last(dialog, anna), "Skip"))
    await dialog.settle()

    assert pressed.answer == ""
    assert await states(dialog, newer) == "aoooos", "“thier” is the last one there"
    assert last(dialog, anna).text.startswith("3 of 5")
    await walk(dialog, anna, "Back", "Back")
    assert await states(dialog, newer) == "oooooo"


async def test_a_slip_that_a_newer_reading_does_not_have_is_not_decided(dialog, anna, review):
    shown = await walk(dialog, anna, "One by one", "Accept")
    edits = proposed()
    newer = await save_review(dialog, anna, edits[:1] + edits[2:])

    dialog.telegram.press(anna, shown, data(last(dialog, anna), "Accept"))
    await dialog.settle()

    assert await states(dialog, newer) == "aoooo"
    assert last(dialog, anna).text.startswith("2 of 4")


@pytest.mark.parametrize("label", ["Accept", "Skip", "Back", "Finish"])
async def test_somebody_elses_button_changes_nothing_and_tells_nothing(dialog, anna, review, label):
    shown = await walk(dialog, anna, "One by one", "Accept")
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    before = dialog.said(boris)

    pressed = dialog.telegram.press(
        boris, dialog.telegram.answers(boris)[0], data(shown, label), stale=True
    )
    await dialog.settle()

    assert "no longer have that letter" in pressed.answer
    assert dialog.said(boris) == before
    assert await states(dialog, review) == "aooooo"


@pytest.mark.parametrize("number", [0, 99, -1, 2**40])
@pytest.mark.parametrize("act", ["yes", "no", "back"])
async def test_a_forged_number_changes_nothing(dialog, anna, review, act, number):
    shown = await walk(dialog, anna, "One by one", "Accept")

    forged = f"r:{review.id}:{act}:{number}"
    pressed = dialog.telegram.press(anna, shown, forged, stale=True)
    await dialog.settle()

    assert pressed.answer == "That is done already."
    assert await states(dialog, review) == "aooooo"


async def test_a_deleted_receipt_comes_back_once_and_not_with_every_decision(dialog, anna, review):
    await walk(dialog, anna, "One by one")
    dialog.telegram.delete(anna, dialog.telegram.answers(anna)[1].id)
    for _ in range(3):
        await walk(dialog, anna, "Accept")

    receipts = [said for said in dialog.said(anna) if said.startswith("Got it")]
    assert len(receipts) == 1
    assert "3 fixes applied." in receipts[0]


async def test_a_hundred_slips_are_one_message_too(dialog, anna):
    words = [f"wrod{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(100)]
    text = LETTER + "\n\n" + ". ".join(f"I wrote {word} here" for word in words)
    dialog.telegram.send_file(anna, "letter.txt", text.encode())
    await dialog.settle()
    slips = [(word, word.replace("wrod", "word"), EditKind.SPELLING, False) for word in words]
    version = await dialog.store.read(letters.latest, anna)
    review = await save_review(dialog, anna, proposed(version.text, slips))
    await press(dialog, anna, "Apply all")

    shown = await walk(dialog, anna, "One by one")
    count = len(dialog.telegram.answers(anna))
    assert shown.text.startswith("1 of 100")
    for _ in range(99):
        dialog.telegram.press_label(anna, "Accept")
        await dialog.settle()
    assert last(dialog, anna).text.startswith("100 of 100")
    end = await walk(dialog, anna, "Skip")

    assert len(dialog.telegram.answers(anna)) == count
    assert "99 fixes applied.\n1 left as it was." in end.text
    assert await states(dialog, review) == "a" * 99 + "s"


async def test_cards_follow_what_was_decided(dialog, anna, review):
    await walk(dialog, anna, "One by one", "Skip", "Accept", "Accept · SHAP", "Finish")

    await walk(dialog, anna, "Make cards")
    made = next(said for said in dialog.said(anna) if "from your letter" in said)

    assert "\nSHAP\nYou wrote “Shapp” in this letter." in made, "an accepted question is a slip"
    assert "modle" not in made, "a slip that was skipped is none"


async def test_a_question_that_is_open_is_no_card(dialog, anna, review):
    await walk(dialog, anna, "Make cards")
    made = next(said for said in dialog.said(anna) if "from your letter" in said)

    assert "You wrote “modle”" in made
    assert "“Shapp”" not in made


async def test_buttons_with_long_answers_carry_numbers_and_no_words(dialog, anna, review):
    long = "people who read the failures as carefully as the successes"
    said_anew = "colleagues who read every failure as carefully as every success of theirs"
    flat = (await dialog.store.read(letters.latest, anna)).text
    at = flat.index("people who read")
    edit = Edit(at, at + len(long), flat[at : at + len(long)], said_anew, EditKind.STYLE, 1.0, True)
    await save_review(dialog, anna, [edit])
    await press(dialog, anna, "Apply all")

    shown = await walk(dialog, anna, "One by one")

    assert "Which one do you mean?" in shown.text
    answers = [row[0] for row in labels(shown)[:2]]
    assert all(len(one) <= 40 and "…" in one for one in answers)
    for row in shown.keyboard["inline_keyboard"]:
        for one in row:
            assert len(one["callback_data"].encode()) <= 64
            assert "people" not in one["callback_data"]


async def test_emoji_and_hebrew_keep_the_mark_on_the_slip(dialog, anna):
    line = "👩\u200d💻👍🏽 שלום עולם I recieve 🚀 alerts."
    dialog.telegram.send_text(anna, LETTER + "\n\n" + line)
    await dialog.settle()
    text = (await dialog.store.read(letters.latest, anna)).text
    at = text.index("recieve 🚀")
    await save_review(
        dialog, anna, [Edit(at, at + 7, "recieve", "receive", EditKind.SPELLING, 1.0)]
    )
    await press(dialog, anna, "Apply all")

    shown = await walk(dialog, anna, "One by one")

    assert styled(shown, "strikethrough") == ["recieve"]
    assert "receive" in styled(shown, "bold")
    assert line in shown.text


async def test_a_russian_decides_in_russian(dialog):
    boris = dialog.telegram.add_person("Борис", "ru", "boris").id
    dialog.telegram.start(boris)
    dialog.telegram.send_text(boris, LETTER)
    await dialog.settle()
    await save_review(dialog, boris, proposed())
    await press(dialog, boris, "Принять все")

    shown = await walk(dialog, boris, "По одной", "Принять", "Пропустить")
    assert shown.text.startswith("3 из 5\nВы имели в виду «SHAP»?\n\nБыло\n")
    assert labels(shown) == [
        ["Принять · SHAP"],
        ["Оставить Shapp"],
        ["Такое слово есть"],
        ["Назад", "Закончить"],
    ]
    end = await walk(dialog, boris, "Закончить")
    assert "4 места ещё не решены." in end.text


async def test_a_restart_in_between_keeps_the_place_and_the_way_back(
    dialog, anna, review, tmp_path
):
    """Nothing is remembered but rows: another process goes on with the same store."""
    await walk(dialog, anna, "One by one", "Accept", "Skip")
    other = type(dialog)(
        dialog.telegram, dialog.store, StandingClock(dialog.clock.now()), dialog.dispatcher
    )
    other._offset = dialog._offset

    shown = await walk(other, anna, "Back", "Back", "Skip")

    assert shown.text.startswith("2 of 5")
    assert await states(other, review) == "sooooo"
