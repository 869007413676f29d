"""Redaction: what in a passage tells who wrote it or for whom, blacked out before a peer reads it.

The rules would rather cover a word too many than a name too few: what is covered is shown to the
writer before it is given away, who can cover more.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from coach import masks
from coach.language import detect
from coach.masks import MaskKind
from coach.proofread.lexicon import Lexicon, load
from coach.rules.blocks import BlockKind, sentences, split
from coach.rules.phrases import listed
from coach.texts import LANGUAGES, say


class Covered(StrEnum):
    """What stood at a place that is blacked out."""

    NAME = "name"
    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    ADDRESS = "address"
    HIDDEN = "hidden"
    """What the writer asked to cover, whatever it is."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A place that is blacked out."""

    start: int
    end: int
    kind: Covered


@dataclass(frozen=True, slots=True)
class Redacted:
    """A passage as a peer may read it; `covers` are places of the passage as it was written."""

    text: str
    covers: tuple[Cover, ...]


WORD = re.compile(r"[^\W\d_](?:[\w&]|['’.+#-](?=\w))*[+#]*")
PHONE = re.compile(r"(?<![\w.])(?:\+|\b00)?\(?\d(?:[ \t()./-]{0,2}\d){7,14}(?!\w)")
POSTCODE = re.compile(
    r"(?i)\b\d{1,4}[a-z]?,? +[^\W\d_]+ +(?:street|st\.|road|rd\.|avenue|ave\.|lane|drive)\b"
    r"|\b[^\W\d_]+(?:str\.|straße|strasse|weg|platz|allee) +\d{1,4}[a-z]?\b"
    r"|\b(?:ул\.|улица|пр\.|проспект|пер\.) +[^\W\d_][\w-]*(?:, *(?:д\.|дом)? *\d+\w?)?"
)
COMPANY = re.compile(
    r"(?:[A-ZА-ЯЁ][\w&-]*[ \t]+){1,4}(?:GmbH|AG|SE|KG|Inc|Ltd|LLC|LLP|PLC|plc|Corp|Corporation"
    r"|B\.V\.|S\.A\.|SpA|Oy|AB|Labs?|Bank|University|Institute)\b\.?"
    r"|\b(?:ООО|АО|ПАО|ЗАО|ИП)[ \t]+[«\"“][^»\"”\n]{1,60}[»\"”]"
)
MOST_IN_ONE_NAME = 4
"""Covered words that follow each other are one name."""

MASKED = {MaskKind.EMAIL: Covered.EMAIL, MaskKind.URL: Covered.LINK, MaskKind.HANDLE: Covered.LINK}


def redact(text: str, *, names: Collection[str] = (), language: str = "en") -> Redacted:
    """The passage without what names people, employers and addresses.

    `names` are covered wherever they stand, in any case and with Russian endings: the writer's
    own, and what they asked to cover. What stands in the gaps is said in `language`.
    """
    covers = _merged(text, [*_masked(text), *_by_pattern(text), *_names(text, names)])
    return Redacted(_without(text, covers, language), covers)


def names_in(text: str) -> tuple[str, ...]:
    """What is taken for a name anywhere in a letter, its signature too: a passage of the letter
    may name somebody whom only another part of it gives away."""
    covers = redact(text).covers
    return tuple(text[one.start : one.end] for one in covers if one.kind is Covered.NAME)


def hide(text: str, words: Iterable[str], *, language: str = "en") -> str:
    """The passage without what else its writer wants to cover; gaps that are there stay as they
    are. Each of `words` is a word, covered with its endings too, or several as they stand."""
    gaps = re.compile("|".join(re.escape(gap) for gap in _gaps()))
    taken = [found.span() for found in gaps.finditer(text)]
    covers = [
        cover
        for word in words
        for cover in _hidden(text, word.strip())
        if not any(cover.start < end and start < cover.end for start, end in taken)
    ]
    return _without(text, _merged(text, covers), language)


def _gaps() -> list[str]:
    return [say(language, f"peers.covered.{kind}") for language in LANGUAGES for kind in Covered]


def _hidden(text: str, word: str) -> Iterator[Cover]:
    if not word:
        return
    exactly = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    yield from (Cover(*found.span(), Covered.HIDDEN) for found in exactly.finditer(text))
    if WORD.fullmatch(word):
        low = {word.casefold()}
        for found in WORD.finditer(text):
            if _is_one_of(found[0].casefold(), low, low):
                yield Cover(*found.span(), Covered.HIDDEN)


def _masked(text: str) -> Iterator[Cover]:
    for mask in masks.find(text):
        if mask.kind in MASKED:
            yield Cover(mask.start, mask.end, MASKED[mask.kind])


def _by_pattern(text: str) -> Iterator[Cover]:
    for kind, pattern in (
        (Covered.PHONE, PHONE),
        (Covered.ADDRESS, POSTCODE),
        (Covered.COMPANY, COMPANY),
    ):
        yield from (Cover(*found.span(), kind) for found in pattern.finditer(text))


def _names(text: str, names: Iterable[str]) -> Iterator[Cover]:
    """The given names, and every word that is a name at one place, wherever it stands."""
    given = {part.casefold() for name in names for part in WORD.findall(name) if len(part) > 1}
    seen = given | {found.casefold() for found in _name_words(text)}
    for found in WORD.finditer(text):
        if _is_one_of(found[0].casefold(), seen, given):
            yield Cover(*found.span(), Covered.NAME)


