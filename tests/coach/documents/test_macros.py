"""A document with macros goes back without them, as a DOCX that Word opens."""

import zipfile
from io import BytesIO

import pytest

from coach.documents import macros, read
from coach.documents.archive import Package
from coach.documents.docx import main_part

MOST = 1_000_000
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def relations(*entries: tuple[str, str]) -> str:
    said = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{said}</Relationships>'


def package_of(main_type: str, types: str = "", **parts: str) -> bytes:
    members = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{types}</Types>'
        ),
        "_rels/.rels": relations((f"{OFFICE}/officeDocument", "word/document.xml")),
        "word/document.xml": (
            f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Dear team</w:t></w:r></w:p>'
            "</w:body></w:document>"
        ),
        **parts,
    }
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return box.getvalue()


def rebuilt(data: bytes) -> dict[str, bytes]:
    return {info.filename: content for info, content in macros.left_out(Package(data), MOST)}


@pytest.fixture
def docm() -> bytes:
    return package_of(
        MACRO_MAIN,
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Override PartName="/word/vbaData.xml" ContentType="application/vnd.ms-word.vbaData+xml"/>'
        '<Override PartName="/word/styles.xml" ContentType="application/xml"/>',
        **{
            "word/styles.xml": "<styles/>",
            "word/vbaProject.bin": "Sub AutoOpen()",
            "word/vbaData.xml": "<vba/>",
            "word/_rels/document.xml.rels": relations(
                (f"{OFFICE}/styles", "styles.xml"), (f"{MICROSOFT}/vbaProject", "vbaProject.bin")
            ),
            "word/_rels/vbaProject.bin.rels": relations(
                (f"{MICROSOFT}/wordVbaData", "vbaData.xml")
            ),
        },
    )


def test_a_document_with_macros_is_read_like_any_other(docm: bytes) -> None:
    document = read(docm, "letter.docm")
    assert document.text == "Dear team"
    assert document.notes == ()


def test_no_trace_of_a_macro_goes_back(docm: bytes) -> None:
    left = rebuilt(docm)
    assert list(left) == [
        *("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"),
        "word/_rels/document.xml.rels",
    ]
    assert not any(b"vba" in content.lower() for content in left.values())
    assert b'Target="styles.xml"' in left["word/_rels/document.xml.rels"]
    assert macros.PLAIN.encode() in left["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("types", "relation", "name"),
    [
        ("", f"{MICROSOFT}/vbaProject", "word/innocent.bin"),
        (
            '<Override PartName="/word/thumb.xml"'
            ' ContentType="application/vnd.ms-office.vbaProject"/>',
            "",
            "word/thumb.xml",
        ),
        ("", "", "WORD/VbaProject.BIN"),
        ("", f"{MICROSOFT}/ui/extensibility", "word/ribbon.xml"),
        ("", "", "customUI/customUI14.xml"),
    ],
)
def test_a_macro_is_known_by_any_one_of_its_marks(types: str, relation: str, name: str) -> None:
    led = relations((relation, f"/{name}")) if relation else relations()
    data = package_of(macros.PLAIN, types, **{name: "x", "word/_rels/document.xml.rels": led})
    left = rebuilt(data)
    assert name not in left
    assert name.encode() not in b"".join(left.values())


@pytest.mark.parametrize("main_type", sorted(macros.OTHER_MAIN))
def test_templates_and_macro_documents_become_documents(main_type: str) -> None:
    left = rebuilt(package_of(main_type))
    assert main_type.encode() not in left["[Content_Types].xml"]
    assert macros.PLAIN.encode() in left["[Content_Types].xml"]


def test_a_plain_document_comes_through_byte_for_byte() -> None:
    data = package_of(macros.PLAIN, **{"word/oleObject1.bin": "x"})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert rebuilt(data) == {name: archive.read(name) for name in archive.namelist()}
    assert main_part(Package(data)) is not None
