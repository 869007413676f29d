"""A web page is read as a browser shows it."""

import pytest

from coach.documents import DocumentError, read


def text_of(page: str, encoding: str = "utf-8") -> str:
    return read(page.encode(encoding), "letter.html").text


def test_blocks_become_paragraphs_and_white_space_folds() -> None:
    page = "<html><body><h1>Hi</h1><div>Dear\n  <b>te</b>am,<br>all</div><p>Bye</p></body></html>"
    assert text_of(page) == "Hi\n\nDear team,\nall\n\nBye"


def test_list_items_get_their_bullet() -> None:
    page = "<html><p>List:</p><ul><li>one</li><li><p>two</p></li></ul>after</html>"
    assert text_of(page) == "List:\n\n• one\n• two\n\nafter"


def test_scripts_styles_and_comments_are_not_text() -> None:
    page = (
        "<!doctype html><title>T</title><script>alert(1)</script><style>p{}</style><p>Dear"
        "<!-- x --> team</p><iframe src='file:///etc/passwd'>f</iframe>"
    )
    assert text_of(page) == "Dear team"


@pytest.mark.parametrize("how", ["hidden", "style='display: none'", "aria-hidden='true'"])
def test_hidden_text_is_left_out_and_told(how: str) -> None:
    document = read(f"<html><p>Seen</p><p {how}>unseen</p></html>".encode(), "letter.html")
    assert document.text == "Seen"
    assert "hidden" in document.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_the_declared_encoding_counts(encoding: str) -> None:
    page = f"<html><head><meta charset={encoding}></head><p>Привет, мир</p></html>"
    assert text_of(page, encoding) == "Привет, мир"


def test_a_wrongly_declared_encoding_does_not() -> None:
    page = "<html><head><meta charset=ascii></head><p>Привет, мир</p></html>"
    assert text_of(page) == "Привет, мир"


@pytest.mark.parametrize("page", ["<html></html>", "<html><script>x</script></html>"])
def test_a_page_that_shows_nothing_has_no_text(page: str) -> None:
    with pytest.raises(DocumentError, match="no_text"):
        text_of(page)


def test_a_page_nested_without_end_does_no_harm() -> None:
    """libxml2 stops at 256 levels."""
    with pytest.raises(DocumentError, match="no_text"):
        text_of("<html>" + "<div>" * 50_000 + "deep")
