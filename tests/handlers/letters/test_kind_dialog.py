"""What sort of document it is, is guessed, shown, and put right by its writer."""

from coach.letters import Kind
from storage import letters, reviews
from tests.handlers.letters.test_letter_dialog import LETTER


async def say(dialog, person, text) -> None:
    dialog.telegram.send_text(person, text)
    await dialog.settle()


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


async def kinds(dialog, person) -> tuple[Kind, Kind]:
    """Of the newest version, and of what was said of it last."""
    version = await dialog.store.read(letters.latest, person)
    review = await dialog.store.read(reviews.latest, version.id)
    return version.kind, review.review.kind


async def test_the_guess_is_shown_and_the_others_are_offered(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    assert "cover letter" in dialog.said(anna)[1]
    await press(dialog, anna, "It's something else")

    assert "I took it for a cover letter" in dialog.said(anna)[-1]
    rows = dialog.telegram.answers(anna)[-1].keyboard["inline_keyboard"]
    assert [row[0]["text"] for row in rows] == [
        "It's a motivation letter",
        "It's answers to requirements",
        "It's short answers to a form",
        "It's a CV",
        "It's a posting",
    ]


async def test_the_review_is_done_anew_by_the_criteria_of_that_kind(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    await press(dialog, anna, "It's something else")
    await press(dialog, anna, "It's a CV")

    assert await kinds(dialog, anna) == (Kind.CV, Kind.CV)
    assert "a CV" in dialog.said(anna)[1]


async def test_the_next_version_is_read_as_that_too(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    await press(dialog, anna, "It's something else")
    await press(dialog, anna, "It's a motivation letter")
    await say(dialog, anna, LETTER.replace("one season", "one summer season"))

    assert await kinds(dialog, anna) == (Kind.MOTIVATION_LETTER, Kind.MOTIVATION_LETTER)


async def test_what_was_accepted_stays_accepted(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    await press(dialog, anna, "Apply all")
    await press(dialog, anna, "It's something else")
    await press(dialog, anna, "It's a motivation letter")

    assert "3 fixes applied" in dialog.said(anna)[1]


async def test_pressed_twice_it_is_read_once(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    await press(dialog, anna, "It's something else")
    chooser = dialog.telegram.answers(anna)[-1]
    data = chooser.keyboard["inline_keyboard"][0][0]["callback_data"]
    await press(dialog, anna, "It's a motivation letter")
    before = len(dialog.said(anna))
    again = dialog.telegram.press(anna, chooser, data, stale=True)
    await dialog.settle()

    assert "already" in again.answer
    assert len(dialog.said(anna)) == before


async def test_a_stranger_changes_nothing(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    pressed = dialog.telegram.press(
        boris, dialog.telegram.answers(boris)[0], "kind:1:cv", stale=True
    )
    await dialog.settle()

    assert pressed.answer
    assert (await kinds(dialog, anna))[0] is Kind.COVER_LETTER
