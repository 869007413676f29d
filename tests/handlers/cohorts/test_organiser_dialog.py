"""The organiser's view: who is there, and what only they may change."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.cohorts import Mark, Membership, Role, State
from coach.reminders import Kind
from handlers.chat import replies
from handlers.cohorts.cohort_buttons import Organise, OrganiserButton
from storage import cohorts, invitations, members, people, reminders
from storage.members import Profile

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def cast(dialog):
    found = {}
    for name in ("Boris", "Clara", "Dan"):
        found[name] = dialog.telegram.add_person(name, "en", name.lower()).id
        dialog.telegram.start(found[name])
    await dialog.settle()
    return found


@pytest.fixture
async def group(dialog, anna, cast):
    chat = dialog.telegram.add_group("ML in autumn", [*cast.values()], [anna]).id
    await dialog.settle()
    dialog.telegram.send_text(anna, "/cohort", chat)
    await dialog.settle()
    dialog.telegram.press_label(anna, "Start cohort", chat)
    await dialog.settle()
    cohort = await dialog.store.read(cohorts.at, chat)

    def join(db):
        for name, person in cast.items():
            members.join(
                db,
                cohort_id=cohort.id,
                person_id=person,
                profile=Profile(name, "a secret goal"),
                state=Membership.ACTIVE,
                from_week=1,
                now=dialog.clock.now(),
            )

    await dialog.store.write(join)
    return chat


async def press(dialog, person, *labels):
    for label in labels:
        dialog.telegram.press_label(person, label)
        await dialog.settle()
    return dialog.said(person)[-1]


async def organise(dialog, person, *labels):
    dialog.telegram.send_text(person, "/cohort")
    await dialog.settle()
    return await press(dialog, person, "ML in autumn", "Organise", *labels)


async def here(dialog, group):
    return await dialog.store.read(cohorts.at, group)


async def test_who_is_there_away_and_quiet_is_told_in_private(dialog, anna, cast, group):
    cohort = await here(dialog, group)
    dialog.clock.move(MONDAY - dialog.clock.now())
    await dialog.tick()
    for name, mark in (("Boris", Mark.DONE), ("Clara", Mark.AWAY)):
        await dialog.store.write(
            members.mark,
            cohort_id=cohort.id,
            person_id=cast[name],
            monday=MONDAY.date(),
            mark=mark,
            now=dialog.clock.now(),
        )

    said = await organise(dialog, anna)

    assert "Showed something: Boris" in said
    assert "Away: Clara" in said
    assert "Quiet: Anna, Dan." in said
    assert "secret" not in said


async def test_a_pause_silences_the_group_until_it_goes_on(dialog, anna, cast, group):
    await organise(dialog, anna, "Pause")
    assert (await here(dialog, group)).state is State.PAUSED
    assert await dialog.store.read(reminders.plan_of, group, Kind.COHORT) is None
    count = len(dialog.telegram.answers(group))
    dialog.clock.move(MONDAY - dialog.clock.now())
    await dialog.tick()
    assert len(dialog.telegram.answers(group)) == count

    await press(dialog, anna, "Go on")
    assert (await here(dialog, group)).state is State.RUNNING
    assert await dialog.store.read(reminders.plan_of, group, Kind.COHORT)


async def test_day_and_hour_move_with_the_plans(dialog, anna, cast, group):
    await organise(dialog, anna, "Another day", "Wednesday", "Another hour", "18:00")

    calendar = (await here(dialog, group)).calendar
    plan = await dialog.store.read(reminders.plan_of, group, Kind.COHORT)
    assert (calendar.weekday, plan.weekdays, plan.at) == (3, {3}, calendar.at)
    assert "On Wednesdays at 18:00" in dialog.telegram.answers(group)[-1].text


async def test_an_invitation_link_opens_the_door_until_it_is_revoked(dialog, anna, cast, group):
    said = await organise(dialog, anna, "Invitation link")
    token = said.split("start=c_")[1].split()[0]
    cohort = await here(dialog, group)
    assert await dialog.store.read(invitations.cohort_of, token, dialog.clock.now()) == cohort.id

    await press(dialog, anna, "Back", "Revoke links")
    assert await dialog.store.read(invitations.cohort_of, token, dialog.clock.now()) is None


async def test_the_table_holds_marks_and_no_private_word(dialog, anna, cast, group):
    cohort = await here(dialog, group)
    await dialog.store.write(
        members.change, cohort.id, cast["Dan"], Profile("=HYPERLINK(1)", "a secret goal")
    )
    await dialog.store.write(
        members.mark,
        cohort_id=cohort.id,
        person_id=cast["Boris"],
        monday=MONDAY.date(),
        mark=Mark.DONE,
        link="https://example.org/private",
        now=dialog.clock.now(),
    )
    await organise(dialog, anna, "As a table")

    file = next(one for one in dialog.telegram.answers(anna) if "document" in one.body)
    table = dialog.telegram.file(file.file_id).decode("utf-8-sig")
    assert "Boris,member,1,done,," in table
    assert "'=HYPERLINK(1)" in table
    assert "secret" not in table
    assert "example.org" not in table


async def test_roles_are_given_and_the_last_organiser_stays_one(dialog, anna, cast, group):
    cohort = await here(dialog, group)
    said = await organise(dialog, anna, "Roles", "Anna", "Member")
    assert "make another member an organiser first" in said

    await press(dialog, anna, "Back", "Roles", "Boris", "Organiser", "Roles", "Clara", "Mentor")
    assert (await dialog.store.read(members.get, cohort.id, cast["Boris"])).role is Role.ORGANISER
    assert (await dialog.store.read(members.get, cohort.id, cast["Clara"])).role is Role.MENTOR
    assert "Handed over" in await press(dialog, anna, "Roles", "Anna", "Member")
    await organise_refused(dialog, anna)


async def organise_refused(dialog, person):
    dialog.telegram.send_text(person, "/cohort")
    await dialog.settle()
    await press(dialog, person, "ML in autumn")
    buttons = dialog.telegram.answers(person)[-1].keyboard["inline_keyboard"]
    assert "Organise" not in [button["text"] for row in buttons for button in row]


async def test_a_round_can_be_ended_early_after_a_question(dialog, anna, cast, group):
    assert "Everybody gets their summary" in await organise(dialog, anna, "End the round")
    await press(dialog, anna, "End it")

    assert await here(dialog, group) is None
    assert any("this round is over" in said for said in dialog.said(cast["Boris"]))


@pytest.mark.parametrize("deed", list(Organise))
async def test_nobody_but_an_organiser_changes_or_learns_anything(dialog, anna, cast, group, deed):
    before = await here(dialog, group)
    stranger = dialog.telegram.add_person("Eve", "en", "eve").id
    dialog.telegram.start(stranger)
    await dialog.settle()
    data = OrganiserButton(cohort=before.id, deed=deed, value="3").pack()

    def plant(db):
        for person in (stranger, cast["Boris"]):
            replies.send(
                db,
                key=f"planted:{person}",
                chat_id=person,
                said="forged",
                now=dialog.clock.now(),
                rows=[[("forged", data)]],
            )

    await dialog.store.write(plant)
    await dialog.settle()
    for person in (stranger, cast["Boris"]):
        said = await press(dialog, person, "forged")
        assert "isn't open to you" in said
        assert "Clara" not in said
    assert await here(dialog, group) == before


async def test_a_former_organiser_is_nobody(dialog, anna, cast, group):
    cohort = await here(dialog, group)
    await organise(dialog, anna)
    await dialog.store.write(
        members.leave, cohort.id, anna, dialog.clock.now() + timedelta(seconds=1)
    )

    assert "isn't open to you" in await press(dialog, anna, "Pause")
    assert (await here(dialog, group)).state is State.FORMING


async def test_row_43_a_group_that_sends_the_bot_away_rests_and_its_organisers_hear_it_once(
    dialog, anna, cast, group
):
    bot = dialog.telegram.state.bot.id
    dialog.telegram.leave(bot, group, by=anna)
    await dialog.settle()

    assert (await here(dialog, group)).state is State.PAUSED
    told = [said for said in dialog.said(anna) if "can't reach the group any more" in said]
    assert len(told) == 1
    assert not [said for said in dialog.said(cast["Boris"]) if "can't reach" in said]
    dialog.clock.move(MONDAY - dialog.clock.now())
    await dialog.tick()
    dialog.telegram.join(bot, group, by=anna)
    await dialog.settle()
    assert (await here(dialog, group)).state is State.RUNNING


async def test_row_44_in_a_supergroup_the_week_is_said_once_more_and_edited_from_then_on(
    dialog, anna, cast, group
):
    dialog.clock.move(MONDAY - dialog.clock.now())
    await dialog.tick()
    new = dialog.telegram.migrate(group).id
    await dialog.settle()
    for name in ("Boris", "Clara"):
        dialog.telegram.press_label(cast[name], "I commit", new)
        await dialog.settle()

    weeks = [one for one in dialog.telegram.answers(new) if one.text.startswith("Week 1")]
    assert len(weeks) == 1
    assert "Promised: Boris, Clara" in weeks[0].text


async def leave(dialog, person):
    dialog.telegram.send_text(person, "/cohort")
    await dialog.settle()
    await press(dialog, person, "ML in autumn", "Leave", "Leave this cohort")


async def test_when_the_last_organiser_leaves_the_oldest_member_is_asked(dialog, anna, cast, group):
    cohort = await here(dialog, group)
    await leave(dialog, anna)
    assert "You have been in it longest" in dialog.said(cast["Boris"])[-1]
    assert not [said for said in dialog.said(cast["Clara"]) if "longest" in said]

    assert "You look after ML in autumn now" in await press(
        dialog, cast["Boris"], "I look after it"
    )
    assert (await dialog.store.read(members.get, cohort.id, cast["Boris"])).role is Role.ORGANISER
    await dialog.later(timedelta(days=8))
    assert (await here(dialog, group)).state is State.FORMING


async def test_when_nobody_takes_it_on_within_a_week_it_rests_until_somebody_does(
    dialog, anna, cast, group
):
    await leave(dialog, anna)
    await dialog.later(timedelta(days=8))
    assert (await here(dialog, group)).state is State.PAUSED
    assert "rests, since nobody looks after it" in dialog.said(cast["Dan"])[-1]

    await press(dialog, cast["Dan"], "I look after it")
    assert (await here(dialog, group)).state is State.RUNNING
    assert "looks after it already" in await press(dialog, cast["Clara"], "I look after it")


async def test_a_mentor_sees_goals_and_links_of_those_who_let_them(dialog, anna, cast, group):
    cohort = await here(dialog, group)

    def share(db):
        members.set_role(db, cohort.id, anna, Role.MENTOR)
        members.change(db, cohort.id, cast["Boris"], Profile("Boris", "A demo", mentored=True))
        for name in ("Boris", "Clara"):
            members.mark(
                db,
                cohort_id=cohort.id,
                person_id=cast[name],
                monday=MONDAY.date(),
                mark=Mark.DONE,
                link=f"https://example.org/{name}",
                now=dialog.clock.now(),
            )

    await dialog.store.write(share)
    dialog.telegram.send_text(anna, "/cohort")
    await dialog.settle()
    said = await press(dialog, anna, "ML in autumn")

    assert "A demo" in said
    assert "https://example.org/Boris" in said
    assert "Clara" not in said
    assert "secret" not in said


async def test_the_group_can_go_by_the_organisers_own_clock_and_language(dialog, anna, cast, group):
    assert "I don't know your clock yet" in await organise(dialog, anna, "Go by my clock")
    await dialog.store.write(people.set_timezone, anna, "Asia/Kathmandu")
    await press(dialog, anna, "Back", "Go by my clock")

    assert (await here(dialog, group)).calendar.zone == "Asia/Kathmandu"
    plan = await dialog.store.read(reminders.plan_of, group, Kind.COHORT)
    assert plan.zone == "Asia/Kathmandu"
    await dialog.store.write(people.set_language, anna, "ru")
    dialog.telegram.press_label(anna, "Speak my language there")
    await dialog.settle()
    assert (await here(dialog, group)).language == "ru"
