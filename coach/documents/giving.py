"""Asks a child process for a document with its corrections in it: the file is a stranger's."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from coach.documents.child import ask_child
from coach.documents.document import Note
from coach.documents.errors import MAX_BYTES, DocumentError, Refusal
from coach.documents.marks import Highlight
from coach.documents.tracked import Change, GivenBack, Remark
from coach.letters import Edit, Finding

WRITER = Path(__file__).with_name("writer.py")

MAX_ANSWER = 64 * 1024 * 1024
"""Bytes of the document that comes back; it came in with at most 20 MB."""


async def give_back(
    data: bytes, edits: Sequence[Edit], findings: Sequence[Finding] = (), *, at: datetime | None
) -> GivenBack:
    """The document with tracked changes dated `at` and the findings as comments; with None as
    a clean copy. Raises DocumentError."""
    return await _written(data, {"make": "word", **_asked(edits, findings, at)})


async def give_back_as_word(
    text: str,
    language: str,
    edits: Sequence[Edit],
    findings: Sequence[Finding] = (),
    *,
    at: datetime | None,
    named_by: tuple[str, bytes] = ("", b""),
) -> GivenBack:
    """The same for a Word document that is made of a text. `named_by` is the media type and the
    file that may name the headings in it. Raises DocumentError."""
    media_type, source = named_by
    made_of = {"text": text, "language": language, "media_type": media_type}
    order = {"make": "manuscript", **made_of, **_asked(edits, findings, at)}
    return await _written(source, order)


def _asked(
    edits: Sequence[Edit], findings: Sequence[Finding], at: datetime | None
) -> dict[str, object]:
    changes = [Change(edit.start, edit.end, edit.wrong, edit.right) for edit in edits]
    remarks = [
        Remark(one.start, one.end, f"{one.message}\n{one.advice}".strip()) for one in findings
    ]
    return {
        "at": at.isoformat() if at else None,
        "changes": [asdict(change) for change in changes],
        "remarks": [asdict(remark) for remark in remarks] if at else [],
    }


async def highlighted(data: bytes, wanted: Sequence[Highlight], *, at: datetime) -> GivenBack:
    """A PDF with highlights dated `at`. Raises DocumentError."""
    marks = [asdict(one) for one in wanted]
    return await _written(data, {"make": "pdf", "at": at.isoformat(), "highlights": marks})


async def _written(data: bytes, order: Mapping[str, object]) -> GivenBack:
    """What the child makes of a document by this order."""
    if len(data) > MAX_BYTES:
        raise DocumentError(Refusal.TOO_BIG)
    try:
        head = json.dumps(order).encode()
        answer = await ask_child(WRITER, data=head + b"\n" + data)
    except TimeoutError:
        raise DocumentError(Refusal.TOO_SLOW) from None
    head, _, document = answer.partition(b"\n")
    if not head or len(document) > MAX_ANSWER:
        raise DocumentError(Refusal.BAD_FILE)
    said = json.loads(head)
    if "error" in said:
        raise DocumentError(str(said["error"]))
    notes = tuple(Note(str(name), dict(facts)) for name, facts in said["notes"])
    return GivenBack(document, int(said["left_out"]), notes)
