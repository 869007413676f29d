"""Which acts may be done while other processes write: those that lean on no more than their rows.

Wherever many processes share a store, an act has it to itself unless it is marked here, so that
what reads and then writes is as safe as on one machine. A marked act must hold whatever others
commit between its statements, and may be done again from the start when the server ends it for
standing in another's way: it changes nothing but the store.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

Act = TypeVar("Act", bound=Callable[..., Any])

MARK = "_stands_beside"


def beside(act: Act) -> Act:
    """Marks an act that may be done while others write."""
    setattr(act, MARK, True)
    return act


def stands_beside(act: Callable[..., Any]) -> bool:
    """Whether an act is marked, whatever arguments it was given already."""
    while isinstance(act, partial):
        act = act.func
    return getattr(act, MARK, False)


def marked_like(act: Callable[..., Any], run: Act) -> Act:
    """`run`, which does the same as `act` and is marked when that is."""
    return beside(run) if stands_beside(act) else run
