"""Every form that a Hunspell dictionary with one-letter flags knows, written out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Affix:
    """One rule: strip this, add that, where the stem fits."""

    prefix: bool
    crosses: bool
    strip: str
    add: str
    fits: re.Pattern[str]

    def apply(self, word: str) -> str | None:
        if not self.fits.search(word):
            return None
        if self.prefix:
            return self.add + word[len(self.strip) :]
        return word[: len(word) - len(self.strip)] + self.add


def forms(folder: Path) -> Iterator[str]:
    """The forms of `index.aff` and `index.dic` in the folder, duplicates included."""
    affixes = _affixes(folder / "index.aff")
    for line in (folder / "index.dic").read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.split("\t")[0].strip().partition("/")
        if word and "!" not in flags and not any(map(str.isdigit, word)):
            yield from _forms(word, [rule for flag in flags for rule in affixes.get(flag, ())])


def _forms(word: str, rules: list[Affix]) -> Iterator[str]:
    yield word
    suffixed = [(rule, form) for rule in rules if not rule.prefix and (form := rule.apply(word))]
    yield from (form for _, form in suffixed)
    for rule in (rule for rule in rules if rule.prefix):
        if form := rule.apply(word):
            yield form
        for suffix, stem in suffixed:
            if rule.crosses and suffix.crosses and (form := rule.apply(stem)):
                yield form


def _affixes(file: Path) -> dict[str, list[Affix]]:
    rules: dict[str, list[Affix]] = defaultdict(list)
    crossing: dict[str, bool] = {}
    for line in file.read_text("utf-8").splitlines():
        parts = line.split()
        if len(parts) == 4 and parts[0] in {"PFX", "SFX"}:
            crossing[parts[1]] = parts[2] == "Y"
        elif len(parts) >= 5 and parts[0] in {"PFX", "SFX"}:
            rules[parts[1]].append(_affix(parts, crossing[parts[1]]))
    return rules


def _affix(parts: list[str], crosses: bool) -> Affix:
    prefix = parts[0] == "PFX"
    strip, add = (part if part != "0" else "" for part in (parts[2], parts[3].split("/")[0]))
    fits = re.compile(f"^{parts[4]}" if prefix else f"{parts[4]}$")
    return Affix(prefix, crosses, strip, add, fits)
