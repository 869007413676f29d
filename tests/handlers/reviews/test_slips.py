"""How one slip is shown: its sentence before and after, and where in it the change stands."""

import pytest

from coach.letters import Edit, EditKind
from handlers.reviews.slips import one_slip
from handlers.reviews.walks import Walk
from storage.reviews import EditState, StoredEdit


def shown(text: str, wrong: str, right: str) -> str:
    start = text.index(wrong)
    edit = Edit(start, start + len(wrong), wrong, right, EditKind.SPELLING, confidence=0.9)
    slip = (StoredEdit(1, edit, EditState.OPEN),)
    (piece,) = one_slip("en", text, Walk(0, 0, (slip,), ()), slip).pieces()
    marked = {entity["type"] for entity in piece.entities}
    assert marked <= {"bold", "italic", "strikethrough", "code"}
    return piece.text


@pytest.mark.parametrize(
    ("wrong", "right"), [("exampel.io", "example.io"), ("ann@exampel.io", "ann@example.io")]
)
def test_arrows_point_at_a_change_that_is_shown_as_code(wrong: str, right: str) -> None:
    said = shown(f"I built it with {wrong} last year.", wrong, right)
    assert f"with →{wrong}← last" in said
    assert f"with →{right}← last" in said


def test_a_plain_change_needs_no_arrows() -> None:
    assert "→" not in shown("I recieve the alerts.", "recieve", "receive")


def test_only_the_side_that_is_code_gets_them() -> None:
    said = shown("I wrote it in Nodejs last year.", "Nodejs", "Node.js")
    assert "in Nodejs last" in said
    assert "in →Node.js← last" in said
