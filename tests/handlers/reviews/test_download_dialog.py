"""A person takes their letter along: in the file that they sent, or in one that can carry it."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from coach import documents
from coach.documents import docx, read
from coach.documents.document import MediaType
from handlers.letters import letters
from handlers.reviews import downloads
from storage import jobs, reviews
from tests.fakes.files import column, docx_of, para, pdf_of

PARAGRAPHS = (
    "Dear hiring team at Nordwind,",
    "I am applying for the junior machine learning role. For two years I have cleaned sensor data",
    "and last spring I built a model that predicts wich pumps fail. I recieve the alerts myself.",
    "Kind regards, Sam",
)
ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    + "".join(f"<text:p>{said}</text:p>" for said in PARAGRAPHS)
    + "</office:text></office:body></office:document-content>"
)
WRITER = MediaType.ODT.value


def odt() -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("mimetype", WRITER)
        archive.writestr("content.xml", ODT)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return box.getvalue()


def word() -> bytes:
    return docx_of("".join(map(para, PARAGRAPHS)))


def page() -> bytes:
    said = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    return f"<!DOCTYPE html><html><body>{said}</body></html>".encode()


@pytest.fixture
def sent(dialog, anna):
    async def send(name: str, data: bytes) -> None:
        dialog.telegram.send_file(anna, name, data)
        await dialog.settle()

    return send


@pytest.fixture
def press(dialog, anna):
    async def press(label: str) -> str:
        pressed = dialog.telegram.press_label(anna, label)
        await dialog.settle()
        return pressed.answer

    return press


@pytest.fixture
def taken(dialog, anna):
    """The files that came, newest last, as (name, bytes, caption)."""

    def files() -> list[tuple[str, bytes, str]]:
        return [
            (document["file_name"], dialog.telegram.file(document["file_id"]), one.text)
            for one in dialog.telegram.answers(anna)
            if (document := one.body.get("document"))
        ]

    return files


def labels(message) -> list[str]:
    rows = (message.keyboard or {}).get("inline_keyboard", ())
    return [button["text"] for row in rows for button in row]


async def test_a_word_letter_comes_back_with_tracked_changes_and_clean(sent, press, taken) -> None:
    await sent("letter.docx", word())
    await press("Apply all")

    assert await press("Download") == "How would you like it?"
    assert await press("With tracked changes") == "Making it…"
    await press("Clean copy")

    (marked, marked_data, under), (clean, clean_data, under_clean) = taken()
    assert (marked, clean) == ("letter-tracked.docx", "letter-corrected.docx")
    assert "2 accepted." in under
    assert "Accept or reject each one" in under
    assert "exactly as you wrote it" in under_clean
    with zipfile.ZipFile(BytesIO(marked_data)) as archive:
        assert archive.read("word/document.xml").count(b"<w:ins ") == 2
    assert "I receive the alerts" in docx.read(clean_data).text
    assert b"w:ins" not in zipfile.ZipFile(BytesIO(clean_data)).read("word/document.xml")


async def test_what_is_open_is_in_the_tracked_copy_and_not_in_the_clean_one(
    sent, press, taken
) -> None:
    await sent("letter.docx", word())
    for label in ("One by one", "Accept", "Finish", "Download", "With tracked changes"):
        await press(label)
    await press("Download")
    await press("Clean copy")

    (_, _, under), (_, clean, under_clean) = taken()
    assert "1 accepted, 1 still open." in under
    assert "1 fix is still open and not in it." in under_clean
    assert "predicts which pumps fail. I recieve" in docx.read(clean).text


async def test_a_pdf_comes_back_with_highlights(sent, press, taken) -> None:
    source = pdf_of(column(PARAGRAPHS))
    await sent("letter.pdf", source)
    await press("Download")
    await press("With tracked changes")
    await press("Clean copy")

    (marked, data, under), (clean, _, under_clean) = taken()
    assert (marked, clean) == ("letter-highlighted.pdf", "letter-corrected.docx")
    assert data.startswith(source)
    assert under.startswith("Your PDF with highlights: 2 still open.")
    notes = [one.get_object() for one in PdfReader(BytesIO(data)).pages[0]["/Annots"]]
    assert any(str(one["/Contents"]).startswith("recieve → receive") for one in notes)
    assert "can't be corrected in place" in under_clean


@pytest.mark.parametrize(("name", "make"), [("letter.odt", odt), ("letter.html", page)])
async def test_what_carries_no_changes_comes_back_as_a_word_document(
    sent, press, taken, name, make
) -> None:
    await sent(name, make())
    await press("Apply all")
    for label in ("Download", "With tracked changes", "Clean copy", "As text"):
        await press(label)

    (marked, tracked, under), (clean, corrected, _), (text, plain, _) = taken()
    assert (marked, clean, text) == (
        "letter-tracked.docx",
        "letter-corrected.docx",
        "letter-corrected.txt",
    )
    assert "this is a Word document of its text" in under
    assert docx.read(tracked).text == docx.read(corrected).text == plain.decode()
    assert "I receive the alerts" in plain.decode()


async def test_a_photo_comes_back_as_a_word_document_and_as_text(
    dialog, anna, press, taken
) -> None:
    person = await dialog.store.read(letters.people.get, anna)
    photo = documents.Document("letter.jpg", "image/jpeg", "\n\n".join(PARAGRAPHS))
    place = letters.Place(person, anna, 999)
    await letters.receive(dialog.store, place, photo, b"jpeg", dialog.clock.now())
    await dialog.settle()
    for label in ("Download", "With tracked changes", "As text"):
        await press(label)

    assert [name for name, _, _ in taken()] == ["letter-tracked.docx", "letter-corrected.txt"]


@pytest.mark.parametrize("name", ["letter.txt", "letter.md"])
async def test_a_text_file_comes_back_at_once(sent, press, taken, name) -> None:
    await sent(name, "\r\n\r\n".join(PARAGRAPHS).encode())
    await press("Apply all")
    await press("Download")

    ((filename, data, under),) = taken()
    assert filename == f"letter-corrected.{name[-3:].strip('.')}"
    assert b"I receive the alerts myself.\r\n" in data
    assert under == "Your letter with 2 fixes; everything else is exactly as you wrote it."


async def test_the_choice_unfolds_in_place_and_leaves_the_other_buttons(
    dialog, anna, sent, press
) -> None:
    await sent("letter.docx", word())
    before = len(dialog.telegram.answers(anna))
    await press("Download")

    shown = dialog.telegram.answers(anna)
    assert len(shown) == before
    assert labels(shown[1]) == [
        *("Apply all", "One by one", "With tracked changes", "Clean copy"),
        *("Against a posting", "Make cards", "It's something else"),
    ]


async def test_pressed_twice_it_is_made_once(dialog, anna, sent, press, taken) -> None:
    await sent("letter.docx", word())
    await press("Download")
    message = dialog.telegram.answers(anna)[1]
    data = downloads.CopyButton(review=1, which=documents.Copy.TRACKED).pack()
    first = dialog.telegram.press(anna, message, data)
    second = dialog.telegram.press(anna, message, data)
    await dialog.settle()

    assert first.answer == second.answer == "Making it…"
    assert len(taken()) == 1
    await press("With tracked changes")
    assert len(taken()) == 2, "later it is wished for again"


async def test_the_same_press_heard_twice_brings_one_file(dialog, sent, press, taken) -> None:
    await sent("letter.docx", word())
    await press("Download")
    dialog.telegram.fault("duplicate_update")
    await press("Clean copy")

    assert len(taken()) == 1


async def test_download_pressed_where_the_choice_stands_already_says_it_below(
    dialog, anna, sent, press
) -> None:
    await sent("letter.docx", word())
    message = dialog.telegram.answers(anna)[1]
    download = message.keyboard["inline_keyboard"][1][0]["callback_data"]
    await press("Download")
    dialog.telegram.press(anna, message, download, stale=True)
    await dialog.settle()

    last = dialog.telegram.answers(anna)[-1]
    assert last.text == "How would you like it?"
    assert labels(last) == ["With tracked changes", "Clean copy"]


async def test_nobody_gets_somebody_elses_letter(dialog, anna, sent, taken) -> None:
    await sent("letter.docx", word())
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    message = dialog.telegram.answers(boris)[-1]
    data = downloads.CopyButton(review=1, which=documents.Copy.CLEAN).pack()
    pressed = dialog.telegram.press(boris, message, data, stale=True)
    await dialog.settle()

    assert pressed.answer == (
        "I no longer have that letter. Send it again and I will read it afresh."
    )
    assert taken() == []
    assert not any("document" in one.body for one in dialog.telegram.answers(boris))


async def test_a_button_of_an_older_reading_brings_the_newest_instead_of_a_file(
    dialog, anna, sent, press, taken
) -> None:
    await sent("letter.docx", word())
    await press("Download")

    def read_again(db) -> None:
        first = reviews.get(db, 1)
        reviews.save(db, version_id=first.version_id, review=first.review, now=dialog.clock.now())

    await dialog.store.write(read_again)
    answer = await press("Clean copy")

    assert answer == "This button is from an older reading; here is the newest."
    assert taken() == []
    await press("Download")
    await press("Clean copy")
    assert len(taken()) == 1


async def test_when_the_file_is_no_longer_kept_the_text_carries_the_changes(
    dialog, sent, press, taken
) -> None:
    await sent("letter.docx", word())
    await dialog.store.write(lambda db: db.run("DELETE FROM sources"))
    await press("Download")
    await press("With tracked changes")

    ((name, data, under),) = taken()
    assert name == "letter-tracked.docx"
    assert "I no longer keep your file" in under
    assert read(data, name).text.startswith(PARAGRAPHS[0])


async def test_a_copy_is_made_after_a_crash_too(dialog, anna, sent, press, taken) -> None:
    await sent("letter.docx", word())
    await press("Download")
    dialog.telegram.press_label(anna, "Clean copy")
    await dialog.hear()
    lost = {"kind": downloads.COPY, "owner": "who died", "limit": 1, "lease": timedelta(seconds=15)}
    await dialog.store.write(lambda db: jobs.claim(db, now=dialog.clock.now(), **lost))
    await dialog.settle()
    assert taken() == []

    await dialog.later(timedelta(seconds=16))
    assert len(taken()) == 1


async def test_a_copy_that_cannot_be_made_is_told_and_can_be_asked_for_again(
    dialog, anna, sent, press, taken
) -> None:
    await sent("letter.docx", word())
    await press("Download")
    dialog.telegram.press_label(anna, "Clean copy")
    await dialog.hear()
    now = dialog.clock.now()

    def give_up(db) -> None:
        minute = timedelta(minutes=1)
        (job,) = jobs.claim(db, kind=downloads.COPY, owner="test", now=now, lease=minute, limit=1)
        downloads.gave_up(db, job, now)
        jobs.bury(db, job, error="X", now=now)

    await dialog.store.write(give_up)
    await dialog.settle()
    last = dialog.telegram.answers(anna)[-1]
    assert last.text == "I couldn't make that file. Try once more, or take the text."
    assert labels(last) == ["Clean copy", "As text"]
    await press("As text")
    assert [name for name, _, _ in taken()] == ["letter-corrected.txt"]


async def test_a_letter_deleted_meanwhile_is_not_sent(dialog, anna, sent, press, taken) -> None:
    await sent("letter.docx", word())
    await press("Download")
    dialog.telegram.press_label(anna, "Clean copy")
    await dialog.hear()
    await dialog.store.write(lambda db: db.run("DELETE FROM reviews"))
    await dialog.settle()

    assert taken() == []
    assert not await dialog.store.read(jobs.unfinished, downloads.COPY, "1:clean")
