"""Grammar that is certain: closed patterns that are wrong in every English letter.

Each was held against 322,000 words of edited technical prose, where all of them together raised
nothing false; what depends on
meaning is left to a model. A rule says what is wrong by a pattern and what is right by a template.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass

from coach.letters import EditKind
from coach.proofread.proposals import Proposal

CONFIDENCE = 0.95
IN_QUESTION = 0.7


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern whose group `wrong` is replaced by what `right` makes of the match."""

    pattern: re.Pattern[str]
    right: Callable[[re.Match[str]], str]
    reason: str
    ask: bool = False


def find(covered: str, places: Set[int] | None = None) -> Iterator[Proposal]:
    """Slips in a text whose masks are covered; with `places` only those at English words, which
    start there."""
    for rule in RULES:
        for match in rule.pattern.finditer(covered):
            if places is not None and match.start("wrong") not in places:
                continue
            wrong, right = match["wrong"], rule.right(match)
            opens = _OPENS.search(covered[max(0, match.start("wrong") - 3) : match.start("wrong")])
            shaped = right[0].upper() + right[1:] if opens and wrong[0].isupper() else right
            confidence = IN_QUESTION if rule.ask else CONFIDENCE
            yield Proposal(
                *match.span("wrong"), shaped, EditKind.GRAMMAR, confidence, rule.reason, rule.ask
            )


_OPENS = re.compile(r"(?:^|[.!?:\n•*-])[\s\"“]*$")
"""What stands before a word whose capital is the sentence's."""


def _rule(pattern: str, right: str | Mapping[str, str], reason: str, *, ask: bool = False) -> Rule:
    """`right` is a replacement, or one for each wrong form in small letters."""

    def by_form(match: re.Match[str]) -> str:
        return right[" ".join(match["wrong"].lower().split())] if isinstance(right, Mapping) else ""

    return Rule(
        re.compile(pattern, re.IGNORECASE),
        by_form if isinstance(right, Mapping) else lambda _: right,
        reason,
        ask,
    )


_PASTS = {
    "became": ("become", "become"),
    "began": ("begin", "begun"),
    "broke": ("break", "broken"),
    "chose": ("choose", "chosen"),
    "drew": ("draw", "drawn"),
    "drove": ("drive", "driven"),
    "gave": ("give", "given"),
    "grew": ("grow", "grown"),
    "knew": ("know", "known"),
    "spoke": ("speak", "spoken"),
    "took": ("take", "taken"),
    "went": ("go", "gone"),
    "wrote": ("write", "written"),
}
"""Past forms that are nothing else, with the infinitive and the participle."""

_INFINITIVES = {past: forms[0] for past, forms in _PASTS.items()}
_PARTICIPLES = {past: forms[1] for past, forms in _PASTS.items()}
_PAST = "|".join(_PASTS)

_HEARING = {
    verb: f"{verb.removesuffix('e') if verb.endswith('e') and verb != 'see' else verb}ing"
    for verb in ("hear", "meet", "speak", "discuss", "see", "join", "contribute", "receive")
} | {"become": "becoming"}

_JOBS = (
    "analyst|architect|assistant|biologist|chemist|consultant|designer|developer|doctor|economist"
    "|engineer|freelancer|intern|journalist|lawyer|lecturer|mathematician|nurse|physicist"
    "|programmer|researcher|scientist|student|teacher|translator|tutor|volunteer"
)
_FIELDS = (
    "(?:(?:backend|back-end|business|data|deep learning|freelance|frontend|full-stack|junior|lead"
    "|machine learning|mechanical|ML|physics|principal|product|project|Python|QA|quality"
    "|quantitative|research|security|senior|software|systems?|teaching|web) )"
)
_GONE_ON = r"(?=[.,;:!?\n]|$| (?:and|at|for|from|in|on|since|who|with)\b)"


_SOME = "many|several|two|three|four|five|six|seven|eight|nine|ten"
_COUNTED = (
    "book|company|course|experiment|idea|job|language|library|model|month|paper|project|skill"
    "|student|task|tool|university|week|year"
)


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _with_article(match: re.Match[str]) -> str:
    word = match["wrong"]
    sounds_open = word[0].lower() in "aeiou" or word.startswith("ML ")
    return f"{'an' if sounds_open else 'a'} {word}"


