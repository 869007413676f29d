"""Which words are known, how common they and their neighbours are, and how they are cased."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from coach.proofread import closed
from coach.proofread.build import hunspell
from coach.proofread.build.counts import Counts
from coach.proofread.build.pack import write
from coach.proofread.candidates import one_slip

COMMON = 62_000
"""Words that carry a frequency and can be proposed; the rest are only known."""

PAIRS = 380_000
"""Pairs kept: more cost size and say little."""

SHORTEST_RARE = 6
SLIP_LIKELIER = 3e-5
"""Short rare words, and those one slip away from a word of such a chance, are more often slips."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'")
MARKS = ("#", "(", ")", ",", ".", "\u2402")

Pair = tuple[str, str]


def build(
    sources: Path, technical: Counts, general: Counter[str], pairs: Counter[Pair], out: Path
) -> None:
    """Writes words, names of words, and pairs."""
    dictionary = {*hunspell.forms(sources / "us"), *hunspell.forms(sources / "gb")}
    shapes = {form for form in dictionary if not form.endswith("'s") and _is_word(form.lower())}
    lower = {form for form in shapes if form == form.lower() and (len(form) > 1 or form in "ai")}
    proper = {form.lower(): form for form in sorted(shapes) if form.lower() not in lower}
    lower |= {word for word, form in proper.items() if _is_used_lower(technical, word, form)}
    chances = _chances(technical, general)
    trusted = {*lower, *proper}
    terms = {
        **_large(sources, trusted, chances),
        **_terms(sources, technical, trusted, chances),
        **_jargon(technical, trusted, chances),
    }
    known = {*lower, *proper, *terms}
    common = sorted(known, key=lambda word: -chances.get(word, 0.0))[:COMMON]
    common = sorted({word for word in common if word in chances} | set(MARKS))
    only_cased = {word: form for word, form in proper.items() if word not in lower | set(terms)}
    brands = {word.lower(): word for word in _own_terms() if _is_brand(word, technical)}
    forms = {
        **only_cased,
        **{w: f for w, f in terms.items() if w != f and w not in lower},
        **brands,
    }
    write(out / "common.xz", "\n".join(common))
    write(out / "levels.xz", bytes(level(chances.get(word, 1e-3)) for word in common))
    write(out / "cased.xz", "\n".join(sorted(_cased(forms, only_cased, common))))
    write(out / "rare.xz", "\n".join(sorted(_rare(sources, known - set(common), only_cased))))
    write_pairs(common, technical, pairs, chances, out)


def _is_word(word: str) -> bool:
    return LETTERS.issuperset(word) and word[:1] not in ("", "'")


def _is_brand(word: str, technical: Counts) -> bool:
    """Whether an own term is far more often a name than the plain word it also is ("Python")."""
    return word != word.lower() and technical.shapes[word] > 5 * technical.shapes[word.lower()]


def _is_used_lower(technical: Counts, word: str, form: str) -> bool:
    """Whether good writers use the proper noun without its capital ("gaussian")."""
    return technical.shapes[word] >= max(5, technical.shapes[form] / 10)


def _chances(technical: Counts, general: Counter[str]) -> dict[str, float]:
    """The chance of each word: half general English, half technical prose."""
    all_technical, all_general = technical.words.total(), general.total()
    chances: dict[str, float] = {}
    for word in {*technical.words, *general}:
        written = technical.words[word] / all_technical
        spoken = general[word] / all_general if word in general else written / 4
        chances[word] = (written + spoken) / 2
    return chances


def level(chance: float) -> int:
    return min(255, max(0, round(-10 * math.log(chance))))


def _terms(
    sources: Path, technical: Counts, trusted: Set[str], chances: dict[str, float]
) -> dict[str, str]:
    """Listed terms by lower case, less those that look like a slip in a common word."""
    own = {word.lower(): word for word in _own_terms() if _is_word(word.lower())}
    listed: dict[str, str] = {}
    for file in sorted((sources / "terms").iterdir()):
        for line in file.read_text("utf-8").splitlines():
            for word in _parts(line):
                listed.setdefault(word.lower(), word)
    frequent = _frequent(trusted, chances)
    listed = {
        low: word
        for low, word in listed.items()
        if low not in trusted and _is_plain_term(low, technical, frequent)
    }
    return {**listed, **own}


def _large(sources: Path, trusted: Set[str], chances: dict[str, float]) -> dict[str, str]:
    """Rarer words of SCOWL's lists, less those that look like a slip in a common word."""
    listed = {
        word
        for file in sorted((sources / "large").iterdir())
        for word in file.read_text("latin-1").split()
        if _is_word(word) and "'" not in word and len(word) >= SHORTEST_RARE
    }
    frequent = _frequent(trusted, chances)
    return {word: word for word in listed - trusted if not _is_near(word, frequent, SLIP_LIKELIER)}


