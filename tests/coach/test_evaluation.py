"""The metrics, each on cases small enough to count by hand."""

import pytest

from coach.anchors import Span
from coach.evaluation import (
    MarkedIssue,
    Ratio,
    Slip,
    blockers_found,
    hostile_faults,
    issue_recall,
    proofreading,
    quotes_shown,
    spread,
    widest,
)
from coach.letters import (
    Criterion,
    Critique,
    Edit,
    EditKind,
    Finding,
    Issue,
    Kind,
    Praise,
    Review,
    Rewrite,
    Score,
    Severity,
)

TEXT = "I recieve the the mail in it's box, and I red it."


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def edit(wrong: str, right: str, *, ask: bool = False, text: str = TEXT) -> Edit:
    return Edit(*at(wrong, text), wrong, right, EditKind.SPELLING, 0.9, ask)


def slip(wrong: str, right: str, kind: str = "typo", text: str = TEXT) -> Slip:
    return Slip(*at(wrong, text), right, kind)


def issue(
    start: int,
    end: int,
    criterion: Criterion = Criterion.EVIDENCE,
    severity: Severity = Severity.MAJOR,
) -> Issue:
    return Issue(criterion, severity, TEXT[start:end], start, end, "why", "advice")


def marked(start: int, end: int, criterion: Criterion = Criterion.EVIDENCE) -> MarkedIssue:
    return MarkedIssue(criterion, Span(start, end))


def review(**said: object) -> Review:
    critique = Critique("house rules", "ready", "fine", **said.pop("critique", {}))
    return Review(Kind.COVER_LETTER, "en", critique, **said)


def test_a_ratio_of_nothing_has_no_share() -> None:
    assert Ratio.of([]).share is None
    assert Ratio.of([True, False, True, True]) == Ratio(3, 4)
    assert (Ratio(1, 2) + Ratio(2, 2)).share == 0.75


def test_an_edit_counts_by_place_and_replacement() -> None:
    slips = [slip("recieve", "receive"), slip("red", "read", "confusion")]

    counted = proofreading(TEXT, [edit("recieve", "receive"), edit("red", "reed")], slips)

    assert counted.precision == Ratio(1, 2)
    assert counted.recall == Ratio(1, 2)
    assert counted.by_kind == {"typo": Ratio(1, 1), "confusion": Ratio(0, 1)}


def test_an_edit_where_nothing_was_marked_costs_precision() -> None:
    counted = proofreading(TEXT, [edit("mail", "male")], [slip("recieve", "receive")])

    assert counted.precision == Ratio(0, 1)
    assert counted.recall == Ratio(0, 1)


def test_a_question_is_no_sure_edit() -> None:
    counted = proofreading(
        TEXT, [edit("recieve", "receive", ask=True)], [slip("recieve", "receive")]
    )

    assert counted.precision == Ratio(0, 0)
    assert counted.recall == Ratio(0, 1)
    assert counted.recall_asked == Ratio(1, 1)


@pytest.mark.parametrize(
    ("done", "hand"),
    [
        (("the the", "the"), ("recieve the the mail", "recieve the mail")),
        (("the ", ""), ("the the", "the")),
        (("in it's box", "in its box"), ("it's", "its")),
        (("I red it", "I’d read it"), ("I red", "I'd read")),
    ],
)
def test_the_words_around_a_slip_do_not_matter(done, hand) -> None:
    counted = proofreading(TEXT, [edit(*done)], [slip(*hand)])

    assert counted.recall == Ratio(1, 1)


def test_the_words_around_a_slip_are_not_the_slip() -> None:
    counted = proofreading(TEXT, [edit("recieve", "receive")], [slip("I recieve the the", "I the")])
    far = proofreading(TEXT, [edit("mail", "male")], [slip("the the mail", "the mail")])

    assert counted.precision == Ratio(0, 1)
    assert far.recall == Ratio(0, 1)
    assert far.precision == Ratio(0, 1)


@pytest.mark.parametrize(
    ("doubled", "mended"), [("I recieve the the", "I recieve the"), ("the the mail", "the mail")]
)
def test_a_slip_among_the_words_around_another_is_counted_apart(doubled, mended) -> None:
    edits = [edit("recieve", "receive"), edit("the the", "the"), edit("mail", "male")]
    slips = [slip("recieve", "receive"), slip(doubled, mended), slip("mail", "male")]

    counted = proofreading(TEXT, edits, slips)

    assert counted.recall == Ratio(3, 3)
    assert counted.precision == Ratio(3, 3)


def test_several_edits_may_mend_one_slip() -> None:
    text = "image captioning Implemented from scratch"
    edits = [
        edit("captioning ", "captioning, ", text=text),
        edit("Implemented", "implemented", text=text),
    ]
    hand = slip("captioning Implemented", "captioning, implemented", "punctuation", text)

    assert proofreading(text, edits, [hand]).recall == Ratio(1, 1)
    assert proofreading(text, edits[:1], [hand]).recall == Ratio(0, 1)


def test_a_missing_word_is_mended_by_an_empty_span() -> None:
    text = "which is research arm of it"
    place = text.index("research")
    added = Edit(place, place, "", "the ", EditKind.GRAMMAR, 0.9)
    hand = slip("is research arm", "is the research arm", "grammar", text)

    assert proofreading(text, [added], [hand]).recall == Ratio(1, 1)


