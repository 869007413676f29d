"""What a file is, told by its content: names lie, first bytes seldom do."""

import re

from coach.documents.archive import opened
from coach.documents.document import MediaType
from coach.documents.errors import DocumentError, Refusal

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's old container: Word before 2007, and the wrapping of a password-protected DOCX."""

FIRST_BYTES = (
    (b"{\\rtf", MediaType.RTF),
    (b"\x89PNG\r\n", MediaType.IMAGE),
    (b"\xff\xd8\xff", MediaType.IMAGE),
    (b"GIF87a", MediaType.IMAGE),
    (b"GIF89a", MediaType.IMAGE),
    (b"II*\x00", MediaType.IMAGE),
    (b"MM\x00*", MediaType.IMAGE),
    (b"8BPS\x00\x01", MediaType.PICTURE),
    (b"\x00\x00\x00\x0cjP  ", MediaType.PICTURE),
    (b"\x00\x00\x00\x0cJXL ", MediaType.PICTURE),
    (b"\xff\x0a", MediaType.PICTURE),
    (b"\x00\x00\x01\x00", MediaType.PICTURE),
    (b"\x1f\x8b", MediaType.ZIP),
    (b"Rar!\x1a", MediaType.ZIP),
    (b"7z\xbc\xaf", MediaType.ZIP),
    (b"BZh91AY&SY", MediaType.ZIP),
    (b"\xfd7zXZ\x00", MediaType.ZIP),
    (b"\x7fELF", MediaType.OTHER),
    (b"%!PS", MediaType.OTHER),
    (b"AT&TFORM", MediaType.OTHER),
)

FILMS = {
    b"avif": MediaType.IMAGE,
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), MediaType.PICTURE
    ),
}
"""Pictures that lie in a film's container (ISO 14496-12): of these Pillow opens AVIF only."""

MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
ONLY_IN_MAIL = re.compile(rb"(?mi)^(?:mime-version|message-id|received|content-type):")
"""Headers of RFC 5322 that nobody types: "From:" and "Subject:" may open a letter too."""

PDF_START = re.compile(rb"(?:^|[^ -~])%PDF-\d")
"""Where a PDF begins; what stands before it on the same line is a sentence about one."""

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
BITMAP = re.compile(rb"BM.{12}[\x0c(8@l|]\0\0\0", re.DOTALL)
"""A BMP's first header and the length of its second; a letter to BMW starts like the first."""

