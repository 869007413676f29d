"""Whether the letter is written to this reader, and why now."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Severity
from coach.rules import phrases
from coach.rules.blocks import Block, BlockKind, Sentence
from coach.rules.leftovers import says_nothing, sections
from coach.rules.letter import READ, Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign
from coach.rules.signs import read as read_signs

SEEKS = re.compile(
    r"(?i)\b(?:I\s+want\s+to\s+(?:find|join|work)|looking\s+for|my\s+goals?|seek(?:ing)?"
    r"|opportunity|join\s+(?:you|your)|I\s+see\s+\S{1,30}(?:\s\S{1,20})?\s+as"
    r"|your\s+(?:company|team|programme?|school|organi[sz]ation)|perfect\s+fit"
    r"|part\s+of\s+(?:your|this|the|it\b)|learn\s+from|ваш[аеу]?\w{0,2}\s+(?:компани|команд|программ|школ)\w*"
    r"|стать\s+частью|предложить\s+свою\s+кандидатуру)\b"
)
TAKES = re.compile(
    r"(?i)\b(?:opportunity\s+for\s+me|allow\s+me\s+to|help\s+me\s+(?:to\s+)?(?:grow|learn"
    r"|develop|boost|improve|gain|become)|boost\s+my|improve\s+my|develop\s+my"
    r"|grow\s+(?:professionally|as\s+an?)|gain\s+(?:new\s+)?(?:experience|knowledge|skills)"
    r"|get\s+(?:even\s+)?(?:more\s+)?(?:in\s+touch|experience|knowledge)|learn\s+from"
    r"|развиваться|получить\s+(?:опыт|знания)|научиться|расти)\b"
)
IMPERSONAL = re.compile(
    r"(?i)\b(?:to\s+whom(?:ever)?\s+it\s+may\s+concern|dear\s+sirs?(?:\s*(?:/|or"
    r"|and)\s*madam)?|dear\s+madam(?:\s*(?:/|or)\s*sir)?|уважаемы[ей]\s+(?:господа|работодатель"
    r"|дамы\s+и\s+господа)|sehr\s+geehrte\s+damen\s+und\s+herren)\b"
)


@rule("no-addressee-detail", Severity.MAJOR, Criterion.SPECIFICITY_TO_ADDRESSEE)
def no_addressee_detail(letter: Letter) -> Iterator[Hit]:
    """Nothing is true of this reader alone; the quote is the most general sentence."""
    if not letter.may_lack or letter.has(Sign.THEIR_FACT):
        return
    general = [(_generality(letter, *one), one[0]) for one in letter.body]
    weight, sentence = max(general, key=lambda one: one[0], default=(0.0, None))
    if sentence is not None and weight >= GENERAL:
        yield Hit(sentence.start, sentence.end, "general")
    else:
        yield Hit(0, 0)


GENERAL = 2.0


def _generality(letter: Letter, sentence: Sentence, read: frozenset[Sign]) -> float:
    vague = sum(1 for _ in phrases.find("vague", letter.prose, letter.words_in(sentence)))
    seeks, takes = SEEKS.search(sentence.text), TAKES.search(sentence.text)
    to_them = Sign.TO_THEM in read or "[" in sentence.text
    flatters = to_them and Sign.FLATTERY in read
    if not (seeks or takes or flatters or (to_them and Sign.WISH in read)):
        return 0.0
    weight = 1.5 * bool(seeks) + 1.5 * bool(takes) + 2.0 * flatters
    return weight + to_them + 0.5 * min(vague, 4)


@rule("flattery", Severity.MINOR, Criterion.SPECIFICITY_TO_ADDRESSEE)
def flattery(letter: Letter) -> Iterator[Hit]:
    """Praise that fits everyone, in a letter that does name something of its reader."""
    if not letter.may_lack or not letter.has(Sign.THEIR_FACT):
        return
    for sentence, read in letter.body:
        if {Sign.FLATTERY, Sign.TO_THEM} <= read:
            yield Hit(sentence.start, sentence.end)
            return


@rule("reason-without-cause", Severity.MAJOR, Criterion.MOTIVATION_FIT)
def reason_without_cause(letter: Letter) -> Iterator[Hit]:
    """An interest that is named late or bare, and nowhere explained."""
    if not letter.may_lack:
        return
    bare = [sentence for sentence, _ in letter.body if _is_bare(sentence)]
    everything = next((one for one in bare if GENERAL_INTEREST.search(one.text)), None)
    if everything:
        yield Hit(everything.start, everything.end)
        return
    last = max(bare, key=lambda one: (_is_asked_why(letter, one), one.start), default=None)
    if last and last.start > LATE * len(letter.text):
        if len(last.text.split()) <= AFTERTHOUGHT_WORDS or not _caused(letter):
            yield Hit(last.start, last.end, "late")
            return
    elif last and not _caused(letter):
        yield Hit(last.start, last.end)
        return
    for said, _ in letter.body:
        if WORLD.search(said.text):
            yield Hit(said.start, said.end, "world")
            return


def _is_asked_why(letter: Letter, sentence: Sentence) -> bool:
    """Whether a sentence stands in the answer to the question for a reason."""
    above = [block for block in letter.blocks[: sentence.block] if block.kind is BlockKind.HEADING]
    return bool(above) and bool(ASKS_WHY.search(above[-1].text))


ASKS_WHY = re.compile(
    r"(?i)\b(?:why|what draws|motivat\w+|warum|weshalb|мотивац\w+|почему|зачем)\b"
)


WORLD = re.compile(
    r"(?i)\b(?:(?:machine\s+learning|artificial\s+intelligence|AI|data(?:\s+science)?|technolog(?:y|ies))"
    r"\s+(?:is|are|has|have)\s+(?:the\s+(?:new|future)|chang\w+|transform\w+|revolutioni\w+"
    r"|everywhere|becom\w+)|in\s+(?:today['’]s|the\s+modern)\s+world|the\s+world\s+is\s+\w+ing"
    r"|will\s+(?:change|transform|revolutioni[sz]e)\s+(?:the\s+(?:way|world)|our)"
    r"|most\s+wanted\s+professional\w*|в\s+современном\s+мире|меняет\s+(?:мир|нашу\s+жизнь))"
)
"""Reasons that are everybody's."""
GENERAL_INTEREST = re.compile(
    r"(?i)\b(?:everything|all\s+(?:kinds|sorts)\s+of|anything)\s+(?:that\s+is\s+)?(?:connected|related|to\s+do"
    r"|about|in\s+the\s+field)\b|\bвс[её]м?,?\s+что\s+связано\b"
)
"""An interest in everything has no cause that could be told."""


