"""LibreOffice without a window, as a second opinion on Word documents: it opens them, accepts or
rejects every tracked change and says what is left."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

SOFFICE = shutil.which("soffice")

SECONDS = 90
"""For a whole list of documents."""

TRIES = 3
"""LibreOffice 7.4 aborts now and then while it writes a Word document, whoever made it."""

TEXT = "Text (encoded)"
WORD = "MS Word 2007 XML"

MACRO = """Sub Decide(listing As String)
  Dim asked(0) As New com.sun.star.beans.PropertyValue
  Dim stored(0) As New com.sun.star.beans.PropertyValue
  Dim nothing_more()
  asked(0).Name = "Hidden"
  asked(0).Value = True
  stored(0).Name = "FilterName"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Open listing For Input As #1
  Do While Not Eof(1)
    Line Input #1, entry
    words = Split(entry, "|")
    paper = StarDesktop.loadComponentFromURL(ConvertToURL(words(1)), "_blank", 0, asked())
    shown = paper.CurrentController.Frame
    dispatcher.executeDispatch(shown, ".uno:" & words(0), "", 0, nothing_more())
    stored(0).Value = words(3)
    paper.storeToURL(ConvertToURL(words(2)), stored())
    paper.close(True)
  Loop
  Close #1
End Sub
"""

DOCTYPE = '<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{2}.dtd">'
SCRIPT = 'xmlns:script="http://openoffice.org/2000/script"'
LIBRARY = (
    'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is left of a document when all its changes are accepted or rejected."""

    data: bytes
    accept: bool


def decide(questions: Sequence[Question], folder: Path, form: str = TEXT) -> list[bytes]:
    """LibreOffice's answers, in one run of it, in a profile of its own."""
    profile = folder / "profile"
    _run(profile, "--terminate_after_init")
    _write_macro(profile / "user" / "basic")
    lines = []
    for number, question in enumerate(questions):
        (folder / f"{number}.docx").write_bytes(question.data)
        order = "AcceptAllTrackedChanges" if question.accept else "RejectAllTrackedChanges"
        lines.append(f"{order}|{folder}/{number}.docx|{folder}/{number}.out|{form}")
    listing = folder / "listing"
    listing.write_text("\n".join(lines))
    _run(profile, f'macro:///Standard.Module1.Decide("{listing}")')
    return [(folder / f"{number}.out").read_bytes() for number in range(len(questions))]


def _run(profile: Path, what: str) -> None:
    where = f"-env:UserInstallation={profile.as_uri()}"
    command = [str(SOFFICE), where, "--headless", "--norestore", what]
    for _ in range(TRIES):
        done = subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)
        if done.returncode == 0:
            return
    raise AssertionError(f"LibreOffice ended with {done.returncode}")


def _write_macro(basic: Path) -> None:
    """Gives the profile the macro; no call without one accepts changes. The first start makes
    the profile and runs nothing."""
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    libraries = (
        '<library:library library:name="Standard" library:link="false" xlink:type="simple" '
        'xlink:href="$(USER)/basic/Standard/script.xlb/"/>'
    )
    files = {
        "Standard/Module1.xba": (
            DOCTYPE.format("script", "module", "module")
            + f'<script:module {SCRIPT} script:name="Module1" script:language="StarBasic">'
            f"{escape(MACRO)}</script:module>"
        ),
        "Standard/script.xlb": (
            DOCTYPE.format("library", "library", "library")
            + f'<library:library {LIBRARY} library:name="Standard" library:readonly="false" '
            'library:passwordprotected="false"><library:element library:name="Module1"/>'
            "</library:library>"
        ),
        "script.xlc": (
            DOCTYPE.format("library", "libraries", "libraries")
            + f"<library:libraries {LIBRARY}>{libraries}</library:libraries>"
        ),
    }
    for name, content in files.items():
        (basic / name).write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
