"""Documents that the tests make themselves: a PDF by hand, a DOCX with zipfile."""

import zipfile
from collections.abc import Iterable
from html import escape
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_of(*pages: Iterable[tuple[float, float, str]], extra: str = "") -> bytes:
    """A PDF with each text at (x, y) of its page, 11 point Helvetica, Latin-1."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        shown = "\n".join(f"BT /F1 11 Tf {x} {y} Td ({_quoted(said)}) Tj ET" for x, y, said in page)
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        ]
    return _numbered(objects)


def _quoted(said: str) -> str:
    return said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _numbered(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("ascii")


def column(
    lines: Iterable[str], *, x: float = 72, top: float = 760
) -> list[tuple[float, float, str]]:
    """Lines under each other, 14 points apart."""
    return [(x, top - 14 * row, line) for row, line in enumerate(lines)]


def docx_of(body: str, **parts: str) -> bytes:
    """A DOCX around the XML of a body; `styles` and `numbering` add those parts."""
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = (
            f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/'
            f'markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{content}</w:{name}>')
    return box.getvalue()


def run(text: str, properties: str = "") -> str:
    """One run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text becomes a run."""
    said = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"
