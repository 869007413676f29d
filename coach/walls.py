"""The wall of proofs in words: in the chat, as Markdown, as lines for a CV."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date

from coach import links
from coach.proofs import STRONGEST_FIRST, Proof
from coach.texts import say
from coach.weeks import Account

ROCK, STEADY, GROWING = 0.85, 0.6, 0.3
"""From which score on a band of the score begins; below them is a beginning."""


def in_words(language: str, proof: Proof) -> str:
    """A proof in one line: what it is, where, and what was said of it."""
    if proof.link is None:
        return say(language, "progress.sentence_only", sentence=proof.sentence)
    kind = "link_and_sentence" if proof.sentence else "link_only"
    return say(
        language,
        f"progress.{kind}",
        work=work_of(language, proof),
        link=links.short(proof.link),
        sentence=proof.sentence,
    )


def work_of(language: str, proof: Proof) -> str:
    """What sort of thing the link leads to: "Pull request"."""
    return say(language, f"progress.work.{proof.work or links.Work.PAGE}")


def yours(language: str, proof: Proof, today: date) -> str:
    """A proof as it is spoken of to its owner: "your pull request of 3 May"."""
    pattern = "d MMMM" if proof.made_on.year == today.year else "d MMMM y"
    day = format_date(proof.made_on, pattern, locale=language)
    return say(language, f"progress.yours.{proof.work or links.Work.PAGE}", date=day)


def standing(language: str, account: Account, proofs: int) -> list[str]:
    """How the weeks stand, line by line; nothing is said of what was missed."""
    streak = say(language, "progress.weeks", count=account.streak)
    reserves = say(language, "progress.reserves", count=account.reserves)
    lines = [
        say(language, "progress.standing.streak", streak=streak, reserves=reserves)
        if account.streak
        else say(language, "progress.standing.no_streak")
    ]
    if account.longest > account.streak:
        longest = say(language, "progress.weeks", count=account.longest)
        lines.append(say(language, "progress.standing.longest", longest=longest))
    if account.steadiness is not None:
        band = say(language, f"progress.band.{_band(account.steadiness)}")
        score = round(account.steadiness * 100)
        lines.append(say(language, "progress.standing.score", score=score, band=band))
    counted = say(language, "progress.proofs", count=proofs)
    return [*lines, say(language, "progress.standing.proofs", proofs=counted)]


def _band(score: float) -> str:
    if score >= ROCK:
        return "rock"
    if score >= STEADY:
        return "steady"
    return "growing" if score >= GROWING else "begun"


def markdown(language: str, proofs: Sequence[Proof]) -> str:
    """The wall as a page: the newest month first, every proof with its day."""
    lines = [f"# {say(language, 'progress.export.title')}", ""]
    for month, those in groupby(proofs, key=lambda proof: proof.made_on.replace(day=1)):
        lines += [f"## {_month(language, month)}", ""]
        lines += [_item(language, proof) for proof in those]
        lines.append("")
    return "\n".join(lines)


def _item(language: str, proof: Proof) -> str:
    day = proof.made_on.isoformat()
    if proof.link is None:
        return f"- {day}: {_escaped(proof.sentence)}"
    target = proof.link.replace("(", "%28").replace(")", "%29")
    link = f"[{_escaped(work_of(language, proof))}]({target})"
    return f"- {day}: {link}" + (f": {_escaped(proof.sentence)}" if proof.sentence else "")


def _escaped(text: str) -> str:
    """Text that Markdown doesn't take for its own signs."""
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return text


def cv_lines(language: str, proofs: Iterable[Proof]) -> str:
    """One line a proof, the most convincing kind first: plain text to be pasted into a CV."""
    order = [*STRONGEST_FIRST, None]
    sorted_ = sorted(proofs, key=lambda proof: order.index(proof.work))
    return "".join(f"• {_cv_line(language, proof)}\n" for proof in sorted_)


def _cv_line(language: str, proof: Proof) -> str:
    sentence = proof.sentence.rstrip(" .")
    month = _month(language, proof.made_on)
    if proof.link is None:
        return say(language, "progress.export.unlinked", sentence=sentence, month=month)
    return say(
        language,
        "progress.export.linked" if sentence else "progress.export.linked_plain",
        work=work_of(language, proof),
        sentence=sentence,
        link=links.short(proof.link),
        month=month,
    )


def _month(language: str, day: date) -> str:
    """A month by its name, as in "May 2026"."""
    return format_date(day, "LLLL y", locale=language)
