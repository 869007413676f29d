"""Links to documents that lie elsewhere: we open none, but can say how to get the file."""

import re

LINK = re.compile(r"(?:https?://|www\.)\S+|\b(?:docs|drive)\.google\.com/\S+", re.IGNORECASE)
GOOGLE = re.compile(r"docs\.google\.com/(?:\w+/)*document/|[\"']doc_id[\"']\s*:", re.IGNORECASE)
"""A Google document's address, or the file that Google Drive puts in its place on a computer."""

ELSEWHERE = re.compile(
    r"(?:docs|drive)\.google\.com|onedrive\.live\.com|1drv\.ms|\w\.sharepoint\.com"
    r"|office\.com|dropbox\.com|icloud\.com|overleaf\.com|notion\.(?:so|site)|disk\.yandex\.\w+"
    r"|yadi\.sk|box\.com|docs\.zoho\.\w+|canva\.com|dropboxusercontent\.com|paper\.dropbox\.com",
    re.IGNORECASE,
)
"""Where people keep letters. A job advertisement's address is none of these."""

MOST_WORDS = 20
"""Around a link: more are a text of its own."""


def instead_of_a_letter(text: str) -> str | None:
    """The name of the sentence on exporting (under `documents.export`) when a text is a link to
    a document with at most a few words around it, else None."""
    if len(text) > 2_000 or len(LINK.sub(" ", text).split()) > MOST_WORDS:
        return None
    if GOOGLE.search(text):
        return "google_docs"
    return "link" if any(ELSEWHERE.search(link) for link in LINK.findall(text)) else None
