"""Where a conversation stands, the parts of a long paste, and what the model has cost."""

from datetime import timedelta

import pytest

from coach.letters import Usage
from storage import conversations, people, pieces, privacy, spending
from storage.spending import ModelCall


def test_a_conversation_nobody_began_stands_nowhere(db):
    assert conversations.state(db, "7:7") is None
    assert conversations.data(db, "7:7") == {}


def test_state_and_data_are_set_apart_from_each_other(db, now):
    conversations.set_state(db, "7:7", "letter:kind", now=now)
    conversations.set_data(db, "7:7", {"letter": 3, "имя": ["а"]}, now=now)
    conversations.set_state(db, "7:7", "letter:posting", now=now)
    assert conversations.state(db, "7:7") == "letter:posting"
    assert conversations.data(db, "7:7") == {"letter": 3, "имя": ["а"]}
    assert conversations.state(db, "8:8") is None


def test_a_conversation_that_ended_leaves_no_row(db, now):
    conversations.set_state(db, "7:7", "letter:kind", now=now)
    conversations.set_data(db, "7:7", {"letter": 3}, now=now)
    conversations.set_state(db, "7:7", None, now=now)
    conversations.set_data(db, "7:7", {}, now=now)
    assert db.query("SELECT * FROM conversations") == []


def test_pieces_come_back_in_the_order_they_were_sent_and_once(db, now):
    for message_id, text in ((12, "b"), (13, "c"), (11, "a")):
        assert pieces.add(db, chat_id=7, message_id=message_id, text=text, now=now)
    assert not pieces.add(db, chat_id=7, message_id=12, text="again", now=now)
    pieces.add(db, chat_id=8, message_id=11, text="theirs", now=now)
    assert pieces.take(db, 7) == ["a", "b", "c"]
    assert pieces.take(db, 7) == []
    assert pieces.take(db, 8) == ["theirs"]


@pytest.fixture
def spent(db, now):
    for person_id in (7, 8):
        people.seen(db, id=person_id, language="en", now=now)

    def spent(person_id, minutes_ago, prompt, completion):
        began = now - timedelta(minutes=minutes_ago)
        call = ModelCall(
            person_id=person_id,
            prompt="critique",
            version="1",
            model="m",
            outcome="ok",
            prompt_tokens=prompt,
            cached_tokens=1,
            completion_tokens=completion,
            started_at=began,
            took=timedelta(seconds=2),
        )
        spending.add(db, call)

    return spent


def test_a_budget_counts_the_tokens_of_one_person_from_an_instant_on(db, spent, now):
    spent(7, 30, 100, 10)
    spent(7, 60, 200, 20)
    spent(7, 61, 1000, 1000)
    spent(8, 1, 5000, 5000)
    since = now - timedelta(minutes=60)
    assert spending.tokens_since(db, 7, since) == 330
    assert spending.usage_since(db, 7, since) == Usage(2, 300, 2, 30)
    assert spending.tokens_since(db, 9, since) == 0


def test_a_call_that_ends_after_its_person_was_forgotten_is_nobodys(db, spent, now):
    people.seen(db, id=7, language="en", now=now)
    privacy.forget(db, 7)
    spent(7, 1, 100, 10)
    assert [row["person_id"] for row in db.query("SELECT * FROM model_calls")] == [None]
