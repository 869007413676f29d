"""A Word document made of a letter's text, for what came in a form that can't be given back.

Read again it says the same text, character for character, so that the offsets of edits and
findings hold in it. Parts and elements as in ECMA-376, part 1.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from itertools import chain

from coach.documents import layout

Paragraphs = list[tuple[str, bool]]
"""What each paragraph says, and whether it is an item of a bulleted list."""

LOCALES = {"en": "en-GB", "ru": "ru-RU", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
"""What Word checks the spelling in; any other language stays as it is called."""

NOT_IN_XML = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What an XML document can't hold (XML 1.0, 2.2)."""

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

DEEPEST = 3
"""Levels of headings that look different from each other."""


def manuscript(text: str, *, language: str, headings: Mapping[str, int] | None = None) -> bytes:
    """The text as a DOCX on A4. `headings` are the lines that are known to be headings, with
    their level from 1."""
    found = paragraphs(text)
    by_hand = any(not said for said, _ in found)
    body = "".join(
        _paragraph(said, _style(said, is_item, headings or {})) for said, is_item in found
    )
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations(
            {"styles": "styles.xml", "numbering": "numbering.xml"}
        ),
        "word/document.xml": _document(body),
        "word/styles.xml": _styles(LOCALES.get(language, language), 0 if by_hand else 160),
        "word/numbering.xml": _numbering(),
    }
    return _zipped(parts)


def paragraphs(text: str) -> Paragraphs:
    """The paragraphs that read as this text, the most natural ones that do; where none do, all
    of it as one."""
    for shape in (_blocks, _by_hand, _plain_blocks):
        found = shape(text)
        if layout.join((said.strip(), is_item) for said, is_item in found) == text:
            return found
    return [(text, False)]


def _blocks(text: str) -> Paragraphs:
    """A paragraph for each block between blank lines, an item for each line of a list."""
    blocks = text.split("\n\n")
    if any("\n" + layout.BULLET in block and not _listed(block) for block in blocks):
        return []
    return list(chain.from_iterable(_items(block) for block in blocks))


def _by_hand(text: str) -> Paragraphs:
    """A paragraph for each line, and an empty one for each blank line."""
    return list(chain.from_iterable(_items(line) for line in text.split("\n")))


def _plain_blocks(text: str) -> Paragraphs:
    return [(block, False) for block in text.split("\n\n")]


def _items(block: str) -> Iterator[tuple[str, bool]]:
    if not _listed(block):
        yield block, False
        return
    for line in block.split("\n"):
        yield line.removeprefix(layout.BULLET), True


def _listed(block: str) -> bool:
    return all(line.startswith(layout.BULLET) for line in block.split("\n"))


def _style(said: str, is_item: bool, headings: Mapping[str, int]) -> str:
    if is_item:
        return "ListBullet"
    level = headings.get(said)
    return f"Heading{min(level, DEEPEST)}" if level else ""


def _paragraph(said: str, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{_run(said)}</w:p>"


def _run(said: str) -> str:
    """Tabs and line ends are elements of their own."""
    pieces = re.split(r"([\t\n])", NOT_IN_XML.sub("\ufffd", said))
    signs = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    inner = "".join(
        signs.get(piece) or f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>'
        for piece in pieces
        if piece
    )
    return f"<w:r>{inner}</w:r>" if inner else ""


def _document(body: str) -> str:
    """A4 with margins of 2.5 cm; lengths are twentieths of a point."""
    margins = "".join(f' w:{side}="1417"' for side in ("top", "right", "bottom", "left"))
    page = (
        f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar{margins} '
        'w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    )
    return f'{HEAD}<w:document xmlns:w="{WORDS}"><w:body>{body}{page}</w:body></w:document>'


def _styles(locale: str, after: int) -> str:
    """Calibri 11: Word has it, LibreOffice has Carlito of the same measure in its place. `after`
    is the space after a paragraph, unless the letter makes its own by empty ones."""
    fonts = "".join(f' w:{kind}="Calibri"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    spacing = f'<w:spacing w:after="{after}" w:line="264" w:lineRule="auto"/>'
    return (
        f'{HEAD}<w:styles xmlns:w="{WORDS}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts{fonts}/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{escape(locale)}"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{''.join(map(_heading, range(1, DEEPEST + 1)))}"
        '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "<w:contextualSpacing/></w:pPr></w:style></w:styles>"
    )


def _heading(level: int) -> str:
    size = (32, 26, 23)[level - 1]
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}">'
        f'<w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
        f'<w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _numbering() -> str:
    return (
        f'{HEAD}<w:numbering xmlns:w="{WORDS}"><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="\u2022"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _types() -> str:
    names = {"document": "document.main", "styles": "styles", "numbering": "numbering"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{KIND}.{kind}+xml"/>'
        for name, kind in names.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


def _zipped(parts: Mapping[str, str]) -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return box.getvalue()
