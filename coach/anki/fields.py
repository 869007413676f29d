"""Fields as Anki keeps them (HTML) and as we do (plain text). Nothing of a page is ever run."""

import re
from html import escape
from html.parser import HTMLParser

from coach.documents import invisible

UNSEEN = frozenset({"script", "style", "head", "template", "iframe", "object", "svg", "title"})
BLOCKS = frozenset(
    {"blockquote", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
    | {"li", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul"}
)
RAISED = {"sup": "^", "sub": "_"}
"""An exponent must not become a digit of its base."""

MEDIA = re.compile(r"\[(?:sound|anki:play):[^\]]*\]")
LATEX = re.compile(r"\[/?(?:latex|\$\$?)\]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
MARKUP = re.compile(r"[<&\[]")


def text_of(html: str) -> str:
    """What a field shows, without markup, scripts, sounds and pictures."""
    if MARKUP.search(html):
        html = LATEX.sub("", MEDIA.sub("", html))
        reader = _Reader()
        reader.feed(html)
        reader.close()
        html = reader.text
    else:
        html = _spaced(html)
    return plain(html)


def plain(text: str) -> str:
    """Text as a card keeps it: no sign that nobody sees, no white space at the ends of lines."""
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " "))
    lines = [line.rstrip() for line in invisible.without(text).replace("\t", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def html_of(text: str) -> str:
    """The field that `text_of` reads as this text."""
    lines = escape(text, quote=False).split("\n")
    return "<br>".join(re.sub(r"(?<= ) |^ ", "&nbsp;", line) for line in lines)


def tag_of(tag: str) -> str:
    """A tag as Anki takes it: one word."""
    return re.sub(r"\s+", "_", CONTROL.sub("", tag)).strip()


def _spaced(text: str) -> str:
    """White space as a browser shows it; one that must not break stays for now."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


class _Reader(HTMLParser):
    """Collects what is shown. Tags that never end take nothing with them but what is unseen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._hidden = 0
        self._kept = 0  # depth of <pre>, where white space counts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._hidden += 1
        elif tag == "br":
            self._break()
        elif tag in BLOCKS:
            self._block("• " if tag == "li" else "")
        elif tag in {"td", "th"} and not self.text.endswith(("\n", " ")):
            self.text += " "
        elif tag in RAISED:
            self.text += RAISED[tag]
        self._kept += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in BLOCKS:
            self._block("")
        self._kept = max(0, self._kept - (tag == "pre"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        shown = data if self._kept else _spaced(data)
        begins = not self.text or self.text.endswith("\n")
        self.text += shown.lstrip(" ") if begins and not self._kept else shown

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """ "<![…" stands in no field; Python's own reading of it can end in an AssertionError."""
        return self.parse_bogus_comment(i)

    def _break(self) -> None:
        self.text = self.text.rstrip(" ") + "\n"

    def _block(self, sign: str) -> None:
        """A block begins on a line of its own."""
        self.text = self.text.rstrip(" ")
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"
        self.text += sign
