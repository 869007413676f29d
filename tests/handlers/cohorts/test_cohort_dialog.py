"""A cohort is set up by an administrator on one card, and joined through the private chat."""

from datetime import date, time, timedelta

import pytest

from bot.tryout.chats import Status
from coach.cohorts import LARGEST, Membership, Role, Sharing, State
from coach.reminders import Kind
from handlers.chat import replies
from storage import cohorts, members, people, reminders
from storage.members import Profile


@pytest.fixture
async def group(dialog, anna):
    """A group with Anna as its owner and Boris as a member; both have started the bot."""
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    chat = dialog.telegram.add_group("ML in autumn", [boris], [anna])
    await dialog.settle()
    return chat.id


@pytest.fixture
def boris(dialog, group):
    return next(
        one.id for one in dialog.telegram.state.people.values() if one.first_name == "Boris"
    )


def shown(dialog, group):
    return dialog.telegram.answers(group)[-1]


def labels(message):
    return [button["text"] for row in message.keyboard["inline_keyboard"] for button in row]


async def write(dialog, person, text, chat=None):
    dialog.telegram.send_text(person, text, chat)
    await dialog.settle()


async def press(dialog, person, label, chat=None):
    pressed = dialog.telegram.press_label(person, label, chat)
    await dialog.settle()
    return pressed


async def here(dialog, group):
    return await dialog.store.read(cohorts.at, group)


async def start_cohort(dialog, anna, group):
    await write(dialog, anna, "/cohort", group)
    await press(dialog, anna, "Start cohort", group)
    return await here(dialog, group)


async def come_in(dialog, person, group):
    """Join in the group, and what the private chat asks then."""
    pressed = await press(dialog, person, "Join", group)
    dialog.telegram.start(person, pressed.url.split("start=")[1])
    await dialog.settle()


async def test_one_press_is_enough(dialog, anna, group):
    await write(dialog, anna, "/cohort", group)
    card = shown(dialog, group)
    assert "6 weeks from 23 November. On Mondays at 09:00" in card.text

    await press(dialog, anna, "Start cohort", group)

    cohort = await here(dialog, group)
    assert (cohort.state, cohort.calendar.starts_on) == (State.FORMING, date(2026, 11, 23))
    assert "1 in: Anna" in shown(dialog, group).text
    assert labels(shown(dialog, group)) == ["Join"]
    organiser = await dialog.store.read(members.get, cohort.id, anna)
    assert organiser.role is Role.ORGANISER
    for kind in (Kind.COHORT, Kind.DIGEST, Kind.PAIRING, Kind.QUIZ):
        assert await dialog.store.read(reminders.plan_of, group, kind)


async def test_everything_is_changed_by_its_button(dialog, anna, group):
    await write(dialog, anna, "/cohort", group)
    for field, answer in (
        ("From 23 Nov", "30 November"),
        ("6 weeks", "4 weeks"),
        ("Monday", "Thursday"),
        ("09:00", "19:00"),
        ("UTC", "London"),
        ("English", "Русский"),
    ):
        await press(dialog, anna, field, group)
        await press(dialog, anna, answer, group)

    assert "4 недели, начало 30 ноября. По четвергам в 19:00" in shown(dialog, group).text
    cohort = await here(dialog, group)
    assert cohort.calendar.zone == "Europe/London"
    assert (cohort.calendar.weekday, cohort.calendar.at) == (4, time(19))


async def test_the_card_is_pinned_where_the_bot_may(dialog, anna, group):
    dialog.telegram.promote(dialog.telegram.state.bot.id, group, Status.ADMINISTRATOR)
    await start_cohort(dialog, anna, group)

    [pinned] = dialog.telegram.state.chats[group].pinned
    assert "1 in: Anna" in dialog.telegram.state.chats[group].messages[pinned].text


