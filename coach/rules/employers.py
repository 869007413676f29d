"""Whether the letter is addressed to the one whose posting it answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.letters import Criterion, Severity
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule

NAME = (
    r"(?P<name>[A-ZА-ЯЁ][\w&'’-]*[\w&]\b"
    r"(?:[ ](?!(?:Team|Group|I|As|In|My)\b)[A-ZА-ЯЁ][\w&-]+){0,2})"
)
ADDRESSED = re.compile(
    rf"\b(?:[Dd]ear|[Hh]ello|[Hh]i)\s+{NAME}\s+(?:[Tt]eam|[Hh]iring|[Rr]ecruit|HR)"
    rf"|\b(?:join|joining)\s+{NAME.replace('name', 'joined')}(?![\w-])"
    r"|\b(?:position|role|job|internship|vacancy)\s+(?:at|with)\s+"
    rf"{NAME.replace('name', 'offered')}"
    rf"|\bto\s+(?:work|intern)\s+(?:at|for|with)\s+{NAME.replace('name', 'wanted')}"
    rf"|\bваканси[юи]\s+[^.\n]{{0,40}}?\bв\s+[«\"]?{NAME.replace('name', 'vacant')}"
)
EMPLOYER = re.compile(
    r"(?m:^[^\w\n]{0,6}(?:About|At|Join|Company:|Employer:|Компания:?|О компании)\s+[«\"]?"
    rf"{NAME})"
    rf"|\b(?:[Jj]oin|[Aa]t)\s+{NAME.replace('name', 'joined')}(?=,|\s+(?:we|you|as)\b)"
    rf"|(?m:^[^\w\n]{{0,6}}){NAME.replace('name', 'named')}\s+(?:is\s+(?:a|an|the|looking|hiring"
    r"|seeking)\b|seeks|ищет|sucht)"
)
NO_EMPLOYER = frozenset(
    {
        "a", "ai", "an", "berlin", "company", "data", "engineering", "europe", "germany", "hiring",
        "in", "it", "january", "london", "machine", "ml", "our", "python", "remote", "research",
        "team", "that", "the", "this", "us", "we", "you", "your", "вы", "мы",
    }
)  # fmt: skip
"""First words that name nobody who hires."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, with its place."""

    start: int
    end: int
    name: str

    @property
    def key(self) -> str:
        """By its first word a name is known again: "Larkspur Labs" is Larkspur."""
        return re.split(r"['’\s-]", self.name)[0].casefold()


@rule("wrong-addressee", Severity.BLOCKER, Criterion.SPECIFICITY_TO_ADDRESSEE)
def wrong_addressee(letter: Letter) -> Iterator[Hit]:
    """The letter names another employer than the posting; or two employers as its reader."""
    addressed = list(_named(ADDRESSED, letter.prose))
    employers = {one.key: one.name for one in _named(EMPLOYER, letter.posting)}
    said = letter.prose.casefold()
    posted = letter.posting.casefold()
    if employers and not any(key in said for key in employers):
        for one in addressed:
            if one.key not in posted:
                facts = {"name": one.name, "employer": next(iter(employers.values()))}
                yield Hit(one.start, one.end, facts=facts)
                return
    first = addressed[0] if addressed else None
    for one in addressed[1:]:
        if first and one.key != first.key and one.key not in posted:
            facts = {"name": one.name, "other": first.name}
            yield Hit(one.start, one.end, "two", facts, Severity.MAJOR)
            return


def _named(pattern: re.Pattern[str], text: str) -> Iterator[Named]:
    for found in pattern.finditer(text):
        group = next(name for name, value in found.groupdict().items() if value)
        name = Named(*found.span(group), found[group])
        if name.key not in NO_EMPLOYER:
            yield name
