"""Files made to harm their reader end in one sentence, soon, in the child and nowhere else."""

import asyncio
import time
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from coach.documents import DocumentError, read_in_child
from coach.documents.archive import MAX_MEMBERS, MAX_PART
from coach.documents.child import MAX_SECONDS
from tests.fakes.files import W, column, docx_of, para, pdf_of

ENTITIES = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{ENTITIES}]>'


def zip_with(**members: str | bytes) -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return box.getvalue()


def word(xml: str | bytes, **more: str | bytes) -> bytes:
    return zip_with(**{"[Content_Types].xml": "<Types/>", "word/document.xml": xml, **more})


def laughing(root: str) -> str:
    return LAUGHS + root.replace("HERE", "&a9;")


def deep_tables(levels: int) -> bytes:
    inside = para("at the bottom")
    for _ in range(levels):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    return docx_of(inside)


def pdf_with(stream: bytes, resources: str = "", filters: str = "") -> bytes:
    """A PDF of one page with a content stream and a form of its own."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
        b" /Resources << " + resources.encode() + b" >> >>",
        b"<< "
        + filters.encode()
        + b" /Length %d >>\nstream\n" % len(stream)
        + stream
        + b"\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>"
        b" /Length 10 >>\nstream\n/F Do /F Do\nendstream",
    ]
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return out + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n"


def flate_bomb(megabytes: int) -> bytes:
    return pdf_with(
        zlib.compress(zlib.compress(bytes(megabytes * 2**20), 9), 9),
        filters="/Filter [/FlateDecode /FlateDecode]",
    )


def truncated(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def lying_about_size() -> bytes:
    """A zip whose directory says that a part is small."""
    data = word(f'<w:document xmlns:w="{W}">' + " " * (MAX_PART + 9))
    size = (MAX_PART + 9 + len(f'<w:document xmlns:w="{W}">')).to_bytes(4, "little")
    return data.replace(size, (500).to_bytes(4, "little"))


WORDS = (
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>HERE</w:t></w:r></w:p></w:body></w:document>'
)

REFUSED = {
    "a part that unpacks far": lambda: (word(" " * (MAX_PART + 1)), {"too_big_unpacked"}),
    "a directory that lies": lambda: (lying_about_size(), {"too_big_unpacked", "bad_file"}),
    "too many members": lambda: (
        word(WORDS, **{f"m{n}": "" for n in range(MAX_MEMBERS)}),
        {"too_big_unpacked"},
    ),
    "laughs in Word": lambda: (word(laughing(WORDS)), {"bad_file"}),
    "laughs in UTF-16": lambda: (word(laughing(WORDS).encode("utf-16")), {"bad_file"}),
    "laughs in a flat ODT": lambda: (
        laughing("<office:document>HERE</office:document>").encode(),
        {"unsupported", "bad_file"},
    ),
    "elements without end": lambda: (word("<a>" * 100_000), {"bad_file"}),
    "a thousand tables in each other": lambda: (deep_tables(1_000), {"bad_file"}),
    "a zip cut off": lambda: (truncated(docx_of(para("Dear team")), 0.7), {"bad_file"}),
    "a zip of a zip": lambda: (zip_with(**{"a.zip": zip_with(a="x" * 9_999)}), {"unsupported"}),
    "a PDF cut off": lambda: (
        truncated(pdf_of(column(["Dear team"])), 0.3),
        {"bad_file", "no_text"},
    ),
    "a PDF that unpacks far": lambda: (flate_bomb(200), {"no_text", "too_slow", "bad_file"}),
    "a form that draws itself": lambda: (
        pdf_with(b"/F Do", "/XObject << /F 5 0 R >>"),
        {"no_text", "too_slow"},
    ),
    "arrays in arrays": lambda: (pdf_with(b"[" * 30_000 + b"]" * 30_000), {"no_text", "bad_file"}),
    "pages without end": lambda: (
        pdf_of(column(["x"])).replace(
            b"/Kids [4 0 R] /Count 1", b"/Kids [" + b"4 0 R " * 5_000 + b"] /Count 5000"
        ),
        {"too_many_pages", "bad_file"},
    ),
    "RTF braces": lambda: (b"{\\rtf1 " + b"{" * 100_000, {"bad_file", "no_text"}),
    "a book of one endless page": lambda: (
        zip_with(
            **{
                "META-INF/container.xml": '<c><rootfile full-path="b.opf"/></c>',
                "b.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" '
                'href="a.html" media-type="text/html"/></manifest><spine>'
                + '<itemref idref="a"/>' * 5_000
                + "</spine></package>",
                "a.html": "<html>" + "<p>a</p>" * 10_000,
            }
        ),
        {"too_long", "too_slow"},
    ),
    "a book with laughs": lambda: (
        zip_with(**{"META-INF/container.xml": laughing("<c>HERE</c>")}),
        {"bad_file"},
    ),
}

READ = {
    "sixty tables in each other": lambda: (deep_tables(60), "at the bottom"),
    "a huge part that nobody needs": lambda: (
        word(WORDS.replace("HERE", "Dear team"), **{"word/media/a.bin": bytes(30 * 2**20)}),
        "Dear team",
    ),
    "members named like paths": lambda: (
        word(WORDS.replace("HERE", "Dear team"), **{"../../../tmp/owned": "x", "/etc/owned": "x"}),
        "Dear team",
    ),
    "a PDF called a DOCX": lambda: (pdf_of(column(["Dear team"])), "Dear team"),
}


async def ending_of(data: bytes, name: str = "letter.docx") -> str:
    try:
        return (await read_in_child(data, name)).text
    except DocumentError as refusal:
        return refusal.code


@pytest.mark.parametrize("case", REFUSED)
async def test_it_is_refused_within_the_limits(case: str) -> None:
    data, codes = REFUSED[case]()
    begun = time.monotonic()
    assert await ending_of(data) in codes
    assert time.monotonic() - begun < 3 * MAX_SECONDS  # a busy machine starts and ends it late


@pytest.mark.parametrize("case", READ)
async def test_what_only_looks_bad_is_read(case: str) -> None:
    data, text = READ[case]()
    assert await ending_of(data) == text


async def test_nothing_is_written_and_no_child_stays(tmp_path: Path, monkeypatch) -> None:
    children: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def noting(*args, **kwargs) -> asyncio.subprocess.Process:
        child = await start(*args, **kwargs)
        children.append(child)
        return child

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noting)
    monkeypatch.chdir(tmp_path)
    for case in ("laughs in Word", "arrays in arrays"):
        await ending_of(REFUSED[case]()[0])
    await ending_of(READ["members named like paths"]()[0], "../../owned.docx")
    assert len(children) >= 3
    assert not any(child.returncode is None for child in children)
    assert list(tmp_path.iterdir()) == []
    assert not Path("/tmp/owned").exists()
