"""`proofread FILE.jsonl`: rows of texts in, rows of edits out, in the same order."""

import json
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from bot.terminal.stops import DONE, UNUSABLE_DOCUMENT, Stop
from coach import language
from coach.letters import Edit
from coach.proofread import proofread as find_slips


def proofread(name: str) -> int:
    """Proofreads every row; answers as soon as a row is done, so that it can stand in a pipe."""
    if name == "-":
        return _proofread(sys.stdin)
    try:
        with open(name, encoding="utf-8") as rows:  # noqa: PTH123  (a name a person typed)
            return _proofread(rows)
    except OSError as problem:
        raise Stop(f"{name} can't be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise Stop(f"{name} is not UTF-8 text.", UNUSABLE_DOCUMENT) from None


def _proofread(rows: TextIO) -> int:
    for id_, text in _texts(rows):
        edits = find_slips(text, language=language.detect(text))
        answer = {"id": id_, "edits": [edit_row(edit) for edit in edits]}
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return DONE


def _texts(rows: TextIO) -> Iterator[tuple[Any, str]]:
    for number, row in enumerate(rows, start=1):
        if row.strip():
            try:
                fields = json.loads(row)
                id_, text = fields["id"], fields["text"]
            except (ValueError, KeyError, TypeError):
                sentence = f'Row {number} is not JSON of the form {{"id": …, "text": …}}.'
                raise Stop(sentence, UNUSABLE_DOCUMENT) from None
            yield id_, str(text)


def edit_row(edit: Edit) -> dict[str, Any]:
    """An edit as `proofread` prints it."""
    return {
        "start": edit.start,
        "end": edit.end,
        "replacement": edit.right,
        "kind": edit.kind.value,
        "confidence": round(edit.confidence, 3),
        "ask": edit.ask,
    }
