"""docs/rules.md is true: every rule has its section, and every example does what it says."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.letters import Kind
from coach.rules import RULES, USEFUL_FIRST, check
from coach.texts import LANGUAGES, catalogue

PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8")
SECTIONS = {part.split("\n", 1)[0].strip(): part for part in re.split(r"(?m)^## ", PAGE)[1:]}
EXAMPLE = re.compile(r"```text ?([^\n]*)\n(.*?)\n```", re.S)


@dataclass(frozen=True)
class Example:
    rule: str
    fails: bool
    kind: Kind
    text: str


def examples() -> list[Example]:
    found: list[Example] = []
    for rule, section in SECTIONS.items():
        failing, passing = section.split("Passes:")
        for part, fails in ((failing, True), (passing, False)):
            for info, text in EXAMPLE.findall(part):
                times = re.search(r"×(\d+)", info)
                kind = Kind(info) if info in Kind._value2member_map_ else Kind.COVER_LETTER
                found.append(
                    Example(rule, fails, kind, f"{text} " * int(times[1]) if times else text)
                )
    return found


def test_every_rule_has_a_section_and_every_section_a_rule():
    assert list(SECTIONS) == list(USEFUL_FIRST)
    assert SECTIONS.keys() == RULES.keys()


@pytest.mark.parametrize("rule", RULES)
def test_a_section_names_severity_and_criterion(rule: str):
    assert f"*{RULES[rule].severity} · {RULES[rule].criterion}*" in SECTIONS[rule]


@pytest.mark.parametrize("rule", RULES)
def test_a_section_has_an_example_that_fails_and_one_that_passes(rule: str):
    assert {example.fails for example in examples() if example.rule == rule} == {True, False}


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.rule}-{one.fails}")
def test_an_example_does_what_the_page_says(example: Example):
    told = [finding.rule for finding in check(example.text, kind=example.kind)]
    assert (example.rule in told) is example.fails, told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_speaks_every_language(rule: str, language: str):
    texts = [key for key in catalogue(language) if key.startswith(f"rules.{rule}.")]
    assert any(key.endswith(".message") for key in texts)
    assert any(key.endswith(".advice") for key in texts)
