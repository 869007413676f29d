"""The child process that reads one document: limits first, then imports, then the parser.

Run by path as `python -I reader.py MEDIA_TYPE`, bytes on stdin, one JSON object on stdout.
"""

import resource
import signal
import sys

MEMORY = 1024**3
"""Bytes of address space. One PDF form took 5.7 GB where no limit was set."""

SECONDS = 15
"""Processor time, and wall clock too: the alarm ends the child even when its parent is gone."""


def set_limits() -> None:
    """Bounds what this process can take. Files: none can be written; descriptors: enough to
    import; a crash leaves no core."""
    signal.alarm(SECONDS)
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def main() -> None:
    """Reads stdin as the media type named on the command line and answers on stdout."""
    import json

    from coach.documents.document import MediaType
    from coach.documents.errors import DocumentError
    from coach.documents.reading import parsed

    try:
        reading = parsed(sys.stdin.buffer.read(), MediaType(sys.argv[1]))
    except DocumentError as problem:
        answer: dict[str, object] = {"error": problem.code.value}
    else:
        notes = [(note.name, note.facts) for note in reading.notes]
        answer = {"text": reading.text, "notes": notes}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    set_limits()
    sys.path.insert(0, __file__.rsplit("/", 3)[0])
    main()
