"""Whoever is forgotten is named no more in what waits to be said to others, or was given up."""

import json
from datetime import timedelta

import pytest

from storage import jobs, mentions, messages


def waiting(db, key):
    [row] = db.query("SELECT payload FROM jobs WHERE key = :key", key=key)
    return json.loads(row["payload"])["params"]


@pytest.fixture
def tell(db, now):
    def tell(chat_id, key, **params):
        messages.add(db, key=key, chat_id=chat_id, method="sendMessage", params=params, now=now)

    return tell


def test_a_name_gives_way_and_formatting_that_no_longer_fits_goes(db, tell):
    bold = [{"type": "bold", "offset": 0, "length": 3}]
    rows = {"inline_keyboard": [[{"text": "Give it to Ann", "callback_data": "x"}]]}
    tell(8, "a", text="Ann has read it.", entities=bold, reply_markup=rows)
    tell(8, "b", text="Annotations, Joann and Anna stay.", entities=bold)
    tell(9, "c", text="Ann of another circle.", entities=bold)

    mentions.hide(db, 7, chats={8}, names={"Ann", " "}, instead="a former member")

    assert waiting(db, "a")["text"] == "a former member has read it."
    assert waiting(db, "a")["entities"] == []
    assert "Give it to a former member" in str(waiting(db, "a")["reply_markup"])
    assert waiting(db, "b") == {"text": "Annotations, Joann and Anna stay.", "entities": bold}
    assert waiting(db, "c")["text"] == "Ann of another circle."


def test_of_two_names_the_longer_goes_whole(db, tell):
    tell(8, "a", text="Ann Lee and Ann are here.")
    mentions.hide(db, 7, chats={8}, names={"Ann", "Ann Lee"}, instead="X")
    assert waiting(db, "a")["text"] == "X and X are here."


def test_an_update_of_anothers_that_was_given_up_and_names_them_is_dropped(db, now):
    for key, person in (("1", 7), ("2", 77)):
        payload = {"message": {"reply_to_message": {"from": {"id": person, "is_bot": False}}}}
        jobs.add(db, kind="update", key=key, payload=payload, due_at=now, lane="8")
        claim = {"kind": "update", "owner": "x", "now": now, "lease": timedelta(0), "limit": 1}
        [job] = jobs.claim(db, **claim)
        jobs.bury(db, job, error="x", now=now)

    mentions.hide(db, 7, chats=(), names=(), instead="")

    assert [one.key for one in jobs.dead(db)] == ["2"]
