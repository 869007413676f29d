"""`review FILE --out DIR` writes every copy that there is of such a file."""

import json
import zipfile
from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from bot.__main__ import main
from coach.documents import docx
from tests.fakes.files import column, docx_of, para, pdf_of

PARAGRAPHS = (
    "Dear hiring team at Nordwind,",
    "I am applying for the junior machine learning role. For two years I have cleaned sensor data",
    "and last spring I built a model that predicts wich pumps fail. I recieve the alerts myself.",
    "Kind regards, Sam",
)


@pytest.fixture(autouse=True)
def plain_settings(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def copies(tmp_path, capsys):
    """The files that a review of some bytes writes, by name."""

    def review(name: str, data: bytes) -> dict[str, bytes]:
        source, out = tmp_path / name, tmp_path / "out"
        source.write_bytes(data)
        assert main(["review", "--json", "--offline", str(source), "--out", str(out)]) == 0
        json.loads(capsys.readouterr().out)
        return {path.name: path.read_bytes() for path in out.iterdir()}

    return review


def test_a_pdf_comes_back_highlighted_and_its_text_as_a_word_document(copies) -> None:
    source = pdf_of(column(PARAGRAPHS))
    made = copies("letter.pdf", source)
    assert sorted(made) == [
        "critique.md",
        "letter-corrected.docx",
        "letter-corrected.txt",
        "letter-highlighted.pdf",
    ]
    assert made["letter-highlighted.pdf"].startswith(source)
    notes = PdfReader(BytesIO(made["letter-highlighted.pdf"])).pages[0]["/Annots"]
    said = [str(one.get_object()["/Contents"]) for one in notes]
    assert any(note.startswith("wich → which") for note in said)
    assert "I receive the alerts" in docx.read(made["letter-corrected.docx"]).text


def test_a_page_comes_back_as_a_word_document_with_tracked_changes(copies) -> None:
    said = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    made = copies("letter.html", f"<!DOCTYPE html><html><body>{said}</body></html>".encode())
    assert sorted(made) == [
        "critique.md",
        "letter-corrected.docx",
        "letter-corrected.txt",
        "letter-tracked.docx",
    ]
    with zipfile.ZipFile(BytesIO(made["letter-tracked.docx"])) as archive:
        assert archive.read("word/document.xml").count(b"<w:ins ") == 2


@pytest.mark.parametrize("data", [docx_of("".join(map(para, PARAGRAPHS)))])
def test_a_document_on_standard_input_is_known_by_its_content(
    data, monkeypatch, capsys, tmp_path
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(data)))
    out = tmp_path / "out"
    assert main(["review", "--json", "--offline", "-", "--out", str(out)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["document"]["media_type"].endswith("wordprocessingml.document")
    assert answer["notes"] == []
    assert {path.name for path in out.iterdir()} == {
        "critique.md",
        "letter-tracked.docx",
        "letter-corrected.docx",
    }


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, capsys) -> None:
    letter, blocked = tmp_path / "letter.txt", tmp_path / "out"
    letter.write_text("\n".join(PARAGRAPHS))
    blocked.write_text("a file")
    assert main(["review", "--json", "--offline", str(letter), "--out", str(blocked)]) != 0
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "can't be written" in said
