"""What PDFs may not do to us."""

import pytest

from coach.documents import DocumentError
from coach.documents import pdf as portable


def test_a_page_without_text_is_told(pdf) -> None:
    with pytest.raises(DocumentError, match="no_text"):
        portable.read(pdf([]))


def test_more_pages_than_a_letter_has_are_refused(pdf, lines) -> None:
    with pytest.raises(DocumentError, match="too_many_pages"):
        portable.read(pdf(*[lines(["x"])] * 31))


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing else", b"%PDF-1.4\n" + b"\x00" * 500])
def test_a_broken_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(DocumentError, match="bad_file"):
        portable.read(data)


def test_a_password_is_asked_away(pdf, lines) -> None:
    """An /Encrypt entry whose keys fit no password."""
    locked = pdf(lines(["secret"])).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]"
        b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >>",
    )
    with pytest.raises(DocumentError, match="encrypted"):
        portable.read(locked)


def test_scripts_in_a_pdf_are_not_run_and_its_text_is_read(pdf, lines) -> None:
    action = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    assert portable.read(pdf(lines(["Dear team"]), extra=action)).text == "Dear team"
