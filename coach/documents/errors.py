"""Why a document could not be used: the codes that scripts read and the sentence a person reads."""

from enum import StrEnum

from coach.texts import say


class Refusal(StrEnum):
    """The codes of `review --json`; each has a sentence under `documents.refused`."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    TOO_BIG = "too_big"
    TOO_BIG_IMAGE = "too_big_image"
    TOO_BIG_UNPACKED = "too_big_unpacked"
    TOO_LONG = "too_long"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SLOW = "too_slow"
    ENCRYPTED = "encrypted"
    OLD_WORD = "old_word"
    BAD_FILE = "bad_file"
    NO_TEXT = "no_text"
    UNSUPPORTED = "unsupported"
    WRONG_EXTENSION = "wrong_extension"


class DocumentError(Exception):
    """The document could not be used; `code` says why, `sentence` says what to do.

    `hint` names a more helpful sentence than the code's own ("image", "pages"); the code that
    scripts see stays the same. `page` counts from 1 where one of several photos is meant;
    `of_posting` says that it isn't the letter.
    """

    def __init__(self, code: Refusal | str, hint: str = "") -> None:
        self.code = Refusal(code)
        self.hint = hint
        self.page = 0
        self.of_posting = False
        super().__init__(self.code.value)

    def sentence(self, language: str = "en") -> str:
        """One sentence for the person: what is wrong and what to do."""
        key = f"export.{self.hint}" if self.hint else f"refused.{self.code}"
        said = say(language, f"documents.{key}", **FIGURES)
        if self.page:
            said = say(language, "documents.of_page", page=self.page, said=said)
        return say(language, "documents.of_posting", said=said) if self.of_posting else said


class Pictured(DocumentError):
    """The document is a picture of its pages, which takes seconds a page to read."""


MAX_BYTES = 20 * 1024 * 1024
"""What Telegram lets a bot download (Bot API, getFile)."""

MAX_CHARACTERS = 30_000
"""About twelve pages: a letter is one or two, a full set of application answers five."""

MAX_PAGES = 30
"""Pages of a PDF."""

FIGURES = {"megabytes": MAX_BYTES // 1024**2, "characters": MAX_CHARACTERS, "pages": MAX_PAGES}
"""The limits as the sentences name them."""
