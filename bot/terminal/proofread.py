"""`proofread FILE.jsonl`: rows of texts in, rows of edits out, in the same order."""

import io
import json
from collections.abc import Iterator
from typing import Any, TextIO

from bot.terminal.files import opened
from bot.terminal.stops import DONE, UNUSABLE_DOCUMENT, Stop
from coach import language
from coach.letters import Edit
from coach.proofread import proofread as find_slips


def proofread(name: str) -> int:
    """Proofreads every row; answers as soon as a row is done, so that it can stand in a pipe."""
    try:
        with opened(name) as file, io.TextIOWrapper(file, encoding="utf-8-sig") as rows:
            return _proofread(rows)
    except UnicodeDecodeError:
        raise Stop(f"{name} is not UTF-8 text; save it as UTF-8.", UNUSABLE_DOCUMENT) from None


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
                raise Stop(MISSHAPEN.format(number), UNUSABLE_DOCUMENT) from None
            if not isinstance(text, str):
                raise Stop(MISSHAPEN.format(number), UNUSABLE_DOCUMENT)
            yield id_, text


MISSHAPEN = 'Row {} is not JSON of the form {{"id": …, "text": "…"}}; write it so and start again.'


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
