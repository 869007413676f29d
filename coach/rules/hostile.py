"""Finds what speaks to a machine or hides from a person; rules read the letter without it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.letters import Edit
from coach.masks import Mask
from coach.rules.spans import Cover


class Trick(StrEnum):
    """How a passage hides, or that it commands."""

    CHARACTERS = "characters"
    COMMENT = "comment"
    STYLE = "style"
    LOOKALIKES = "lookalikes"
    STACKED = "stacked"
    BLOB = "blob"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Hostile:
    """`start`..`end` is shown to the person; `passage` is left out of every other reading."""

    trick: Trick
    start: int
    end: int
    passage: tuple[int, int]
    count: int = 1


INVISIBLE = re.compile(
    "[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufff9-\ufffb\ufeff\U000e0000-\U000e0fff]"
)
"""Characters without a shape: zero-width, bidi controls, tags, fillers."""

JOINERS = frozenset("\u200c\u200d")
COMMENT = re.compile(r"(?P<shown><!--.{0,20}).*?(?:-->|\Z)", re.S)
UNSEEN_STYLE = re.compile(
    r"(?P<shown><(?P<tag>\w{1,12})\b[^<>]{0,200}(?:font-size\s*:\s*0|display\s*:\s*none"
    r"|visibility\s*:\s*hidden|color\s*:\s*(?:white|#fff(?:fff)?\b|transparent)"
    r"|opacity\s*:\s*0(?![.\d])|\bhidden\b)[^<>]{0,200}>)(?:[^<]{0,2000}</(?P=tag)\s*>)?",
    re.I,
)
LATEX_UNSEEN = re.compile(
    r"(?P<shown>\\(?:(?:textcolor|color)\{white\}|phantom))(?:\{[^{}]{0,2000}\})?"
)
STACKED = re.compile(r"(?:\w[\u0300-\u036f\u0489\u20d0-\u20f0]{3,}\s?)+")
BLOB = re.compile(
    r"(?<![\w/+=.-])(?=[A-Za-z0-9+/]{0,200}[0-9+/])[A-Za-z0-9+/]{60,}={0,2}(?![\w/+=])"
)

MIXED_WORD = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u04ff])\w{2,40}\b")
LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏАВЕКМНОРСТУХІЈЅαονρτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlABEKMHOPCTYXIJSaovptuABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that look Latin, with what they look like."""

