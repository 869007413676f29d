"""Filters that answer at once. aiogram (3.31) hands every `F…` filter to a thread and waits for it:
36 threads for one message, which cost more than all the rest of its handling.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject


def answer_at_once(root: Router) -> None:
    """Lets the `F…` filters of a router and of all below it be asked without a thread. They only
    look at what they are given, so there is nothing to wait for."""
    for router in root.chain_tail:
        for asked in _filters(router):
            if asked.magic is not None and not asked.awaitable:
                asked.callback, asked.awaitable = _awaited(asked.callback), True


def _filters(router: Router) -> Iterator[FilterObject]:
    for observer in router.observers.values():
        shared = observer._handler  # where `observer.filter(…)` keeps them
        for handler in (shared, *observer.handlers):
            yield from handler.filters or ()


def _awaited(resolve: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def ask(*given: Any, **_: Any) -> Any:
        return resolve(*given)

    return ask
