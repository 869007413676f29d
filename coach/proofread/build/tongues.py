"""Builds the proofreader's Russian or German data: python -m coach.proofread.build.tongues.

    python -m coach.proofread.build.tongues CODE SOURCES OUT

SOURCES holds what docs/licences.md lists, unpacked: `corpus` (one folder of translations a
package); for Russian `hunspell` and `vocabulary.tar`; for German `words.txt.gz`, `nouns.txt.gz`,
`bands.txt.gz` and `names.txt`. It needs no network and takes two minutes; nothing of it runs at
install or later.
"""

import gzip
import math
import re
import struct
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from coach.proofread import lexicon as english
from coach.proofread.build import endings, hunspell, messages
from coach.proofread.build.corpus import CODE
from coach.proofread.build.counts import Counts
from coach.proofread.build.lexicon import MARKS, level, write_pairs
from coach.proofread.build.pack import write
from coach.proofread.candidates import one_slip
from coach.proofread.tongues import tongue
from coach.proofread.tongues.lexicon import FOLDS, LEFT, NAMED, PROPOSED
from coach.proofread.tongues.listed import words

COMMON = 62_000
"""Words that carry a frequency; the rest are only known."""

_BLOCK = 64
"""Words in a block of the known forms: a block is found by halving, a word by searching it."""

_TOKEN = re.compile(rf"[^\W\d_]+|\d[\d.,]*|[.!?;:]|[,()]|{CODE}")
_BANDS = {10: -10.5, 20: -12.6, 30: -13.1, 40: -13.5, 50: -13.7, 60: -13.9}
"""The log chance at the middle of each band of sixteen thousand ranks, by Zipf's law."""

_OWN = {"ru": 3e-7, "de": 1.5e-6}
"""The chance of a term of our own that no count has."""

_LIKELIER = 40
"""A word that no dictionary has is a slip where its neighbour is so many times as frequent."""


@dataclass(slots=True)
class Words:
    """The known words of one language, folded, and what is known of each."""

    marks: dict[str, str] = field(default_factory=dict[str, str])
    general: dict[str, float] = field(default_factory=dict[str, float])
    shapes: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, words: Iterable[str], mark: str) -> None:
        for word in words:
            self.marks.setdefault(word, mark)


def build(code: str, sources: Path, out: Path) -> None:
    """Writes every data file of the language."""
    out.mkdir(parents=True, exist_ok=True)
    counted = _count(code, sources / "corpus")
    words = _russian(sources) if code == "ru" else _german(sources, counted)
    fold = FOLDS[code]
    technical = _folded(counted, fold)
    chances = _chances(words.general, technical)
    _add_jargon(words, technical, chances, tongue.TONGUES[code].letters)
    known = {word for word, mark in words.marks.items() if mark != LEFT and word in chances}
    common = sorted({*sorted(known, key=lambda word: (-chances[word], word))[:COMMON], *MARKS})
    write(out / "common.xz", "\n".join(common))
    write(out / "levels.xz", bytes(level(chances.get(word, 1e-3)) for word in common))
    write(out / "cased.xz", "\n".join(_cased(code, words, counted, common)))
    _write_forms(words.marks, set(common), "cp1251" if code == "ru" else "cp1252", out)
    write_pairs(common, technical, Counter(), chances, out)


def _count(code: str, corpus: Path) -> Counts:
    counted = Counts(token=_TOKEN)
    for folder in sorted(corpus.iterdir()):
        counted.add(messages.sentences(folder, code))
    return counted


def _folded(counted: Counts, fold: dict[int, str]) -> Counts:
    folded = Counts(token=_TOKEN)
    for word, count in counted.words.items():
        folded.words[word.translate(fold)] += count
    for (first, second), count in counted.pairs.items():
        folded.pairs[first.translate(fold), second.translate(fold)] += count
    for word, count in counted.packages.items():
        folded.packages[word.translate(fold)] += count
    return folded


def _chances(general: Mapping[str, float], technical: Counts) -> dict[str, float]:
    """The chance of each word: two thirds general language, one third technical prose."""
    total = technical.words.total()
    return {
        word: (2 * general.get(word, 0.0) + technical.words[word] / total) / 3
        for word in {*general, *technical.words}
    }


def _russian(sources: Path) -> Words:
    words, fold = Words(), FOLDS["ru"]
    forms = set(hunspell.forms(sources / "hunspell"))
    words.add((f.translate(fold) for f in forms if f == f.lower() and "-" not in f), PROPOSED)
    words.add(endings.russian(_own_terms("ru")), PROPOSED)
    words.add(endings.russian_plurals([*words.marks]), PROPOSED)
    words.add((f.lower().translate(fold) for f in forms if "-" not in f), NAMED)
    counts = Counter[str]()
    for word, count in _vocabulary(sources / "vocabulary.tar"):
        counts[word.translate(fold)] += count
    total = counts.total()
    words.general = {word: count / total for word, count in counts.items()}
    for word in endings.russian(_own_terms("ru")):
        words.general.setdefault(word, _OWN["ru"])
    return words


def _vocabulary(file: Path) -> Iterator[tuple[str, int]]:
    """The words of Navec's embeddings with their counts in a billion words of news."""
    with tarfile.open(file) as archive:
        packed = archive.extractfile("vocab.bin")
        raw = gzip.decompress(packed.read()) if packed else b""
    (size,) = struct.unpack_from("<I", raw)
    counts = struct.unpack_from(f"<{size}I", raw, 4)
    words = raw[4 + 4 * size :].decode("utf-8").split("\n")
    return ((word, count) for word, count in zip(words, counts, strict=True) if word.isalpha())