def _is_plain_term(low: str, technical: Counts, frequent: dict[str, float]) -> bool:
    """Whether a listed term is either in use or unlike any very frequent word."""
    if technical.words[low] >= 5:
        return len(low) > 2 or technical.packages[low] > 4
    if len(low) < 4 or _is_glued(low, frequent):
        return False
    return len(low) > 8 or not _is_near(low, frequent, 1e-4)


def _is_glued(low: str, frequent: dict[str, float]) -> bool:
    """Whether a listed term is a small word stuck to a frequent one ("theother")."""
    cuts = range(3, len(low) - 2)
    return any(low[:cut] in closed.JOINERS and frequent.get(low[cut:], 0.0) > 1e-4 for cut in cuts)


def _own_terms() -> list[str]:
    text = (Path(__file__).parent / "own_terms.txt").read_text("utf-8")
    words = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    return [part for word in words for part in word.split("-")]


def _parts(line: str) -> Iterator[str]:
    entry = line.split("#")[0].strip().strip("!~*+.").split(":")[0]
    yield from (part for part in entry.replace("-", " ").split() if _is_word(part.lower()))


def _jargon(technical: Counts, trusted: Set[str], chances: dict[str, float]) -> dict[str, str]:
    """Words that several packages use often enough to be no slip."""
    jargon: dict[str, str] = {}
    frequent = _frequent(trusted, chances)
    for word in technical.words:
        new = word not in trusted and _is_word(word) and "'" not in word
        if not new or not _is_used(word, technical):
            continue
        if len(word) < 4 or not _is_near(word, frequent, chances[word] * 200):
            jargon[word] = _usual_shape(technical, word)
    return jargon


def _is_used(word: str, technical: Counts) -> bool:
    count, packages = technical.words[word], technical.packages[word]
    if len(word) < 4:
        return count >= 30 and packages >= 5
    return (count >= 8 and packages >= 3) or (count >= 5 and packages >= 4)


def _usual_shape(technical: Counts, word: str) -> str:
    shape = max((word, word.capitalize(), word.upper()), key=lambda form: technical.shapes[form])
    return shape if technical.shapes[shape] > 3 * technical.shapes[word] else word


def _frequent(trusted: Set[str], chances: dict[str, float]) -> dict[str, float]:
    return {word: chances[word] for word in trusted if chances.get(word, 0) > 1e-6}


def _is_near(word: str, frequent: dict[str, float], least: float = 0.0) -> bool:
    """Whether one slip away from the word stands a frequent one."""
    near = (frequent[other] for other in one_slip(word) if other in frequent)
    plural = word.endswith("s") and word[:-1] in frequent
    return not plural and any(chance > least for chance in near)


def _cased(forms: dict[str, str], proper: Iterable[str], common: list[str]) -> Iterator[str]:
    names = frozenset(proper)
    for word in common:
        if word in forms:
            yield forms[word] + ("^" if word in names else "")


def _rare(sources: Path, words: Set[str], proper: dict[str, str]) -> Iterator[str]:
    """Known words without a frequency; those that need their capital end in ^."""
    people = (sources / "names.txt").read_text("utf-8").splitlines()
    names = {name.lower() for name in people if _is_word(name.lower()) and name[:1].isupper()}
    yield from (word + ("^" if word in proper else "") for word in words)
    yield from (f"{name}^" for name in names if name not in words and len(name) > 2)


def write_pairs(
    common: list[str],
    technical: Counts,
    general: Counter[Pair],
    chances: dict[str, float],
    out: Path,
) -> None:
    """Pairs by first word: how many each has, then the second words and the levels, one array
    each, because like compresses best beside like."""
    number = {word: at for at, word in enumerate(common)}
    chosen = _pair_chances(number, technical, general)
    ordered = sorted((number[first], number[second], chance) for (first, second), chance in chosen)
    per_first = Counter(first for first, _, _ in ordered)
    write(out / "pair_counts.xz", array("H", (per_first[at] for at in range(len(common)))))
    write(out / "pair_seconds.xz", array("H", (second for _, second, _ in ordered)))
    write(out / "pair_levels.xz", bytes(level(chance) for _, _, chance in ordered))


def _pair_chances(
    number: dict[str, int], technical: Counts, general: Counter[Pair]
) -> list[tuple[Pair, float]]:
    all_technical = technical.words.total()
    all_general = 1_024_908_267_229  # words in the corpus that the general list was counted in
    chances: dict[Pair, float] = defaultdict(float)
    for pair, count in general.items():
        chances[pair] += 0.5 * count / all_general
    for pair, count in technical.pairs.items():
        if count >= 3:
            chances[pair] += 0.5 * count / all_technical
    kept = ((p, c) for p, c in chances.items() if p[0] in number and p[1] in number)
    return sorted(kept, key=lambda item: -item[1])[:PAIRS]
