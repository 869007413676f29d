"""A Word document comes back with tracked changes that can all be rejected or accepted."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from coach.documents import DocumentError, give_back, tracked
from coach.documents import docx as word
from coach.documents.docx import W
from coach.documents.tracked import Change, Remark
from coach.letters import Edit, EditKind

AT = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)

OTHERS = (
    '<w:del w:id="7" w:author="Ada"><w:r><w:delText>old </w:delText></w:r></w:del>'
    '<w:ins w:id="8" w:author="Ada"><w:r><w:t xml:space="preserve">newer </w:t></w:r></w:ins>'
)


def body(p, r) -> str:
    """Everything that letters are made of: formats, links, others' changes, fields, boxes."""
    bold, italic = "<w:b/>", "<w:i/>"
    link = f'<w:hyperlink w:anchor="x">{r("my ", "<w:u/>")}{r("page", italic)}</w:hyperlink>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('con')}{r('trol', bold)}</w:sdtContent></w:sdt>"
    boxed = p("A box", r(" of words", bold))
    box = f"<w:r><w:pict><w:txbxContent>{boxed}</w:txbxContent></w:pict></w:r>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("today")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    tabs = (
        "<w:r><w:rPr><w:i/></w:rPr><w:t>one</w:t><w:tab/><w:t>two</w:t>"
        "<w:br/><w:t>three</w:t></w:r>"
    )
    return "".join(
        (
            p(
                r("I re"),
                r("cieve", bold),
                '<w:bookmarkStart w:id="3" w:name="b"/>',
                r(" it\u200b now"),
            ),
            p(r("See "), link, r(" and "), OTHERS, r("words"), box),
            f"<w:tbl><w:tr><w:tc>{p('Cell ', r('one', italic))}</w:tc></w:tr></w:tbl>",
            p(tabs, control, field, r("  end ", "<w:strike/>")),
            p(r("hidden", "<w:vanish/>"), r("Bye  "), r("now", bold)),
        )
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def ours(tree, tag: str) -> list:
    return [one for one in tree.iter(W + tag) if one.get(W + "author") == "Sogood"]


def unwrapped(one) -> None:
    home, place = one.getparent(), one.getparent().index(one)
    for child in reversed(one):
        home.insert(place, child)
    home.remove(one)


def decided(data: bytes, *, accept: bool) -> bytes:
    """Our changes accepted or rejected, as Word would do it; others' stay."""
    found = parts_of(data)
    tree = etree.fromstring(found["word/document.xml"])
    kept, dropped = ("ins", "del") if accept else ("del", "ins")
    for one in ours(tree, dropped):
        one.getparent().remove(one)
    for one in ours(tree, kept):
        for said in one.iter(W + "delText"):
            said.tag = W + "t"
        unwrapped(one)
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in found.items():
            new = etree.tostring(tree) if name == "word/document.xml" else content
            archive.writestr(name, new)
    return box.getvalue()


def formatted(data: bytes) -> list[tuple[str, str]]:
    """Every character that the document holds, with its own properties and where it stands."""
    tree = etree.fromstring(parts_of(data)["word/document.xml"])
    signs = {W + "tab": "\t", W + "br": "\n"}
    found = []
    for said in tree.iter(W + "t", W + "delText", *signs):
        run = said.getparent()
        properties = run.find(W + "rPr")
        shown = b"" if properties is None else etree.tostring(properties, method="c14n")
        homes = "/".join(above.tag for above in run.iterancestors())
        text = signs.get(said.tag) or said.text or ""
        found += [(sign, f"{shown} {homes}") for sign in text]
    return found


def text_of(data: bytes) -> str:
    return word.read(data).text


def applied(text: str, changes: list[Change]) -> str:
    for one in sorted(changes, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + one.right + text[one.end :]
    return text


@st.composite
def changes_of(draw, text: str) -> list[Change]:
    """Changes that don't overlap, insertions among them."""
    borders = draw(st.lists(st.integers(0, len(text)), unique=True, max_size=10).map(sorted))
    pairs = list(zip(borders[::2], borders[1::2], strict=False))
    words = st.text("abc XY\t", max_size=6).filter(lambda said: said.strip() == said)
    made = [(start, min(end, start + 12), draw(words)) for start, end in pairs]
    return [Change(start, end, text[start:end], right) for start, end, right in made]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_rejecting_gives_the_original_and_accepting_the_edited_text(docx, p, r, data) -> None:
    source = docx(body(p, r))
    text = text_of(source)
    changes = data.draw(changes_of(text))
    single = [tracked.clean_copy(source, [one]).left_out == 0 for one in changes]
    possible = [one for one, fits in zip(changes, single, strict=True) if fits]

    given_back = tracked.with_tracked_changes(source, changes, [Remark(2, 9, "Hm")], AT)
    clean = tracked.clean_copy(source, changes)

    assert given_back.left_out == clean.left_out == len(changes) - len(possible)
    assert formatted(decided(given_back.data, accept=False)) == formatted(source)
    assert formatted(decided(given_back.data, accept=True)) == formatted(clean.data)
    assert squeezed(text_of(clean.data)) == squeezed(applied(text, possible))


def squeezed(text: str) -> str:
    """White space at a paragraph's ends is cut when a document is read, bullets are put anew."""
    return "".join(text.split())


def change(text: str, wrong: str, right: str) -> Change:
    start = text.index(wrong)
    return Change(start, start + len(wrong), wrong, right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("recieve", "receive"),
        ("my page", "our page"),
        ("control", "controls"),
        ("one\ttwo\nthree", "1 2 3"),
        ("A box of", "The box of"),
        ("Cell one", "Cell 1"),
    ],
)
def test_a_change_lands_across_formats(docx, p, r, wrong, right) -> None:
    source = docx(body(p, r))
    text = text_of(source)
    clean = tracked.clean_copy(source, [change(text, wrong, right)])
    assert clean.left_out == 0
    assert text_of(clean.data) == text.replace(wrong, right, 1)


@pytest.mark.parametrize("wrong", ["it now\n\nSee", "See my", "and newer", "today", "newer"])
def test_what_crosses_a_border_is_left_out_and_counted(docx, p, r, wrong) -> None:
    source = docx(body(p, r))
    text = text_of(source)
    given_back = tracked.with_tracked_changes(source, [change(text, wrong, "x")], [], AT)
    assert given_back.left_out == 1
    assert formatted(given_back.data) == formatted(source)


def test_a_change_meant_for_another_text_is_left_out(docx, p, r) -> None:
    source = docx(p("Dear team"))
    assert tracked.clean_copy(source, [Change(0, 4, "Deer", "Dear")]).left_out == 1


def test_each_change_has_its_own_minute_and_ids(docx, p, r) -> None:
    source = docx(body(p, r))
    text = text_of(source)
    changes = [change(text, "recieve", "receive"), change(text, "Bye", "Goodbye")]
    tree = etree.fromstring(
        parts_of(tracked.with_tracked_changes(source, changes, [], AT).data)["word/document.xml"]
    )
    dates = sorted({one.get(W + "date") for one in ours(tree, "ins") + ours(tree, "del")})
    assert dates == ["2026-11-21T07:29:00Z", "2026-11-21T07:30:00Z"]
    numbers = [one.get(W + "id") for one in tree.iter(W + "ins", W + "del", W + "bookmarkStart")]
    assert len(set(numbers)) == len(numbers)


def test_everything_else_stays_byte_for_byte(docx, p, r) -> None:
    source = docx(body(p, r), styles="<w:style/>", header1="<w:p/>")
    text = text_of(source)
    given_back = tracked.with_tracked_changes(source, [change(text, "Bye", "So")], [], AT)
    before, after = parts_of(source), parts_of(given_back.data)
    assert {name for name in after if before.get(name) != after[name]} == {"word/document.xml"}


def test_findings_become_comments_that_are_announced(docx, p, r) -> None:
    source = docx(body(p, r))
    given_back = tracked.with_tracked_changes(source, [], [Remark(0, 0, "Why?\nSay it.")], AT)
    found = parts_of(given_back.data)
    comments = etree.fromstring(found["word/comments.xml"])
    assert ["".join(one.itertext()) for one in comments.iter(W + "p")] == ["Why?", "Say it."]
    assert b"comments.xml" in found["word/_rels/document.xml.rels"]
    assert b"/word/comments.xml" in found["[Content_Types].xml"]
    assert text_of(given_back.data) == text_of(source)


def test_other_peoples_comments_are_kept(docx, p, r) -> None:
    theirs = '<w:comment w:id="4" w:author="Ada"><w:p/></w:comment>'
    box = BytesIO(docx(body(p, r), comments=theirs))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    with zipfile.ZipFile(box, "a") as archive:
        relation = f'<Relationship Id="r1" Type="{kind}" Target="comments.xml"/>'
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>"
        )
    given_back = tracked.with_tracked_changes(box.getvalue(), [], [Remark(0, 3, "Hm")], AT)
    comments = etree.fromstring(parts_of(given_back.data)["word/comments.xml"])
    assert [one.get(W + "author") for one in comments] == ["Ada", "Sogood"]
    assert comments[0].get(W + "id") == "4"
    assert len({one.get(W + "id") for one in comments}) == 2


async def test_the_child_gives_the_same_document_back(docx, p, r) -> None:
    source = docx(p("I recieve it"))
    edit = Edit(2, 9, "recieve", "receive", EditKind.SPELLING, 1.0)
    marked = await give_back(source, [edit], at=AT)
    clean = await give_back(source, [edit], at=None)
    assert text_of(marked.data) == text_of(clean.data) == "I receive it"
    assert len(ours(etree.fromstring(parts_of(marked.data)["word/document.xml"]), "del")) == 1


async def test_a_broken_file_is_refused_by_the_child() -> None:
    with pytest.raises(DocumentError):
        await give_back(b"PK no zip", [], at=AT)
