"""A Word document comes back with tracked changes that can all be rejected or accepted."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from lxml import etree

from coach.documents import DocumentError, give_back, tracked
from coach.documents.docx import W
from coach.documents.tracked import Change, Remark
from coach.letters import Edit, EditKind
from tests.fakes.word import formatted, ours, parts_of, text_of

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
