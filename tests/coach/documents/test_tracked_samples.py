"""Whatever is corrected in a letter, rejecting brings back the original and accepting the edited
text: random changes in documents by LibreOffice, pandoc, python-docx and by hand."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.documents import tracked
from coach.documents.tracked import Change, Remark
from tests.fakes.word import (
    MAIN,
    applied,
    changes_of,
    decided,
    formatted,
    looks,
    of_others,
    parts_of,
    squeezed,
    text_of,
)

AT = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
SAMPLES = sorted(Path(__file__).with_name("samples").glob("*.docx"))
ANNOUNCING = {"word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


@cache
def sample(path: Path) -> tuple[bytes, str]:
    data = path.read_bytes()
    return data, text_of(data)


def possible(source: bytes, changes: list[Change]) -> list[Change]:
    return [one for one in changes if tracked.clean_copy(source, [one]).left_out == 0]


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 5


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_rejecting_gives_the_original_and_accepting_the_edited_text(path, data) -> None:
    source, text = sample(path)
    changes = data.draw(changes_of(text))
    fit = [
        one for one in changes if tracked.with_tracked_changes(source, [one], [], AT).left_out == 0
    ]
    marked = tracked.with_tracked_changes(source, changes, [Remark(2, 30, "Hm")], AT)
    clean = tracked.clean_copy(source, fit)

    assert marked.left_out == len(changes) - len(fit)
    assert clean.left_out == 0
    assert tracked.clean_copy(source, changes).left_out <= marked.left_out
    assert formatted(decided(marked.data, accept=False)) == formatted(source)
    assert formatted(decided(marked.data, accept=True)) == formatted(clean.data)
    assert squeezed(text_of(clean.data)) == squeezed(applied(text, fit))
    assert text_of(marked.data) == text_of(clean.data)
    assert set(of_others(source)) <= set(of_others(marked.data))
    assert len(of_others(source)) == len(of_others(marked.data)) == len(of_others(clean.data))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_character_outside_of_the_changes_keeps_its_look(path, data) -> None:
    source, text = sample(path)
    fit = possible(source, data.draw(changes_of(text)))
    clean = tracked.clean_copy(source, fit).data
    before, (after_text, after) = looks(source)[1], looks(clean)
    if after_text != applied(text, fit):
        return
    moved = 0
    for at, sign in enumerate(text):
        moved += sum(len(one.right) - len(one.wrong) for one in fit if one.end == at != one.start)
        moved += sum(len(one.right) for one in fit if one.start == one.end == at)
        if not any(one.start <= at < one.end for one in fit):
            assert (after_text[at + moved], after[at + moved]) == (sign, before[at])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_everything_but_the_words_stays_byte_for_byte(path) -> None:
    source, text = sample(path)
    first = Change(0, 4, text[:4], "Word")
    before = parts_of(source)
    marked = parts_of(tracked.with_tracked_changes(source, [first], [Remark(0, 3, "")], AT).data)
    clean = parts_of(tracked.clean_copy(source, [first]).data)
    untouched = parts_of(tracked.clean_copy(source, []).data)
    assert {name for name in marked if before.get(name) != marked[name]} <= {MAIN, *ANNOUNCING}
    assert {name for name in clean if before[name] != clean[name]} == {MAIN}
    assert untouched == before


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_most_words_can_be_changed(path) -> None:
    source, text = sample(path)
    words = [one for one in text.split() if len(one) > 3]
    changes = [
        Change(text.index(one), text.index(one) + len(one), one, one.upper()) for one in set(words)
    ]
    left = tracked.with_tracked_changes(source, changes, [], AT).left_out
    assert left <= len(changes) / 5