ENDINGS = {
    MediaType.PLAIN: ("txt", "text", "log", ""),
    MediaType.MARKDOWN: ("md", "markdown"),
    MediaType.HTML: ("html", "htm", "xhtml"),
    MediaType.PDF: ("pdf",),
    MediaType.DOCX: ("docx", "docm", "dotx", "dotm"),
    MediaType.ODT: ("odt", "ott", "fodt"),
    MediaType.RTF: ("rtf",),
    # A scan is a picture in a PDF.
    MediaType.IMAGE: ("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "pdf"),
    MediaType.EPUB: ("epub",),
}
"""The endings that tell the truth about a type."""

WHAT = {
    MediaType.PLAIN: "txt",
    MediaType.MARKDOWN: "txt",
    MediaType.HTML: "HTML",
    MediaType.PDF: "PDF",
    MediaType.DOCX: "Word (DOCX)",
    MediaType.ODT: "OpenDocument (ODT)",
    MediaType.RTF: "RTF",
    MediaType.IMAGE: "JPG/PNG",
    MediaType.EPUB: "EPUB",
}
"""How a person calls a type."""


def sniff(data: bytes, name: str = "") -> MediaType:
    """The type of a document. Only between txt and Markdown the name decides, since nothing in
    the content does. Raises DocumentError: empty, bad_file, encrypted,
    too_big_unpacked."""
    if not data:
        raise DocumentError(Refusal.EMPTY)
    if PDF_START.search(data[:1024]):
        return MediaType.PDF
    if data.startswith(ZIP_STARTS):
        return _inside_zip(data)
    if data.startswith(OLE2):
        return _inside_ole2(data)
    if data[4:8] == b"ftyp":
        return FILMS.get(data[8:12], MediaType.OTHER)
    if data[257:262] == b"ustar":
        return MediaType.ZIP
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or BITMAP.match(data):
        return MediaType.IMAGE
    for first, media_type in FIRST_BYTES:
        if data.startswith(first):
            return media_type
    return _markup(data, name) or _mail(data) or _text_by_name(name)


PICTURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def media_type(data: bytes, found: str) -> str:
    """The media type of what was sent, in full: a document read from pixels is only called an
    image, be it a photo or a scan."""
    if found != MediaType.IMAGE:
        return found
    if PDF_START.search(data[:1024]):
        return MediaType.PDF.value
    return next((name for first, name in PICTURES if data.startswith(first)), found)


def lying_ending(name: str, media_type: MediaType) -> str | None:
    """The ending of a name that says something else than the content, else None."""
    ending = _ending(name)
    claims = {ending in endings for endings in ENDINGS.values()} | {ending in OTHER_ENDINGS}
    honest = ending in ENDINGS.get(media_type, ()) or True not in claims
    return None if honest else ending


OTHER_ENDINGS = frozenset({"doc", "pages", "png", "jpg", "jpeg", "webp", "zip"})


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _text_by_name(name: str) -> MediaType:
    markdown = _ending(name) in ENDINGS[MediaType.MARKDOWN]
    return MediaType.MARKDOWN if markdown else MediaType.PLAIN


def _inside_zip(data: bytes) -> MediaType:
    names = set(opened(data).namelist())
    if "word/document.xml" in names:
        return MediaType.DOCX
    if "[Content_Types].xml" in names:
        return (
            MediaType.DOCX if any(each.startswith("word/") for each in names) else MediaType.OTHER
        )
    if "META-INF/container.xml" in names:
        return MediaType.EPUB
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return MediaType.ODT
    if names & {"Index/Document.iwa", "Index.zip", "index.xml.gz", "buildVersionHistory.plist"}:
        return MediaType.PAGES
    return MediaType.ZIP


def _inside_ole2(data: bytes) -> MediaType:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentError(Refusal.ENCRYPTED)
    word = "WordDocument".encode("utf-16-le") in data
    return MediaType.OLD_WORD if word else MediaType.OTHER


def _mail(data: bytes) -> MediaType | None:
    """A mail as a mail program saves it, alone or the first of a box."""
    head = MAIL.match(re.sub(rb"^From [^\n]*\n", b"", data[:16_384]))
    return MediaType.MAIL if head and ONLY_IN_MAIL.search(head[0]) else None


PROLOG = re.compile(rb"^(<\?xml[^>]*>\s*|<!--.*?-->\s*)+", re.DOTALL)
PAGE = re.compile(rb"<!doctype html|<html[\s>]|<(head|body)[\s>]")
PAGE_PART = re.compile(rb"<(meta|title|style|p|div|h[1-6]|table|ul|ol|span|br|b|article)\b[^<>]*>")


def _markup(data: bytes, name: str) -> MediaType | None:
    """Web pages, drawings and other XML announce themselves in their first element; of a part
    of a page the name tells whether it is one, since Markdown may begin so too."""
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    root = PROLOG.sub(b"", head)
    if PAGE.match(root):
        return MediaType.HTML
    if _ending(name) in ENDINGS[MediaType.HTML] and PAGE_PART.match(root):
        return MediaType.HTML
    if root.startswith((b"<svg", b"<!doctype svg")):
        return MediaType.SVG
    if root.startswith(b"<office:document"):
        return MediaType.ODT
    return MediaType.OTHER if head.startswith((b"<?xml", b"mime-version:")) else None
