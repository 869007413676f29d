"""The root of all routers: it asks those that may take an update, in their order, and no others.

aiogram (3.31) asks router after router, and each `F…` filter in a thread of its own. With fifty
routers that cost four times as much as everything else that an update costs. Here a command, the
prefix of a button's data and the state of the conversation decide beforehand which handlers are
asked; whatever else they wait for is asked as ever.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

from aiogram import Router
from aiogram.dispatcher.event.bases import REJECTED, UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.dispatcher.middlewares.manager import MiddlewareManager
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.filters.command import CommandException
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, TelegramObject

SEPARATOR = ":"
"""Stands behind the prefix in a button's data, unless its class says otherwise."""

STRANGE = ""
"""In the place of a state that no handler waits for, so that strange ones need no plans."""


class Facts(NamedTuple):
    """What decides whom an update may be for."""

    kind: str
    word: str | None
    """The command, or the prefix of a button's data, when some handler waits for it."""
    state: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A router whose turn it is: the filters that all its handlers share, and those handlers that
    may be meant."""

    router: Router
    shared: Sequence[FilterObject]
    handlers: Sequence[HandlerObject]


class Switchboard(Router):
    """A router for the root. The tree below it must be complete before the first update, and has
    no outer middlewares."""

    def __init__(self, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self._turns: dict[Facts, Sequence[Turn]] = {}

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        kwargs.update(event_router=self)
        ask = partial(self._ask, update_type)
        if observer := self.observers.get(update_type):
            return await observer.wrap_outer_middleware(ask, event=event, data=kwargs)
        return await ask(event, **kwargs)

    async def _ask(self, kind: str, event: TelegramObject, **given: Any) -> Any:
        """What the first handler answers that takes the event."""
        for turn in self._turns_of(self._facts(kind, event, given.get("raw_state"))):
            told = await _passed(turn.shared, event, {**given, "event_router": turn.router})
            answer = UNHANDLED if told is None else await _answer(turn, kind, event, told)
            if answer is not UNHANDLED and answer is not REJECTED:
                return answer
        return UNHANDLED

    def _facts(self, kind: str, event: TelegramObject, state: str | None) -> Facts:
        word = _word(event)
        return Facts(
            kind,
            word if word in self._words else None,
            state if state is None or state in self._states else STRANGE,
        )

    def _turns_of(self, facts: Facts) -> Sequence[Turn]:
        if facts not in self._turns:
            self._turns[facts] = [
                Turn(turn.router, turn.shared, handlers)
                for turn in _order(self, facts.kind)
                if all(_may_pass(asked, facts) for asked in turn.shared)
                and (handlers := [one for one in turn.handlers if _may_take(one, facts)])
            ]
        return self._turns[facts]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset[str]().union(*(_words_of(asked) or () for asked in self._filters()))

    @cached_property
    def _states(self) -> frozenset[str | None]:
        return frozenset[str | None]().union(
            *(_states_of(asked) or () for asked in self._filters())
        )

    def _filters(self) -> Iterator[FilterObject]:
        for kind in self.observers:
            for turn in _order(self, kind):
                yield from turn.shared
                for handler in turn.handlers:
                    yield from handler.filters or ()


def _order(router: Router, kind: str, above: Sequence[FilterObject] = ()) -> Iterator[Turn]:
    """A router and all below it, in the order in which aiogram asks them."""
    shared = list(above)
    if observer := router.observers.get(kind):
        shared += observer._handler.filters or ()  # where `observer.filter(…)` keeps them
        yield Turn(router, shared, observer.handlers)
    for below in router.sub_routers:
        yield from _order(below, kind, shared)


def _may_take(handler: HandlerObject, facts: Facts) -> bool:
    return all(_may_pass(asked, facts) for asked in handler.filters or ())


def _may_pass(asked: FilterObject, facts: Facts) -> bool:
    """False when a filter certainly refuses every update with these facts."""
    words, states = _words_of(asked), _states_of(asked)
    return (words is None or facts.word in words) and (states is None or facts.state in states)


def _words_of(asked: FilterObject) -> frozenset[str] | None:
    """The commands, or the prefix, without which a filter refuses; None for any other filter."""
    match asked.callback:
        case Command(commands=commands, ignore_case=False):
            names = [name for name in commands if isinstance(name, str)]
            return frozenset(names) if len(names) == len(commands) else None
        case CallbackQueryFilter(callback_data=data) if data.__separator__ == SEPARATOR:
            return frozenset((data.__prefix__,))
        case _:
            return None


def _states_of(asked: FilterObject) -> frozenset[str | None] | None:
    """The states without which a filter refuses; None for any other filter."""
    if not isinstance(asked.callback, StateFilter):
        return None
    states = {one.state if isinstance(one, State) else one for one in asked.callback.states}
    names = {one for one in states if one is None or (isinstance(one, str) and one != "*")}
    return frozenset(names) if len(names) == len(states) else None


def _word(event: TelegramObject) -> str | None:
    """What a message may have for a command, or a button's data for a prefix."""
    if isinstance(event, CallbackQuery):
        return (event.data or "").partition(SEPARATOR)[0]
    if not isinstance(event, Message):
        return None
    try:
        return Command.extract_command(event.text or event.caption or "").command
    except CommandException:
        return None


async def _answer(turn: Turn, kind: str, event: TelegramObject, told: dict[str, Any]) -> Any:
    """What the router's first handler answers that takes the event."""
    for handler in turn.handlers:
        found = await _passed(handler.filters or (), event, {**told, "handler": handler})
        if found is None:
            continue
        inner = list(_middlewares(turn.router, kind))
        try:
            return await MiddlewareManager.wrap_middlewares(inner, handler.call)(event, found)
        except SkipHandler:
            told = found
    return UNHANDLED


def _middlewares(router: Router, kind: str) -> Iterator[Any]:
    """What stands between filters and handler, the outermost router's first."""
    for above in reversed(tuple(router.chain_head)):
        if observer := above.observers.get(kind):
            yield from observer.middleware


async def _passed(
    filters: Sequence[FilterObject], event: TelegramObject, given: dict[str, Any]
) -> dict[str, Any] | None:
    """`given` and what the filters found out; None when one of them refuses. What only looks
    at the event (`F…`) needs no thread."""
    for asked in filters:
        if asked.magic is not None:
            answer = asked.magic.resolve(event)
        else:
            answer = await asked.call(event, **given)
        if not answer:
            return None
        if isinstance(answer, dict):
            given = {**given, **answer}
    return given
