"""Word documents seen by other eyes than those that changed them: what Word would keep when all
of Sogood's changes are accepted or rejected, and what is whose."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from random import Random

from hypothesis import strategies as st
from lxml import etree

from coach.documents import docx as word
from coach.documents.archive import Package
from coach.documents.docx import SPACE, W
from coach.documents.runs import without_leftovers
from coach.documents.tracked import Change

MAIN = "word/document.xml"
CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "comment"))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return box.getvalue()


def ours(tree, tag: str) -> list:
    return [one for one in tree.iter(W + tag) if one.get(W + "author") == "Sogood"]


def decided(data: bytes, *, accept: bool) -> bytes:
    """Sogood's changes accepted or rejected, as Word would do it; others' stay."""
    found = parts_of(data)
    tree = etree.fromstring(found[MAIN])
    kept, dropped = ("ins", "del") if accept else ("del", "ins")
    for one in ours(tree, dropped):
        one.getparent().remove(one)
    for one in ours(tree, kept):
        for said in one.iter(W + "delText"):
            said.tag = W + "t"
        unwrapped(one)
    return zipped(found | {MAIN: etree.tostring(tree)})


def unwrapped(one) -> None:
    home, place = one.getparent(), one.getparent().index(one)
    for child in reversed(one):
        home.insert(place, child)
    home.remove(one)


def formatted(data: bytes) -> list[tuple[str, bytes, str]]:
    """Every character that the document holds, with its own properties and where it stands;
    Google's leftovers may go."""
    tree = etree.fromstring(parts_of(data)[MAIN])
    without_leftovers(tree)
    signs = {W + "tab": "\t", W + "br": "\n"}
    found = []
    for said in tree.iter(W + "t", W + "delText", *signs):
        homes = "/".join(above.tag for above in said.getparent().iterancestors())
        text = signs.get(said.tag) or said.text or ""
        if said.get(SPACE) != "preserve" and said.tag not in signs:
            text = text.strip(" \t\r\n")
        found += [(sign, properties_of(said), homes) for sign in text]
    return found


def properties_of(said) -> bytes:
    properties = said.getparent().find(W + "rPr")
    return b"" if properties is None else etree.tostring(properties, method="c14n")


def looks(data: bytes) -> tuple[str, list[bytes]]:
    """The text as we read it, and the properties of each of its characters."""
    package = Package(data)
    text, places = word.trace(package, word.body_of(word.main_part(package)))
    return text, [b"" if place is None else properties_of(place[0]) for place in places]


def of_others(data: bytes) -> list[tuple[str, str, str, str]]:
    """What others changed and remarked: kind, author, date and words."""
    return [
        (one.tag, one.get(W + "author"), one.get(W + "date"), "".join(one.itertext()))
        for name, content in parts_of(data).items()
        if name in {MAIN, "word/comments.xml"}
        for one in etree.fromstring(content).iter(*CHANGES)
        if one.get(W + "author") != "Sogood"
    ]


def text_of(data: bytes) -> str:
    return word.read(data).text


def applied(text: str, changes: Sequence[Change]) -> str:
    for one in sorted(changes, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: one.start] + one.right + text[one.end :]
    return text


def squeezed(text: str) -> str:
    """White space at a paragraph's ends is cut when a document is read, bullets are put anew."""
    return "".join(text.split()).replace("•", "")


WORDS = st.text("abc XY\t", max_size=6).filter(lambda said: said.strip() == said)


@st.composite
def changes_of(draw, text: str) -> list[Change]:
    """Changes that don't overlap, but touch: passages of any length and wherever they begin,
    deleted, replaced or reworded, and words put in between."""
    borders = draw(st.lists(st.integers(0, len(text)), unique=True, max_size=10).map(sorted))
    made = []
    for start, end in pairwise([*borders, len(text)]):
        if draw(st.booleans()) and (said := draw(WORDS)):
            made.append(Change(start, start, "", said))
        end = min(end, start + draw(st.sampled_from([1, 5, 12, 40])))
        wrong = text[start:end]
        if wrong and draw(st.booleans()):
            right = draw(WORDS | st.just(_reworded(wrong)))
            made.append(Change(start, end, wrong, right))
    return [one for one in made if one.wrong != one.right]


def _reworded(wrong: str) -> str:
    return " ".join(said[::-1] if at % 2 else said for at, said in enumerate(wrong.split(" ")))


def random_changes(text: str, chance: Random, most: int) -> list[Change]:
    """Changes like a proofreader's: some words misspelt, doubled, dropped, or with a comma."""
    made, behind = [], 0
    while len(made) < most and behind < len(text):
        start = chance.randrange(behind, min(behind + 40, len(text)))
        end = min(start + chance.choice([0, 1, 4, 9, 15]), len(text))
        wrong = text[start:end]
        right = chance.choice(["", ",", "words", wrong.upper(), wrong[::-1], wrong + " too"])
        if wrong != right and right.strip() == right:
            made.append(Change(start, end, wrong, right))
        behind = end + chance.randrange(12)
    return made