SCORE_WORD = r"(?:scores?|ratings?|marks?|grades?|points?)"
MACHINE = r"(?:ai|llm|language model|large language model|chatbot|automated)"
JUDGE = r"(?:reviewers?|graders?|assessors?|evaluators?|screeners?)"
OPENING = r"(?:^|[.!?:>]\s|[\[(<{*#>])[ \t]*"
COMMANDS = (
    # take back what was said before
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier"
    r"|preceding|all|any|your)\b"
    r"[^.\n]{0,20}\b(?:instructions?|prompts?|guidelines|rubric)\b",
    r"\bignore (?:the |everything |what is )?(?:instructions |text )?above\b",
    r"(?:игнорируй|забудь|не учитывай)\w*[^.\n]{0,30}(?:инструкци|указани)\w*",
    r"\bignorier\w*[^.\n]{0,30}\banweisung\w*",
    r"\bignore[zr]?\b[^.\n]{0,20}\binstructions (?:précédentes|ci-dessus)\b",
    r"\bignor[ae]\w*[^.\n]{0,30}\binstrucciones\b",
    # ask for a score
    r"\b(?:set|raise|give|assign|award|increase)\b[^.\n]{0,40}\b(?:every|all|each|full"
    r"|maximum|max|perfect)\b"
    r"[^.\n]{0,20}\b" + SCORE_WORD + r"\b",
    r"\b(?:rate|score|grade|rank) (?:this|the) (?:letter|candidate|application|applicant)\b",
    r"\b(?:every|all|each) " + SCORE_WORD + r"\b[^.\n]{0,25}\b(?:maximum|max|highest|top)\b",
    r"(?:поставь|выставь)\w*[^.\n]{0,30}(?:максимальн|высш|наивысш)\w*[^.\n]{0,15}(?:балл"
    r"|оценк)\w*",
    r"\b(?:this|the) candidate (?:was|is|has been) already approved\b",
    r"\brecommend (?:this|the) candidate\b",
    r"\band (?:report|list|find) no (?:issues|errors|mistakes|problems)\b",
    # speak to the machine by name
    OPENING + r"(?:note|message|instructions?|memo) (?:from|to|for) the (?:review(?:er|ing)?"
    r"|grad(?:er|ing)|hiring ai"
    r"|ai|llm|model|system|assistant|bot|screen(?:er|ing))\b",
    OPENING
    + r"(?:to|attention|dear|hey|hello)[ :,]+(?:the |any |all )?"
    + MACHINE
    + r"[ -]?(?:"
    + JUDGE
    + r"|readers?|models?|systems?|assistants?)?(?=[:,!]| (?:reading|reviewing|please|you)\b)",
    OPENING + MACHINE + " " + JUDGE + r"\s*[:,]",
    OPENING
    + r"(?:system|assistant|reviewer|grader)(?: prompt| message| note| instructions?)?[>\])*]*:",
    r"\bif you(?: are|['’]re) (?:an? )?(?:\w+ ){0,2}(?:ai|llm|language model|model|chatbot"
    r"|bot)\b",
    r"\byou are now (?:an? |in )?(?:\w+ ){0,2}(?:ai|assistant|mode|dan|jailbroken"
    r"|unrestricted)\b",
    # tell it what to answer
    r"\bnew (?:task|instructions?|objective|system prompt)\s*:",
    r"\b(?:answer|reply|respond|output) (?:only|exactly|just) (?:with|in)\b",
    r"\b(?:answer|reply|respond) with\b[^.\n]{0,60}\b(?:nothing else|only)\b",
    r"\bwhen(?:ever)? you (?:answer|reply|respond)\b[^.\n]{0,30}\b(?:include|add|say|write"
    r"|use|mention|insert)\b",
    r"\bremember (?:this )?(?:for|in) (?:all|any|every) (?:later|future|following|next"
    r"|subsequent)\b",
    r"(?:^|[.!;:,]\s|\band |\bplease )(?:do not|don['’]t|never) (?:report|mention|list"
    r"|reveal|flag)\b[^.\n]{0,30}"
    r"\b(?:issues?|errors?|mistakes|problems|comment|instructions?|weakness(?:es)?)\b",
    r"\b(?:reveal|print|repeat|leak|output)\b[^.\n]{0,20}\b(?:system|hidden"
    r"|initial) (?:prompt|instructions?)\b",
    r"\b(?:end|start|begin|close|finish) your (?:answer|reply|response|review|critique|output)\b",
    r"\b(?:include|insert|append|add)\b[^.\n]{0,60}\b(?:in|to|into|of) your"
    r" (?:answer|reply|response|review|critique|output)\b",
    r"\b(?:show|print|send|list|reveal|tell me)\b[^.\n]{0,40}\b(?:of|from) (?:the |an? )?"
    r"(?:previous|other|another|last) (?:applicant|candidate|user|customer)s?\b",
    # judge itself
    r"\b(?:evidence|motivation|addressee|structure|mechanics|clarity|criteri(?:a|on)|score)\b"
    r"\s*[:=]?\s*[1-5]\s*(?:/|of|out of)\s*[1-5]\b",
    r"\b(?:give|rate|score|grade)\b[^.\n]{0,30}?\b[3-5]\s?(?:/|of|out of)\s?[45]\b",
    r"\b(?:rate|score|grade|mark) (?:[\w-]+ ){1,3}(?:with|as|at) (?:an? )?[3-5]\b",
    r"\bto who(?:m)?ever (?:grades|rates|scores|assesses|evaluates|reviews) th(?:is|e)\b",
    # look like the machine's own format
    r"<\|[a-z_]{2,20}\|>|\[/?INST\]|<</?SYS>>|<<<[A-Z_ ]{3,40}>>>",
    r"</?(?:letter|document|system|assistant|user_?input|instructions?)>",
    r"[{,]\s*[\"“](?:scores?|verdict|issues|edits|critique|rating|label)[\"”]\s*:",
    r"<script\b|\bjavascript:|\bon(?:error|load|click)\s*=|\bdata:text/html",
)
COMMAND = re.compile("|".join(COMMANDS), re.I | re.M)
"""Words said to a program and never to a person. A screen to tell the writer, not to censor:
lists are weak against who means it, so the model's answer is guarded elsewhere as well."""


def find(text: str, masks: tuple[Mask, ...] = ()) -> tuple[Hostile, ...]:
    """Everything in a text that hides or commands, in order."""
    found = [
        *_characters(text),
        *_markup(text),
        *_lookalikes(text),
        *_stacked(text),
        *_blobs(text, masks),
    ]
    found += _commands(text, [one.passage for one in found if one.trick in _OPAQUE])
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


_OPAQUE = frozenset({Trick.COMMENT, Trick.STYLE})


def reading(text: str, hostile: tuple[Hostile, ...]) -> str:
    """The text as an honest reader sees it, of the same length: passages blanked, lookalikes
    turned into the letters that they imitate."""
    pieces: list[str] = []
    offset = 0
    for one in sorted(hostile, key=lambda one: one.passage):
        start, end = max(offset, one.passage[0]), one.passage[1]
        if start < end and one.trick is not Trick.LOOKALIKES:
            pieces += [text[offset:start], blank(text[start:end])]
            offset = end
    blanked = "".join([*pieces, text[offset:]])
    return MIXED_WORD.sub(lambda word: _latin(word.group()), blanked)