def _is_bare(sentence: Sentence) -> bool:
    return bool(BARE.search(sentence.text)) and len(sentence.text.split()) <= BARE_WORDS


BARE = re.compile(
    r"(?i)\binterest(?:ed|s)?\s+(?:in|lies?|is|are)\b|\bfascinated\b|\bpassion(?:ate)?\b"
    r"|\bexcited\s+(?:about|by)\b|\bas\s+for\s+my\s+goals"
    r"|\bmy\s+(?:goal|dream|aim)\s+is\b|\b(?:been|is)\s+my\s+dream\b|\bnew\s+challenges?\b"
    r"|\btime\s+(?:to\s+leave|for\s+(?:a|something)\s+(?:change|new))\b"
    r"|\bмне\s+(?:очень\s+)?(?:интерес|нравит)\w+|\bхочу\s+(?:развиваться|работать|стать|перейти)\b"
    r"|\bI\s+(?:really\s+|now\s+)*want\s+to\s+(?:become"
    r"|work|be|move|transition|switch|find|learn)\b"
)
BARE_WORDS = 35
AFTERTHOUGHT_WORDS = 10
"""An interest told in so few words has no reason attached."""
LATE = 0.6


def _caused(letter: Letter) -> bool:
    """Some wish of the letter has its cause in the same sentence or the one before."""
    before = frozenset[Sign]()
    for _, read in letter.body:
        wishes = {Sign.WISH, Sign.THEIR_FACT} & read and Sign.FLATTERY not in read
        if wishes and Sign.CAUSE in read | before:
            return True
        before = read
    return False


