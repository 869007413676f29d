"""The switchboard lets the same handler have an update as aiogram's own chain of routers does."""

import asyncio
from datetime import UTC, datetime
from enum import Enum
from inspect import isclass
from itertools import count, product
from typing import get_args

import pytest
from aiogram import F, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Command, CommandStart, StateFilter
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, Update, User

from handlers.chat.dispatching import Switchboard

NOW = int(datetime(2026, 11, 20, tzinfo=UTC).timestamp())
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna"}
CHATS = {"private": 7, "group": -20, "supergroup": -1001, "channel": -1002}
TEXTS = [
    "hello there",
    "/",
    "/nothing_of_ours",
    " /help",
    "!help",
    "/help@another_bot",
    "/help@the_bot and more",
    "/HELP",
    "/start c_a1b2c3",
    "front\nback",
    "What? - That.\nWhere? - There.",
    "https://example.org/posting",
    "09:30",
    "word " * 150,
    "word " * 900,
]
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 9}
CONTENTS = [
    {"document": {**FILE, "file_name": "letter.txt", "mime_type": "text/plain"}},
    {"document": {**FILE, "file_name": "deck.apkg"}, "caption": "/deck"},
    {"photo": [{**FILE, "width": 9, "height": 9}]},
    {"voice": {**FILE, "duration": 3}},
    {"location": {"latitude": 52.5, "longitude": 13.4}},
    {"migrate_to_chat_id": -1009},
    {"new_chat_title": "Ours"},
    {"new_chat_members": [{"id": 1, "is_bot": True, "first_name": "Coach"}]},
    {"contact": {"phone_number": "1", "first_name": "B"}},
]
OTHERS = [
    {"poll": {"id": "p", "question": "?", "options": [], "total_voter_count": 0, "type": "quiz"}
     | dict.fromkeys(("is_closed", "is_anonymous", "allows_multiple_answers"), False)
     | dict.fromkeys(("allows_revoting", "members_only"), False)},
    {"inline_query": {"id": "i", "from": ANNA, "query": "a", "offset": ""}},
]  # fmt: skip
WORDS = ["", "0", "0900", "own", "never", "days", "take", "change", "remove"]
_numbers = count(1)


class Me:
    """A bot that knows its name, which is all that filters ask of it."""

    async def me(self):
        return User(id=1, is_bot=True, first_name="Coach", username="the_bot")


@pytest.fixture
def root(dispatcher):
    """The real bot's routers, with whoever would handle an update caught at the door."""
    (switchboard,) = dispatcher.sub_routers
    catch_all(switchboard)
    yield switchboard
    for observer in switchboard.observers.values():
        observer.middleware.unregister(caught)


async def caught(_handler, _event, data):
    return data


def catch_all(router):
    for observer in router.observers.values():
        observer.middleware(caught)


def filters_of(root, kind):
    for router in root.chain_tail:
        for handler in router.observers[kind].handlers:
            yield from (asked.callback for asked in handler.filters or ())


def commands_of(root):
    for asked in filters_of(root, "message"):
        if isinstance(asked, Command):
            yield from asked.commands


def buttons_of(root):
    """What may stand in a button's data: right, too short, too long, nonsense, nobody's."""
    for asked in filters_of(root, "callback_query"):
        if isinstance(asked, CallbackQueryFilter):
            prefix, fields = asked.callback_data.__prefix__, asked.callback_data.model_fields
            for filled in product(*map(samples, fields.values())):
                yield ":".join([prefix, *filled])
            for word in WORDS:
                yield ":".join([prefix, word, *["1"] * (len(fields) - 1)])
            yield ":".join([prefix, "1", *["1"] * len(fields)])
            yield ":".join([prefix, *["9" * 19] * len(fields)])
            yield prefix
    yield from ("", "nobody:1", ":", "9" * 64)