def undisguises(edit: Edit) -> bool:
    """Whether an edit only takes out invisible characters or gives imitated letters back."""
    return edit.right == INVISIBLE.sub("", edit.wrong).translate(LOOKALIKES)


def blank(text: str) -> str:
    """The same number of characters and lines, with nothing to read."""
    return BLANKED.sub(" ", text)


BLANKED = re.compile(r"[^\n\r]")


def _latin(word: str) -> str:
    return word.translate(LOOKALIKES) if _imitates(word) else word


def _characters(text: str) -> Iterator[Hostile]:
    """Invisible characters: one telling for all of them, at the first; each run is blanked."""
    runs = [
        (run, count)
        for run in INVISIBLE_RUN.finditer(text)
        if (count := sum(_suspicious(text, at) for at in range(*run.span())))
    ]
    total = sum(count for _, count in runs)
    for number, (run, _) in enumerate(runs):
        start = run.start()
        count = 0 if number else total
        yield Hostile(Trick.CHARACTERS, start, start + 1, passage=run.span(), count=count)


INVISIBLE_RUN = re.compile(f"(?:{INVISIBLE.pattern})+")


def _suspicious(text: str, offset: int) -> bool:
    before, after = text[max(0, offset - 1) : offset], text[offset + 1 : offset + 2]
    if text[offset] == "\ufeff":
        return offset > 0
    if text[offset] in JOINERS:
        return before.isascii() or after.isascii()
    return True


def _markup(text: str) -> Iterator[Hostile]:
    for trick, pattern in (
        (Trick.COMMENT, COMMENT),
        (Trick.STYLE, UNSEEN_STYLE),
        (Trick.STYLE, LATEX_UNSEEN),
    ):
        for found in pattern.finditer(text):
            yield Hostile(trick, *found.span("shown"), passage=found.span())


HEAD = 60
"""So much of a hidden passage is shown: enough to find it, too little to carry its message on."""


def _lookalikes(text: str) -> Iterator[Hostile]:
    words = [found for found in MIXED_WORD.finditer(text) if _imitates(found.group())]
    if words:
        yield Hostile(Trick.LOOKALIKES, *words[0].span(), passage=words[0].span(), count=len(words))


def _imitates(word: str) -> bool:
    """Every foreign letter of the word looks Latin; a Greek letter in a short word is a symbol."""
    latin = word.translate(LOOKALIKES)
    return latin.isascii() and (len(word) > 3 or not GREEK.search(word))


GREEK = re.compile("[\u0370-\u03ff]")


def _stacked(text: str) -> Iterator[Hostile]:
    for found in STACKED.finditer(text):
        yield Hostile(
            Trick.STACKED, found.start(), min(found.end(), found.start() + HEAD), found.span()
        )


def _blobs(text: str, masks: tuple[Mask, ...]) -> Iterator[Hostile]:
    covered = Cover([(mask.start, mask.end) for mask in masks])
    for found in BLOB.finditer(text):
        if not covered.holds(found.start()):
            yield Hostile(Trick.BLOB, found.start(), found.start() + HEAD, found.span())


def _commands(text: str, opaque: list[tuple[int, int]]) -> Iterator[Hostile]:
    """One telling a paragraph; the passage runs from the commanding sentence to its end."""
    covered = Cover(opaque)
    told_until = 0
    plain, places = _plain(text)
    for found in COMMAND.finditer(plain):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if start < told_until or covered.holds(start):
            continue
        told_until = _paragraph_end(text, end)
        passage = (_sentence_start(text, start), told_until)
        yield Hostile(Trick.COMMAND, start, min(end, start + HEAD), passage)


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is read aloud, with the place of each character: nothing invisible, in the
    letters that look-alikes, full-width and mathematical ones stand for."""
    if text.isascii():
        return text, range(len(text))
    places = [place for place, sign in enumerate(text) if not INVISIBLE.match(sign)]
    shown = "".join(_folded(text[place]) for place in places)
    return MIXED_WORD.sub(lambda word: _latin(word.group()), shown), places


def _folded(sign: str) -> str:
    """A styled letter as the plain one, when that is one character as well."""
    if sign < "\u2100":
        return sign
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def _sentence_start(text: str, offset: int) -> int:
    before = text[max(0, offset - 300) : offset]
    borders = [
        before.rfind(mark) + len(mark) for mark in ("\n", ". ", "! ", "? ") if mark in before
    ]
    return offset - len(before) + max(borders, default=0)


def _paragraph_end(text: str, offset: int) -> int:
    gap = PARAGRAPH_GAP.search(text, offset)
    return gap.start() if gap else len(text)


PARAGRAPH_GAP = re.compile(r"\n[ \t\r]*\n")
