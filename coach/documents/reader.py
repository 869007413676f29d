"""The child process that reads one document: limits first, then imports, then the parser.

Run by path as `python -I reader.py MEDIA_TYPE`, bytes on stdin, one JSON object on stdout. With a
page's number and the path of Tesseract behind the type it reads that page as a picture.
"""

import os
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

    data = sys.stdin.buffer.read()
    try:
        if len(sys.argv) > 2:
            answer = read_as_picture(data, *sys.argv[1:])
        else:
            reading = parsed(data, MediaType(sys.argv[1]))
            notes = [(note.name, note.facts) for note in reading.notes]
            answer: dict[str, object] = {"text": reading.text, "notes": notes}
    except DocumentError as problem:
        answer = {"error": problem.code.value, "hint": problem.hint}
    sys.stdout.write(json.dumps(answer))


def _end(_signal: int, _frame: object) -> None:
    os.killpg(0, signal.SIGKILL)


PICTURE_SECONDS, PICTURE_WORK, PICTURE_MEMORY = 30, 8, 640 * 1024**2
"""Wall clock, processor time and address space where a page is read as a picture: of each of two
processes, which get 1.25 GB together. A page takes 2 s of it, a picture of noise is ended."""


def read_as_picture(data: bytes, media_type: str, page: str, program: str) -> dict[str, object]:
    """The lines of one page. The alarm ends Tesseract too: both are one process group."""
    signal.signal(signal.SIGALRM, _end)
    signal.alarm(PICTURE_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (PICTURE_WORK, PICTURE_WORK))
    resource.setrlimit(resource.RLIMIT_AS, (PICTURE_MEMORY, PICTURE_MEMORY))

    from coach.documents.recognition import answer

    return answer(data, media_type, int(page), program)


if __name__ == "__main__":
    set_limits()
    sys.path.insert(0, __file__.rsplit("/", 3)[0])
    main()