def _is_one_of(word: str, seen: Collection[str], given: Collection[str]) -> bool:
    """Whether a word is such a name, perhaps with the ending of a case or a genitive."""
    bare = re.sub(r"['’]s?$", "", word)
    if word in seen or bare in seen:
        return True
    stem = bare.rstrip("аеёиоуыэюяйь")
    return len(stem) > 3 and any(
        stem in (name, name.rstrip("аеёиоуыэюяйь"))
        or re.fullmatch(rf"{re.escape(name)}\w{{1,3}}", bare)
        for name in given
        if re.search(r"[а-яё]", name)
    )


def _name_words(text: str) -> Iterator[str]:
    """The words that a reader would take for a name."""
    lexicon = load("en") if detect(text) == "en" else None
    blocks = split(text)
    for block in blocks:
        if block.kind is BlockKind.GREETING:
            yield from _capitals(block.text)
        elif block.kind is BlockKind.CLOSING:
            signature = text[block.end : block.end + 200]
            yield from _capitals(signature)
    for sentence in sentences(blocks):
        if sentence.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            yield from _in_sentence(sentence.text, lexicon)
    yield from _small_employers(text, lexicon)


EMPLOYED = re.compile(
    rf"(?i)\b(?:at|join(?:ed|ing)?|(?:work(?:s|ed|ing)?|intern(?:ed|ship)?|job|engineer) for)"
    rf" \[?({WORD.pattern})"
)


def _small_employers(text: str, lexicon: Lexicon | None) -> Iterator[str]:
    """Employers that write themselves small ("at i2x"): no word that the dictionary knows."""
    if lexicon is None:
        return
    for found in EMPLOYED.finditer(text):
        low = _bare(found[1]).casefold()
        if not lexicon.knows(low) and not _is_kept(low):
            yield low


def _capitals(text: str) -> Iterator[str]:
    """The capital words of a greeting or a signature, where no sentence gives them one."""
    kept = listed("kept_in_greetings")
    for found in WORD.finditer(text):
        if found[0][0].isupper() and found[0].casefold() not in kept:
            yield found[0]


def _in_sentence(sentence: str, lexicon: Lexicon | None) -> Iterator[str]:
    """The names, and the capital words right beside one: "Jason Pollack" is a person, although
    a pollack is a fish that the dictionary knows."""
    capitals = [
        found
        for place, found in enumerate(WORD.finditer(sentence))
        if found[0][0].isupper() and (place == 0 or not _is_kept(_bare(found[0]).casefold()))
    ]
    first = WORD.search(sentence)
    beside = -1
    for place, found in enumerate(capitals):
        opens = first is not None and found.start() == first.start()
        named = _is_name(_bare(found[0]), lexicon, first=opens)
        before = capitals[place - 1] if place else None
        touches = before is not None and sentence[before.end() : found.start()] == " "
        if named and before is not None and touches and place - 1 > beside:
            opened = first is not None and before.start() == first.start()
            if not opened:
                yield _bare(before[0])
        if named or (touches and place - 1 == beside and not opens):
            beside = place
            yield _bare(found[0])


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _is_kept(low: str) -> bool:
    """Whether a word with a capital names no person and no employer: a month, a tool, "I'm"."""
    if low in listed("kept_capitals") or re.match(r"i['’]", low):
        return True
    parts = (low, *low.split("-"))
    return any(part in listed("tools") or part in listed("abbreviations") for part in parts)


def _is_name(word: str, lexicon: Lexicon | None, *, first: bool) -> bool:
    """A capital inside a sentence makes a name, unless everybody knows the word otherwise; at its
    beginning only a word that can't be anything else is one."""
    low = word.casefold()
    if _is_kept(low):
        return False
    if lexicon is None:
        return not first and bool(re.match(r"[А-ЯЁ][а-яё]", word))
    usual = lexicon.cased(low) == low
    if first:
        return lexicon.is_name(low) or not (lexicon.knows(low.replace("’", "'")) and usual)
    return not (low in lexicon.common and usual)


def _merged(text: str, covers: Iterable[Cover]) -> tuple[Cover, ...]:
    """The places in order, none inside another, names that follow each other as one."""
    merged: list[Cover] = []
    for cover in sorted(covers, key=lambda cover: (cover.start, -cover.end)):
        last = merged[-1] if merged else None
        if last and cover.end <= last.end:
            continue
        if last and (cover.start < last.end or _one_name(text, last, cover)):
            merged[-1] = Cover(last.start, cover.end, last.kind)
            continue
        merged.append(cover)
    return tuple(merged)


def _one_name(text: str, last: Cover, cover: Cover) -> bool:
    if last.kind is not Covered.NAME or cover.kind is not Covered.NAME:
        return False
    joined = text[last.start : cover.end]
    return text[last.end : cover.start] in (" ", "-") and joined.count(" ") < MOST_IN_ONE_NAME


def _without(text: str, covers: Iterable[Cover], language: str) -> str:
    pieces: list[str] = []
    at = 0
    for cover in covers:
        pieces += [text[at : cover.start], say(language, f"peers.covered.{cover.kind}")]
        at = cover.end
    return "".join([*pieces, text[at:]])
