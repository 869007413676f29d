"""A passage that stands anew covers the slips in it, and comes out without a trace."""

from dataclasses import replace

import pytest

from coach.facts import MOST_FACTS, Fact
from coach.letters import Edit, EditKind, Rewrite, Source
from storage import facts, letters, people, reviews, rewrites
from storage.rewrites import RewriteState

TEXT = "I recieve alerts. I am teh best."


def slip(start, wrong, right):
    return Edit(start, start + len(wrong), wrong, right, EditKind.SPELLING, 0.98)


def said_anew(start, end, right, source=Source.MODEL):
    wrong = TEXT[start:end]
    return Edit(start, end, wrong, right, EditKind.STYLE, 1.0, ask=True, source=source)


@pytest.fixture
def saved(db, add_letter, review, now):
    """A review with a slip in each sentence."""
    people.seen(db, id=7, language="en", now=now)
    version = add_letter(db, 7, "a", text=TEXT)
    slips = (slip(2, "recieve", "receive"), slip(23, "teh", "the"))
    return reviews.save(db, version_id=version.id, review=replace(review, edits=slips), now=now)


@pytest.fixture
def begin(db, saved, now):
    def begin(start=0, end=17, key="press"):
        rewrite = Rewrite(TEXT[start:end], start, end, "Alerts come to me.", "Shorter.", ("Why?",))
        return rewrites.begin(
            db,
            key=key,
            person_id=7,
            version_id=saved.version_id,
            rewrite=rewrite,
            advice="Say it shorter.",
            shown_in="12",
            now=now,
        )

    return begin


def take(db, rewrite, saved, now):
    edit = said_anew(rewrite.start, rewrite.end, rewrite.replacement)
    return rewrites.take(db, rewrite, review_id=saved.id, edit=edit, now=now)


def standing(db, review_id):
    return [(one.edit.right, one.state.value) for one in reviews.edits(db, review_id)]


def test_it_comes_back_as_it_was_begun_and_a_press_begins_once(begin, db):
    first = begin()
    assert begin() == first == rewrites.get(db, first.id)
    assert (first.questions, first.state, first.shown_in) == (("Why?",), RewriteState.SHOWN, "12")


def test_taken_it_stands_accepted_and_covers_the_slip_in_it(begin, db, saved, now):
    take(db, begin(), saved, now)
    assert standing(db, saved.id) == [("the", "open"), ("Alerts come to me.", "accepted")]
    assert [one.id for one in rewrites.taken(db, saved.version_id)] == [begin().id]


def test_apply_all_and_undo_never_touch_it(begin, db, saved, now):
    reviews.decide(db, review_id=saved.id, numbers=[1], state="accepted", now=now)
    rewrite = take(db, begin(), saved, now)
    assert reviews.last_step(db, saved.id) == 0
    assert reviews.undo(db, review_id=saved.id, step=1) == []
    assert reviews.decide(db, review_id=saved.id, numbers=None, state="accepted", now=now) == 1
    rewrites.put_back(db, rewrite, review_id=saved.id, state=RewriteState.SHOWN)
    assert standing(db, saved.id) == [("receive", "accepted"), ("the", "accepted")]


def test_put_back_nothing_is_left_of_it(begin, db, saved, now):
    before = reviews.edits(db, saved.id)
    rewrite = take(db, begin(), saved, now)
    rewrites.put_back(db, rewrite, review_id=saved.id, state=RewriteState.SHOWN)
    assert reviews.edits(db, saved.id) == before
    assert rewrites.taken(db, saved.version_id) == []


def test_steps_of_covered_slips_are_not_given_twice(begin, db, saved, now):
    reviews.decide(db, review_id=saved.id, numbers=[1], state="accepted", now=now)
    rewrite = take(db, begin(), saved, now)
    reviews.decide(db, review_id=saved.id, numbers=[2], state="skipped", now=now)
    rewrites.put_back(db, rewrite, review_id=saved.id, state=RewriteState.SHOWN)
    assert [one.step for one in reviews.edits(db, saved.id)] == [1, 2]


def test_a_second_rewrite_of_the_same_words_takes_the_place_of_the_first(begin, db, saved, now):
    first = take(db, begin(), saved, now)
    second = take(db, begin(2, 32, "other"), saved, now)
    assert [one.id for one in rewrites.taken(db, saved.version_id)] == [second.id]
    again = rewrites.get(db, first.id)
    assert again is not None
    assert again.state is RewriteState.LEFT
    rewrites.put_back(db, second, review_id=saved.id, state=RewriteState.LEFT)
    assert standing(db, saved.id) == [("receive", "open"), ("the", "open")]


def test_a_later_review_has_it_too_and_is_not_asked_about_it(begin, db, saved, review, now):
    take(db, begin(), saved, now)
    later = reviews.save(db, version_id=saved.version_id, review=saved.review, now=now)
    reviews.carry(db, before=saved.id, after=later.id)
    assert standing(db, later.id) == [("the", "open"), ("Alerts come to me.", "accepted")]
    newest = reviews.latest(db, saved.version_id)
    assert newest is not None
    assert newest.review.edits == saved.review.edits


def test_it_goes_with_its_letter(begin, db, saved):
    rewrite = begin()
    version = letters.version(db, saved.version_id)
    assert version is not None
    db.run("DELETE FROM letters WHERE id = :id", id=version.letter_id)
    assert rewrites.get(db, rewrite.id) is None


def test_facts_are_kept_once_a_message_and_leave_one_by_one(db, now):
    people.seen(db, id=7, language="en", now=now)
    people.seen(db, id=8, language="en", now=now)
    for _ in range(2):
        assert facts.add(db, person_id=7, key="7:1", fact=Fact("Two  of\nus", "How many?"), now=now)
    [one] = facts.listed(db, 7)
    assert (one.fact.answer, one.fact.told) == ("Two of us", "How many? Two of us")
    assert not facts.remove(db, 8, one.id)
    assert facts.remove(db, 7, one.id)
    assert not facts.remove(db, 7, one.id)
    assert facts.of_person(db, 7) == []


def test_there_is_room_for_so_many_facts_and_no_more(db, now):
    people.seen(db, id=7, language="en", now=now)
    kept = [
        facts.add(db, person_id=7, key=f"7:{n}", fact=Fact("I sing."), now=now)
        for n in range(MOST_FACTS + 1)
    ]
    assert kept == [True] * MOST_FACTS + [False]