async def test_who_is_no_administrator_can_neither_begin_nor_change(dialog, anna, group, boris):
    await write(dialog, boris, "/cohort", group)
    assert "An administrator of this group can start one" in shown(dialog, group).text
    assert await here(dialog, group) is None

    await write(dialog, anna, "/cohort", group)
    pressed = await press(dialog, boris, "Start cohort", group)
    assert pressed.alert
    assert "Only administrators" in pressed.answer
    assert (await here(dialog, group)).state is State.DRAFT


async def test_an_anonymous_administrator_can_begin(dialog, anna, group):
    dialog.telegram.promote(anna, group, Status.CREATOR, anonymous=True)
    cohort = await start_cohort(dialog, anna, group)

    assert cohort.state is State.FORMING
    assert (await dialog.store.read(members.get, cohort.id, anna)).profile.name == "Anna"


async def test_a_draft_that_waited_too_long_begins_on_the_next_monday(dialog, anna, group):
    await write(dialog, anna, "/cohort", group)
    dialog.clock.move(timedelta(days=10))
    await press(dialog, anna, "Start cohort", group)

    assert (await here(dialog, group)).calendar.starts_on == date(2026, 12, 7)


async def test_not_now_leaves_nothing(dialog, anna, group):
    await write(dialog, anna, "/cohort", group)
    await press(dialog, anna, "Not now", group)

    assert await here(dialog, group) is None


async def test_joining_leads_into_the_private_chat_and_says_what_others_will_see(
    dialog, anna, group, boris
):
    cohort = await start_cohort(dialog, anna, group)
    await come_in(dialog, boris, group)
    said = dialog.said(boris)[-1]
    assert "The group sees your name (Boris)" in said
    assert "Your links stay between you and me." in said
    assert "Never shown: your letters, scores, answers, or that you were away." in said

    await press(dialog, boris, "Share my links")
    await press(dialog, boris, "Read letters in pairs")
    await press(dialog, boris, "Join as Boris")
    await write(dialog, boris, "A demo that somebody else can run")
    await press(dialog, boris, "After work")

    member = await dialog.store.read(members.get, cohort.id, boris)
    assert (member.state, member.from_week) == (Membership.ACTIVE, 1)
    assert member.profile == Profile(
        "Boris", "A demo that somebody else can run", "work", None, Sharing.LINK, True
    )
    assert "All set." in dialog.said(boris)[-1]
    assert "2 in: Anna, Boris" in shown(dialog, group).text
    assert "demo" not in shown(dialog, group).text
    assert await dialog.store.read(reminders.plan_of, boris, Kind.FOLLOW_UP)


async def test_another_name_can_be_had_and_every_line_skipped(dialog, anna, group, boris):
    cohort = await start_cohort(dialog, anna, group)
    await come_in(dialog, boris, group)
    await press(dialog, boris, "Another name")
    await write(dialog, boris, "  Bo   the Brave ")
    await press(dialog, boris, "Join as Bo the Brave")
    await press(dialog, boris, "Skip")
    await press(dialog, boris, "Skip")

    member = await dialog.store.read(members.get, cohort.id, boris)
    assert member.profile == Profile("Bo the Brave")
    assert "Anna, Bo the Brave" in shown(dialog, group).text


async def test_a_letter_is_no_name_even_while_a_name_is_awaited(dialog, anna, group, boris):
    await start_cohort(dialog, anna, group)
    await come_in(dialog, boris, group)
    await press(dialog, boris, "Another name")
    letter = "Dear hiring team, I am applying becuase your team works on pumps. " * 8
    await write(dialog, boris, letter)

    assert any("becuase" in said for said in dialog.said(boris)[-2:])
    assert "Dear hiring" not in shown(dialog, group).text


async def test_a_line_can_be_skipped_after_another_question_was_asked(dialog, anna, group, boris):
    await start_cohort(dialog, anna, group)
    await come_in(dialog, boris, group)
    await press(dialog, boris, "Join")
    await write(dialog, boris, "/timezone")
    await press(dialog, boris, "Skip")

    assert any(said.startswith("All set.") for said in dialog.said(boris))


