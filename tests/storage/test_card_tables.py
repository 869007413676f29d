"""Cards in the tables: a note once, its progress through every change, a log that stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coach import sessions as coach_sessions
from coach.batches import Limits
from coach.cards import Card, Grade, grade, intervals, rebuild
from coach.interviews import Interview
from coach.memory import Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from storage import cards, grades, notes, people, sessions, studies
from storage.notes import NewNote

ANNA, BORIS = 7, 8
TODAY = date(2026, 11, 20)
PRECISION = NewNote(NoteKind.BASIC, "Precision?", "TP / (TP + FP)", ("ml",))
GAPS = NewNote(NoteKind.CLOZE, "{{c1::Recall}} is TP / {{c2::(TP + FN)::who was there}}", "")


@pytest.fixture
def keep(db, now):
    for person in (ANNA, BORIS):
        people.seen(db, id=person, language="en", now=now)

    def keep(*new_notes, person_id=ANNA):
        return notes.add(db, person_id=person_id, notes=new_notes, now=now)

    return keep


@pytest.fixture
def graded(db, now):
    """Grades a card of Anna's and stores what came of it."""

    def graded(card: Card, rating=Rating.GOOD, day=TODAY, session=None, position=None):
        wishes = Wishes()
        chosen = intervals(card, day=day, wishes=wishes)[rating]
        done = grade(card, rating, interval=chosen, at=now, day=day, wishes=wishes, seconds=4.5)
        cards.save(db, ANNA, done.card)
        grades.add(db, person_id=ANNA, grade=done.grade, session_id=session, position=position)
        return done

    return graded


def test_the_same_words_are_kept_once_and_by_each_person(db, keep):
    first = keep(PRECISION, GAPS)
    again = keep(replace(PRECISION, front="Precision? "))

    assert (first.added, first.known) == (2, 0)
    assert (again.added, again.known, again.ids) == (0, 1, first.ids[:1]) or again.changed == 1
    assert keep(PRECISION, person_id=BORIS).added == 1
    assert [len(cards.of_note(db, ANNA, note)) for note in first.ids] == [1, 2]
    assert cards.of_note(db, BORIS, first.ids[0]) == []


def test_other_words_under_the_same_name_keep_the_progress(db, keep, graded):
    [id] = keep(replace(PRECISION, guid="anki-1")).ids
    [card] = cards.of_note(db, ANNA, id)
    done = graded(card)

    changed = keep(replace(PRECISION, guid="anki-1", back="TP / P"))

    assert (changed.changed, changed.ids) == (1, (id,))
    assert cards.of_note(db, ANNA, id) == [done.card]
    assert notes.get(db, id, ANNA).back == "TP / P"


def test_a_gap_that_is_gone_takes_its_card_along_and_a_new_one_brings_a_card(db, keep, graded, now):
    [id] = keep(GAPS).ids
    first, second = cards.of_note(db, ANNA, id)
    done = graded(first)
    graded(second)

    assert notes.change(db, id, ANNA, "{{c1::Recall}} and {{c3::precision}}", "", now)

    kept, brought = cards.of_note(db, ANNA, id)
    assert (kept, brought.state) == (done.card, None)
    assert [entry.rating for entry in grades.of_card(db, ANNA, second.id)] == [Rating.GOOD]


def test_nobody_sees_or_changes_what_is_somebody_elses(db, keep, now):
    [id] = keep(PRECISION).ids
    [card] = cards.of_note(db, ANNA, id)

    assert notes.get(db, id, BORIS) is None
    assert not notes.change(db, id, BORIS, "x", "y", now)
    assert not notes.delete(db, id, BORIS)
    assert cards.get(db, BORIS, card.id) is None
    assert cards.shown(db, BORIS, card.id) is None
    assert not cards.suspend(db, BORIS, card.id, True)


def test_a_deleted_note_leaves_the_log_of_its_grades(db, keep, graded):
    [id] = keep(PRECISION).ids
    [card] = cards.of_note(db, ANNA, id)
    graded(card)

    assert notes.delete(db, id, ANNA)
    assert cards.get(db, ANNA, card.id) is None
    assert len(grades.of_card(db, ANNA, card.id)) == 1


def test_a_state_comes_back_to_the_last_bit_and_can_be_rebuilt_from_the_log(db, keep, graded):
    [id] = keep(PRECISION).ids
    [card] = cards.of_note(db, ANNA, id)
    day = TODAY
    for rating in (Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.GOOD):
        card = graded(card, rating, day).card
        day = card.state.due + timedelta(days=1)

    assert cards.get(db, ANNA, card.id) == card
    assert rebuild(grades.of_card(db, ANNA, card.id), Wishes()) == card.state
    assert grades.all_of(db, ANNA) == {card.id: grades.of_card(db, ANNA, card.id)}


