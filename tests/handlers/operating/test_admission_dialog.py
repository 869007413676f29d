"""A private bot: those on the list are served, others hear one kind sentence once, and nothing of
them is kept."""

from datetime import timedelta

import pytest

from coach.texts import say
from handlers.chat.deployment import Deployment
from storage import privacy, retention

CLOSED = say("en", "access.closed")
LETTER = "Dear team,\n\nI have kept lighthouses in Zanzibar for years and I want to join you.\n" * 9


@pytest.fixture
async def stranger(dialog) -> int:
    """Somebody who isn't on the list; whoever comes later is."""
    person = dialog.telegram.add_person("Stefan", "en", "stefan").id
    dialog.context["deployment"] = Deployment(
        operators={1}, allowed={person + 1}, alias=lambda id: f"alias-{id % 97}"
    )
    return person


async def settled(dialog, person):
    await dialog.settle()
    return dialog.said(person)


async def rows_about(dialog, person):
    kept = await dialog.store.read(privacy.export, person)
    return {table: rows for table, rows in kept.items() if rows}


async def test_whoever_is_on_the_list_is_served(dialog, stranger):
    listed = dialog.telegram.add_person("Lena", "en").id
    dialog.telegram.start(listed)
    assert "a coach for the letter" in (await settled(dialog, listed))[0]


async def test_anybody_else_hears_one_kind_sentence_once(dialog, stranger):
    dialog.telegram.start(stranger)
    assert await settled(dialog, stranger) == [CLOSED]
    dialog.telegram.send_text(stranger, LETTER)
    dialog.telegram.send_file(stranger, "letter.txt", LETTER.encode())
    await dialog.later(timedelta(days=1))
    assert dialog.said(stranger) == [CLOSED]


async def test_they_hear_it_in_their_language(dialog, stranger):
    masha = dialog.telegram.add_person("Маша", "ru").id
    dialog.context["deployment"] = Deployment(allowed={1}, alias=str)
    dialog.telegram.start(masha)
    assert await settled(dialog, masha) == [say("ru", "access.closed")]


async def test_what_they_wrote_is_kept_nowhere(dialog, stranger):
    dialog.telegram.start(stranger)
    dialog.telegram.send_text(stranger, LETTER)
    await dialog.settle()
    kept = await rows_about(dialog, stranger)
    assert set(kept) <= {"jobs", "sent_messages"}
    assert "Zanzibar" not in str(kept)


async def test_after_two_days_only_a_hash_knows_that_it_was_said(dialog, stranger):
    dialog.telegram.start(stranger)
    await dialog.settle()
    dialog.clock.move(timedelta(days=3))
    await dialog.store.write(retention.forget_old, dialog.clock.now())
    assert await rows_about(dialog, stranger) == {}
    [row] = await dialog.store.read(lambda db: db.query("SELECT * FROM sent_messages"))
    assert str(stranger) not in str(row)

    dialog.telegram.send_text(stranger, "Hello?")
    assert await settled(dialog, stranger) == [CLOSED]


async def test_an_old_button_answers_too(dialog, anna):
    shown = dialog.telegram.answers(anna)[-1]
    dialog.context["deployment"] = Deployment(allowed={1})
    pressed = dialog.telegram.press(anna, shown, "r:1:all:0", stale=True)
    await dialog.settle()
    assert pressed.answer == say("en", "access.closed_short")


async def test_the_operator_is_always_on_the_list(dialog, anna):
    dialog.context["deployment"] = Deployment(operators={anna}, allowed={1})
    dialog.telegram.send_text(anna, "/help")
    assert "Nothing needs a command" in (await settled(dialog, anna))[-1]


@pytest.fixture
def group(dialog, anna, stranger):
    """A group of Anna's that the bot was put into, before anybody has said anything."""
    return dialog.telegram.add_group("Readers", [anna, stranger], admins=[anna]).id


async def test_a_group_that_is_not_on_the_list_hears_it_once_and_is_left(
    dialog, anna, stranger, group
):
    dialog.context["deployment"] = Deployment(allowed={1}, alias=str)
    dialog.telegram.send_text(anna, "what a day", group)
    dialog.telegram.send_text(anna, "/cohort", group)
    await dialog.settle()
    said = [one.body["text"] for one in dialog.telegram.answers(group) if "text" in one.body]
    assert said == [CLOSED]
    assert [call.status for call in dialog.telegram.calls("leaveChat")] == [200]


async def test_the_people_of_a_group_on_the_list_are_served_in_private_too(
    dialog, anna, stranger, group
):
    dialog.context["deployment"] = Deployment(allowed={group}, alias=str)
    dialog.telegram.start(stranger)
    assert "a coach for the letter" in (await settled(dialog, stranger))[-1]
    outsider = dialog.telegram.add_person("Otto", "en").id
    dialog.telegram.start(outsider)
    assert await settled(dialog, outsider) == [CLOSED]


async def test_telegram_is_asked_about_a_person_once_an_hour(dialog, anna, stranger, group):
    dialog.context["deployment"] = Deployment(allowed={group}, alias=str)
    dialog.telegram.start(stranger)
    for _ in range(3):
        dialog.telegram.send_text(stranger, "/help")
    await dialog.settle()
    assert len(dialog.telegram.calls("getChatMember")) == 1
    dialog.telegram.leave(stranger, group)
    dialog.telegram.send_text(stranger, "/help")
    await dialog.later(timedelta(hours=1))
    dialog.telegram.send_text(stranger, "/help")
    assert (await settled(dialog, stranger))[-1] == CLOSED


async def test_a_group_that_takes_the_bot_in_unasked_is_told_and_left(dialog, anna, stranger):
    dialog.context["deployment"] = Deployment(allowed={1}, alias=str)
    group = dialog.telegram.add_group("Readers", [anna], admins=[anna]).id
    await dialog.settle()
    said = [one.body["text"] for one in dialog.telegram.answers(group) if "text" in one.body]
    assert said == [CLOSED]
    assert len(dialog.telegram.calls("leaveChat")) == 1


async def test_a_group_in_which_a_cohort_lives_stays_when_its_number_changes(
    dialog, anna, stranger, group
):
    dialog.context["deployment"] = Deployment(allowed={anna}, alias=str)
    dialog.telegram.send_text(anna, "/cohort", group)
    await dialog.settle()
    dialog.context["deployment"] = Deployment(allowed={1}, alias=str)
    dialog.telegram.send_text(anna, "/help", group)
    await dialog.settle()
    assert dialog.telegram.calls("leaveChat") == []
    assert CLOSED not in [one.body.get("text") for one in dialog.telegram.answers(group)]
