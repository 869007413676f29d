"""Reviews come back whole; a decision is taken once, and the last one can be taken back."""

from dataclasses import replace

import pytest

from storage import people, reviews
from storage.reviews import EditState


@pytest.fixture
def saved(db, now, add_letter, review):
    people.seen(db, id=7, language="en", now=now)
    return reviews.save(db, version_id=add_letter(db).id, review=review, now=now)


def states(db, saved):
    return [stored.state.value for stored in reviews.edits(db, saved.id)]


def test_a_review_comes_back_whole(db, saved):
    assert reviews.get(db, saved.id) == reviews.latest(db, saved.version_id) == saved


def test_every_edit_starts_open_and_is_counted_from_one(db, saved):
    stored = reviews.edits(db, saved.id)
    assert [edit.number for edit in stored] == [1, 2, 3]
    assert states(db, saved) == ["open"] * 3


def test_apply_all_leaves_the_questions_open(db, saved, now):
    decided = reviews.decide(db, review_id=saved.id, numbers=None, state="accepted", now=now)
    assert decided == 2
    assert states(db, saved) == ["accepted", "accepted", "open"]


def test_a_second_decision_changes_nothing(db, saved, now):
    def decide(numbers, state):
        return reviews.decide(db, review_id=saved.id, numbers=numbers, state=state, now=now)

    assert decide([1], EditState.SKIPPED) == 1
    assert decide([1], EditState.ACCEPTED) == 0
    assert decide(None, EditState.ACCEPTED) == 1
    assert decide(None, EditState.ACCEPTED) == 0
    assert states(db, saved) == ["skipped", "accepted", "open"]


def test_no_numbers_at_all_decide_nothing(db, saved, now):
    assert reviews.decide(db, review_id=saved.id, numbers=[], state="accepted", now=now) == 0


def test_a_decision_cannot_be_to_leave_it_open(db, saved, now):
    with pytest.raises(ValueError, match="accepts or skips"):
        reviews.decide(db, review_id=saved.id, numbers=[1], state="open", now=now)


def accept(db, saved, now, *numbers):
    return reviews.decide(db, review_id=saved.id, numbers=numbers, state="accepted", now=now)


def back(db, saved):
    return reviews.undo(db, review_id=saved.id, step=reviews.last_step(db, saved.id))


def test_decisions_are_taken_back_one_by_one_from_the_last(db, saved, now):
    accept(db, saved, now, 2, 3)
    reviews.decide(db, review_id=saved.id, numbers=[1], state="skipped", now=now)

    assert back(db, saved) == [1]
    assert states(db, saved) == ["open", "accepted", "accepted"]
    assert back(db, saved) == [2, 3]
    assert states(db, saved) == ["open"] * 3
    assert back(db, saved) == []


def test_what_was_taken_back_can_be_decided_otherwise(db, saved, now):
    accept(db, saved, now, 1)
    back(db, saved)

    assert reviews.decide(db, review_id=saved.id, numbers=[1], state="skipped", now=now) == 1
    assert states(db, saved)[0] == "skipped"


def test_only_the_last_step_is_taken_back(db, saved, now):
    accept(db, saved, now, 1)
    first = reviews.last_step(db, saved.id)
    accept(db, saved, now, 2)

    assert reviews.undo(db, review_id=saved.id, step=first) == []
    assert states(db, saved) == ["accepted", "accepted", "open"]


def test_applying_all_is_no_step(db, saved, now):
    accept(db, saved, now, 1)
    reviews.decide(db, review_id=saved.id, numbers=None, state="accepted", now=now)

    assert [stored.step for stored in reviews.edits(db, saved.id)] == [1, None, None]
    assert back(db, saved) == [1]
    assert states(db, saved) == ["open", "accepted", "open"]


def test_steps_are_counted_in_each_review_for_itself(db, saved, review, now):
    other = reviews.save(db, version_id=saved.version_id, review=review, now=now)
    accept(db, saved, now, 1)
    accept(db, saved, now, 2)

    assert reviews.last_step(db, other.id) == 0
    assert back(db, other) == []
    assert states(db, saved) == ["accepted", "accepted", "open"]


def test_a_later_review_takes_over_what_was_decided_and_in_which_order(db, saved, review, now):
    accept(db, saved, now, 2)
    reviews.decide(db, review_id=saved.id, numbers=[1], state="skipped", now=now)
    fewer = replace(review, edits=review.edits[:2][::-1])
    later = reviews.save(db, version_id=saved.version_id, review=fewer, now=now)

    reviews.carry(db, before=saved.id, after=later.id)

    assert states(db, later) == ["accepted", "skipped"]
    assert back(db, later) == [2]
    assert back(db, later) == [1]
    assert states(db, saved) == ["skipped", "accepted", "open"]


def test_a_later_review_is_the_latest(db, saved, review, now):
    later = reviews.save(db, version_id=saved.version_id, review=review, now=now)
    assert reviews.latest(db, saved.version_id).id == later.id > saved.id


def test_a_review_of_a_version_that_is_gone_is_refused(db, review, now):
    with pytest.raises(LookupError):
        reviews.save(db, version_id=404, review=review, now=now)
