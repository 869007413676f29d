"""What was left in by accident: brackets to fill, template code, notes to oneself, empty places."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Severity
from coach.masks import MaskKind
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


REPEATED_WORDS = 6


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
