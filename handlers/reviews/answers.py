"""What a review looks like in the chat: pure functions from what is known to what is said."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath

from coach.changes import words_changed
from coach.language import PROOFREAD
from coach.letters import (
    HOUSE_RULES,
    Critique,
    Edit,
    Finding,
    Kind,
    Review,
    Score,
    Severity,
    words,
)
from coach.texts import say
from handlers.chat.formatting import Said, Style
from storage.reviews import EditState, StoredEdit

MARKS = {EditState.OPEN: "", EditState.ACCEPTED: "✓ ", EditState.SKIPPED: "– "}
"""What stands before a slip once it is decided."""

SLIPS_SHOWN = 12
FIXES_FIRST = 5
PLACES_SHOWN = 4
NAME_SHOWN = 48
QUOTE_BEFORE_A_FIX = 120
ISSUES_SHOWN = 5
GOOD = 3
"""A score from which a criterion asks for nothing more."""

STRENGTHS_SHOWN = 3
QUOTE_SHOWN = 280
"""Longest quote shown in a chat, in characters; the whole stands in critique.md."""


def receipt(language: str, text: str, written_in: str, kind: Kind, name: str = "") -> str:
    """One line that says what was received; a file is called by its name, a paste has none."""
    facts = {
        "words": say(language, "letters.words", count=words(text)),
        "language": say(language, f"names.language.{written_in}"),
        "kind": say(language, f"names.kind.{kind}"),
    }
    if PurePath(name).suffix:
        return say(language, "letters.received_file", name=shortened(name, NAME_SHOWN), **facts)
    return say(language, "letters.received", **facts)


def first_answer(
    language: str,
    text: str,
    review: Review,
    edits: Sequence[StoredEdit],
    *,
    waiting: bool,
    name: str = "",
) -> Said:
    """The receipt, what to fix first, the slips with their fixes, and what to do next.

    `waiting` says that a model is still reading.
    """
    said = Said().line(receipt(language, text, review.language, review.kind, name))
    for note in review.notes:
        said.line(say(language, "letters.note", note=note), Style.ITALIC)
    if review.language not in PROOFREAD:
        said.line(say(language, "letters.fix.other_language"), Style.ITALIC)
    blockers = [f for f in review.findings if f.severity is Severity.BLOCKER]
    clean = not blockers and not edits and review.language in PROOFREAD
    if blockers:
        _fix_first(said, language, blockers)
    else:
        said.line().line(say(language, f"letters.fix.{'clean' if clean else 'none'}"))
    if edits:
        _slips(said, language, text, edits)
    elif blockers and review.language in PROOFREAD:
        said.line().line(say(language, "letters.fix.no_slips"))
    if waiting:
        said.line().line(say(language, "letters.reading_model"), Style.ITALIC)
    return said


def _fix_first(said: Said, language: str, blockers: Sequence[Finding]) -> None:
    """One entry a rule: ten open brackets are one thing to do."""
    said.line().line(say(language, "letters.fix.title"), Style.BOLD)
    by_advice: dict[tuple[str, str], list[Finding]] = {}
    for finding in blockers:
        by_advice.setdefault((finding.rule, finding.advice), []).append(finding)
    for number, same in enumerate(list(by_advice.values())[:FIXES_FIRST], start=1):
        if number > 1:
            said.line()
        _one_fix(said, language, number, same)


def _one_fix(said: Said, language: str, number: int, same: Sequence[Finding]) -> None:
    said.line(f"{number}. {same[0].message}")
    places = Counter(shortened(one.quote, QUOTE_BEFORE_A_FIX) for one in same if one.quote)
    if len(same) > 1 or not is_said_in(same[0].quote, same[0].message):
        shown = [_counted(quote, times) for quote, times in places.items()][:PLACES_SHOWN]
        said.line("\n".join(shown), Style.QUOTE)
    if len(places) > PLACES_SHOWN:
        said.line(say(language, "letters.fix.more_places", count=len(places) - PLACES_SHOWN))
    if same[0].advice:
        said.line(f"→ {same[0].advice}")


def _counted(quote: str, times: int) -> str:
    return f"{quote} ×{times}" if times > 1 else quote


def is_said_in(quote: str, message: str) -> bool:
    """Whether a message holds its quote already, so that it need not be shown twice."""
    return quote in message


def _slips(said: Said, language: str, text: str, edits: Sequence[StoredEdit]) -> None:
    """The slips with their fixes, an accepted question among them; how much is still asked."""
    slips = [one for one in edits if one.rewrite is None]
    sure = [one for one in slips if not one.edit.ask or one.state is EditState.ACCEPTED]
    questions = sum(one.edit.ask and one.state is EditState.OPEN for one in slips)
    if sure or questions:
        said.line()
    if sure:
        said.line(say(language, "letters.fix.slips", count=len(sure)), Style.BOLD)
        for stored in sure[:SLIPS_SHOWN]:
            said.add(MARKS[stored.state])
            before_and_after(said, text, stored.edit).line()
        if len(sure) > SLIPS_SHOWN:
            said.line(say(language, "letters.fix.more_slips", count=len(sure) - SLIPS_SHOWN))
    if questions:
        said.line(say(language, "letters.fix.questions", count=questions))
    said.line().join(decided_answer(language, edits))


def decided_answer(language: str, edits: Sequence[StoredEdit], *, with_open: bool = False) -> Said:
    """How far the deciding has come, and what to do next."""
    said = Said()
    states = Counter(stored.state for stored in edits if stored.rewrite is None)
    if accepted := states[EditState.ACCEPTED]:
        said.line(say(language, "letters.fix.applied", count=accepted), Style.BOLD)
    if anew := sum(stored.rewrite is not None for stored in edits):
        said.line(say(language, "rewrites.count", count=anew), Style.BOLD)
    if skipped := states[EditState.SKIPPED]:
        said.line(say(language, "letters.fix.skipped", count=skipped))
    if with_open and (still := states[EditState.OPEN]):
        said.line(say(language, "letters.fix.open", count=still))
    return said.line(say(language, f"letters.next.{_next_decision(edits)}", **_labels(language)))


def _next_decision(edits: Sequence[StoredEdit]) -> str:
    still_open = [stored.edit for stored in edits if stored.state is EditState.OPEN]
    if not still_open:
        accepted = any(stored.state is EditState.ACCEPTED for stored in edits)
        return "download" if accepted else "nothing"
    asked = sum(edit.ask for edit in still_open)
    if not asked:
        return "apply"
    return "questions" if asked == len(still_open) else "decide"


def _labels(language: str) -> dict[str, str]:
    names = ("apply_all", "one_by_one", "download", "posting")
    return {name: say(language, f"letters.button.{name}") for name in names}


def before_and_after(said: Said, text: str, edit: Edit) -> Said:
    """The slip struck out, its fix in bold."""
    goes, comes = words_changed(text, edit)
    return said.add(goes, Style.STRIKE).add(" → ").add(comes, Style.BOLD)


def critique_answer(language: str, critique: Critique, *, written_in: str = "en") -> Said:
    """What a hiring reader will think: label, scores, what to change and to keep, with quotes.

    It fits into one message for most letters; critique.md has every quote and every issue.
    `written_in` is the letter's language, because the house rules know English best.
    """
    said = Said().line(say(language, "letters.critique.title"), Style.BOLD)
    if critique.engine == HOUSE_RULES:
        said.line(say(language, "letters.critique.by_rules"), Style.ITALIC)
        if written_in != "en":
            said.line(say(language, "letters.critique.other_language"), Style.ITALIC)
    else:
        said.line(say(language, "letters.critique.by_model", model=critique.engine), Style.ITALIC)
    label = critique.label[:1].upper() + critique.label[1:]
    said.line().line(label, Style.BOLD).line(critique.summary)
    _scores(said, language, critique.scores)
    _what_to_change(said, language, critique)
    _what_to_keep(said, language, critique)
    _said_better(said, language, critique)
    return said.line().line(next_step(language, critique), Style.BOLD)


def next_step(language: str, critique: Critique) -> str:
    """What to do now: what must go, what changes most, or sending it."""
    severities = {issue.severity for issue in critique.issues}
    weak = [one for one in critique.scores if one.score is not None and one.score < GOOD]
    if Severity.BLOCKER in severities:
        return say(language, "letters.next.leftovers")
    if Severity.MAJOR in severities:
        return say(language, "letters.next.rewrite")
    if weak:
        weakest = min(weak, key=lambda one: one.score or 0)
        name = say(language, f"names.criterion.{weakest.criterion}")
        return say(language, "letters.next.criterion", criterion=name)
    if critique.label != say(language, "critique.label.ready"):
        return say(language, "letters.next.mend")
    return say(language, "letters.next.send", **_labels(language))


def draft_answer(language: str, critique: Critique) -> Said:
    """A critique that is still being written: what is checked so far."""
    said = Said().line(say(language, "letters.model.draft"), Style.ITALIC)
    if critique.summary:
        said.line().line(critique.summary)
    _what_to_change(said, language, critique)
    _what_to_keep(said, language, critique)
    return said


def _what_to_change(said: Said, language: str, critique: Critique) -> None:
    if not critique.issues:
        return
    said.line().line(say(language, "letters.critique.change"), Style.BOLD)
    for number, issue in enumerate(critique.issues[:ISSUES_SHOWN], start=1):
        if number > 1:
            said.line()
        said.add(f"{number}. ").line(
            say(language, f"names.criterion.{issue.criterion}"), Style.BOLD
        )
        if not is_said_in(issue.quote, issue.why):
            said.line(shortened(issue.quote), Style.QUOTE)
        said.line(issue.why)
        if issue.advice:
            said.line(f"→ {issue.advice}")
    if len(critique.issues) > ISSUES_SHOWN:
        rest = len(critique.issues) - ISSUES_SHOWN
        whole = say(language, "letters.button.whole")
        said.line().line(say(language, "letters.critique.more", count=rest, whole=whole))


def _what_to_keep(said: Said, language: str, critique: Critique) -> None:
    if not critique.strengths:
        return
    said.line().line(say(language, "letters.critique.keep"), Style.BOLD)
    for why, same in groupby(critique.strengths[:STRENGTHS_SHOWN], key=lambda one: one.why):
        for praise in same:
            said.line(shortened(praise.quote), Style.QUOTE)
        said.line(why)


def _said_better(said: Said, language: str, critique: Critique) -> None:
    if not critique.rewrites:
        return
    said.line().line(say(language, "letters.critique.rewrites"), Style.BOLD)
    for rewrite in critique.rewrites:
        if rewrite.replacement:
            said.line(shortened(rewrite.quote), Style.STRIKE).line(rewrite.replacement)
        else:  # its words were withheld, for they said more than the writer has
            said.line(shortened(rewrite.quote), Style.QUOTE)
        for question in rewrite.questions:
            said.line(say(language, "letters.critique.questions", question=question), Style.ITALIC)


def _scores(said: Said, language: str, scores: Sequence[Score]) -> None:
    """A line for each score; what could not be assessed shares one."""
    said.line()
    left_out: list[str] = []
    for score in scores:
        name = say(language, f"names.criterion.{score.criterion}")
        if score.score is None:
            left_out.append(name)
        else:
            said.add(f"{'●' * score.score}{'○' * (4 - score.score)} ")
            said.add(name, Style.BOLD).line(f": {score.why}")
    if left_out:
        names = " · ".join(left_out)
        said.line(say(language, "letters.critique.left_out", names=names), Style.ITALIC)


def shortened(quote: str, longest: int = QUOTE_SHOWN) -> str:
    """A quote on one line, the words in its middle left out when it has more than `longest`
    characters."""
    quote = " ".join(quote.split())
    if len(quote) <= longest:
        return quote
    half = (longest - 3) // 2
    first, last = quote[:half].rpartition(" ")[0], quote[-half:].partition(" ")[2]
    return f"{first or quote[:half]} … {last or quote[-half:]}"
