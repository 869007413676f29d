"""Proofs: read from a message, told from doubles, and proposed to a letter that lacks evidence."""

from datetime import date

import pytest

from coach.letters import Criterion, Critique, Finding, Kind, Review, Score, Severity
from coach.proofs import (
    Evidence,
    Proof,
    ProofError,
    citable,
    is_mostly_link,
    key,
    lacks_evidence,
    read,
)

PULL = "https://github.com/psf/requests/pull/12"


def proof(id: int, link: str | None, day: int = 3) -> Proof:
    return Proof(id, date(2026, 5, day), link, "It is out.")


def test_a_link_is_read_with_the_sentence_around_it() -> None:
    evidence = read(f"Fixed the retry docs: {PULL}/files?utm_source=x, merged!")

    assert evidence == Evidence(PULL, "Fixed the retry docs merged!")


def test_a_sentence_alone_is_a_proof_too() -> None:
    assert read("  I explained\n attention to two colleagues ").link is None
    assert read("Прочёл модуль sessions и записал приём").sentence.startswith("Прочёл")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("done", "too_short"),
        ("", "too_short"),
        ("👍👍👍👍👍", "too_short"),
        ("word " * 200, "too_long"),
        ("look at http://localhost:8000/x", "private"),
        ("ftp://example.com/file is up", "scheme"),
        ("https://me:pw@example.com/x", "secret"),
    ],
)
def test_what_proves_nothing_is_refused_with_a_reason_in_words(text, code) -> None:
    with pytest.raises(ProofError) as refused:
        read(text)
    assert refused.value.code == code
    assert refused.value.sentence("en") != refused.value.sentence("ru")


def test_the_same_proof_in_other_words_has_the_same_key() -> None:
    assert key(read(f"Look: {PULL}/files")) == key(read(f"{PULL}?ref=me again"))
    assert key(read("I read one module!")) == key(read("i read  ONE module"))
    assert key(read("I read one module")) != key(read("I read two modules"))


def test_a_link_with_a_remark_is_known_from_a_letter() -> None:
    assert is_mostly_link(f"  {PULL} ")
    assert is_mostly_link(f"I fixed the docs today, look: {PULL} (merged!)")
    assert not is_mostly_link(f"{PULL} " + "and I would like to tell you about it. " * 3)
    assert not is_mostly_link("hello there")


def test_a_letter_could_cite_what_it_does_not_name_yet_the_most_convincing_first() -> None:
    mine = [
        proof(1, "https://blog.example.com/posts/1"),
        proof(2, PULL),
        proof(3, None),
        proof(4, "https://github.com/o/r/pull/9", day=5),
    ]

    assert [found.id for found in citable(mine, "I like Python.")] == [4, 2]
    assert [found.id for found in citable(mine, f"See {PULL}/files.")] == [4, 1]


def review(score: int | None = None, rule: str | None = None) -> Review:
    scores = (Score(Criterion.EVIDENCE, score, (), ""),)
    finding = Finding(rule or "", Severity.MAJOR, Criterion.EVIDENCE, 0, 0, "", "", "")
    return Review(
        Kind.COVER_LETTER,
        "en",
        Critique("house rules", "", "", scores=scores),
        findings=(finding,) if rule else (),
    )


def test_a_letter_lacks_evidence_by_its_score_or_by_a_rule() -> None:
    assert lacks_evidence(review(score=2))
    assert lacks_evidence(review(score=4, rule="no-evidence"))
    assert not lacks_evidence(review(score=3))
    assert not lacks_evidence(review(score=None, rule="cliche"))
