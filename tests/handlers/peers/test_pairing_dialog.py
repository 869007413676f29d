"""Pairs are made of who is there, end by Report, and are mended when somebody leaves."""

from datetime import timedelta

import pytest

from coach.cohorts import Mark, Role
from handlers.cohorts.cohort_buttons import Choice, MemberButton
from handlers.cohorts.peer_buttons import PairButton, Read, ReadButton, Step
from storage import excerpts, members, pairs, people
from storage.members import Profile
from tests.handlers.peers.steps import (
    CLOSED,
    LETTER,
    TUESDAY,
    WEEK,
    at,
    come_in,
    excerpt_shown,
    forge,
    give,
    leave,
    newcomer,
    newest,
    pairs_of,
    press,
    the_cohort,
    write,
)


async def test_on_tuesday_each_hears_in_private_who_reads_with_whom(dialog, group, anna, boris):
    before = len(dialog.telegram.answers(group))
    await at(dialog, TUESDAY)
    await at(dialog, TUESDAY + timedelta(minutes=1))

    [pair] = await pairs_of(dialog, group)
    assert pair.members == tuple(sorted((anna, boris)))
    assert "you and Boris read each other (ML in autumn)" in newest(dialog, anna)
    assert "you and Anna read each other" in newest(dialog, boris)
    assert len([one for one in dialog.said(boris) if "read each other" in one]) == 1
    assert not any("read" in one.text for one in dialog.telegram.answers(group)[before:])


async def test_report_hides_at_once_and_tells_the_organiser_without_the_text(
    dialog, group, anna, boris, clara
):
    dialog.telegram.join(clara, group)
    await come_in(dialog, group, clara, "Clara")
    cohort = await the_cohort(dialog, group)
    await dialog.store.write(members.change, cohort.id, anna, Profile("Anna", swaps=False))
    await write(dialog, boris, LETTER)
    await at(dialog, TUESDAY)
    await give(dialog, boris)
    [pair] = await pairs_of(dialog, group)

    sent = excerpt_shown(dialog, clara)
    report = sent.keyboard["inline_keyboard"][0][1]["callback_data"]
    for _ in range(2):
        dialog.telegram.press(clara, sent, report, stale=True)
    await dialog.settle()

    assert not any("lanternoscope" in one for one in dialog.said(clara))
    assert any("Hidden, and the pair is over. The organiser" in one for one in dialog.said(clara))
    assert "over early" in newest(dialog, boris)
    [told] = [one for one in dialog.said(anna) if "reported" in one]
    assert "Clara has reported Boris" in told
    assert "lantern" not in told
    assert (await dialog.store.read(pairs.get, pair.id)).reported
    assert await dialog.store.read(excerpts.of_pair, pair.id) == []
    over = await forge(dialog, clara, PairButton(pair=pair.id, step=Step.CHOOSE))
    assert CLOSED in over.answer


async def test_answers_can_be_reported_too(dialog, paired, anna, boris):
    await give(dialog, anna)
    await press(dialog, boris, "Answer")
    await write(dialog, boris, "Something rude.")
    for _ in range(2):
        await press(dialog, boris, "Skip")
    await press(dialog, anna, "Report")

    assert newest(dialog, anna) == "Hidden, and the pair is over."
    assert not any("rude" in one for one in dialog.said(anna))
    assert any("is hidden: this pair is over" in one for one in dialog.said(boris))


async def test_three_read_round(dialog, group, anna, boris, clara):
    dialog.telegram.join(clara, group)
    await come_in(dialog, group, clara, "Clara")
    for person in (anna, boris, clara):
        await write(dialog, person, LETTER)
    await at(dialog, TUESDAY)
    for person in (anna, boris, clara):
        await give(dialog, person)

    for writer, reader in ((anna, boris), (boris, clara), (clara, anna)):
        name = (await dialog.store.read(members.get, 1, writer)).profile.name
        got = [one for one in dialog.said(reader) if "gives you this" in one]
        assert [one.split()[0] for one in got] == [name]


async def test_who_blocks_is_out_of_the_pair_and_the_other_is_told_kindly(
    dialog, paired, anna, boris
):
    await give(dialog, anna)
    dialog.telegram.block(boris)
    await dialog.settle()

    assert "Boris no longer takes part" in newest(dialog, anna)
    assert "nothing to do with your letter" in newest(dialog, anna)
    assert (await dialog.store.read(pairs.get, paired.id)).ended_at
    assert await dialog.store.read(excerpts.of_pair, paired.id) == []