def _german(sources: Path, counted: Counts) -> Words:
    words, fold = Words(), FOLDS["de"]
    words.add((w for w in _lines(sources / "words.txt.gz") if w.isalpha()), PROPOSED)
    terms = [term for term in _own_terms("de") if term.removeprefix("=").isalpha()]
    words.add((form.lower().translate(fold) for form in endings.german(terms)), PROPOSED)
    for line in _lines(sources / "bands.txt.gz"):
        word, _, band = line.partition("\t")
        words.general[word.translate(fold)] = math.exp(_BANDS[int(band)])
    used = {word for word in words.marks if word in words.general or word in counted.words}
    nouns = list(_lines(sources / "nouns.txt.gz"))
    named = {noun.lower().translate(fold) for noun in nouns}
    lower = {word.translate(fold) for word in counted.shapes if word.islower()}
    plain = {word for word in words.marks if word not in named or word in lower}
    adjectives = set(endings.german_adjectives(plain, used & plain))
    words.add(adjectives, PROPOSED)
    words.add((noun.lower().translate(fold) for noun in nouns if noun.isalpha()), PROPOSED)
    shapes = {noun.lower().translate(fold): noun for noun in [*nouns, *terms] if noun.isalpha()}
    uncapitalised = lower | adjectives
    words.shapes = {low: noun for low, noun in shapes.items() if low not in uncapitalised}
    names = {n.lower().translate(fold) for n in (sources / "names.txt").read_text().splitlines()}
    words.add(names & lower, PROPOSED)
    words.add((name for name in names if name.isalpha() and len(name) > 2), NAMED)
    for term in terms:
        words.general.setdefault(term.lower().lstrip("=").translate(fold), _OWN["de"])
    _add_english(words, counted)
    return words


def _add_english(words: Words, counted: Counts) -> None:
    """English words that a German letter may use, less those that a slip makes of a usual word."""
    lexicon = english.load("en")
    usual = {word for word, count in counted.words.items() if count > 20 and word in words.marks}
    for word in lexicon.common if lexicon else ():
        if lexicon and word.isalpha() and len(word) > 2 and word.isascii():
            near = any(other in usual for other in one_slip(word, tongue.GERMAN.letters))
            often = lexicon.log_chance(word) > (-12.5 if len(word) > 4 else -10.5)
            if often or (len(word) > 3 and not near) or len(word) > 7:
                words.marks.setdefault(word, LEFT)


def _own_terms(code: str) -> list[str]:
    text = (Path(__file__).parent / f"own_terms_{code}.txt").read_text("utf-8")
    words = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    return [part for word in words for part in word.replace("-", " ").split()]


def _lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        yield from (line.rstrip("\n") for line in opened)


def _add_jargon(
    words: Words, technical: Counts, chances: Mapping[str, float], letters: str
) -> None:
    """Words that no dictionary has, but that are used too often to be a slip."""
    own = frozenset(letters)
    frequent = {
        word: chances[word]
        for word, mark in words.marks.items()
        if mark != LEFT and chances.get(word, 0.0) > 2e-7
    }
    for word in [word for word in chances if word not in words.marks]:
        if not own.issuperset(word) or not _is_used(word, words.general, technical):
            continue
        near = one_slip(word, letters)
        most = max((frequent.get(other, 0.0) for other in near), default=0.0)
        if most < _LIKELIER * chances[word]:
            usual = technical.words[word] >= 8 and technical.packages[word] >= 2
            words.marks[word] = PROPOSED if usual else LEFT


def _is_used(word: str, general: Mapping[str, float], technical: Counts) -> bool:
    if word in general:
        return len(word) > 3
    return len(word) > 3 and technical.words[word] >= 2 and technical.packages[word] >= 1


def _cased(code: str, words: Words, counted: Counts, common: list[str]) -> Iterator[str]:
    """Words that are written with a capital or with ß; names end in ^."""
    shapes = _usual_shapes(counted, FOLDS[code])
    for word in common:
        named = "^" if words.marks.get(word) == NAMED else ""
        shape = shapes.get(word) or words.shapes.get(word, word)
        if named and shape == shape.lower():
            shape = shape.capitalize()
        if shape != word and (code == "de" or named):
            yield shape + named


_POLITE = words("ihr ihre ihren ihrem ihrer ihres ihnen sie")
"""Words that are capitalised to be polite."""


def _usual_shapes(counted: Counts, fold: dict[int, str]) -> dict[str, str]:
    """How each word is written within sentences, if nearly always the same way."""
    by_word: dict[str, Counter[str]] = {}
    for shape, count in counted.shapes.items():
        by_word.setdefault(shape.lower().translate(fold), Counter())[shape] += count
    usual: dict[str, str] = {}
    for word, shapes in by_word.items():
        shape, count = shapes.most_common(1)[0]
        if count * 20 >= shapes.total() * 19 and count > 1 and word not in _POLITE:
            usual[word] = shape if not shape.isupper() else shape.capitalize()
    return usual


def _write_forms(marks: Mapping[str, str], common: Set[str], encoding: str, out: Path) -> None:
    """Every known word that isn't common, sorted by its bytes, in blocks."""
    lines: list[bytes] = []
    for word, mark in marks.items():
        if word not in common and len(word) < 40:
            try:
                lines.append((word + mark).encode(encoding))
            except UnicodeEncodeError:
                continue
    lines.sort()
    blocks = (lines[at : at + _BLOCK] for at in range(0, len(lines), _BLOCK))
    write(out / "forms.xz", b"\0".join(b"\n" + b"\n".join(block) for block in blocks))


if __name__ == "__main__":
    build(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
