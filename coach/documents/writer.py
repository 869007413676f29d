"""The child process that gives one document back: limits first, then the file.

Run by path as `python -I writer.py`; on stdin one line of JSON with what to put in, then the
document; on stdout one line of JSON, then the new document.
"""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from coach.documents.tracked import GivenBack


def main() -> None:
    """Reads stdin and answers on stdout."""
    import json
    from datetime import datetime

    from coach.documents.errors import DocumentError

    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    order = json.loads(head)
    at = order["at"] and datetime.fromisoformat(order["at"])
    try:
        given = MAKERS[order["make"]](data, order, at)
    except DocumentError as problem:
        answer, document = dict[str, object](error=problem.code.value), b""
    else:
        notes = [(note.name, note.facts) for note in given.notes]
        answer, document = {"left_out": given.left_out, "notes": notes}, given.data
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + document)


def _word(data: bytes, order: "dict[str, Any]", at: "datetime | None") -> "GivenBack":
    from coach.documents import tracked

    changes = [tracked.Change(**change) for change in order["changes"]]
    remarks = [tracked.Remark(**remark) for remark in order["remarks"]]
    if at is None:
        return tracked.clean_copy(data, changes)
    return tracked.with_tracked_changes(data, changes, remarks, at)


def _manuscript(source: bytes, order: "dict[str, Any]", at: "datetime | None") -> "GivenBack":
    from coach.documents.headings import headings
    from coach.documents.manuscript import manuscript

    known = headings(source, order["media_type"])
    return _word(manuscript(order["text"], language=order["language"], headings=known), order, at)


def _pdf(data: bytes, order: "dict[str, Any]", at: "datetime") -> "GivenBack":
    from coach.documents.highlights import with_highlights
    from coach.documents.marks import Highlight

    return with_highlights(data, [Highlight(**one) for one in order["highlights"]], at)


MAKERS = {"word": _word, "manuscript": _manuscript, "pdf": _pdf}
"""What an order can ask for."""


if __name__ == "__main__":
    sys.path.insert(0, __file__.rsplit("/", 3)[0])
    from coach.documents.reader import set_limits

    set_limits()
    main()
