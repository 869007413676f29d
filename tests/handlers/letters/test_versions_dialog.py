"""A letter comes again: what changed is told, the recognition can be put right, and undone."""

from datetime import timedelta

from storage import letters

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role at Nordwind as an analyst. For two years I have
cleaned sensor data at a small farm-equipment company, and last spring I built a model that predicts
which pumps fail. It cut unplanned stops by a third in one season, and the mechanics now plan thier
week with it.

I recieve the alerts myself, so I know which ones are wrong. I would like to do this work with
people who read the the failures as carefully as the successes. My name is [name].

Kind regards,
Sam Example
"""
MENDED = (
    LETTER.replace("recieve", "receive")
    .replace("thier", "their")
    .replace("[name]", "Sam")
    .replace("one season", "one seazon")
)
OTHER = """Dear committee of the Ada Programme,

My grandmother kept bees, and I kept the books: forty hives, nine kinds of honey, one scale that
lied. When I was fourteen I wrote a table that found the lie. Since then I have wanted to teach
machines to notice what people are too polite to say, and your summer programme teaches that.

With best wishes,
Sam Example
"""


async def send(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


def shelf(dialog, person):
    """Each letter's title and how many versions it has."""

    def look(db):
        return [(letter.title, letter.versions) for letter in letters.of_person(db, person)]

    return dialog.store.read(look)


def labels(message):
    rows = (message.keyboard or {"inline_keyboard": []})["inline_keyboard"]
    return [button["text"] for row in rows for button in row]


def found(dialog, person, beginning):
    """The last message that begins so."""
    for message in reversed(dialog.telegram.answers(person)):
        if (message.text or "").startswith(beginning):
            return message
    raise AssertionError(beginning)


async def test_a_corrected_letter_is_its_next_version_and_hears_what_changed(dialog, anna):
    await send(dialog, anna, LETTER)
    await dialog.later(timedelta(days=3))
    await send(dialog, anna, MENDED)

    said = found(dialog, anna, "Version 2 of “Nordwind”, next to version 1 of 20 November").text
    assert "Slips 3 → 2" in said
    assert "Fixed: 2 slips, 1 point" in said
    assert "recieve → receive" in said
    assert "New: 1 slip\nseazon → season" in said
    assert "Still there: 1 slip" in said
    assert "the the → the" in said
    assert "Scores by the house rules; both versions were read anew" in said
    assert "As before: Why this, why now 3" in said
    assert await shelf(dialog, anna) == [("Nordwind", 2)]
    assert len([one for one in dialog.said(anna) if one.startswith("Version 2")]) == 1


async def test_the_receipt_says_which_letter_it_continues(dialog, anna):
    await send(dialog, anna, LETTER)
    dialog.telegram.send_text(anna, MENDED)
    await dialog.hear()
    await dialog.send()

    assert "This is version 2 of “Nordwind”." in dialog.said(anna)[-1]
    await dialog.settle()


async def test_it_can_be_a_new_letter_after_all_and_the_next_version_again(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, MENDED)

    await press(dialog, anna, "It's a new letter")
    assert await shelf(dialog, anna) == [("Nordwind", 1), ("Nordwind", 1)]
    assert found(dialog, anna, "“Nordwind” is a letter of its own now.")

    await press(dialog, anna, "Next version of “Nordwind”")
    assert await shelf(dialog, anna) == [("Nordwind", 2)]
    assert "Slips 3 → 2" in found(dialog, anna, "Version 2 of").text
    assert "It's a new letter" in labels(found(dialog, anna, "Version 2 of"))


