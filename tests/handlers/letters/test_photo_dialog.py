"""People photograph their letter: one photo, an album, a screenshot as a file, a scan."""

import io
import json
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from aiogram.methods import GetUpdates
from PIL import Image, ImageDraw

from bot.tryout.files import Upload
from handlers.letters import uploads
from handlers.letters.arrivals import READ
from storage import jobs, letters, postings, sheets

LATER = timedelta(seconds=2)

PAGES = [
    "Dear hiring team at Nordwind, I am applying for the junior machine learning role.",
    "For two years I have cleaned sensor data at a small farm company in the north.",
    "Last spring I built a model that predicts which pumps fail. Kind regards, Sam Example",
]

POSTINGS = {
    "1003": "Requirements. You bring all of these with you: "
    "- experience with sensor data on large farms "
    "- experience with Kubernetes and Terraform in production",
    "1004": "- a forklift licence of the second class",
}
"""Two pages of a posting, eight words a line."""

FAKE = """#!{python}
import json, sys
if "--list-langs" in sys.argv:
    print("List of available languages (1):\\neng")
    raise SystemExit
header = sys.stdin.buffer.read().split(b"\\n", 2)[1]
width = header.split()[0].decode()
words = json.loads({pages!r}).get(width, "").split()
print("level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext")
for number, word in enumerate(words):
    line, place = divmod(number, 8)
    row = [5, 1, 1, 1, line, place, 100 + 100 * place, 100 + 50 * line, 90, 30, 95, word]
    print("\\t".join(map(str, row)))
"""
"""Tesseract as its manual describes it: a picture on stdin, a table on stdout. It knows the pages
by how wide they are."""


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "tesseract"
    written = {str(1000 + number): text for number, text in enumerate(PAGES)}
    pages = json.dumps(written | POSTINGS)
    program.write_text(FAKE.format(python=sys.executable, pages=pages), "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    return program


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def picture(page: int, *, ink: bool = True, kind: str = "PNG") -> bytes:
    sheet = Image.new("L", (1000 + page, 2000), 255)
    if ink:
        ImageDraw.Draw(sheet).rectangle((400, 500, 600, 520), fill=0)
    file = io.BytesIO()
    sheet.save(file, kind)
    return file.getvalue()


def upload(page: int, kind: str = "png") -> Upload:
    return Upload(f"page{page}.{kind}", picture(page))


async def texts(dialog, person) -> list[str]:
    mine = await dialog.store.read(letters.of_person, person)
    versions = [await dialog.store.read(letters.latest, person)] if mine else []
    return [version.text for version in versions if version]


async def test_a_photo_is_read_and_the_person_is_told_at_once_how_long_it_takes(
    dialog, anna, tesseract
) -> None:
    dialog.telegram.send_album(anna, [upload(0)], kind="photo")
    await dialog.settle()

    waiting, first, *_ = dialog.said(anna)[1:]
    assert waiting == "I'm reading the photo, about 5 seconds…"
    assert "Got it: 14 words" in first
    assert "I read the text from a picture" in first
    assert await texts(dialog, anna) == [PAGES[0]]


async def test_an_album_is_one_letter_in_the_order_it_was_sent(dialog, anna, tesseract) -> None:
    dialog.telegram.send_album(anna, [upload(number) for number in range(3)], kind="photo")
    await dialog.settle()
    assert len(dialog.said(anna)) == 1
    await dialog.later(LATER)

    assert "I'm reading 3 pages, about 15 seconds…" in dialog.said(anna)
    assert (await texts(dialog, anna))[0].split() == " ".join(PAGES).split()
    assert len(await dialog.store.read(letters.of_person, anna)) == 1


async def test_pages_that_arrive_out_of_order_are_put_in_order(dialog, anna, tesseract) -> None:
    sent = dialog.telegram.send_album(anna, [upload(n) for n in range(3)], kind="photo")
    await dialog.hear()
    await dialog.store.write(lambda db: sheets.take(db, anna, sent[0].body["media_group_id"]))

    def keep_backwards(db) -> None:
        for message in reversed(sent):
            group, file_id = message.body["media_group_id"], message.file_id
            sheets.add(
                db,
                chat_id=anna,
                message_id=message.id,
                album=group,
                file_id=file_id,
                name="",
                now=dialog.clock.now(),
            )

    await dialog.store.write(keep_backwards)
    await dialog.later(LATER)
    assert (await texts(dialog, anna))[0].split() == " ".join(PAGES).split()


async def test_an_album_that_is_delivered_again_brings_nothing_new(dialog, anna, tesseract) -> None:
    dialog.telegram.send_album(anna, [upload(0), upload(1)], kind="photo")
    updates = await dialog.bot(GetUpdates(offset=dialog._offset, timeout=0))
    await dialog.settle()
    await dialog.later(LATER)
    before = dialog.said(anna)

    for update in updates:
        await dialog.dispatcher.feed_update(
            dialog.bot, update, now=dialog.clock.now(), **dialog.context
        )
    await dialog.settle()
    await dialog.later(LATER)
    assert len(updates) == 2

    assert dialog.said(anna) == before
    assert len(await dialog.store.read(letters.of_person, anna)) == 1
    kept = await dialog.store.read(lambda db: db.query("SELECT * FROM sheets"))
    assert kept == []


async def test_a_process_that_dies_between_the_pages_and_the_letter_loses_nothing(
    dialog, anna, tesseract
) -> None:
    dialog.telegram.send_album(anna, [upload(0), upload(1)], kind="photo")
    await dialog.hear()

    dialog.clock.move(timedelta(minutes=5))
    await dialog.settle()

    assert (await texts(dialog, anna))[0].split() == " ".join(PAGES[:2]).split()


async def test_screenshots_sent_as_files_are_pages_too(dialog, anna, tesseract) -> None:
    dialog.telegram.send_album(anna, [upload(0), upload(1)], kind="document")
    await dialog.settle()
    await dialog.later(LATER)

    assert (await texts(dialog, anna))[0].split() == " ".join(PAGES[:2]).split()


async def test_the_content_tells_a_picture_whatever_it_is_called(dialog, anna, tesseract) -> None:
    dialog.telegram.send_album(anna, [Upload("letter.docx", picture(0))])
    await dialog.settle()

    assert any("its content is JPG/PNG" in said for said in dialog.said(anna))
    assert await texts(dialog, anna) == [PAGES[0]]


async def test_a_scan_is_read_page_by_page(dialog, anna, tesseract) -> None:
    file = io.BytesIO()
    Image.open(io.BytesIO(picture(0))).save(file, "PDF", resolution=100)
    dialog.telegram.send_album(anna, [Upload("scan.pdf", file.getvalue())])
    await dialog.settle()

    assert any(said.startswith("That is a scan") for said in dialog.said(anna))


async def test_without_tesseract_one_sentence_says_what_to_send(dialog, anna, no_tesseract) -> None:
    dialog.telegram.send_album(anna, [upload(0)], kind="photo")
    await dialog.settle()
    dialog.telegram.send_album(anna, [upload(0)])
    await dialog.settle()

    photo, file = dialog.said(anna)[1:]
    assert photo == file
    assert photo.startswith("I can't read photos here: put the letter into a PDF")


async def test_a_blank_photo_is_told_how_to_be_taken(dialog, anna, tesseract) -> None:
    dialog.telegram.send_album(anna, [Upload("a.png", picture(0, ink=False))], kind="photo")
    await dialog.settle()

    assert dialog.said(anna)[-1].startswith("I find no words in the picture")


async def test_in_an_album_the_page_that_cannot_be_read_is_named(dialog, anna, tesseract) -> None:
    strange = Upload("b.png", picture(77))
    dialog.telegram.send_album(anna, [upload(0), strange], kind="photo")
    await dialog.settle()
    await dialog.later(LATER)

    assert dialog.said(anna)[-1].startswith("Page 2: I find no words in the picture")


async def test_a_huge_picture_is_refused_by_its_header(dialog, anna, tesseract) -> None:
    file = io.BytesIO()
    Image.new("1", (8000, 5001)).save(file, "PNG")
    dialog.telegram.send_album(anna, [Upload("huge.png", file.getvalue())])
    await dialog.settle()

    assert "more than 40 megapixels" in dialog.said(anna)[-1]


async def test_pages_given_up_are_told_and_not_kept(dialog, anna, tesseract) -> None:
    dialog.telegram.send_album(anna, [upload(0)], kind="photo")
    await dialog.hear()
    (job,) = await dialog.store.write(
        jobs.claim,
        kind=READ,
        owner="test",
        now=dialog.clock.now(),
        lease=timedelta(minutes=1),
        limit=1,
    )

    await dialog.store.write(uploads.gave_up, job, dialog.clock.now())
    await dialog.send()

    assert "Something of mine broke" in dialog.said(anna)[-1]
    assert await dialog.store.read(lambda db: db.query("SELECT * FROM sheets")) == []


async def test_a_photographed_posting_is_one_posting_and_a_late_page_goes_on(
    dialog, anna, tesseract
) -> None:
    dialog.telegram.send_text(anna, "/posting")
    await dialog.settle()
    dialog.telegram.send_album(anna, [upload(3), upload(4)], kind="photo")
    updates = await dialog.bot(GetUpdates(offset=dialog._offset, timeout=0))
    dialog._offset = updates[-1].update_id + 1
    for update in updates:
        await dialog.dispatcher.feed_update(
            dialog.bot, update, now=dialog.clock.now(), **dialog.context
        )
        await dialog.later(LATER)

    kept = await dialog.store.read(postings.waiting, anna)
    assert kept.text.split()[:2] == ["Requirements.", "You"]
    assert kept.text.endswith("a forklift licence of the second class")
    assert "I'm reading the photo, about 5 seconds…" in dialog.said(anna)
    assert await texts(dialog, anna) == []


async def test_a_photo_that_is_no_posting_is_told_and_the_question_stays(
    dialog, anna, tesseract
) -> None:
    dialog.telegram.send_text(anna, "/posting")
    await dialog.settle()
    for page, word in ((77, "I find no words"), (0, "no requirements")):
        sent = Upload("p.png", picture(page))
        dialog.telegram.send_album(anna, [sent], kind="photo")
        await dialog.settle()
        assert word in dialog.said(anna)[-1]

    dialog.telegram.send_album(anna, [upload(3)], kind="photo")
    await dialog.settle()
    assert await dialog.store.read(postings.waiting, anna) is not None
    assert await texts(dialog, anna) == []
