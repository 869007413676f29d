"""The documents that the tests make themselves, as fixtures."""

import pytest

from tests.fakes.files import column, docx_of, para, pdf_of, run


@pytest.fixture(scope="session")
def pdf():
    """pdf(page, page, …): a page is a list of (x, y, text)."""
    return pdf_of


@pytest.fixture(scope="session")
def lines():
    """lines(texts, x=, top=): a column for a page of `pdf`."""
    return column


@pytest.fixture(scope="session")
def docx():
    """docx(body XML, part name=XML)."""
    return docx_of


@pytest.fixture(scope="session")
def p():
    """p(text or run XML, properties=XML): one paragraph."""
    return para


@pytest.fixture(scope="session")
def r():
    """r(text, properties XML): one run."""
    return run