def samples(field):
    """Values that a field of a button may have; of an enumeration every one."""
    kinds = [kind for kind in get_args(field.annotation) or [field.annotation] if kind]
    enums = [kind for kind in kinds if isclass(kind) and issubclass(kind, Enum)]
    return [str(one.value) for kind in enums for one in kind] or ("1", "letter")


def states_of(root):
    for asked in filters_of(root, "message"):
        if isinstance(asked, StateFilter):
            yield from (state.state for state in asked.states if isinstance(state, State))


def message(chat="private", **content):
    about = {"message_id": next(_numbers), "date": NOW, "from": ANNA}
    return about | {"chat": {"id": CHATS[chat], "type": chat}} | content


def pressed(data, chat="private"):
    about = {"id": str(next(_numbers)), "from": ANNA, "chat_instance": "c", "data": data}
    return about if chat is None else about | {"message": message(chat, text="A question")}


def updates_of_every_kind(root):
    """Pairs of an update and the state of the conversation it comes in."""
    states = [None, "state:of-old", *sorted(set(states_of(root)))]
    texts = [{"text": text} for text in (*TEXTS, *(f"/{name} 5" for name in commands_of(root)))]
    answered = {"text": "yes", "reply_to_message": message(text="A question")}
    said = [message(chat, **c) for chat, c in product(CHATS, [*texts, *CONTENTS, answered])]
    asked = [message(text=text) for text in ("/help", "/cancel", "front\nback", "hello")]
    for event, state in (*product(said, (None, states[2])), *product(asked, states)):
        yield {"message": event}, state
    for event in said[::5]:
        yield {"edited_message": event}, None
        yield {"channel_post": event}, None
    buttons = sorted(set(buttons_of(root)))
    for data, chat in (*product(buttons, ["private"]), *product(buttons[::3], ("group", None))):
        yield {"callback_query": pressed(data, chat)}, states[2]
    for chat, status in product(("private", "group"), ("member", "kicked")):
        yield {"my_chat_member": membership(chat, status)}, None
    for other in OTHERS:
        yield other, None


def membership(chat, status):
    about = message(chat)
    me = {"user": {"id": 1, "is_bot": True, "first_name": "Coach"}}
    new = me | {"status": status} | ({"until_date": 0} if status == "kicked" else {})
    return about | {"old_chat_member": me | {"status": "left"}, "new_chat_member": new}


def parsed(update):
    return Update.model_validate({"update_id": next(_numbers), **update})


async def outcome(propagate, update, state):
    """Who would handle it, in which router, and what the filters found out."""
    found = await propagate(
        update.event_type, update.event, bot=Me(), raw_state=state, event_update=update
    )
    if found is UNHANDLED:
        return UNHANDLED
    told = [repr(found.get(name)) for name in ("command", "callback_data", "words")]
    return found["handler"].callback, found["event_router"], told


async def test_every_update_goes_where_the_chain_of_routers_would_bring_it(root, monkeypatch):
    monkeypatch.setattr(asyncio, "to_thread", _at_once)
    handlers, cases = set(), 0
    for raw, state in updates_of_every_kind(root):
        update = parsed(raw)

        async def chain(kind, event, **given):
            return await Router.propagate_event(root, kind, event, **given)

        expected = await outcome(chain, update, state)
        assert await outcome(root.propagate_event, update, state) == expected, (raw, state)
        handlers.add(expected[0] if expected is not UNHANDLED else None)
        cases += 1

    assert cases > 1000
    known = {
        one.callback for r in root.chain_tail for o in r.observers.values() for one in o.handlers
    }
    assert len(handlers & known) > 0.9 * len(known)  # or these updates show too little


async def _at_once(act, *args, **kwargs):
    """aiogram's threads, without which the chain is as quick as it can be."""
    return act(*args, **kwargs)


async def test_a_message_is_handled_without_a_thread_for_its_filters(dialog, anna, monkeypatch):
    asked = []
    to_thread = asyncio.to_thread

    async def counted(act, *args, **kwargs):
        asked.append(act)
        return await to_thread(act, *args, **kwargs)

    monkeypatch.setattr(asyncio, "to_thread", counted)
    dialog.telegram.send_text(anna, "hello there")
    await dialog.hear()

    assert not [act for act in asked if "resolve" in repr(act)]


