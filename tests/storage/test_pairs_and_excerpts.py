"""Pairs remember who read whom; an excerpt is given once and goes with all that was said of it."""

from datetime import date, timedelta

import pytest

from coach.cohorts import Calendar, Membership
from storage import cohorts, excerpts, members, pairs, people
from storage.members import Profile

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)


@pytest.fixture
async def pair(store, now):
    def make(db):
        calendar = Calendar(MONDAY, 6, "UTC", 1, now.time())
        here = cohorts.found(
            db, chat_id=-1, thread_id=0, title="x", language="en", calendar=calendar, now=now
        )
        for person in (1, 2, 3):
            people.seen(db, id=person, language="en", now=now)
            members.join(
                db,
                cohort_id=here.id,
                person_id=person,
                profile=Profile(f"P{person}", swaps=True),
                state=Membership.ACTIVE,
                from_week=1,
                now=now,
            )
        return pairs.add(db, cohort_id=here.id, monday=MONDAY, members={3, 1, 2}, now=now)

    return await store.write(make)


async def test_a_pair_knows_who_of_it_is_still_there(store, now, pair):
    assert await store.read(pairs.present, pair) == [1, 2, 3]
    await store.write(members.leave, pair.cohort_id, 2, now)
    await store.write(people.deactivate, 3, "blocked", now)

    assert await store.read(pairs.present, pair) == [1]
    assert (await store.read(pairs.get, pair.id)).members == (1, 2, 3), "they have met"


async def test_a_pair_ends_once_and_its_reason_stays(store, now, pair):
    assert await store.write(pairs.end, pair.id, now, reported=True)
    assert not await store.write(pairs.end, pair.id, now)

    assert (await store.read(pairs.get, pair.id)).reported
    assert await store.read(pairs.of_person, 1) == []
    assert await store.read(pairs.of_week, pair.cohort_id, MONDAY)


async def test_earlier_weeks_are_over_when_new_pairs_are_made(store, now, pair):
    later = await store.write(
        pairs.add, cohort_id=pair.cohort_id, monday=MONDAY + 2 * WEEK, members={1, 2}, now=now
    )
    await store.write(pairs.end_before, pair.cohort_id, later.monday, now)

    assert await store.read(pairs.of_person, 1) == [later]
    assert [one.id for one in await store.read(pairs.of_cohort, pair.cohort_id)] == [
        later.id,
        pair.id,
    ]


async def test_a_draft_can_be_changed_until_it_is_given(store, now, pair):
    first = await store.write(excerpts.draft, pair_id=pair.id, person_id=1, text="one")
    again = await store.write(excerpts.draft, pair_id=pair.id, person_id=1, text="two")
    assert (again.id, again.text) == (first.id, "two")

    assert await store.write(excerpts.give, first.id, 2, now=now, gone_at=now + WEEK)
    assert not await store.write(excerpts.give, first.id, 3, now=now, gone_at=now)
    assert not await store.write(excerpts.draft, pair_id=pair.id, person_id=1, text="three")
    kept = await store.read(excerpts.by, pair.id, 1)
    assert (kept.text, kept.reader_id, kept.gone_at) == ("two", 2, now + WEEK)


async def test_an_answer_is_given_once_and_goes_with_the_text(store, now, pair):
    given = await store.write(excerpts.draft, pair_id=pair.id, person_id=1, text="one")
    said = {"excerpt_id": given.id, "person_id": 2, "question": 1, "now": now}
    assert await store.write(excerpts.answer, answer="clear", **said)
    assert not await store.write(excerpts.answer, answer="other", **said)
    assert await store.read(excerpts.answers, given.id) == ["clear"]

    assert await store.write(excerpts.drop, given.id)
    assert not await store.write(excerpts.drop, given.id)
    assert await store.read(excerpts.answers, given.id) == []
