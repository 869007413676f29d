"""An EPUB is read page by page in the order of its spine."""

import zipfile
from io import BytesIO

import pytest

from coach.documents import DocumentError, MediaType, read
from coach.documents.headings import headings

XHTML = '<html xmlns="http://www.w3.org/1999/xhtml">{}</html>'
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def epub(spine: str, manifest: str, **pages: str) -> bytes:
    book = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{manifest}</manifest>'
        f"<spine>{spine}</spine></package>"
    )
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", book)
        for name, content in pages.items():
            archive.writestr(name, content)
    return box.getvalue()


def item(name: str, href: str, more: str = "") -> str:
    return f'<item id="{name}" href="{href}" media-type="application/xhtml+xml" {more}/>'


def refs(*names: str) -> str:
    return "".join(f'<itemref idref="{name}"/>' for name in names)


def book(*pages: str) -> bytes:
    """Pages in order, each the inside of a body."""
    names = [f"p{n}" for n in range(len(pages))]
    manifest = "".join(item(name, f"text/{name}.xhtml") for name in names)
    files = {f"OEBPS/text/{n}.xhtml": XHTML.format(p) for n, p in zip(names, pages, strict=True)}
    return epub(refs(*names), manifest, **files)


def test_the_spine_is_the_order_of_reading() -> None:
    manifest = item("b", "b%20c.xhtml#top") + item("a", "text/../a.xhtml")
    data = epub(
        refs("a", "b"),
        manifest,
        **{
            "OEBPS/b c.xhtml": XHTML.format("<p>Kind regards</p>"),
            "OEBPS/a.xhtml": XHTML.format("<h1>Dear team</h1>"),
        },
    )
    document = read(data, "letter.epub")
    assert document.text == "Dear team\n\nKind regards"
    assert document.media_type == MediaType.EPUB
    assert document.notes == ()


def test_contents_pictures_and_asides_are_left_out() -> None:
    manifest = (
        item("nav", "nav.xhtml", 'properties="nav"')
        + item("a", "a.xhtml")
        + item("note", "note.xhtml")
        + '<item id="cover" href="cover.svg" media-type="image/svg+xml"/>'
    )
    spine = refs("nav", "cover", "a") + '<itemref idref="note" linear="no"/>' + refs("missing")
    data = epub(spine, manifest, **{"OEBPS/a.xhtml": XHTML.format("<p>Dear team</p>")})
    assert read(data, "letter.epub").text == "Dear team"


def test_elements_that_close_where_they_open_swallow_nothing() -> None:
    page = "<head><title/><script src='x.js'/></head><body><p><a id='top'/>Dear team</p></body>"
    assert read(book(page), "letter.epub").text == "Dear team"


def test_hidden_words_and_characters_are_told_once() -> None:
    page = "<p>De\u200bar</p><p hidden='hidden'>trick</p>"
    document = read(book(page, page), "letter.epub")
    assert document.text == "Dear\n\nDear"
    assert len(document.notes) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (book("<p/>"), "no_text"),
        (book(*["<p>" + "a" * 20_000 + "</p>"] * 2), "too_long"),
        (epub(refs("a"), item("a", "../../../etc/passwd")), "bad_file"),
        (epub(refs("a"), item("a", "missing.xhtml")), "bad_file"),
        (
            epub(
                refs("a"),
                item("a", "a.xhtml"),
                **{
                    "OEBPS/a.xhtml": "locked",
                    "META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/a.xhtml"/></e>',
                },
            ),
            "encrypted",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError, match=code):
        read(data, "letter.epub")


def test_headings_of_every_page_are_known() -> None:
    data = book("<h1>Why <b>pumps</b></h1><p>Because.</p>", "<h2>Why you</h2><p>Because.</p>")
    assert headings(data, MediaType.EPUB) == {"Why pumps": 1, "Why you": 2}
    assert headings(b"PK", MediaType.EPUB) == {}