def test_no_router_of_ours_has_a_middleware_that_would_be_passed_by(dispatcher):
    (root,) = dispatcher.sub_routers
    below = [router for router in root.chain_tail if router is not root]
    assert below
    assert not [router for router in below for o in router.observers.values() if o.outer_middleware]


class Step(StatesGroup):
    one = State()
    two = State()


class Vote(CallbackData, prefix="vote"):
    number: int


class Odd(CallbackData, prefix="odd", sep="|"):
    number: int


def tree():
    """Routers within routers, and everything that a filter may be."""
    root, outer, inner, last = Switchboard(), Router(), Router(), Router()
    root.include_routers(outer, last)
    outer.include_router(inner)
    outer.message.filter(F.text.as_("words"))
    inner.message.filter(Command("a", "b"), F.chat.type == "private")

    async def never(message, words):
        return words == "never"

    async def here(*_):
        """Caught before it is called."""

    for observer, *filters in (
        (outer.message, Command("a"), never),
        (inner.message, Command("b"), F.text.len() > 4),
        (inner.message, Command("a")),
        (outer.message, CommandStart()),
        (last.message, StateFilter(Step.two), Command("a")),
        (last.message, StateFilter(None), F.text == "nothing"),
        (last.message, StateFilter("*"), Command("any", ignore_case=True)),
        (last.message, StateFilter(Step), F.text == "anything"),
        (last.message, F.photo),
        (last.callback_query, Vote.filter(F.number > 3)),
        (last.callback_query, Odd.filter()),
        (last.callback_query, F.data == "plain"),
    ):
        observer.register(lambda: here(), *filters)
    return root


async def test_routers_in_routers_and_shared_filters_mean_what_they_meant():
    root = tree()
    catch_all(root)
    texts = ("/a", "/b", "/b 12345", "/start", "/ANY", "/x", "nothing", "anything", "never")
    states = (None, "Step:one", "Step:two", "Old:one")
    said = [message(chat, text=t) for chat, t in product(("private", "group"), texts)]
    presses = [pressed(data) for data in ("vote:3", "vote:4", "odd|1", "odd:1", "plain", "other")]
    taken = set()
    for raw, state in (
        *product([{"message": one} for one in said], states),
        *product([{"callback_query": one} for one in presses], states),
    ):
        update = parsed(raw)

        async def chain(kind, event, **given):
            return await Router.propagate_event(root, kind, event, **given)

        expected = await outcome(chain, update, state)
        assert await outcome(root.propagate_event, update, state) == expected, (raw, state)
        taken.add(expected[0] if expected is not UNHANDLED else None)
    assert len(taken) == 11  # ten handlers, and nobody


async def test_a_handler_that_skips_leaves_it_to_the_next():
    root = Switchboard()
    heard = []

    @root.message(F.text.as_("words"))
    async def first(message: Message, words: str):
        heard.append(words)
        raise SkipHandler

    @root.message()
    async def second(message: Message, words: str):
        return words.upper()

    update = parsed({"message": message(text="hello")})
    assert await root.propagate_event("message", update.event) == "HELLO"
    assert heard == ["hello"]


async def test_an_outer_middleware_of_the_root_sees_every_update_first():
    root, below = Switchboard(), Router()
    root.include_router(below)

    @root.callback_query.outer_middleware
    async def introduce(handler, event, data):
        return await handler(event, data | {"person": "Anna"})

    @below.callback_query(Vote.filter())
    async def vote(callback: CallbackQuery, callback_data: Vote, person: str):
        return person, callback_data.number

    update = parsed({"callback_query": pressed("vote:5")})
    assert await root.propagate_event("callback_query", update.event) == ("Anna", 5)
    assert await root.propagate_event("poll", update.event) is UNHANDLED
