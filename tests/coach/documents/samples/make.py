"""Makes the sample letters that the tests of tracked changes correct; run it by hand.

    python make.py FOLDER

needs LibreOffice (soffice), pandoc and python-docx (`pip install python-docx`). Pictures of
previews and themes that nobody reads are left out, so that a sample stays a few kB.
"""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
from docx.oxml import parse_xml
from lxml import etree

ODD = Path(__file__).with_name("odd.xml")

HTML = """<html><body><h1>Application as a data analyst</h1>
<p>Dear <b>Ms Haddad</b>,</p>
<p>I <i>recieve</i> your newsl<b>ett</b>er since May and applie for the <u>posi</u>tion of
an analyst. See <a href="https://example.org">my page</a>, please.</p>
<ul><li>Three years of payroll data</li><li>A  model for <b>late</b> trains<br>in Leeds</li></ul>
<table border="1"><tr><td>Python</td><td>five <i>years</i></td></tr>
<tr><td><table border="1"><tr><td>SQL</td><td>two years</td></tr></table></td><td>daily</td></tr>
</table>
<p>Kind regards,<br>Ada Okafor</p></body></html>"""

MARKDOWN = """# Why your lab

I have read the paper on **tidal** *turb*ines^[Its second figure most of all.] twice, and
recieved the data set. `make` runs it; [the code](https://example.org) is open.

- First point with ~~old~~ new words
- Second point

| Tool   | Years |
|--------|-------|
| R      | four  |

> A quoted line of "smart" words --- and more…

The end, with math $x^2$ in it.
"""

ODT_BODY = """<text:p>Dear team,</text:p>
<text:p>I saw<text:tab/>your
<text:span text:style-name="B">advert</text:span> on<text:s text:c="2"/>
Monday<text:line-break/>and it suits me<text:note text:note-class="footnote"><text:note-citation>1
</text:note-citation><text:note-body><text:p>Really.</text:p></text:note-body></text:note>, I
beleive. Page <text:page-number>1</text:page-number>.</text:p>
<text:p text:style-name="R">مرحبا with English</text:p>"""


def libreoffice(source: Path, folder: Path) -> Path:
    reader = "HTML (StarWriter)" if source.suffix == ".html" else "OpenDocument Text Flat XML"
    command = ["soffice", "--headless", f"--infilter={reader}", "--convert-to", "docx"]
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True
    )
    return folder / f"{source.stem}.docx"


def flat_odt() -> str:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    }
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in names.items())
    bold = (
        '<style:style style:name="B" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    right = (
        '<style:style style:name="R" style:family="paragraph">'
        '<style:paragraph-properties style:writing-mode="rl-tb"/></style:style>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document {spaces} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{bold}{right}</office:automatic-styles>"
        f"<office:body><office:text>{ODT_BODY}</office:text></office:body></office:document>"
    )


def plain_letter() -> "docx.document.Document":
    made = docx.Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = "Ada Okafor, Leeds"
    section.footer.paragraphs[0].text = "1 of 1"
    made.add_heading("Letter of motivation", 1)
    first = made.add_paragraph("I want to ")
    for text, look in (
        ("re", ""),
        ("cie", "bold"),
        ("ve", "italic"),
        (" the grant, and ", ""),
        ("teh", "bold"),
        (" rest", "underline"),
        ("\tof\nit.", ""),
    ):
        run = first.add_run(text)
        if look:
            setattr(run, look, True)
    made.add_paragraph("A bullet of words", style="List Bullet")
    made.add_paragraph("A bullet of  two spaces ", style="List Bullet")
    table = made.add_table(2, 2)
    table.cell(0, 0).text = "Skill"
    table.cell(0, 1).paragraphs[0].add_run("Level").bold = True
    inner = table.cell(1, 0).add_table(1, 1)
    inner.cell(0, 0).text = "Nested words"
    table.cell(1, 1).text = "high"
    made.add_paragraph("")
    made.add_paragraph("Yours sincerely")
    return made


def odd_letter() -> "docx.document.Document":
    made = docx.Document()
    said = made.add_paragraph("Dear reader, a remark hangs here.")
    made.add_comment(said.runs[0], text="Is it so?", author="Ben", initials="B")
    for paragraph in parse_xml(ODD.read_bytes()):
        made.element.body.insert(len(made.element.body) - 1, paragraph)
    made.add_paragraph("The end")
    return made


def saved(made: "docx.document.Document") -> bytes:
    box = BytesIO()
    made.save(box)
    return box.getvalue()


def slim(data: bytes) -> bytes:
    """Without the thumbnail, theme and unused styles that make python-docx's files 36 kB."""
    box = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as came, zipfile.ZipFile(box, "w") as made:
        for name in came.namelist():
            content = came.read(name)
            if name.endswith((".jpeg", "theme1.xml", "fontTable.xml", "stylesWithEffects.xml")):
                continue
            if name.endswith(".rels"):
                content = _without(
                    content,
                    "Relationship",
                    ("thumbnail", "/theme", "/fontTable", "/stylesWithEffects"),
                )
            elif name == "[Content_Types].xml":
                content = _without(
                    content, "Override", ("theme1.xml", "fontTable.xml", "stylesWithEffects.xml")
                )
            elif name == "word/styles.xml":
                content = _used_styles(content)
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            made.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
    return box.getvalue()


def _without(content: bytes, tag: str, marks: tuple[str, ...]) -> bytes:
    root = etree.fromstring(content)
    for one in list(root):
        said = " ".join(map(str, one.attrib.values()))
        if one.tag.endswith(tag) and any(mark in said for mark in marks):
            root.remove(one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _used_styles(content: bytes) -> bytes:
    root = etree.fromstring(content)
    w = f"{{{root.nsmap['w']}}}"
    for one in list(root):
        of_table = one.get(w + "type") == "table" and one.get(w + "default") is None
        if one.tag == w + "latentStyles" or of_table:
            root.remove(one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def main(folder: Path) -> None:
    html, odt, markdown = (
        folder / name for name in ("libreoffice.html", "libreoffice-odt.fodt", "pandoc.md")
    )
    html.write_text(HTML)
    odt.write_text(flat_odt())
    markdown.write_text(MARKDOWN)
    libreoffice(html, folder)
    libreoffice(odt, folder)
    subprocess.run(["pandoc", str(markdown), "-o", str(folder / "pandoc.docx")], check=True)
    (folder / "python-docx.docx").write_bytes(saved(plain_letter()))
    (folder / "odd.docx").write_bytes(saved(odd_letter()))
    for name in (html, odt, markdown):
        name.unlink()
    for name in folder.glob("*.docx"):
        name.write_bytes(slim(name.read_bytes()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
