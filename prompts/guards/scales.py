"""How much each sign of an invention weighs, and from which sum on a rewrite is refused.

`python -m benchmarks.scale --write` fits words/scale_*.toml to the rewrites of
tests/letters/rewrites whose half is "tune", each fabrication also with honest sentences around it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from prompts.guards.signs import Signs

CERTAIN = frozenset(
    [
        "name",
        "number",
        "number_raised",
        "number_moved",
        "rank",
        "honour",
        "deed_taken",
        "reversed",
        "claim",
        "degree",
        "phrase",
        "thing",
        "group",
        "surer",
        "excluded",
    ]
)
"""Signs of which one is enough: what nobody has given is no question of style."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights of the signs in one language; `bar` is the least sum that refuses."""

    bar: float
    weights: dict[str, float]

    def weigh(self, found: Signs) -> float:
        return sum(self.weights.get(sign, 0.0) * much for sign, much in found.counts.items())

    def refuses(self, found: Signs) -> bool:
        return is_certain(found) or self.weigh(found) >= self.bar


def is_certain(found: Signs) -> bool:
    """Whether one of the signs is enough; half a one, of a word with many senses, isn't."""
    return any(much >= 1 and sign in CERTAIN for sign, much in found.counts.items())


@cache
def load(language: str) -> Scale:
    """The scale of a language; of one that has none, one that refuses at any sign."""
    file = resources.files("prompts.guards") / "words" / f"scale_{language}.toml"
    if not file.is_file():
        return Scale(0.0, {})
    data = tomllib.loads(file.read_text("utf-8"))
    return Scale(float(data["bar"]), {str(k): float(v) for k, v in data["weights"].items()})
