"""Addresses: found in a sentence, cleaned, and told from each other whatever they wear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.links import LinkError, Work, clean, find, key, short, work

ONE_PULL_REQUEST = (
    "https://github.com/psf/requests/pull/12",
    "http://www.github.com/psf/requests/pull/12/",
    "github.com/PSF/Requests/pull/12/files",
    "https://github.com/psf/requests/pull/12/commits/0123abc?diff=split",
    "https://github.com/psf/requests/pull/12?utm_source=tg&utm_medium=x#diff-9",
    "https://api.github.com/repos/psf/requests/pulls/12",
    "https://github.com/psf/requests/issues/12",
)

ONE_PLACE = (
    ("https://blog.example.com/a/", "HTTPS://Blog.Example.com:443//a?fbclid=1&utm_campaign=z"),
    ("https://example.com/p?b=2&a=1", "http://www.example.com/p?a=1&b=2#top"),
    ("https://youtu.be/AbC?t=30", "https://m.youtube.com/watch?v=AbC&list=q&si=x"),
    ("https://t.me/s/channel/12", "https://t.me/channel/12"),
    ("https://arxiv.org/pdf/2101.00001v2.pdf", "https://arxiv.org/abs/2101.00001"),
    ("https://stackoverflow.com/a/22/7", "https://stackoverflow.com/questions/1/x/22#22"),
    ("https://github.com/o/r.git", "https://github.com/O/R/tree/main"),
    ("https://пример.рф/пост", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D0%BE%D1%81%D1%82/"),
)

TWO_PLACES = (
    ("https://example.com/p?page=1", "https://example.com/p?page=2"),
    ("https://example.com/A", "https://example.com/a"),
    ("https://github.com/o/r/pull/1", "https://github.com/o/r/pull/2"),
    ("https://github.com/o/r/pull/1", "https://github.com/o/r/pull/1#issuecomment-5"),
    ("https://youtu.be/AbC", "https://youtu.be/aBc"),
)


def test_every_form_of_a_pull_request_is_the_same_proof() -> None:
    assert len({key(form) for form in ONE_PULL_REQUEST}) == 1


@pytest.mark.parametrize(("one", "other"), ONE_PLACE)
def test_an_address_in_another_dress_is_the_same_place(one, other) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), TWO_PLACES)
def test_what_differs_in_what_it_shows_stays_apart(one, other) -> None:
    assert key(one) != key(other)


def test_what_is_kept_tracks_nobody_and_drops_the_tabs() -> None:
    assert clean(ONE_PULL_REQUEST[3]) == "https://github.com/psf/requests/pull/12"
    assert clean(ONE_PULL_REQUEST[5]) == "https://github.com/psf/requests/pull/12"
    assert clean("example.com/x/?utm_source=a&q=1#part") == "https://example.com/x?q=1"
    assert short("https://www.example.com/x/") == "example.com/x"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://example.com/a", "scheme"),
        ("javascript://example.com/a", "scheme"),
        ("http://localhost:8080/a", "private"),
        ("http://127.0.0.1/a", "private"),
        ("http://[::1]/a", "private"),
        ("http://printer.local/a", "private"),
        ("https://me:secret@example.com/a", "secret"),
        ("https://example/a", "broken"),
        ("https://exa mple.com/a", "broken"),
        ("https://example.com:99999/a", "broken"),
        ("https://[broken/a", "broken"),
        ("https://example.com/" + "a" * 2000, "long"),
    ],
)
def test_an_address_that_nobody_else_could_open_is_refused(address, code) -> None:
    with pytest.raises(LinkError) as refused:
        clean(address)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("I wrote it down (https://a.example.com/b), at last.", "https://a.example.com/b"),
        ("see github.com/o/r/pull/3.", "github.com/o/r/pull/3"),
        ("https://en.wikipedia.org/wiki/A_(b).", "https://en.wikipedia.org/wiki/A_(b)"),
        ("«www.example.com»", "www.example.com"),
        ("вот: https://habr.com/ru/articles/1/, готово", "https://habr.com/ru/articles/1/"),
    ],
)
def test_the_sentence_around_an_address_is_not_part_of_it(text, address) -> None:
    start, end = find(text)
    assert text[start:end] == address


@pytest.mark.parametrize("text", ["no address", "me@example.com/x", "version 1.2/3", "e.g. this"])
def test_what_is_no_address_is_left_alone(text) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (ONE_PULL_REQUEST[3], Work.PULL_REQUEST),
        (ONE_PULL_REQUEST[6], Work.ISSUE),
        ("https://gitlab.com/g/p/-/merge_requests/3/diffs", Work.PULL_REQUEST),
        ("https://github.com/o/r", Work.REPOSITORY),
        ("https://huggingface.co/spaces/me/demo", Work.DEMO),
        ("https://stackoverflow.com/a/22", Work.ANSWER),
        ("https://github.com/o/r/issues/5#issuecomment-9", Work.ANSWER),
        ("https://youtu.be/AbC", Work.VIDEO),
        ("https://t.me/channel/12", Work.POST),
        ("https://habr.com/ru/articles/123456/", Work.POST),
        ("https://arxiv.org/abs/2101.00001", Work.PAPER),
        ("https://example.com", Work.PAGE),
    ],
)
def test_an_address_tells_what_it_leads_to(address, expected) -> None:
    assert work(address) is expected


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_never_breaks(text) -> None:
    for address in (text, f"https://{text}", f"https://example.com/{text}"):
        try:
            cleaned = clean(address)
        except LinkError:
            continue
        assert key(cleaned) == key(address)
        assert clean(cleaned) == cleaned
