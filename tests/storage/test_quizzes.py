"""Quizzes are asked once a day, and their votes only grow."""

from datetime import date, timedelta

import pytest

from storage import jobs, messages, quizzes
from storage.messages import SEND

DAY, LATER = date(2026, 11, 20), date(2026, 11, 21)
GROUP = -1001


def asked(db, now, *, day=DAY, chat_id=GROUP, card="prec"):
    return quizzes.add(db, chat_id=chat_id, thread_id=7, day=day, card=card, correct=2, now=now)


def test_a_chat_has_one_quiz_a_day(db, now):
    first = asked(db, now)
    assert (first.card, first.thread_id, first.correct, first.closed) == ("prec", 7, 2, False)
    assert asked(db, now, card="rec") is None
    assert quizzes.of_day(db, GROUP, DAY) == first
    assert asked(db, now, card="rec", day=LATER)
    assert asked(db, now, chat_id=-1002)
    assert quizzes.asked(db, GROUP) == ["prec", "rec"]
    assert [quiz.card for quiz in quizzes.since(db, GROUP, LATER)] == ["rec"]


def test_a_poll_is_known_by_its_own_id_once_it_is_out(db, now):
    quiz = asked(db, now)
    messages.add(db, key=quiz.key, chat_id=GROUP, method="sendPoll", params={}, now=now)
    lease = timedelta(seconds=15)
    [job] = jobs.claim(db, kind=SEND, owner="d", now=now, lease=lease, limit=1)
    assert quizzes.by_poll(db, "55") is None
    messages.sent(db, job, chat_id=GROUP, message_id=3, poll_id="55", now=now)
    assert quizzes.by_poll(db, "55") == quiz
    assert quizzes.by_poll(db, "56") is None


@pytest.mark.parametrize(
    ("voters", "closed", "kept"), [(1, False, False), (3, False, True), (2, True, True)]
)
def test_older_news_change_nothing(db, now, voters, closed, kept):
    quiz = asked(db, now)
    quizzes.count(db, quiz, voters=2, knew=1, closed=False)
    assert quizzes.count(db, quiz, voters=voters, knew=1, closed=closed) is kept


def test_a_closed_quiz_stays_closed(db, now):
    quiz = asked(db, now)
    quizzes.count(db, quiz, voters=2, knew=1, closed=True)
    assert not quizzes.count(db, quiz, voters=2, knew=0, closed=False)
    found = quizzes.of_day(db, GROUP, DAY)
    assert (found.voters, found.knew, found.closed) == (2, 1, True)


def test_a_quiz_moves_with_its_group(db, now):
    asked(db, now)
    messages.move_chat(db, GROUP, -100_2001)
    assert quizzes.asked(db, -100_2001) == ["prec"]
