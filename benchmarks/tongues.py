"""Russian and German slips found and mended, seeded into prose that is right.

`python -m benchmarks tongues` reads the letters of `tests/letters/tongues`; other prose of one
paragraph a block, say a public book's, goes into `data/tongues/ru*.txt` and `de*.txt`.
"""

import random
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import show
from benchmarks.proofreader import tally
from coach.letters import Edit
from coach.proofread import proofread
from coach.proofread.tongues import lexicon
from coach.proofread.tongues.listed import words
from coach.proofread.tongues.tongue import TONGUES

FOLDERS = (Path("tests/letters/tongues"), Path("data/tongues"))
ONE_IN = 14
"""Words of a paragraph for each slip."""

Row = dict[str, Any]

_SOUNDS = {
    "ru": words("о>а а>о е>и и>е я>е т>д д>т б>п з>с с>з в>ф г>к тся>ться ться>тся ж>ш нн>н сс>с"),
    "de": words("ä>e e>ä d>t t>d v>f f>v ie>i i>ie ß>ss ss>s z>tz tz>z eu>äu ck>k mm>m nn>n ll>l"),
}


def rows(paragraphs: list[str], code: str, seed: int) -> list[Row]:
    """Paragraphs with slips and what was right; every third stays clean."""
    chance = random.Random(seed)
    return [
        {"id": at, **({"text": text, "gold": []} if at % 3 == 2 else seeded(text, code, chance))}
        for at, text in enumerate(paragraphs)
    ]


def seeded(text: str, code: str, chance: random.Random) -> Row:
    """The text with a slip in about one of fourteen words."""
    words = [m for m in re.finditer(r"[^\W\d_]{4,}", text) if _is_plain(text, m, code)]
    chosen = chance.sample(words, min(len(words), max(1, len(text.split()) // ONE_IN)))
    out, gold, upto = "", list[Row](), 0
    for match in sorted(chosen, key=lambda match: match.start()):
        slip = _slip(match[0], text[match.end() : match.end() + 12], code, chance)
        if slip is None or match.start() < upto:
            continue
        wrong, right, kind = slip
        out += text[upto : match.start()]
        gold.append(
            {
                "start": len(out),
                "end": len(out) + len(wrong),
                "wrong": wrong,
                "right": right,
                "kind": kind,
            }
        )
        out += wrong
        upto = match.start() + len(right)
    return {"text": out + text[upto:], "gold": gold}


def _is_plain(text: str, match: re.Match[str], code: str) -> bool:
    own = set(TONGUES[code].letters) | set("ёß")
    lone = text[match.start() - 1 : match.start()] not in tuple("-/@_.") and text[
        match.end() : match.end() + 1
    ] not in tuple("-/_(")
    return lone and own.issuperset(match[0].lower()) and match[0][1:] == match[0][1:].lower()


def _slip(word: str, after: str, code: str, chance: random.Random) -> tuple[str, str, str] | None:
    for _ in range(8):
        kind = chance.choices(list(_WAYS), [weight for weight, _ in _WAYS.values()])[0]
        if kind == "joined":
            follows = re.match(r" ([^\W\d_]{1,8})\b", after)
            if follows and (len(word) < 8 or len(follows[1]) < 4):
                return word + follows[1], word + follows[0], kind
            continue
        wrong = _WAYS[kind][1](word, code, chance)
        if wrong and wrong != word and not _is_word(wrong, code):
            return wrong, word, kind
    return None


def _is_word(wrong: str, code: str) -> bool:
    known = lexicon.load(code)
    return " " not in wrong and bool(known.mark(wrong.lower().translate(known.fold)))


def _keyboard(word: str, code: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    beside = sorted(pair[1] for pair in TONGUES[code].hand.beside if pair[0] == word[at])
    return word[:at] + chance.choice(beside) + word[at + 1 :] if beside else word


def _transposition(word: str, code: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _omission(word: str, code: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubling(word: str, code: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


def _phonetic(word: str, code: str, chance: random.Random) -> str:
    changes = [change.split(">") for change in sorted(_SOUNDS[code])]
    places = [(m.start(), a, b) for a, b in changes for m in re.finditer(a, word) if m.start()]
    if not places:
        return word
    at, heard, written = chance.choice(places)
    return word[:at] + written + word[at + len(heard) :]


def _split(word: str, code: str, chance: random.Random) -> str:
    if len(word) < 7:
        return word
    at = chance.randrange(3, len(word) - 2)
    return f"{word[:at]} {word[at:]}"


def _twice(word: str, code: str, chance: random.Random) -> str:
    return f"{word} {word}"


_WAYS: dict[str, tuple[int, Callable[[str, str, random.Random], str]]] = {
    "keyboard": (20, _keyboard),
    "transposition": (20, _transposition),
    "omission": (18, _omission),
    "doubling": (12, _doubling),
    "phonetic": (14, _phonetic),
    "split": (6, _split),
    "joined": (6, _omission),
    "doubled-word": (4, _twice),
}


def paragraphs(code: str) -> Iterator[tuple[str, list[str]]]:
    """The files of right prose, by name."""
    for folder in FOLDERS:
        for file in sorted(folder.glob(f"{code}*.txt")):
            blocks = re.split(r"\n\s*\n", file.read_text("utf-8"))
            yield file.name, [block.strip() for block in blocks if block.strip()]


def main() -> None:
    lines: list[tuple[object, ...]] = []
    for code in ("ru", "de"):
        for name, blocks in paragraphs(code):
            lines.append(_measured(name, rows(blocks, code, 7), code))
    columns = (
        "prose",
        "words",
        "precision",
        "recall",
        "fix F0.5",
        "false / 1,000 clean",
        "µs a word",
    )
    show("Russian and German: slips seeded into right prose", columns, lines)


def _measured(name: str, found: list[Row], code: str) -> tuple[object, ...]:
    words = sum(len(row["text"].split()) for row in found)
    clean = sum(len(row["text"].split()) for row in found if not row["gold"])
    total, seconds = tally(found, partial(_edits, code=code))
    return (
        name,
        words,
        f"{total.precision:.3f}",
        f"{total.recall:.3f}",
        f"{total.fix:.3f}",
        f"{1000 * total.false_clean / max(1, clean):.2f}",
        f"{1e6 * seconds / words:.0f}",
    )


def _edits(text: str, code: str) -> list[tuple[int, int, str]]:
    edits: list[Edit] = proofread(text, language=code)
    return [(edit.start, edit.end, edit.right) for edit in edits]
