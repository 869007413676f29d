"""What waits or lies in the queue for others and names somebody: their name is taken out of it."""

import json
import re
from collections.abc import Callable, Collection
from typing import Any, cast

from storage.engine import Db, Row
from storage.messages import SEND, SEND_ONCE

FORMATS = {"text": "entities", "caption": "caption_entities"}
"""Where the formatting of a text stands; it counts characters, so it goes when the text changes."""


def hide(
    db: Db, person_id: int, *, chats: Collection[int], names: Collection[str], instead: str
) -> None:
    """Puts `instead` for the names in all that is still to be said in these chats, or was given
    up there. An update of somebody else's that was given up and names the person is dropped."""
    db.run(
        """DELETE FROM jobs WHERE kind = 'update' AND state = 'dead'
           AND (payload LIKE :then OR payload LIKE :end)""",
        then=f'%"id": {person_id},%',
        end=f'%"id": {person_id}}}%',
    )
    called = [re.escape(name) for name in sorted(names, key=len, reverse=True) if name.strip()]
    if not called:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(called)})(?!\w)")
    for chat_id in sorted(chats):
        for job in _open_or_dead(db, str(chat_id)):
            _reword(db, job, lambda text: pattern.sub(instead, text))


def _open_or_dead(db: Db, lane: str) -> list[Row]:
    """What is claimed is on its way, and forgets its words as soon as it is out."""
    return db.query(
        """SELECT id, payload FROM jobs WHERE lane = :lane AND kind IN (:send, :once)
           AND state IN ('waiting', 'dead')""",
        lane=lane,
        send=SEND,
        once=SEND_ONCE,
    )


def _reword(db: Db, job: Row, change: Callable[[str], str]) -> None:
    payload = json.loads(job["payload"])
    changed = _changed(payload, change)
    if changed != payload:
        db.run(
            "UPDATE jobs SET payload = :payload WHERE id = :id",
            id=job["id"],
            payload=json.dumps(changed, ensure_ascii=False),
        )


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same JSON with its texts changed, and without the formatting of those."""
    match value:
        case str():
            return change(value)
        case list():
            return [_changed(one, change) for one in cast(list[Any], value)]
        case dict():
            before = cast(dict[str, Any], value)
            after = {key: _changed(one, change) for key, one in before.items()}
            for text, entities in FORMATS.items():
                if entities in after and after.get(text) != before.get(text):
                    after[entities] = []
            return after
        case _:
            return value
