"""Letters to measure with: about 600 words, each with its own sentences, facts and slips."""

import random
import tomllib
import zipfile
from html import escape
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Any

WORDS = 600
SLIPS = 12

BANKS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("letters.toml").read_text("utf-8"))
FACTS: dict[str, list[str]] = BANKS["facts"]


def letter(number: int, *, words: int = WORDS) -> str:
    """The letter of that number, the same in every run: short of `words` by less than a sentence,
    with a dozen slips at places of its own and a placeholder that was left in."""
    chance = random.Random(number)
    opening, closing = _some(chance, "opening", 60), _some(chance, "closing", 45)
    rest = words - _count(opening) - _count(closing) - 8
    evidence = _some(chance, "evidence", rest * 2 // 3)
    motive = _some(chance, "motive", rest - _count(evidence))
    half = len(evidence) // 2
    paragraphs = (opening, evidence[:half], evidence[half:], motive, closing)
    body = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    return (
        f"Dear [Hiring Manager],\n\n{_with_slips(chance, body)}\n\nKind regards,\nMaya Lindqvist\n"
    )


def _some(chance: random.Random, bank: str, words: int) -> list[str]:
    """Sentences of a bank in any order, as many as fit into `words`."""
    chosen: list[str] = []
    for sentence in chance.sample(BANKS[bank], len(BANKS[bank])):
        filled = _filled(chance, sentence)
        if _count([*chosen, filled]) <= words:
            chosen.append(filled)
    return chosen


def _filled(chance: random.Random, sentence: str) -> str:
    """Every blank gets its own fact."""
    for name in ("n", *FACTS):
        while f"{{{name}}}" in sentence:
            fact = str(chance.randint(2, 90)) if name == "n" else chance.choice(FACTS[name])
            sentence = sentence.replace(f"{{{name}}}", fact, 1)
    return sentence


def _count(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def _with_slips(chance: random.Random, text: str) -> str:
    """Two neighbouring signs of a dozen words change places, are doubled, or lose one."""
    words = text.split(" ")
    long = [
        at for at, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 4
    ]
    for at in chance.sample(long, SLIPS):
        words[at] = _slipped(chance, words[at])
    return " ".join(words)


def _slipped(chance: random.Random, word: str) -> str:
    at = chance.randrange(1, len(word) - 2)
    before, one, two, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    return before + chance.choice((two + one, one + one + two, two)) + after


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_docx(text: str) -> bytes:
    """The letter as the smallest Word document: a paragraph for each line."""
    lines = (f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    document = f'<w:document xmlns:w="{W}"><w:body>{"".join(lines)}</w:body></w:document>'
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return box.getvalue()


def as_pdf(text: str) -> bytes:
    """The letter on one page in 9 point Helvetica; letters that Latin-1 lacks become `?`."""
    lines = [line for paragraph in text.split("\n") for line in wrap(paragraph, 100) or [""]]
    shown = "\n".join(f"({_escaped(line)}) '" for line in lines)
    stream = f"BT /F1 9 Tf 11 TL 60 800 Td\n{shown}\nET".encode("latin-1", "replace")
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        b" /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n"
        b"%%%%EOF\n" % (size, table, size, len(out))
    )
