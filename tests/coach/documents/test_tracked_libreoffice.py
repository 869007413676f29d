"""LibreOffice agrees: what it keeps of our file when all is accepted or rejected is what it reads
in the clean copy and in the original."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coach.documents import tracked
from coach.documents.tracked import Remark
from tests.fakes import libreoffice
from tests.fakes.libreoffice import Question
from tests.fakes.word import formatted, random_changes, text_of

AT = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
SAMPLES = sorted(Path(__file__).with_name("samples").glob("*.docx"))
RUNS = 3
"""Of each sample, with other changes."""

LOSES_LOOKS = {"odd"}
"""LibreOffice 7.4 writes the words of a content control without their italics."""

CONTROL_END = b"\r"
"""What LibreOffice writes where a content control ends; Google's leftovers go."""

pytestmark = pytest.mark.skipif(
    libreoffice.SOFFICE is None, reason="needs LibreOffice (soffice) on this machine"
)


def questions(source: bytes, seed: int) -> list[Question]:
    """Our file rejected and accepted, and what should be the same as each."""
    text = text_of(source)
    changes = random_changes(text, Random(seed), 8)
    marked = tracked.with_tracked_changes(source, changes, [Remark(1, 40, "Hm")], AT).data
    fit = [
        one for one in changes if not tracked.with_tracked_changes(source, [one], [], AT).left_out
    ]
    clean = tracked.clean_copy(source, fit).data
    return [
        Question(marked, accept=False),
        Question(source, accept=False),
        Question(marked, accept=True),
        Question(clean, accept=True),
    ]


def test_it_keeps_the_original_when_all_is_rejected_and_the_edited_text_when_accepted(tmp_path):
    asked = [
        each
        for path in SAMPLES
        for seed in range(RUNS)
        for each in questions(path.read_bytes(), seed)
    ]
    said = [each.replace(CONTROL_END, b"") for each in libreoffice.decide(asked, tmp_path)]
    rejected, original, accepted, edited = (said[at::4] for at in range(4))
    assert rejected == original
    assert accepted == edited
    assert all(before != after for before, after in zip(original, edited, strict=True))


def test_it_keeps_the_look_of_each_character(tmp_path) -> None:
    asked = [
        each
        for path in SAMPLES
        if path.stem not in LOSES_LOOKS
        for each in questions(path.read_bytes(), 99)
    ]
    written = libreoffice.decide(asked, tmp_path, libreoffice.WORD)
    said = [[each[:2] for each in formatted(data)] for data in written]
    rejected, original, accepted, edited = (said[at::4] for at in range(4))
    assert rejected == original
    assert accepted == edited