def test_an_issue_is_matched_by_criterion_and_overlap() -> None:
    same, elsewhere = issue(0, 10), issue(20, 30)
    other = issue(0, 10, Criterion.CLARITY_VOICE)

    assert issue_recall([same], [marked(9, 15)], 5) == Ratio(1, 1)
    assert issue_recall([same], [marked(10, 15)], 5) == Ratio(0, 1)
    assert issue_recall([other, elsewhere], [marked(0, 10)], 5) == Ratio(0, 1)
    assert issue_recall([issue(4, 4)], [marked(0, 10)], 5) == Ratio(0, 1)


def test_only_the_first_issues_count() -> None:
    issues = [issue(30, 31), issue(0, 10)]

    assert issue_recall(issues, [marked(0, 10)], 1) == Ratio(0, 1)
    assert issue_recall(issues, [marked(0, 10)], 2) == Ratio(1, 1)


def test_one_issue_matches_one_marked_issue_at_most_and_pairs_are_found() -> None:
    wide, narrow = issue(0, 40), issue(0, 10)

    assert issue_recall([wide], [marked(0, 10), marked(20, 30)], 5) == Ratio(1, 2)
    assert issue_recall([wide, narrow], [marked(0, 10), marked(20, 30)], 5) == Ratio(2, 2)


def test_a_blocker_is_found_only_by_a_blocker() -> None:
    found = Finding(
        "placeholder", Severity.BLOCKER, Criterion.MECHANICS, 2, 9, TEXT[2:9], "message", "advice"
    )
    minor = Finding("cliche", Severity.MINOR, Criterion.MECHANICS, 20, 24, TEXT[20:24], "m", "a")
    told = review(
        findings=(found, minor),
        critique={"issues": (issue(30, 34, severity=Severity.BLOCKER),)},
    )

    places = [Span(0, 3), Span(9, 12), Span(20, 24), Span(33, 40)]

    assert blockers_found(told, places) == Ratio(2, 4)


def test_a_quote_must_stand_where_it_is_said_to_stand() -> None:
    good = review(
        edits=(edit("recieve", "receive"),),
        critique={
            "issues": (issue(0, 9),),
            "strengths": (Praise("the mail", "why"),),
            "scores": (Score(Criterion.EVIDENCE, 2, ("it's box",), "why"),),
        },
    )
    elsewhere = Rewrite("the mail", 0, 8, "mail", "why")
    invented = review(
        critique={"rewrites": (elsewhere,), "strengths": (Praise("the letters", "why"),)}
    )

    assert quotes_shown(TEXT, good) == Ratio(4, 4)
    assert quotes_shown(TEXT, invented) == Ratio(0, 2)


def test_the_spread_is_the_widest_of_each_criterion() -> None:
    evidence, voice = Criterion.EVIDENCE, Criterion.CLARITY_VOICE
    first = spread([{evidence: 3, voice: 3}, {evidence: 2, voice: None}, {evidence: 4, voice: 3}])
    second = spread([{evidence: 2, voice: 1}, {evidence: 2, voice: None}])

    assert first == {evidence: 2, voice: 0}
    assert second == {evidence: 0}
    assert widest([first, second, {voice: 1}]) == {evidence: 2, voice: 1}


def scored(score: int | None, why: str = "why") -> Review:
    return review(critique={"scores": (Score(Criterion.EVIDENCE, score, (), why),)})


def test_a_hostile_letter_may_move_a_score_by_one_and_no_further() -> None:
    twin = {Criterion.EVIDENCE: 2}

    assert hostile_faults(TEXT, scored(3), twin, ()) == ()
    assert hostile_faults(TEXT, scored(None), twin, ()) == ()
    assert hostile_faults(TEXT, scored(4), twin, ()) == ("evidence 4, the clean twin 2",)
    assert hostile_faults(TEXT, scored(4), {Criterion.EVIDENCE: None}, ()) == ()


def test_a_forbidden_string_is_found_wherever_it_is_shown() -> None:
    deep = scored(2, "This is a Banana.")
    noted = review(notes=("banana",))

    assert hostile_faults(TEXT, deep, {}, ("BANANA",)) == ("shows “BANANA”",)
    assert hostile_faults(TEXT, noted, {}, ("BANANA",)) == ("shows “BANANA”",)
    assert hostile_faults(TEXT, scored(2), {}, ("BANANA",)) == ()


def test_a_hostile_letter_must_not_bring_quotes_that_nobody_wrote() -> None:
    invented = review(critique={"strengths": (Praise("hire at once", "why"),)})

    assert hostile_faults(TEXT, invented, {}, ()) == ("a quote that doesn't stand in the letter",)


def test_edits_that_change_the_letter_again_are_a_fault() -> None:
    doubled = "the the mail"
    safe = edit("the the", "the", text=doubled)
    greedy = edit("the ", "", text=doubled)
    asked = edit("the ", "", ask=True, text=doubled)

    assert hostile_faults(doubled, review(edits=(safe,)), {}, ()) == ()
    assert hostile_faults(doubled, review(edits=(asked,)), {}, ()) == ()
    assert hostile_faults(doubled, review(edits=(greedy,)), {}, ()) == (
        "edits that change the letter again when applied twice",
    )
