"""What was left in by accident: brackets to fill, template code, notes to oneself, empty places."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from coach.letters import Criterion, Severity
from coach.masks import MaskKind
from coach.rules import phrases
from coach.rules.blocks import Block, BlockKind
from coach.rules.letter import Letter
from coach.rules.notes import NOTE
from coach.rules.registry import Hit, rule

SLOT = (
    r"(?:(?:your|my|the|full|first|last|company|recipient|hiring|job|position|insert|school"
    r"|university|city|team"
    r"|manager|role|programme?|department|organi[sz]ation|contact|recruiter|employer"
    r"|professor|project)[ _-]?){0,3}"
    r"(?:name|company|position|role|title|employer|recruiter|recipient|university|school"
    r"|programme?|address|city"
    r"|manager|department|organi[sz]ation|phone|email|имя|компания|должность)"
)
SLOT_WORD = re.compile(rf"(?i){SLOT}")
OTHER_SLOT = re.compile(
    rf"(?i)\((?:your|insert) {SLOT}(?: here)?\)|\blorem ipsum\b"
    r"|\((?:\w+ )?(?:company|school|university|job|team|manager)(?:['’]s)? (?:name|title)\)"
)
HONEST = re.compile(r"(?i)\[(?:sic|[^\]]*\d[^\]]*|\w|[^\]]*\bet al\b[^\]]*)\]|[.…]+")
"""Brackets of a careful writer: [sic], [3], [Lee et al.], and dots that trail off."""
REPEATED_LETTER = re.compile(r"(\w)\1")

LATEX = re.compile(r"\\(?:documentclass|begin|end|usepackage)\{[^}\n]{0,60}\}")

EMPTY_LINK = re.compile(
    r"!?\[[^\[\]\n]{0,80}\]\(\s{0,3}#?\s{0,3}\)|(?i:[(\[]\s?(?:link|url|ссылка)\s?[)\]])"
)
NOTHING = re.compile(r"(?i)\W*+(?:tbd|tbc|todo|n/?a|none|xxx|empty|coming soon|нет)?\W*+")


@rule("template-code", Severity.BLOCKER, Criterion.MECHANICS)
def template_code(letter: Letter) -> Iterator[Hit]:
    """Liquid, Jinja, front matter, LaTeX: code that was to become text."""
    spans = [(mask.start, mask.end) for mask in letter.masks if mask.kind is MaskKind.TEMPLATE]
    taken = letter.cover("template", "code", "front_matter")
    for found in LATEX.finditer(letter.prose):
        if not taken.touches(*found.span()):
            spans.append(found.span())
    for start, end in sorted(spans):
        yield Hit(start, end)
    for mask in letter.masks:
        if mask.kind is MaskKind.FRONT_MATTER:
            yield Hit(mask.start, mask.end, "front_matter")


@rule("placeholder", Severity.BLOCKER, Criterion.MECHANICS)
def placeholder(letter: Letter) -> Iterator[Hit]:
    """Brackets, blanks and slots that still wait for a name; each place once."""
    spans = {found.span() for found in OTHER_SLOT.finditer(letter.prose)}
    for mask in letter.masks:
        if mask.kind is MaskKind.PLACEHOLDER and _waits(letter.prose[mask.start : mask.end]):
            spans.add((mask.start, mask.end))
    for start, end in sorted(spans):
        yield Hit(start, end, facts={"slot": letter.text[start:end]})
    yield from _leaked(letter, {letter.text[start + 1 : end - 1] for start, end in spans})


def _waits(slot: str) -> bool:
    """Not blanked as part of a hostile passage, not honest, not a note, not an empty link."""
    if not slot.strip() or HONEST.fullmatch(slot):
        return False
    return not (NOTE.fullmatch(slot) or EMPTY_LINK.fullmatch(slot))


def _leaked(letter: Letter, names: set[str]) -> Iterator[Hit]:
    """A misspelt slot name such as "compaany" that also stands outside its brackets."""
    odd = {name.lower() for name in names if _is_odd(name)}
    for word in letter.words:
        bracketed = letter.prose[word.start - 1 : word.start] == "["
        if word.key in odd and not bracketed:
            yield Hit(word.start, word.end, "leaked", {"slot": letter.text[word.start : word.end]})


def _is_odd(name: str) -> bool:
    once = REPEATED_LETTER.sub(r"\1", name)
    return once != name and not SLOT_WORD.fullmatch(name) and bool(SLOT_WORD.fullmatch(once))


@rule("note-to-self", Severity.BLOCKER, Criterion.MECHANICS)
def note_to_self(letter: Letter) -> Iterator[Hit]:
    """Notes about the text inside the text: to add, to find, to ask, to decide."""
    taken = letter.cover("template", "code", "front_matter", "url")
    for found in NOTE.finditer(letter.prose):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        if not taken.holds(start):
            yield Hit(start, start + len(found[0].strip()))


ASSISTANT = re.compile(
    r"(?im)^[^\w\n]{0,6}(?:(?:certainly|sure|of course|absolutely|great)\b[^\n]{0,20}"
    r"here(?:['’]s| is)\b"
    r"[^\n]{0,80}"
    r"|here(?:['’]s| is| are)\s+(?:an?|the|your|my|two|three)\s+(?:\w+[ -]){0,4}"
    r"(?:version|draft|rewrite|cover letter|motivation letter|letter|cv|résumé|resume)\b[^\n]{0,80}"
    r"|(?:feel free to|you can) (?:adjust|customi[sz]e|edit|modify|tailor|personali[sz]e)\b"
    r"[^\n]{0,80}"
    r"|let me know if you(?:['’]d| would)? (?:like|want|need)\b[^\n]{0,80}"
    r"|I hope this (?:version|draft|letter|helps)\b[^\n]{0,60}"
    r"|would you like me to\b[^\n]{0,80}|remember to replace\b[^\n]{0,80}|regenerate response"
    r"|конечно[,!]\s+вот\b[^\n]{0,80}|вот\s+(?:вариант|черновик|пример|ваше|исправленн)\w*\b[^\n]{0,60}"
    r"|(?:natürlich|gerne)[,!]\s+hier\s+ist\b[^\n]{0,80})"
    r"|\bas an? (?:AI|large)(?: language)? model\b[^\n.]{0,60}"
)


@rule("assistant-leftover", Severity.BLOCKER, Criterion.MECHANICS)
def assistant_leftover(letter: Letter) -> Iterator[Hit]:
    """What a chat program said around the letter that it wrote."""
    quoted = phrases.quoted(letter.prose)
    for found in ASSISTANT.finditer(letter.prose):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        if not quoted.holds(start):
            yield Hit(start, found.end())


CUT = re.compile(
    r"(?:\b(?:and|or|but|the|an?|to|of|with|because|that|which|in|for|my|your|и|или|но|что|потому"
    r"|для|с|в|на|und|oder|aber|der|die|das|mit|weil)|,)$"
)


@rule("cut-off", Severity.MAJOR, Criterion.MECHANICS)
def cut_off(letter: Letter) -> Iterator[Hit]:
    """A paragraph that stops in the middle of a sentence."""
    for block, following in pairwise([*letter.blocks, None]):
        if not block:
            continue
        ends = not following or following.after_gap
        long = len(block.text.split()) >= CUT_WORDS
        if block.kind is BlockKind.PARAGRAPH and ends and long and CUT.search(block.text):
            start = block.text.rfind(" ", 0, -CUT_TAIL) + 1
            yield Hit(block.start + start, block.end)


CUT_WORDS = 8
CUT_TAIL = 40
"""Characters of the broken end that are quoted."""

LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,200})\]\(\s*(?:https?://)?([^\s()]{1,500})[^()\n]{0,200}\)"
)
HOST = re.compile(r"(?i)(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})")
SHORTENED = re.compile(
    r"(?i)(?:bit\.ly|tinyurl\.com|goo\.gl|ow\.ly|is\.gd|t\.co|clck\.ru|cutt\.ly)/\S+"
)


UNREADABLE = re.compile(
    r"(?i)\b(?:tg|file|javascript|data|vbscript|intent):(?://)?[^\s()\]]{3,200}"
)


@rule("disguised-link", Severity.MAJOR, Criterion.MECHANICS)
def disguised_link(letter: Letter) -> Iterator[Hit]:
    """A link that shows one address and leads to another, or one that hides where it leads."""
    for found in LINK.finditer(letter.prose):
        shown, target = HOST.match(found[1].strip()), HOST.match(found[2])
        if shown and target and not _same_site(shown[1], target[1]):
            yield Hit(*found.span())
    for found in UNREADABLE.finditer(letter.prose):
        yield Hit(*found.span(), "scheme", severity=Severity.MINOR)
    for found in SHORTENED.finditer(letter.prose):
        yield Hit(*found.span(), "shortened", severity=Severity.MINOR)


MISSPELT = 0.88


def _same_site(one: str, other: str) -> bool:
    """Also when one is the other misspelt, which is told as a slip."""
    one, other = one.lower(), other.lower()
    if SequenceMatcher(None, one, other).ratio() > MISSPELT:
        return True
    return one.endswith(f".{other}") or other.endswith(f".{one}")


@rule("repeated-sentence", Severity.MAJOR, Criterion.MECHANICS)
def repeated_sentence(letter: Letter) -> Iterator[Hit]:
    """The same sentence pasted twice; told once, at its second place."""
    seen: dict[str, int] = {}
    second: dict[str, tuple[int, int]] = {}
    for sentence, _ in letter.body:
        key = " ".join(sentence.text.lower().split())
        if len(key.split()) >= REPEATED_WORDS:
            seen[key] = seen.get(key, 0) + 1
            if seen[key] == 2:
                second[key] = (sentence.start, sentence.end)
    for key, (start, end) in second.items():
        yield Hit(start, end, facts={"count": seen[key]})
    for _, group in groupby(letter.words, key=lambda word: word.key):
        row = list(group)
        if len(row) >= REPEATED_IN_A_ROW:
            facts = {"count": len(row), "word": letter.text[row[0].start : row[0].end]}
            yield Hit(row[0].start, row[2].end, "word", facts)


REPEATED_WORDS = 6
REPEATED_IN_A_ROW = 10


@rule("empty-section", Severity.MAJOR, Criterion.STRUCTURE_LENGTH)
def empty_section(letter: Letter) -> Iterator[Hit]:
    """A heading or a question with nothing below it."""
    criterion = (
        Criterion.REQUIREMENT_COVERAGE if letter.kind.is_answers else Criterion.STRUCTURE_LENGTH
    )
    for heading, body in sections(letter):
        if all(says_nothing(block.text) for block in body):
            yield Hit(heading.start, heading.end, criterion=criterion)


def says_nothing(text: str) -> bool:
    """Whether a passage is a stand-in for one that is still to be written."""
    return bool(NOTHING.fullmatch(text) or NOTE.fullmatch(text))


def sections(letter: Letter) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    """The headings of a letter with what stands below each; a title above the first one that
    has a body is no section, nor is a letterhead above the greeting."""
    blocks = letter.blocks
    places = [
        place
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.HEADING and not NOTHING.fullmatch(block.text)
    ]
    greeting = next((n for n, block in enumerate(blocks) if block.kind is BlockKind.GREETING), -1)
    for place, following in zip(places, [*places, len(blocks)][1:], strict=True):
        is_title = place == 0 and following == 1
        if place > greeting and not is_title:
            yield blocks[place], blocks[place + 1 : following]


@rule("empty-link", Severity.MAJOR, Criterion.MECHANICS)
def empty_link(letter: Letter) -> Iterator[Hit]:
    """A link that leads nowhere: the proof a reader would have clicked on."""
    for found in EMPTY_LINK.finditer(letter.prose):
        yield Hit(*found.span())
