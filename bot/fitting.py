"""The optimiser of FSRS's weights: the optional extra `fit`, and the only place that imports it."""

from collections.abc import Sequence
from importlib.util import find_spec

from coach.fitting import Item, NotFitted
from coach.memory import Weights

ENGINE = "fsrs_rs_python"


def installed() -> bool:
    """Whether `pip install "sogood[fit]"` was done."""
    return find_spec(ENGINE) is not None


def optimise(items: Sequence[Item]) -> Weights:
    """Weights for these items, in well under a second. Raises NotFitted.

    The engine is Rust: what it cannot do ends in a panic, which is no Exception.
    """
    from fsrs_rs_python import (  # pyright: ignore[reportMissingImports]
        FSRS,
        FSRSItem,
        FSRSReview,
    )

    try:
        told = [FSRSItem([FSRSReview(rating, gap) for rating, gap in item]) for item in items]
        return tuple(FSRS([]).compute_parameters(told))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise NotFitted(type(error).__name__) from None
