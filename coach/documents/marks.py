"""What a copy says in its margin, a correction or a remark, in the reader's language."""

from dataclasses import dataclass

from coach.letters import Edit, Finding
from coach.texts import say


@dataclass(frozen=True, slots=True)
class Highlight:
    """What is said of `text[start:end]`, which is `quote`: a correction or a remark. An empty
    span speaks of the whole letter."""

    start: int
    end: int
    quote: str
    said: str
    correction: bool


def correction(edit: Edit, text: str, reader: str) -> Highlight:
    """The correction with its reason; what is put in or taken out is shown with the word that
    it hangs on, since nothing can't be highlighted."""
    start, end = (edit.start, edit.end) if edit.end > edit.start else _word(text, edit.start)
    wrong = text[start:end]
    right = text[start : edit.start] + edit.right + text[edit.end : end]
    said = f"{_one_line(wrong)} → {_one_line(right)}"
    if not right.strip():
        said = say(reader, "documents.mark.delete", wrong=_one_line(wrong))
    elif edit.ask:
        said = question(edit, reader)
    return Highlight(start, end, wrong, _with(said, edit.reason), correction=True)


def question(edit: Edit, reader: str) -> str:
    """What only the writer knows."""
    return say(reader, "documents.mark.question", right=_one_line(edit.right))


def remark(finding: Finding) -> Highlight:
    """What a house rule found, with what to do."""
    said = _with(finding.message, finding.advice)
    return Highlight(finding.start, finding.end, finding.quote, said, correction=False)


def _with(said: str, more: str) -> str:
    return f"{said}\n{more}".strip()


def _one_line(said: str) -> str:
    return " ".join(said.split())


def _word(text: str, at: int) -> tuple[int, int]:
    """The word that ends at a place, else the one that begins there."""
    start, end = at, at
    while start and not text[start - 1].isspace():
        start -= 1
    while start == at and end < len(text) and not text[end].isspace():
        end += 1
    return start, end