async def test_who_comes_late_takes_part_from_the_next_week(dialog, anna, group, boris):
    cohort = await start_cohort(dialog, anna, group)
    dialog.clock.move(timedelta(days=5))
    await come_in(dialog, boris, group)
    await press(dialog, boris, "Join as Boris")

    assert "from week 2 on" in dialog.said(boris)[-1]
    assert (await dialog.store.read(members.get, cohort.id, boris)).from_week == 2


async def test_the_thirteenth_waits(dialog, anna, group, boris):
    cohort = await start_cohort(dialog, anna, group)

    def fill(db):
        for number in range(LARGEST - 1):
            people.seen(db, id=9000 + number, language="en", now=dialog.clock.now())
            members.join(
                db,
                cohort_id=cohort.id,
                person_id=9000 + number,
                profile=Profile(f"M{number}"),
                state=Membership.ACTIVE,
                from_week=1,
                now=dialog.clock.now(),
            )

    await dialog.store.write(fill)
    await come_in(dialog, boris, group)
    await press(dialog, boris, "Join as Boris")

    assert "is full, so you are on the list" in dialog.said(boris)[-1]
    assert (await dialog.store.read(members.get, cohort.id, boris)).state is Membership.WAITING


async def test_a_token_that_was_never_given_or_is_too_old_opens_nothing(dialog, anna, group, boris):
    await start_cohort(dialog, anna, group)
    dialog.telegram.start(boris, "c_guessed")
    await dialog.settle()
    assert "no longer good" in dialog.said(boris)[-1]

    pressed = await press(dialog, boris, "Join", group)
    dialog.clock.move(timedelta(days=15))
    dialog.telegram.start(boris, pressed.url.split("start=")[1])
    await dialog.settle()
    assert "no longer good" in dialog.said(boris)[-1]


async def test_each_press_has_a_token_of_its_own(dialog, anna, group, boris):
    await start_cohort(dialog, anna, group)
    one, other = [await press(dialog, boris, "Join", group) for _ in range(2)]

    assert one.url != other.url


async def test_a_button_of_a_cohort_one_was_not_invited_to_changes_nothing(
    dialog, anna, group, boris
):
    cohort = await start_cohort(dialog, anna, group)
    await come_in(dialog, boris, group)
    clara = dialog.telegram.add_person("Clara", "en", "clara").id
    dialog.telegram.start(clara)
    await dialog.settle()
    join = next(
        button["callback_data"]
        for row in dialog.telegram.answers(boris)[-1].keyboard["inline_keyboard"]
        for button in row
        if "Join" in button["text"]
    )

    def plant(db):
        replies.send(
            db,
            key="planted",
            chat_id=clara,
            said="forged",
            now=dialog.clock.now(),
            rows=[[("forged", join)]],
        )

    await dialog.store.write(plant)
    await dialog.settle()
    await press(dialog, clara, "forged")

    assert "isn't open to you" in dialog.said(clara)[-1]
    assert await dialog.store.read(members.get, cohort.id, clara) is None


async def test_two_cohorts_live_in_one_group_only_in_topics_of_their_own(dialog, anna):
    chat = dialog.telegram.add_group("ML", [], [anna], supergroup=True, is_forum=True).id
    await dialog.settle()
    topics = [dialog.telegram.add_topic(anna, chat, name) for name in ("Vision", "Text")]
    for topic in topics:
        dialog.telegram.send_text(anna, "/cohort", chat, thread=topic)
        await dialog.settle()
        dialog.telegram.press_label(anna, "Start cohort", chat)
        await dialog.settle()

    found = await dialog.store.read(cohorts.in_chat, chat)
    assert [one.thread_id for one in found] == topics
    assert [message.thread for message in dialog.telegram.answers(chat)] == topics
