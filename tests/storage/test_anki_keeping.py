"""Cards from elsewhere beside one's own: nothing twice, progress kept, the log the only truth."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.anki.contents import Answer, Contents, PackedCard, PackedNote
from coach.cards import grade, intervals, rebuild
from coach.memory import Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from storage import cards, grades, notes, people, studies
from storage.anki import writing
from storage.anki.keeping import keep, survey
from storage.anki.reading import read
from storage.anki.unpacking import collection_in
from storage.notes import NewNote

ANNA = 7
ZONE = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 1, 11, tzinfo=UTC)


def answer(day, rating=Rating.GOOD, interval=None):
    at = NOON + timedelta(days=day)
    return Answer(rating, int(at.timestamp() * 1000), 4.5, interval)


LEARNT = PackedCard(
    0, due=date(2026, 11, 28), interval=12, answers=(answer(0), answer(3), answer(15))
)
RECALL = PackedNote(NoteKind.BASIC, "Recall?", "TP / (TP + FN)", ("ml",), "ML", "g1", (LEARNT,))
HUND = PackedNote(NoteKind.BOTH, "Hund", "dog", guid="g2", cards=(PackedCard(0), PackedCard(1)))
FILE = Contents((RECALL, HUND))


@pytest.fixture
def anna(db, now):
    people.seen(db, id=ANNA, language="en", now=now)
    return lambda file=FILE, progress=True, at=now: keep(
        db, ANNA, file, progress=progress, zone=ZONE, now=at
    )


def card_of(db, guid, ordinal=0):
    note = notes.by_guid(db, ANNA, guid)
    assert note
    return cards.by_ordinal(db, ANNA, note.id)[ordinal]


def test_a_file_is_kept_with_its_progress(db, anna):
    kept = anna()
    assert (kept.added, kept.changed, kept.known, kept.answers) == (2, 0, 0, 3)
    card = card_of(db, "g1")
    assert card.state
    assert (card.state.due, card.state.interval, card.state.reps) == (date(2026, 11, 28), 12, 3)
    assert card_of(db, "g2", 1).state is None


def test_the_log_gives_the_card_back(db, anna):
    anna()
    card = card_of(db, "g1")
    log = grades.of_card(db, ANNA, card.id)
    assert rebuild(log, Wishes()) == card.state
    assert {entry.scheduler for entry in log} == {"anki"}


def test_the_same_file_again_changes_nothing(db, anna):
    anna()
    before = cards.of_person(db, ANNA)
    kept = anna()
    assert (kept.added, kept.changed, kept.known, kept.answers) == (0, 0, 2, 0)
    assert cards.of_person(db, ANNA) == before


def test_what_keeping_would_do_is_known_before(db, anna, now):
    before = survey(db, ANNA, FILE.notes, now)
    assert (before.new, before.known, before.cards, before.answers) == (2, 0, 1, 3)
    anna()
    after = survey(db, ANNA, FILE.notes, now)
    assert (after.new, after.known, after.cards, after.brings) == (0, 2, 0, False)


def test_without_progress_the_cards_are_new(db, anna):
    assert anna(progress=False).answers == 0
    assert card_of(db, "g1").state is None


def test_answers_given_meanwhile_come_between_ours(db, anna, now):
    anna()
    card, day = card_of(db, "g1"), date(2026, 11, 20)
    days = intervals(card, day=day, wishes=Wishes())[Rating.GOOD]
    done = grade(card, Rating.GOOD, interval=days, at=now, day=day, wishes=Wishes())
    cards.save(db, ANNA, done.card)
    grades.add(db, person_id=ANNA, grade=done.grade)

    more = replace(LEARNT, answers=(*LEARNT.answers, answer(17, Rating.HARD)))
    kept = anna(Contents((replace(RECALL, cards=(more,)),)))
    assert kept.answers == 1
    log = grades.of_card(db, ANNA, card.id)
    assert [entry.rating for entry in log] == [3, 3, 3, 2, 3]
    assert card_of(db, "g1").state == rebuild(log, Wishes())


def test_other_words_keep_the_progress(db, anna):
    anna()
    state = card_of(db, "g1").state
    kept = anna(Contents((replace(RECALL, back="a share"),)))
    assert (kept.changed, kept.answers) == (1, 0)
    assert card_of(db, "g1").state == state


def test_a_card_without_a_log_is_known_since_it_was_last_asked(db, anna):
    bare = replace(LEARNT, answers=())
    assert anna(Contents((replace(RECALL, cards=(bare,)),))).answers == 1
    state = card_of(db, "g1").state
    assert state
    assert (state.due, state.interval) == (date(2026, 11, 28), 12)


def test_answers_of_the_future_were_never_given(db, anna):
    future = replace(LEARNT, answers=(answer(40),))
    assert anna(Contents((replace(RECALL, cards=(future,)),))).answers == 0


def test_the_newest_answer_says_when_the_card_comes_whatever_is_wished_later(db, anna):
    steps = replace(LEARNT, answers=(answer(0), answer(15), answer(40)))
    anna(Contents((replace(RECALL, cards=(steps,)),)))
    log = grades.of_card(db, ANNA, card_of(db, "g1").id)
    assert [entry.interval for entry in log] == [None, 12]
    studies.change(db, ANNA, wishes=Wishes(retention=0.8))
    assert rebuild(log, Wishes(retention=0.8)) == card_of(db, "g1").state


def test_a_card_set_aside_there_is_set_aside_here_once(db, anna):
    aside = Contents((replace(RECALL, cards=(replace(LEARNT, suspended=True),)),))
    anna(aside)
    card = card_of(db, "g1")
    assert card.suspended
    cards.suspend(db, ANNA, card.id, False)
    anna(aside)
    assert not card_of(db, "g1").suspended


def test_our_own_package_comes_back_as_it_went(db, anna, now):
    anna()
    own = NewNote(NoteKind.CLOZE, "{{c1::a}}\n b  c <i> {{c2::d::e}}", "", ("x",), deck="ml")
    notes.add(db, person_id=ANNA, notes=[own], now=now)
    before = cards.of_person(db, ANNA)
    data = writing.package(db, ANNA, zone=ZONE, now=now)
    assert data
    assert collection_in(data)
    back = read(data, ZONE)
    assert back.notes[2].deck == "ml"
    kept = anna(back)
    assert (kept.added, kept.changed, kept.known, kept.answers) == (0, 0, 3, 0)
    assert cards.of_person(db, ANNA) == before


def test_our_package_gives_somebody_else_the_same_days(db, anna, now):
    anna()
    data = writing.package(db, ANNA, zone=ZONE, now=now)
    assert data
    people.seen(db, id=8, language="en", now=now)
    keep(db, 8, read(data, ZONE), progress=True, zone=ZONE, now=now)
    here, there = (cards.known(db, person)[0].state for person in (ANNA, 8))
    assert here == there