RULES = (
    _rule(r"\b(?:he|she|it) (?P<wrong>don['’]t)\b", "doesn't", "agreement"),
    _rule(r"\bI (?P<wrong>has)\b", "have", "agreement"),
    _rule(
        r"(?<!\bif )(?<!\bwish )\b(?:we|they) (?P<wrong>was)\b(?! \w+ing\b.* by\b)",
        "were",
        "agreement",
    ),
    _rule(r"(?<!of )\b(?:everyone|everybody|nobody) (?P<wrong>are)\b", "is", "agreement"),
    _rule(
        r"\b(?P<wrong>this) (?=(?:skills|companies|technologies|students|years|ideas|algorithms"
        r"|courses|libraries|methods|abilities|opportunities)\b)",
        "these",
        "agreement",
    ),
    _rule(
        rf"\b(?:want|wants|wanted|able|try|trying|tried|need|needed|hope|hoped|plan|planned|decided"
        rf"|going|like|began|started) to (?P<wrong>{_PAST})\b",
        _INFINITIVES,
        "infinitive",
    ),
    _rule(
        rf"\b(?:did|does|do|didn['’]t|doesn['’]t|don['’]t|did not|does not|do not"
        rf"|could|would|should|must|can['’]t|couldn['’]t|wouldn['’]t|cannot)"
        rf" (?P<wrong>{_PAST})\b",
        _INFINITIVES,
        "infinitive",
    ),
    _rule(
        r"\b(?:did not|didn['’]t|does not|doesn['’]t|will|would|could|should|must|can"
        r"|cannot) (?P<wrong>has)\b",
        "have",
        "infinitive",
    ),
    _rule(
        rf"\b(?:I|you|we|they)(?: have| had|['’]ve) (?:\w+ly |never |always |already |just )?"
        rf"(?P<wrong>{_PAST})\b",
        _PARTICIPLES,
        "participle",
    ),
    _rule(
        rf"\b(?:he|she|it|which|that|who) has (?:\w+ly |never |always |already |just )?"
        rf"(?P<wrong>{_PAST})\b",
        _PARTICIPLES,
        "participle",
    ),
    Rule(
        re.compile(
            r"\b(?P<wrong>more (?:better|bigger|cheaper|easier|faster|harder|higher|larger|lower"
            r"|simpler|smaller|stronger|worse))\b(?! (?:and more|than ever before))",
            re.IGNORECASE,
        ),
        lambda match: match["wrong"].split()[1],
        "comparative",
        ask=True,
    ),
    _rule(rf"\blook(?:ing)? forward to (?P<wrong>{'|'.join(_HEARING)})\b", _HEARING, "forward_to"),
    _rule(
        r"\b(?:I am|I['’]m|I was|we are|we['’]re) (?:very |really |deeply |also |particularly )?"
        r"(?P<wrong>interesting) in\b(?! (?:that|itself))",
        "interested",
        "interested",
    ),
    _rule(r"\bI (?P<wrong>am agree)\b", "agree", "infinitive"),
    _rule(r"\bdepend(?:s|ed|ing)? (?P<wrong>of)\b(?! course)", "on", "preposition"),
    _rule(r"\bresponsible (?P<wrong>of)\b(?! course)", "for", "preposition"),
    _rule(r"\bexplain(?:ed|s)? (?P<wrong>me)\b(?! to\b)", "to me", "preposition"),
    _rule(
        r"\bgraduated (?P<wrong>the|my) (?=(?:university|school|college|institute|faculty)\b)",
        {"the": "from the", "my": "from my"},
        "preposition",
    ),
    _rule(
        rf"\b(?P<wrong>since) (?=(?:\d{{1,2}}|{_SOME})"
        r" (?:years|months|weeks)\b(?! (?:ago|before|after|of age|earlier|prior)\b))",
        "for",
        "since",
        ask=True,
    ),
    _rule(
        r"\b(?P<wrong>informations|knowledges|softwares|equipments|homeworks|feedbacks|advices)\b",
        {
            "informations": "information",
            "knowledges": "knowledge",
            "softwares": "software",
            "equipments": "equipment",
            "homeworks": "homework",
            "feedbacks": "feedback",
            "advices": "advice",
        },
        "uncountable",
    ),
    _rule(
        r"\b(?P<wrong>an information|an advice|a software|a feedback|a research|an equipment)"
        rf"{_GONE_ON}",
        {
            "an information": "information",
            "an advice": "advice",
            "a software": "software",
            "a feedback": "feedback",
            "a research": "research",
            "an equipment": "equipment",
        },
        "uncountable",
    ),
    Rule(
        re.compile(
            rf"(?<![\w-])(?:{_SOME}|various|a few) (?P<wrong>{_COUNTED})"
            r"(?=[.,;:!?\n]|$| (?:and|at|for|in|of|where|which|with|ago)\b(?!-))",
            re.IGNORECASE,
        ),
        lambda match: _plural(match["wrong"]),
        "plural",
    ),
    _rule(r"\bI (?P<wrong>have) \d\d years old\b", "am", "age"),
    _rule(r"\b(?P<wrong>despite of)\b", "despite", "preposition"),
    _rule(r"\bI (?P<wrong>very) (?:like|want|enjoy|appreciate|hope)\b", "really", "very"),
    _rule(r"\b(?P<wrong>how) (?:it|this|that|they|everything) looks? like\b", "what", "looks_like"),
    _rule(
        r"\b(?P<wrong>said|say|says) me\b", {"said": "told", "say": "tell", "says": "tells"}, "told"
    ),
    _rule(r"\b(?P<wrong>in the same time)\b", "at the same time", "preposition", ask=True),
    Rule(
        re.compile(
            r"\b(?:I am|I['’]m|I was|(?:[Ww]ork(?:s|ed|ing)?|job|career) as|to become)"
            rf" (?P<wrong>(?:{_FIELDS}){{0,3}}(?:{_JOBS})){_GONE_ON}"
        ),
        _with_article,
        "missing_article",
    ),
)
"""Tried in this order; of two that overlap, the first is kept."""
