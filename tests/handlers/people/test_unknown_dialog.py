"""Whatever else people send: one answer that helps, and never a flood."""

from datetime import timedelta

import pytest

from coach.texts import say

STICKER = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9} | {
    "is_animated": False,
    "is_video": False,
}
POLL = {
    "id": "1",
    "question": "Tea?",
    "options": [{"persistent_id": "a", "text": "Yes", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
THINGS = {
    "sticker": (STICKER, "playful"),
    "dice": ({"emoji": "🎲", "value": 4}, "playful"),
    "contact": ({"phone_number": "+1 212 555 0123", "first_name": "X"}, "contact"),
    "poll": (POLL, "poll"),
    "venue": (
        {"location": {"latitude": 1, "longitude": 2}, "title": "T", "address": "A"},
        "anything",
    ),
}


async def send(dialog, person, thing, value):
    dialog.telegram.send_content(person, {thing: value})
    await dialog.settle()


@pytest.fixture
def group(dialog, anna):
    """A group that Anna made."""
    return dialog.telegram.add_group("ML cohort", [], [anna]).id


async def write(dialog, person, text, chat=None):
    dialog.telegram.send_text(person, text, chat)
    await dialog.settle()


@pytest.mark.parametrize("thing", THINGS)
async def test_a_thing_that_is_no_letter_is_answered_in_its_own_words(dialog, anna, thing):
    value, kind = THINGS[thing]
    await send(dialog, anna, thing, value)
    assert dialog.said(anna)[-1] == say("en", f"start.unknown.{kind}")


@pytest.mark.parametrize("kind", ["voice", "audio", "video"])
async def test_a_recording_is_answered_with_how_to_write(dialog, anna, kind):
    dialog.telegram.send_file(anna, "r.ogg", b"OggS" + bytes(99), kind=kind)
    await dialog.settle()
    assert dialog.said(anna)[-1] == say("en", "start.unknown.spoken")


async def test_twenty_stickers_are_answered_once_and_one_a_minute_later_again(dialog, anna):
    before = len(dialog.said(anna))
    for _ in range(20):
        await send(dialog, anna, "sticker", STICKER)
    assert len(dialog.said(anna)) == before + 1
    await dialog.later(timedelta(minutes=1))
    await send(dialog, anna, "sticker", STICKER)
    assert len(dialog.said(anna)) == before + 2


async def test_a_mistyped_command_is_told_the_nearest(dialog, anna):
    await write(dialog, anna, "/leters")
    assert dialog.said(anna)[-1] == say("en", "start.perhaps", command="/leters", near="/letters")


@pytest.mark.parametrize("command", ["/away", "/digest"])
async def test_a_command_for_groups_says_so_in_private(dialog, anna, command):
    await write(dialog, anna, command)
    assert dialog.said(anna)[-1] == say("en", "start.only_in_groups", command=command)


async def test_commands_of_the_private_chat_say_so_in_a_group_once_a_minute(dialog, anna, group):
    for command in ("/cards", "/settings", "/letter"):
        await write(dialog, anna, command, group)
    [said] = [message.text for message in dialog.telegram.answers(group)]
    assert said.startswith("/cards works in private")


@pytest.mark.parametrize("text", ["/frobnicate", "/cards@another_bot", "hello"])
async def test_what_is_not_ours_in_a_group_stays_unanswered(dialog, anna, group, text):
    await write(dialog, anna, text, group)
    assert dialog.telegram.answers(group) == []


async def test_a_changed_message_is_told_once_how_to_send_the_new_text(dialog, anna):
    [sent] = dialog.telegram.send_text(anna, "Dear team")
    await dialog.settle()
    before = len(dialog.said(anna))
    for text in ("Dear Team", "Dear Team,"):
        dialog.telegram.edit(anna, sent.id, text)
        await dialog.settle()
    assert dialog.said(anna)[before:] == [say("en", "start.edited")]
