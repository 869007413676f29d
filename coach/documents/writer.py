"""The child process that gives one Word document back: limits first, then the file.

Run by path as `python -I writer.py`; on stdin one line of JSON with what to put in, then the
document; on stdout one line of JSON, then the new document.
"""

import sys


def main() -> None:
    """Reads stdin and answers on stdout."""
    import json
    from datetime import datetime

    from coach.documents import tracked
    from coach.documents.errors import DocumentError

    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    order = json.loads(head)
    changes = [tracked.Change(**change) for change in order["changes"]]
    remarks = [tracked.Remark(**remark) for remark in order["remarks"]]
    try:
        if order["at"] is None:
            given = tracked.clean_copy(data, changes)
        else:
            at = datetime.fromisoformat(order["at"])
            given = tracked.with_tracked_changes(data, changes, remarks, at)
    except DocumentError as problem:
        answer, document = {"error": problem.code.value}, b""
    else:
        answer, document = {"left_out": given.left_out}, given.data
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + document)


if __name__ == "__main__":
    sys.path.insert(0, __file__.rsplit("/", 3)[0])
    from coach.documents.reader import set_limits

    set_limits()
    main()
