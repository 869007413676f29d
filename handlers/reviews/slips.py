"""One slip in the chat: its sentence before and after, or the question, and its answers."""

from coach.changes import Marked, before_and_after, words_changed
from coach.own_words import can_be_own
from coach.texts import say
from handlers.chat.formatting import PRESSABLE, Said, Style
from handlers.chat.replies import Rows
from handlers.reviews.answers import decided_answer, shortened
from handlers.reviews.buttons import Press, button, one_edit_buttons, worded_button
from handlers.reviews.walks import Slip, Walk
from storage.reviews import StoredEdit

ASKED = 60
"""Longest answer that a question repeats, in characters."""

ANSWER_SHOWN = 24
"""Longest answer on a button, in characters; a phone shows about 40 in a row."""


def one_slip(language: str, text: str, way: Walk, slip: Slip) -> Said:
    """How far one has come, the question if it is one, and the sentence before and after."""
    edit = slip[0].edit
    said = Said().line(
        say(language, "letters.one.progress", position=way.position, total=way.total), Style.ITALIC
    )
    if edit.ask:
        right = words_changed(text, edit)[1]
        key = "question" if len(right) <= ASKED else "which"
        said.line(say(language, f"letters.one.{key}", right=right), Style.BOLD)
    before, after = before_and_after(text, edit, way.accepted)
    _sentence(said.line(), say(language, "letters.one.before"), before, Style.STRIKE)
    _sentence(said.line(), say(language, "letters.one.after"), after, Style.BOLD)
    if more := len(slip) - 1:
        said.line().line(say(language, "letters.one.also", count=more))
    if edit.reason:
        said.line().line(edit.reason, Style.ITALIC)
    return said


def _sentence(said: Said, title: str, marked: Marked, style: Style) -> None:
    said.line(title, Style.BOLD).add(marked.lead)
    if _is_shown_as_code(marked):
        said.add("→").add(marked.change).add("←").line(marked.rest)
    else:
        said.add(marked.change, style).line(marked.rest)


def _is_shown_as_code(marked: Marked) -> bool:
    """Whether all of the change would lose its style to code ("exampel.io"): arrows point at it
    then, because code takes no other style."""
    start, end = len(marked.lead), len(marked.lead) + len(marked.change)
    found = PRESSABLE.finditer(str(marked))
    return any(match.start() <= start < end <= match.end() for match in found)


def slip_buttons(language: str, text: str, review: int, way: Walk, slip: Slip) -> Rows:
    """The two answers, the way back when there is one, and the way out."""
    first = slip[0]
    answers = _answers(language, text, review, first) if first.edit.ask else None
    decide = answers or one_edit_buttons(language, review, first.number)
    if can_be_own(first.edit):
        decide = [*decide, [button(language, "own_word", review, Press.OWN, first.number)]]
    return [*decide, [*back_button(language, review, way), _finish(language, review)]]


def back_button(language: str, review: int, way: Walk) -> list[tuple[str, str]]:
    """It names the step that it takes back, so that a double press takes back one."""
    if not way.steps:
        return []
    return [button(language, "back", review, Press.BACK, way.last_step)]


def _finish(language: str, review: int) -> tuple[str, str]:
    return button(language, "finish", review, Press.FINISH)


def _answers(
    language: str, text: str, review: int, asked: StoredEdit
) -> list[list[tuple[str, str]]] | None:
    """Both answers in words, each in a row of its own; None when they look the same."""
    wrong, right = (shortened(one, ANSWER_SHOWN) for one in words_changed(text, asked.edit))
    if wrong == right:
        return None
    yes = say(language, "letters.button.answer_right", right=right)
    no = say(language, "letters.button.answer_wrong", wrong=wrong)
    return [
        [worded_button(yes, review, Press.ACCEPT, asked.number)],
        [worded_button(no, review, Press.SKIP, asked.number)],
    ]


def end_of_walk(language: str, edits: list[StoredEdit], way: Walk) -> Said:
    """What was decided, what is still open, and what to do next."""
    said = Said()
    if way.ahead:
        said.line(say(language, "letters.one.finished")).line()
    else:
        said.line(say(language, "letters.one.nothing_open"), Style.BOLD).line()
    return said.join(decided_answer(language, edits, with_open=True))
