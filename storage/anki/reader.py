"""The child process that reads one file of cards: limits first, then the file.

Run by path as `python -I reader.py package|table ZONE`, bytes on stdin; on stdout a packed
contents, or `!` and the trouble.
"""

import sys


def main() -> None:
    """Reads stdin and answers on stdout."""
    from zoneinfo import ZoneInfo

    from coach.anki import tables
    from coach.anki.contents import packed
    from coach.anki.errors import PackageError
    from storage.anki import reading

    data = sys.stdin.buffer.read()
    try:
        if sys.argv[1] == "table":
            contents = tables.read(data)
        else:
            contents = reading.read(data, ZoneInfo(sys.argv[2]))
    except PackageError as problem:
        answer = REFUSED + problem.trouble.value.encode()
    else:
        answer = packed(contents)
    sys.stdout.buffer.write(answer)


REFUSED = b"!"

if __name__ == "__main__":
    sys.path.insert(0, __file__.rsplit("/", 3)[0])
    from coach.documents.reader import set_limits

    set_limits()
    main()