@rule("thin-answer", Severity.MAJOR, Criterion.REQUIREMENT_COVERAGE)
def thin_answer(letter: Letter) -> Iterator[Hit]:
    """A requirement answered in a breath, with nothing done, counted or linked."""
    if not letter.kind.is_answers or letter.language not in READ:
        return
    links = letter.cover("url")
    thin = [
        (_solidity(letter, body), heading, body)
        for heading, body in sections(letter)
        if body and _is_thin(heading, body) and not links.within(body[0].start, body[-1].end)
    ]
    for _, heading, body in sorted(thin, key=lambda one: (one[0], one[1].start)):
        yield Hit(heading.start, body[0].end, facts={"words": _length(body)})


def _solidity(letter: Letter, body: tuple[Block, ...]) -> float:
    """How much of an answer can be checked: years and places can, names of tools can't."""
    text = letter.prose[body[0].start : body[-1].end]
    tools = sum(1 for block in body for _ in phrases.find("tools", text, letter.words_in(block)))
    named = len(CHECKABLE.findall(text))
    return min(named, 3) - 0.5 * min(tools, 4)


CHECKABLE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?i:years?|degree|university|лет|года?|университет\w*)\b"
)
THIN_WORDS = 25
UNSHOWN_WORDS = 60
"""An answer that shows nothing at all is thin up to this length."""
IN_BRIEF = re.compile(
    r"(?i)\b(?:how (?:many|much|long|did you (?:hear|find|learn))|when|where|(?:do|did|are|have|can"
    r"|would) you|eligible|anything else|optional|notice period"
    r"|one sentence|in a sentence|few words|wie viele|wann|wo"
    r"|availab\w+|willing\w*|travel\w*|driving|shifts?|готовность|английский язык"
    r"|start(?:ing)? date|notice|languages?|work permit|salary|visa|references?"
    r"|verfügbar\w*|sprach\w+|доступность|зарплат\w*|языки|seit wann|einem satz"
    r"|haben sie|sind sie|сколько|когда|где|откуда|как вы узнали"
    r"|готовы ли|есть ли|одним предложением|в двух словах|(?:\d|[1-5]\d) (?:words|слов|wörter))\b"
)
"""Questions that a few words answer."""


def _is_thin(heading: Block, body: tuple[Block, ...]) -> bool:
    words = _length(body)
    limit = THIN_WORDS // 2 if "?" in heading.text else UNSHOWN_WORDS
    if IN_BRIEF.search(heading.text) or not 0 < words <= limit:
        return False
    if words > THIN_WORDS and any(TELLING & read_signs(block.text) for block in body):
        return False
    return not any(_shows(block) or says_nothing(block.text) for block in body)


TELLING = {
    Sign.DEED,
    Sign.NUMBER,
    Sign.CAUSE,
    Sign.THEIR_FACT,
    Sign.STEP,
    Sign.INITIATIVE,
    Sign.WISH,
}
"""What a longer answer may rest on; one without any of it only says that a thing is so."""


def _shows(block: Block) -> bool:
    read = read_signs(block.text)
    return Sign.OUTCOME in read or {Sign.DEED, Sign.NUMBER} <= read


def _length(body: tuple[Block, ...]) -> int:
    return sum(len(block.text.split()) for block in body)


@rule("impersonal-greeting", Severity.MINOR, Criterion.SPECIFICITY_TO_ADDRESSEE)
def impersonal_greeting(letter: Letter) -> Iterator[Hit]:
    """Addressed to nobody."""
    for block in letter.blocks:
        found = IMPERSONAL.search(block.text) if block.kind is not BlockKind.HEADING else None
        if found:
            yield Hit(block.start + found.start(), block.start + found.end())
            return
