"""What a passage that is being said anew looks like: before and after, or questions."""

import re
from collections.abc import Collection, Sequence

from coach.letters import Source
from coach.passages import beginning
from coach.rewording import Passage, Reworded, reworded
from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.reviews.answers import shortened
from storage.rewrites import RewriteState, StoredRewrite

QUOTED = 90
"""Characters of a passage in the list."""


def list_answer(language: str, text: str, found: Sequence[Passage], taken: Collection[int]) -> Said:
    """The passages to choose from; `taken` are the numbers of those that stand anew."""
    if not found:
        whole = say(language, "letters.button.whole")
        return Said(say(language, "rewrites.none", whole=whole))
    said = Said().line(say(language, "rewrites.choose"), Style.BOLD)
    for one in found:
        key = "rewrites.place_taken" if one.number in taken else "rewrites.place"
        quote = beginning(text[one.start : one.end], QUOTED)
        said.line().line(say(language, key, number=one.number, quote=quote))
    return said


def rewrite_answer(language: str, text: str, rewrite: StoredRewrite, note: str = "") -> Said:
    """A passage as it stands now; `note` says what has just happened."""
    said = Said()
    if note:
        said.line(note, Style.ITALIC).line()
    match rewrite.state:
        case RewriteState.WAITING:
            _passage(said, language, text, rewrite)
            if not note:
                said.line().line(say(language, "rewrites.waiting"), Style.ITALIC)
        case RewriteState.ASKING:
            _question(said, language, rewrite)
        case RewriteState.TYPING:
            _typing(said, language, text, rewrite)
        case RewriteState.TAKEN:
            download = say(language, "letters.button.download")
            said.line(say(language, "rewrites.taken", download=download), Style.BOLD).line()
            said.line(_flat(_beside(text, rewrite).after))
        case RewriteState.LEFT:
            said.line(say(language, "rewrites.left"), Style.BOLD)
            said.line(_flat(text[rewrite.start : rewrite.end]), Style.QUOTE)
        case _:
            _proposal(said, language, text, rewrite)
    return said


def question_answer(language: str, rewrite: StoredRewrite, answer: str) -> Said:
    """A question that is done with, and what was answered; "" when it was skipped."""
    said = Said().line(rewrite.questions[rewrite.asked], Style.BOLD)
    if answer:
        return said.line(say(language, "rewrites.answered", answer=shortened(answer)))
    return said.line(say(language, "rewrites.skipped"), Style.ITALIC)


def passage_answer(language: str, text: str, rewrite: StoredRewrite) -> Said:
    """The passage alone, once its new words stand below."""
    said = Said()
    _passage(said, language, text, rewrite)
    return said


def _proposal(said: Said, language: str, text: str, rewrite: StoredRewrite) -> None:
    if not rewrite.replacement:
        _passage(said, language, text, rewrite)
        _asks(said, language, rewrite)
        return
    beside = _beside(text, rewrite)
    proposed = rewrite.author is Source.MODEL
    said.line(say(language, "rewrites.before"), Style.BOLD)
    _marked(said, beside, Style.STRIKE)
    said.line().line(say(language, "rewrites.after"), Style.BOLD)
    _marked(said, beside, Style.BOLD, rewrite.questions if proposed else (), language)
    if rewrite.why:
        said.line().line(say(language, "rewrites.why", why=rewrite.why))
    if proposed and rewrite.questions:
        answer = say(language, "rewrites.button.answer")
        said.line().line(say(language, "rewrites.gaps", answer=answer), Style.ITALIC)
    key = "checked" if proposed else "own"
    said.line().line(say(language, f"rewrites.{key}"), Style.ITALIC)


def _marked(
    said: Said, beside: Reworded, style: Style, gaps: Sequence[str] = (), language: str = ""
) -> None:
    """One side, with the words that differ in a style of their own; then the gaps."""
    for stretch in beside.stretches:
        words = stretch.after if style is Style.BOLD and stretch.changed else stretch.before
        words = _flat(words)
        core = words.strip()
        lead, _, rest = words.partition(core) if core else (words, "", "")
        said.add(lead).add(core, *([style] if stretch.changed else [])).add(rest)
    for question in gaps:
        said.add(" ").add(say(language, "rewrites.gap", question=question), Style.ITALIC)
    said.line()


def _passage(said: Said, language: str, text: str, rewrite: StoredRewrite) -> None:
    said.line(say(language, "rewrites.passage"), Style.BOLD)
    said.line(_flat(text[rewrite.start : rewrite.end]), Style.QUOTE)


def _asks(said: Said, language: str, rewrite: StoredRewrite) -> None:
    """Only questions: the words were withheld, or there were none."""
    if rewrite.questions:
        said.line().line(say(language, "rewrites.refused"))
        for question in rewrite.questions:
            said.line(say(language, "rewrites.question", question=question), Style.BOLD)
    elif rewrite.advice:
        said.line().line(rewrite.advice)


def _question(said: Said, language: str, rewrite: StoredRewrite) -> None:
    facts = {"position": rewrite.asked + 1, "total": len(rewrite.questions)}
    if len(rewrite.questions) > 1:
        said.line(say(language, "rewrites.answer_progress", **facts), Style.ITALIC)
    said.line(rewrite.questions[rewrite.asked], Style.BOLD).line()
    said.line(say(language, "rewrites.answer_here", facts=say(language, "facts.button.list")))


def _typing(said: Said, language: str, text: str, rewrite: StoredRewrite) -> None:
    said.line(say(language, "rewrites.type_title"), Style.BOLD)
    said.line(_flat(text[rewrite.start : rewrite.end]), Style.QUOTE)
    if rewrite.advice:
        said.line().line(rewrite.advice)
    said.line().line(say(language, "rewrites.type_here"), Style.ITALIC)


def _beside(text: str, rewrite: StoredRewrite) -> Reworded:
    return reworded(text, rewrite.start, rewrite.end, rewrite.replacement)


def _flat(words: str) -> str:
    """Without the line breaks of its paragraph."""
    return re.sub(r"[^\S\n]*\n\s*", " ", words)
