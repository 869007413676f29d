"""What a review looks like in the chat: pure functions from what is known to what is said."""

from collections import Counter
from collections.abc import Sequence

from babel.dates import format_date

from coach.letters import (
    HOUSE_RULES,
    Coverage,
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
from handlers.formatting import Said, Style
from storage.letters import Letter
from storage.reviews import StoredEdit

SLIPS_SHOWN = 12
FIXES_FIRST = 5
QUOTE_BEFORE_A_FIX = 120
ISSUES_SHOWN = 5
STRENGTHS_SHOWN = 3
QUOTE_SHOWN = 280
"""Longest quote shown in a chat, in characters; the whole stands in critique.md."""


def receipt(language: str, text: str, written_in: str, kind: Kind) -> str:
    """One line that says what was received."""
    return say(
        language,
        "letters.received",
        words=say(language, "letters.words", count=words(text)),
        language=say(language, f"names.language.{written_in}"),
        kind=say(language, f"names.kind.{kind}"),
    )


def first_answer(
    language: str, text: str, review: Review, edits: Sequence[StoredEdit], *, waiting: bool
) -> Said:
    """The receipt, what to fix first, and the slips with their fixes.

    `waiting` says that a model is still reading.
    """
    said = Said().line(receipt(language, text, review.language, review.kind))
    for note in review.notes:
        said.line(say(language, "letters.note", note=note), Style.ITALIC)
    _fix_first(said, language, [f for f in review.findings if f.severity is Severity.BLOCKER])
    _slips(said, language, text, edits)
    if waiting:
        said.line().line(say(language, "letters.reading_model"), Style.ITALIC)
    return said


def _fix_first(said: Said, language: str, blockers: Sequence[Finding]) -> None:
    said.line()
    if not blockers:
        said.line(say(language, "letters.fix.none"))
        return
    said.line(say(language, "letters.fix.title"), Style.BOLD)
    places = Counter((finding.rule, finding.message) for finding in blockers)
    firsts = {(finding.rule, finding.message): finding for finding in reversed(blockers)}
    for number, which in enumerate(list(places)[:FIXES_FIRST], start=1):
        said.add(f"{number}. {firsts[which].message} {firsts[which].advice}".rstrip())
        if places[which] > 1:
            said.add(f" (×{places[which]})", Style.BOLD)
        said.line()
        if firsts[which].quote:
            said.line(shortened(firsts[which].quote, QUOTE_BEFORE_A_FIX), Style.QUOTE)


def _slips(said: Said, language: str, text: str, edits: Sequence[StoredEdit]) -> None:
    said.line()
    if not edits:
        said.line(say(language, "letters.fix.no_slips", count=words(text)))
        return
    sure = [stored.edit for stored in edits if not stored.edit.ask]
    questions = len(edits) - len(sure)
    if sure:
        said.line(say(language, "letters.fix.slips", count=len(sure)), Style.BOLD)
        for edit in sure[:SLIPS_SHOWN]:
            before_and_after(said, edit).line()
        if len(sure) > SLIPS_SHOWN:
            said.line(say(language, "letters.fix.more_slips", count=len(sure) - SLIPS_SHOWN))
    if questions:
        said.line(say(language, "letters.fix.questions", count=questions))
    _decided(said, language, edits)


def _decided(said: Said, language: str, edits: Sequence[StoredEdit]) -> None:
    accepted = sum(stored.state == "accepted" for stored in edits)
    skipped = sum(stored.state == "skipped" for stored in edits)
    if accepted or skipped:
        said.line()
    if accepted:
        said.line(say(language, "letters.fix.applied", count=accepted), Style.BOLD)
    if skipped:
        said.line(say(language, "letters.fix.skipped", count=skipped))
    if accepted + skipped == len(edits):
        said.line(say(language, "letters.fix.all_done"))


def before_and_after(said: Said, edit: Edit) -> Said:
    """The slip struck out, its fix in bold."""
    said.add(visible(edit.wrong), Style.STRIKE)
    return said.add(" → ").add(visible(edit.right), Style.BOLD)


def letters_answer(language: str, mine: Sequence[Letter]) -> Said:
    """The letters a person has sent, the newest first."""
    if not mine:
        return Said(say(language, "letters.list.none"))
    said = Said().line(say(language, "letters.list.title"), Style.BOLD)
    for number, letter in enumerate(mine, start=1):
        said.line(
            say(
                language,
                "letters.list.row",
                number=number,
                title=letter.title,
                kind=say(language, f"names.kind.{letter.kind}"),
                date=format_date(letter.created_at, "d MMM y", locale=language),
            )
        )
    return said


def visible(text: str) -> str:
    """A change of white space alone would not be seen; it is shown as what it is."""
    return text.replace("\n", " ") if text.strip() else "␣" * len(text) or "∅"


def critique_answer(language: str, critique: Critique) -> Said:
    """What a hiring reader will think: label, scores, what to change and to keep, with quotes.

    It fits into one message for most letters; critique.md has every quote and every issue.
    """
    said = Said().line(say(language, "letters.critique.title"), Style.BOLD)
    if critique.engine == HOUSE_RULES:
        said.line(say(language, "letters.critique.by_rules"), Style.ITALIC)
    else:
        said.line(say(language, "letters.critique.by_model", model=critique.engine), Style.ITALIC)
    label = critique.label[:1].upper() + critique.label[1:]
    said.line().line(label, Style.BOLD).line(critique.summary).line()
    for score in critique.scores:
        _score(said, language, score)
    _what_to_change(said, language, critique)
    _what_to_keep(said, language, critique)
    _said_better(said, language, critique)
    return said


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
        said.add(f"{number}. ").line(
            say(language, f"names.criterion.{issue.criterion}"), Style.BOLD
        )
        if issue.quote:
            said.line(shortened(issue.quote), Style.QUOTE)
        said.line(issue.why)
        if issue.advice:
            said.line(f"→ {issue.advice}")
    if len(critique.issues) > ISSUES_SHOWN:
        rest = len(critique.issues) - ISSUES_SHOWN
        said.line(say(language, "letters.critique.more", count=rest), Style.ITALIC)


def _what_to_keep(said: Said, language: str, critique: Critique) -> None:
    if not critique.strengths:
        return
    said.line().line(say(language, "letters.critique.keep"), Style.BOLD)
    for praise in critique.strengths[:STRENGTHS_SHOWN]:
        said.line(shortened(praise.quote), Style.QUOTE).line(praise.why)


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


def _score(said: Said, language: str, score: Score) -> None:
    name = say(language, f"names.criterion.{score.criterion}")
    if score.score is None:
        said.line(f"{name}: {say(language, 'letters.critique.not_assessed')}")
        return
    said.add(f"{'●' * score.score}{'○' * (4 - score.score)} ")
    said.add(name, Style.BOLD).line(f": {score.why}")


def coverage_answer(language: str, coverage: Sequence[Coverage]) -> Said:
    """Requirement by requirement: how well the letter answers it, with the quote that does."""
    said = Said().line(say(language, "letters.coverage.title"), Style.BOLD)
    signs = {"strong": "✅", "partial": "◐", "missing": "○"}
    for row in coverage:
        said.line().add(f"{signs[row.strength]} ").add(row.requirement, Style.BOLD)
        said.line(f": {say(language, f'letters.coverage.{row.strength}')}")
        if row.quote:
            said.line(shortened(row.quote), Style.QUOTE)
        if row.advice:
            said.line(row.advice)
    return said


def one_edit(language: str, text: str, stored: StoredEdit, *, position: int, total: int) -> Said:
    """One slip in its sentence, before and after, with the change marked."""
    edit = stored.edit
    start, end = _sentence_around(text, edit.start, edit.end)
    lead, rest = text[start : edit.start], text[edit.end : end]
    said = Said().line(
        say(language, "letters.one.progress", position=position, total=total), Style.ITALIC
    )
    if edit.ask:
        said.line(say(language, "letters.one.question", right=edit.right), Style.BOLD)
    said.line().line(say(language, "letters.one.before"), Style.BOLD)
    said.add(lead).add(visible(edit.wrong), Style.STRIKE).line(rest)
    said.line().line(say(language, "letters.one.after"), Style.BOLD)
    said.add(lead).add(visible(edit.right), Style.BOLD).line(rest)
    if edit.reason:
        said.line().line(edit.reason, Style.ITALIC)
    return said


def _sentence_around(text: str, start: int, end: int, reach: int = 160) -> tuple[int, int]:
    """The sentence that holds a span, at most `reach` characters to either side."""
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    first = max(before.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    lasts = [at for mark in (". ", "! ", "? ", "\n") if (at := after.find(mark)) >= 0]
    begin = start - len(before) + (first + 2 if first >= 0 and before[first] != "\n" else first + 1)
    finish = end + (min(lasts) + 1 if lasts else len(after))
    return min(begin, start), finish


def shortened(quote: str, longest: int = QUOTE_SHOWN) -> str:
    """A quote on one line, its middle left out when it has more than `longest` characters."""
    quote = " ".join(quote.split())
    if len(quote) <= longest:
        return quote
    half = (longest - 3) // 2
    return f"{quote[:half]} … {quote[-half:]}"