async def test_what_a_leaver_gave_and_got_is_gone_and_their_buttons_are_dead(
    dialog, group, paired, anna, boris
):
    await give(dialog, anna)
    [given] = await dialog.store.read(excerpts.of_pair, paired.id)
    await leave(dialog, boris)

    assert not any("lanternoscope" in one for one in dialog.said(boris))
    assert any("is gone: this pair is over" in one for one in dialog.said(boris))
    assert len([one for one in dialog.said(anna) if "no longer takes part" in one]) == 1
    for data in (
        PairButton(pair=paired.id, step=Step.CHOOSE),
        ReadButton(excerpt=given.id, read=Read.ANSWER),
        ReadButton(excerpt=given.id, read=Read.REPORT),
    ):
        assert CLOSED in (await forge(dialog, boris, data)).answer


async def test_of_three_two_go_on(dialog, group, anna, boris, clara):
    dialog.telegram.join(clara, group)
    await come_in(dialog, group, clara, "Clara")
    await write(dialog, anna, LETTER)
    await at(dialog, TUESDAY)
    await give(dialog, anna)
    await leave(dialog, boris)

    assert "you go on without them" in newest(dialog, anna)
    assert "you and Clara read each other" in newest(dialog, anna)
    await give(dialog, anna)
    assert "Anna gives you this to read." in newest(dialog, clara)


async def test_who_is_left_alone_reads_along_with_two_who_have_given_nothing(
    dialog, group, anna, boris, clara
):
    dialog.telegram.join(clara, group)
    dora = await newcomer(dialog, "Dora")
    for person, name in ((clara, "Clara"), (dora, "Dora")):
        await come_in(dialog, group, person, name)
    await at(dialog, TUESDAY)
    made = await pairs_of(dialog, group)
    mine = next(one for one in made if anna in one.members)
    partner = next(one for one in mine.members if one != anna)
    others = next(one for one in made if anna not in one.members).members
    await leave(dialog, partner)

    assert "three of you read in a circle" in newest(dialog, anna)
    for person in others:
        assert "Anna reads along with you this week." in newest(dialog, person)


@pytest.mark.parametrize("why", ["away", "paused", "gone", "unwilling", "later", "mentor"])
async def test_only_who_is_there_and_wants_to_is_paired(dialog, group, anna, boris, clara, why):
    dialog.telegram.join(clara, group)
    await come_in(
        dialog,
        group,
        clara,
        "Clara",
        swaps=why != "unwilling",
        **({"role": Role.MENTOR} if why == "mentor" else {}),
    )
    cohort, now = await the_cohort(dialog, group), dialog.clock.now()

    def act(db):
        if why == "away":
            monday = cohort.calendar.monday(1)
            facts = {"cohort_id": cohort.id, "person_id": clara, "monday": monday, "now": now}
            members.mark(db, mark=Mark.AWAY, **facts)
        if why == "paused":
            people.start_pause(db, clara, now=now, until=None)
        if why == "gone":
            people.deactivate(db, clara, "blocked", now)
        if why == "later":
            db.run("UPDATE members SET from_week = 2 WHERE person_id = :id", id=clara)

    await dialog.store.write(act)
    await at(dialog, TUESDAY)
    [pair] = await pairs_of(dialog, group)
    assert pair.members == tuple(sorted((anna, boris)))


async def test_pairs_are_made_every_other_week_and_who_reported_meets_somebody_else(
    dialog, group, anna, boris, clara
):
    dialog.telegram.join(clara, group)
    dora = await newcomer(dialog, "Dora")
    for person, name in ((clara, "Clara"), (dora, "Dora")):
        await come_in(dialog, group, person, name)
    await at(dialog, TUESDAY)
    first = await pairs_of(dialog, group)
    await dialog.store.write(pairs.end, first[0].id, dialog.clock.now(), reported=True)
    apart = set()
    for week in range(1, 6):
        await at(dialog, TUESDAY + week * WEEK)
        made = await pairs_of(dialog, group)
        assert len(made) == 2 * (week // 2 + 1)
        apart |= {one.members for one in made[:-2]}
    assert first[0].members not in apart


async def test_who_wants_no_more_letters_is_out_of_the_pair_at_once(
    dialog, group, paired, anna, boris
):
    await give(dialog, anna)
    cohort = await the_cohort(dialog, group)
    data = MemberButton(cohort=cohort.id, choice=Choice.SWAPS)
    await forge(dialog, boris, data)

    assert not any("lanternoscope" in one for one in dialog.said(boris))
    assert "Boris no longer takes part" in newest(dialog, anna)