def test_cards_are_due_by_their_day_and_new_in_the_order_in_which_they_came(db, keep, graded):
    one, two, three = keep(PRECISION, replace(PRECISION, front="Recall?"), GAPS).ids
    [first], [second] = cards.of_note(db, ANNA, one), cards.of_note(db, ANNA, two)
    late = graded(first, Rating.AGAIN, TODAY - timedelta(days=9)).card
    soon = graded(second, Rating.GOOD).card

    assert cards.due(db, ANNA, TODAY, 10) == [late]
    assert cards.due(db, ANNA, soon.state.due, 10) == [late, soon]
    assert [card.note for card in cards.new(db, ANNA, 1)] == [str(three)]
    assert cards.known(db, ANNA) == [late, soon]
    span = TODAY - timedelta(days=30), TODAY + timedelta(days=30)
    assert cards.load_of_days(db, ANNA, *span) == {late.state.due: 1, soon.state.due: 1}
    counts = cards.count(db, ANNA, TODAY)
    assert (counts.cards, counts.due, counts.new, counts.suspended) == (4, 1, 2, 0)


def test_what_is_set_aside_is_neither_due_nor_counted(db, keep, graded):
    [id] = keep(PRECISION).ids
    [card] = cards.of_note(db, ANNA, id)
    graded(card, Rating.AGAIN, TODAY - timedelta(days=9))

    assert cards.suspend(db, ANNA, card.id, True)
    assert not cards.suspend(db, ANNA, card.id, True)
    assert cards.due(db, ANNA, TODAY, 10) == cards.known(db, ANNA) == []
    assert cards.count(db, ANNA, TODAY).suspended == 1
    assert cards.suspend(db, ANNA, card.id, False)
    assert len(cards.due(db, ANNA, TODAY, 10)) == 1


def test_a_place_of_a_session_is_graded_once_and_can_be_taken_back(db, keep, graded, now):
    [id] = keep(PRECISION).ids
    [card] = cards.of_note(db, ANNA, id)
    graded(card, session="s", position=0)
    twice = Grade(card.id, Rating.EASY, now, TODAY)

    assert not grades.add(db, person_id=ANNA, grade=twice, session_id="s", position=0)
    assert not grades.take_back(db, BORIS, "s", 0)
    assert grades.take_back(db, ANNA, "s", 0)
    assert grades.of_day(db, ANNA, TODAY) == []
    assert grades.last_day(db, ANNA) is None


def test_days_are_counted_and_answers_timed(db, keep, graded):
    [id] = keep(PRECISION).ids
    [card] = cards.of_note(db, ANNA, id)
    graded(card, day=TODAY - timedelta(days=2))
    graded(card)

    assert grades.per_day(db, ANNA, TODAY - timedelta(days=1)) == {TODAY: 1}
    assert grades.last_day(db, ANNA) == TODAY
    assert grades.last_seconds(db, ANNA) == [4.5, 4.5]


def test_a_note_is_found_by_its_words_in_any_case_and_alphabet(db, keep):
    keep(PRECISION, NewNote(NoteKind.BASIC, "Полнота?", "TP / (TP + FN)"))

    assert [note.front for note in notes.find(db, ANNA, "ПОЛНОТА")] == ["Полнота?"]
    assert len(notes.find(db, ANNA, "tp /")) == 2
    assert notes.find(db, BORIS, "tp /") == []


def test_decks_are_counted(db, keep, graded):
    keep(replace(GAPS, deck="Metrics"))
    [id] = keep(PRECISION).ids
    [card] = cards.of_note(db, ANNA, id)
    graded(card, Rating.AGAIN, TODAY - timedelta(days=3))

    own, metrics = notes.decks(db, ANNA, TODAY)
    assert (own.name, own.notes, own.cards, own.due, own.new) == ("", 1, 1, 1, 0)
    assert (metrics.name, metrics.notes, metrics.cards, metrics.new) == ("Metrics", 1, 2, 2)


def test_who_has_chosen_nothing_studies_as_most_do_and_a_choice_is_kept(db, keep):
    assert studies.get(db, ANNA) == studies.Study()
    wishes = Wishes(retention=0.85, longest=365, light={7: 0.5})
    interview = Interview(TODAY + timedelta(days=30), TODAY)

    studies.change(db, ANNA, limits=Limits(30, 3), wishes=wishes)
    kept = studies.change(db, ANNA, interview=interview, comeback=40, skipped=TODAY)

    assert studies.get(db, ANNA) == kept
    assert (kept.limits, kept.wishes, kept.interview) == (Limits(30, 3), wishes, interview)
    assert studies.change(db, ANNA, interview=None).interview is None


def test_a_session_comes_back_with_its_steps_so_that_undo_is_exact(db, keep, now):
    keep(PRECISION, GAPS)
    three = cards.new(db, ANNA, 10)
    session = coach_sessions.start("s1", three, day=TODAY, now=now)
    sessions.begin(db, ANNA, session, now)
    chosen = intervals(three[0], day=TODAY, wishes=Wishes())
    session = coach_sessions.show(session, chosen, now)
    done = coach_sessions.answer(
        session, three[0], Rating.AGAIN, at=now, day=TODAY, wishes=Wishes(), seconds=3.25
    )
    sessions.save(db, ANNA, done.session)

    back = sessions.latest(db, ANNA)
    assert back == done.session
    assert coach_sessions.undo(back, now).card == three[0]
    assert sessions.latest(db, BORIS) is None
    sessions.begin(db, ANNA, coach_sessions.start("s2", three, day=TODAY, now=now), now)
    assert sessions.latest(db, ANNA).id == "s2"
