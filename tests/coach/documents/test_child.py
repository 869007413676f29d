"""A document's parser runs apart: it may hang or die, and nobody else notices."""

import asyncio
import sys
from pathlib import Path

import pytest

from coach.documents import DocumentError, child, read, read_in_child

STUBBORN = "import sys, time\nsys.stdin.buffer.read()\ntime.sleep(600)\n"


@pytest.fixture
def parser_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a script of the test's own in the reader's place."""

    def put(source: str) -> None:
        script = tmp_path / "reader.py"
        script.write_text(source)
        monkeypatch.setattr(child, "READER", script)

    return put


async def test_the_child_reads_what_we_would_read(pdf, lines, docx, p) -> None:
    for data, name in [
        (pdf(lines(["Dear team"])), "a.pdf"),
        (docx(p("Dear\u200b team")), "a.docx"),
    ]:
        assert await read_in_child(data, name) == read(data, name)


async def test_plain_text_needs_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "READER", Path("/nowhere"))
    assert (await read_in_child(b"Dear team", "a.txt")).text == "Dear team"


async def test_a_refusal_comes_back_from_the_child(pdf) -> None:
    with pytest.raises(DocumentError, match="no_text"):
        await read_in_child(pdf([]), "a.pdf")


@pytest.mark.parametrize(
    "last_words",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    ],
)
async def test_a_parser_that_dies_is_a_broken_file(parser_is, docx, p, last_words: str) -> None:
    parser_is(last_words)
    with pytest.raises(DocumentError, match="bad_file"):
        await read_in_child(docx(p("x")), "a.docx")


async def test_a_pdf_that_kills_its_parser_has_no_text(parser_is, pdf, lines) -> None:
    parser_is("import os; os.abort()")
    with pytest.raises(DocumentError, match="no_text"):
        await read_in_child(pdf(lines(["x"])), "a.pdf")


@pytest.mark.parametrize("alarm", ["SIGALRM", "SIGXCPU"])
async def test_a_parser_that_meets_its_own_limit_was_too_slow(parser_is, docx, p, alarm) -> None:
    parser_is(f"import os, signal; os.kill(os.getpid(), signal.{alarm})")
    with pytest.raises(DocumentError, match="too_slow"):
        await read_in_child(docx(p("x")), "a.docx")


async def test_a_parser_that_hangs_is_killed(parser_is, docx, p, monkeypatch, started) -> None:
    parser_is(STUBBORN)
    monkeypatch.setattr(child, "MAX_SECONDS", 0.2)
    with pytest.raises(DocumentError, match="too_slow"):
        await read_in_child(docx(p("x")), "a.docx")
    assert [process.returncode for process in started] == [-9]


async def test_a_caller_who_goes_away_takes_the_child_along(parser_is, docx, p, started) -> None:
    parser_is(STUBBORN)
    reading = asyncio.create_task(read_in_child(docx(p("x")), "a.docx"))
    await started.first.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [process.returncode for process in started] == [-9]


async def test_two_documents_are_read_at_a_time(parser_is, docx, p, started) -> None:
    parser_is('import sys; sys.stdin.buffer.read(); print(\'{"text": "x", "notes": []}\')')
    data = docx(p("x"))
    await asyncio.gather(*(read_in_child(data, "a.docx") for _ in range(5)))
    assert len(started) == 5
    assert started.most_alive == 2


async def test_the_child_gets_no_environment(parser_is, docx, p, monkeypatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "secret")
    parser_is(
        "import json, os, sys; sys.stdin.buffer.read();"
        "print(json.dumps({'text': 'token: ' + str(os.environ.get('BOT_TOKEN')), 'notes': []}))"
    )
    assert (await read_in_child(docx(p("x")), "a.docx")).text == "token: None"


@pytest.mark.skipif(sys.platform != "linux", reason="address-space limits hold on Linux only")
@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        ("bytearray(1_100_000_000)", "MemoryError"),
        ("open('written-by-a-child', 'wb', 0).write(b'x')", "OSError"),
        ("None", "fine"),
    ],
)
async def test_the_limits_hold(tmp_path: Path, deed: str, outcome: str) -> None:
    source = child.READER.read_text().split("if __name__")[0]
    script = tmp_path / "deed.py"
    script.write_text(
        f"{source}\nset_limits()\ntry:\n    {deed}\n    print('fine')\n"
        "except Exception as problem:\n    print(type(problem).__name__)\n"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(script)), stdout=asyncio.subprocess.PIPE, cwd=tmp_path
    )
    said, _ = await process.communicate()
    assert said.decode().strip() == outcome


class Started(list[asyncio.subprocess.Process]):
    """The children that were started, and how many lived at once."""

    def __init__(self) -> None:
        super().__init__()
        self.first = asyncio.Event()
        self.most_alive = 0

    def note(self, process: asyncio.subprocess.Process) -> None:
        self.append(process)
        self.most_alive = max(self.most_alive, sum(each.returncode is None for each in self))
        self.first.set()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    seen, start = Started(), asyncio.create_subprocess_exec

    async def noting(*args, **kwargs) -> asyncio.subprocess.Process:
        process = await start(*args, **kwargs)
        seen.note(process)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noting)
    return seen