async def test_presses_that_come_twice_move_it_once(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, MENDED)
    message = found(dialog, anna, "Version 2 of")
    apart = message.keyboard["inline_keyboard"][0][0]["callback_data"]

    pressed = [dialog.telegram.press(anna, message, apart, stale=True) for _ in range(2)]
    await dialog.settle()
    assert await shelf(dialog, anna) == [("Nordwind", 1), ("Nordwind", 1)]
    assert pressed[1].answer == "That is done already."

    message = found(dialog, anna, "“Nordwind” is a letter of its own now.")
    join = message.keyboard["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        dialog.telegram.press(anna, message, join, stale=True)
        await dialog.settle()
    assert await shelf(dialog, anna) == [("Nordwind", 2)]
    assert len([one for one in dialog.said(anna) if one.startswith("Version 2 of")]) == 1


async def test_a_score_that_rose_is_shown_as_two_numbers(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, MENDED.replace("seazon", "season").replace("the the", "the"))
    assert "Spelling and leftovers 1 → 4" in found(dialog, anna, "Version 2 of").text


async def test_a_letter_of_its_own_is_left_alone_and_may_be_joined_from_a_picker(dialog, anna):
    await send(dialog, anna, LETTER)
    first = dialog.telegram.answers(anna)[1]
    assert "Next version of …" not in labels(first)
    await send(dialog, anna, OTHER)
    assert await shelf(dialog, anna) == [("Ada Programme", 1), ("Nordwind", 1)]
    assert not [one for one in dialog.said(anna) if "next version of that letter" in one]

    await press(dialog, anna, "Next version of …")
    assert dialog.said(anna)[-1] == "Which letter is it the next version of?"
    await press(dialog, anna, "Leave it as it is")
    assert dialog.said(anna)[-1] == "It stays as it is."
    await press(dialog, anna, "Next version of …")
    await press(dialog, anna, "Next version of “Nordwind”")

    assert await shelf(dialog, anna) == [("Nordwind", 2)]
    assert dialog.said(anna)[-1].startswith("Version 2 of “Nordwind”")


async def test_the_same_letter_to_another_employer_is_asked_about(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, LETTER.replace("Nordwind", "Halden"))

    assert await shelf(dialog, anna) == [("Halden", 1), ("Nordwind", 1)]
    question = found(dialog, anna, "Much of this stands in “Nordwind” of 20 November too.")
    assert labels(question) == ["Next version of “Nordwind”", "Leave it as it is"]

    await press(dialog, anna, "Next version of “Nordwind”")
    assert await shelf(dialog, anna) == [("Nordwind", 2)]


async def test_an_earlier_text_that_joins_a_later_letter_comes_first(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, OTHER)
    first = dialog.telegram.answers(anna)[1]
    older, newer = await dialog.store.read(lambda db: letters.of_person(db, anna)[::-1])
    data = f"v:{older.latest_version_id}:join:{newer.id}"

    dialog.telegram.press(anna, first, data, stale=True)
    await dialog.settle()

    assert await shelf(dialog, anna) == [("Ada Programme", 2)]
    assert found(dialog, anna, "This came before the others, so it is version 1")
    await press(dialog, anna, "It's a new letter")
    assert sorted(await shelf(dialog, anna)) == [("Ada Programme", 1), ("Nordwind", 1)]


async def test_the_same_text_again_is_not_read_anew(dialog, anna):
    await send(dialog, anna, LETTER)
    await dialog.later(timedelta(days=1))
    before = len(dialog.telegram.answers(anna))
    await send(dialog, anna, LETTER)

    assert len(dialog.telegram.answers(anna)) == before + 1
    said = dialog.telegram.answers(anna)[-1]
    assert said.text == (
        "That's the same text as on 20 November, “Nordwind”, so what I said then still holds."
    )
    assert labels(said) == ["Open", "Read again"]
    assert await shelf(dialog, anna) == [("Nordwind", 1)]

    await press(dialog, anna, "Open")
    assert "What I said about version 1 of “Nordwind”" in dialog.said(anna)[-2]
    assert "What a hiring reader will think" in dialog.said(anna)[-1]


async def test_the_same_words_with_other_lines_are_the_same_text(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, LETTER.replace(" have\ncleaned", " have cleaned"))
    assert dialog.said(anna)[-1].startswith("That's the same text")


async def test_read_again_answers_where_the_button_was(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, LETTER)
    count = len(dialog.telegram.answers(anna))

    await press(dialog, anna, "Read again")

    assert dialog.said(anna)[count - 1].startswith("Got it: ")
    assert "What a hiring reader will think" in dialog.said(anna)[-1]
    dialog.telegram.press(
        anna,
        dialog.telegram.answers(anna)[count - 1],
        dialog.telegram.answers(anna)[count - 1].keyboard["inline_keyboard"][0][0]["callback_data"],
    )
    await dialog.settle()
    assert "fixes applied." in dialog.said(anna)[count - 1]


async def test_the_same_text_in_another_file_takes_its_place(dialog, anna):
    await send(dialog, anna, LETTER)
    dialog.telegram.send_file(anna, "nordwind.md", LETTER.strip().encode())
    await dialog.settle()

    if "I keep your new file" not in dialog.said(anna)[-1]:
        versions = await dialog.store.read(lambda db: letters.newest_of_each(db, anna))
        assert versions[0].number == 2
        return
    kept = await dialog.store.read(lambda db: letters.latest(db, anna))
    assert kept.name == "nordwind.md"


async def test_the_same_upload_twice_is_one_version(dialog, anna):
    await send(dialog, anna, LETTER)
    dialog.telegram.fault("duplicate_update")
    await send(dialog, anna, MENDED)

    assert await shelf(dialog, anna) == [("Nordwind", 2)]
    assert not [said for said in dialog.said(anna) if said.startswith("That's the same text")]


async def test_a_slip_that_was_left_on_purpose_is_not_held_against_the_next_version(dialog, anna):
    await send(dialog, anna, LETTER)
    await press(dialog, anna, "One by one")
    await press(dialog, anna, "Skip")
    await press(dialog, anna, "Finish")
    await send(dialog, anna, LETTER.replace("recieve", "receive"))

    said = found(dialog, anna, "Version 2 of").text
    assert "1 place stays as you wanted it." in said
    assert "Still there: 1 slip" in said


async def test_the_same_point_in_several_places_is_shown_once_and_the_gravest_first(dialog, anna):
    one = LETTER.replace("a third", "[share]").replace("[name]", "[share], highly motivated")
    await send(dialog, anna, one)
    await send(dialog, anna, one.replace("recieve", "receive"))

    said = found(dialog, anna, "Version 2 of").text
    assert said.count("[share]") == 1
    assert said.index("[share] ×2") < said.index("highly motivated")


async def test_what_got_worse_is_said_plainly(dialog, anna):
    await send(dialog, anna, MENDED)
    await send(dialog, anna, LETTER)
    said = found(dialog, anna, "Version 2 of").text
    assert "Slips 2 → 3" in said
    assert "New: 2 slips, 1 point" in said


async def test_somebody_else_can_neither_move_nor_read_it(dialog, anna):
    await send(dialog, anna, LETTER)
    await send(dialog, anna, MENDED)
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    await send(dialog, boris, OTHER)
    version = await dialog.store.read(lambda db: letters.latest(db, anna))
    theirs = await dialog.store.read(lambda db: letters.latest(db, boris))
    message = dialog.telegram.answers(boris)[0]
    before = dialog.said(boris)

    for data in (
        f"v:{version.id}:apart:0",
        f"v:{version.id}:join:{theirs.letter_id}",
        f"v:{theirs.id}:join:{version.letter_id}",
        f"v:{version.id}:pick:0",
        f"v:{version.id}:leave:0",
        f"v:{version.id}:read:0",
        "v:999999:apart:0",
    ):
        pressed = dialog.telegram.press(boris, message, data, stale=True)
        await dialog.settle()
        assert "no longer have that letter" in pressed.answer, data

    assert await shelf(dialog, anna) == [("Nordwind", 2)]
    assert await shelf(dialog, boris) == [("Ada Programme", 1)]
    assert dialog.said(boris) == before


async def test_a_russian_hears_it_in_russian(dialog):
    person = dialog.telegram.add_person("Вера", "ru", "vera").id
    dialog.telegram.start(person)
    await dialog.settle()
    await send(dialog, person, LETTER)
    await send(dialog, person, MENDED)
    said = found(dialog, person, "Версия 2 письма «Nordwind» рядом с версией 1 (20 ноября)").text
    assert "Опечатки 3 → 2" in said
    assert "Исправлено: 2 опечатки, 1 замечание" in said
    await press(dialog, person, "Это новое письмо")
    await press(dialog, person, "Следующая версия «Nordwind»")
    assert await shelf(dialog, person) == [("Nordwind", 2)]
