"""Cohorts: one at a place, members with a place of their own, links that expire."""

from datetime import date, time, timedelta

import pytest

from coach.cohorts import Calendar, Mark, Membership, Role, Sharing, State
from storage import cohorts, invitations, members, people
from storage.members import Profile

GROUP = -100
MONDAY = date(2026, 11, 23)
CALENDAR = Calendar(MONDAY, 6, "Europe/Berlin", 1, time(9))


@pytest.fixture
def found(db, now):
    def found(chat_id=GROUP, thread_id=0):
        return cohorts.found(
            db,
            chat_id=chat_id,
            thread_id=thread_id,
            title="ML in autumn",
            language="en",
            calendar=CALENDAR,
            now=now,
        )

    return found


@pytest.fixture
def join(db, now):
    def join(cohort_id, person_id, state=Membership.ACTIVE, from_week=1, **facts):
        people.seen(db, id=person_id, language="en", now=now)
        name = facts.pop("name", f"Person {person_id}")
        later = facts.pop("later", timedelta())
        return members.join(
            db,
            cohort_id=cohort_id,
            person_id=person_id,
            profile=Profile(name, **facts.pop("profile", {})),
            state=state,
            from_week=from_week,
            now=now + later,
            **facts,
        )

    return join


def test_what_was_agreed_on_is_kept(db, found):
    cohort = found()

    assert cohorts.get(db, cohort.id) == cohort
    assert (cohort.calendar, cohort.state, cohort.round) == (CALENDAR, State.DRAFT, 1)


def test_two_cohorts_share_a_group_only_in_topics_of_their_own(db, found):
    one, other = found(thread_id=5), found(thread_id=6)

    assert found(thread_id=5) is None
    assert cohorts.in_chat(db, GROUP) == [one, other]
    assert cohorts.at(db, GROUP, 6) == other
    assert cohorts.at(db, GROUP) is None


def test_a_state_changes_only_from_where_it_was_thought_to_be(db, found):
    cohort = found()

    assert cohorts.set_state(db, cohort.id, State.FORMING, before=State.DRAFT)
    assert not cohorts.set_state(db, cohort.id, State.FORMING, before=State.DRAFT)


def test_only_a_draft_can_be_dropped(db, found):
    draft = found()

    assert cohorts.drop_draft(db, draft.id)
    assert cohorts.get(db, draft.id) is None
    begun = found()
    cohorts.set_state(db, begun.id, State.FORMING, before=State.DRAFT)
    assert not cohorts.drop_draft(db, begun.id)


def test_a_new_round_keeps_the_number_and_waits_for_its_place(db, found):
    cohort = found()
    next_autumn = Calendar(date(2027, 9, 6), 4, "Europe/Berlin", 2, time(18, 30))

    assert not cohorts.begin_round(db, cohort.id, next_autumn), "the first hasn't ended"
    cohorts.set_state(db, cohort.id, State.DONE, before=State.DRAFT)
    other = found()
    assert not cohorts.begin_round(db, cohort.id, next_autumn), "somebody else lives there"
    cohorts.set_state(db, other.id, State.DONE, before=State.DRAFT)
    assert cohorts.begin_round(db, cohort.id, next_autumn)
    again = cohorts.get(db, cohort.id)
    assert (again.round, again.state, again.calendar) == (2, State.FORMING, next_autumn)


def test_joining_again_keeps_role_and_first_week_but_takes_the_new_words(db, found, join):
    cohort = found()
    join(cohort.id, 7, role=Role.ORGANISER)

    again = join(cohort.id, 7, from_week=4, name="Anna", profile={"sharing": Sharing.LINK})

    assert (again.role, again.from_week) == (Role.ORGANISER, 1)
    assert again.profile == Profile("Anna", sharing=Sharing.LINK)


def test_who_left_comes_back_as_a_newcomer(db, found, join, now):
    cohort = found()
    join(cohort.id, 7, role=Role.ORGANISER)

    assert members.leave(db, cohort.id, 7, now)
    assert not members.leave(db, cohort.id, 7, now)
    assert members.of_cohort(db, cohort.id) == []
    assert cohorts.of_person(db, 7) == []
    back = join(cohort.id, 7, from_week=4)
    assert (back.role, back.from_week, back.left_at) == (Role.MEMBER, 4, None)


def test_who_waits_longest_gets_the_place(db, found, join):
    cohort = found()
    join(cohort.id, 8, Membership.WAITING, later=timedelta(hours=2))
    join(cohort.id, 9, Membership.WAITING, later=timedelta(hours=1))

    admitted = members.admit_next(db, cohort.id, 3)

    assert (admitted.person_id, admitted.from_week) == (9, 3)
    assert members.admit_next(db, cohort.id, 3).person_id == 8
    assert members.admit_next(db, cohort.id, 3) is None


def test_mentors_take_no_place(db, found, join):
    cohort = found()
    join(cohort.id, 7)
    join(cohort.id, 8, role=Role.MENTOR)

    assert [one.person_id for one in members.learners(db, cohort.id)] == [7]
    assert len(members.of_cohort(db, cohort.id)) == 2


def test_what_was_shown_first_stays_the_weeks(db, found, join, now):
    cohort = found()
    join(cohort.id, 7)
    says = {"cohort_id": cohort.id, "person_id": 7, "monday": MONDAY, "now": now}

    assert members.mark(db, mark=Mark.COMMITTED, **says)
    assert not members.mark(db, mark=Mark.COMMITTED, **says)
    assert members.mark(db, mark=Mark.DONE, link="https://example.org/1", **says)
    assert not members.mark(db, mark=Mark.DONE, link="https://example.org/2", **says)
    assert not members.mark(db, mark=Mark.AWAY, **says)
    [week] = members.marks_of(db, cohort.id, 7)
    assert (week.mark, week.link) == (Mark.DONE, "https://example.org/1")
    assert members.marks(db, cohort.id, MONDAY) == {7: week}


def test_away_can_be_taken_back(db, found, join, now):
    cohort = found()
    join(cohort.id, 7)
    members.mark(db, cohort_id=cohort.id, person_id=7, monday=MONDAY, mark=Mark.AWAY, now=now)

    assert not members.unmark(db, cohort.id, 7, MONDAY, Mark.COMMITTED)
    assert members.unmark(db, cohort.id, 7, MONDAY, Mark.AWAY)
    assert members.marks(db, cohort.id, MONDAY) == {}


def test_a_link_opens_the_door_for_a_fortnight_and_is_kept_as_a_hash(db, found, join, now):
    cohort = found()
    join(cohort.id, 7)
    invitations.invite(db, token="secret", cohort_id=cohort.id, person_id=7, now=now)

    assert invitations.cohort_of(db, "secret", now) == cohort.id
    assert invitations.cohort_of(db, "secret", now + invitations.LASTS) is None
    assert invitations.cohort_of(db, "Secret", now) is None
    assert "secret" not in str(db.query("SELECT * FROM invitations"))


def test_revoked_links_are_dead_and_expired_ones_are_forgotten(db, found, join, now):
    cohort = found()
    join(cohort.id, 7)
    for token in ("one", "two"):
        invitations.invite(db, token=token, cohort_id=cohort.id, person_id=7, now=now)

    assert invitations.revoke(db, cohort.id) == 2
    assert invitations.cohort_of(db, "one", now) is None
    invitations.invite(db, token="three", cohort_id=cohort.id, person_id=7, now=now)
    assert invitations.purge(db, now + invitations.LASTS) == 1
