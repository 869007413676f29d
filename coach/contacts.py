"""Contacts: the ways to find a person that a text gives away, each known by its shape.

Rather one too many than one too few: whoever covers them shows the writer what is covered.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from coach import masks
from coach.masks import MaskKind


class Contact(StrEnum):
    """What leads to a person or to their employer."""

    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    ADDRESS = "address"


_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁ"
_HOUSE = r"\d{1,5}[a-z]?"
_WAYS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Rise|Close|Court|Ct|Crescent|Place|Pl|Square|"
    "Terrace|Way|Gardens|Hill|Row|Boulevard|Blvd|Parkway|Mews|Grove|Walk|Quay"
)
_FIRMS = (
    "GmbH|mbH|UG|OHG|AG|SE|KG|e\\.V\\.|Inc|Ltd|Limited|LLC|LLP|PLC|plc|Corp|Corporation|Pty|SARL|"
    "SAS|B\\.?V|N\\.V|S\\.A|S\\.r\\.l|SpA|ApS|A/S|Oy|AB|Labs?|Bank|University|Institute|College|"
    "Universität|Hochschule|Klinikum"
)

PHONE = re.compile(
    r"(?<![\w.])(?:\+\d(?:[ \t()./-]{0,3}\d){7,14}(?!\w)"
    r"|(?!(?:19|20)\d\d[ \t]?[-–/][ \t]?(?:19|20)\d\d\b)"
    r"\(?\d(?:(?:[ \t()./-]{0,2}| / )\d){7,14}(?!\w))"
)
"""Eight to fifteen digits (E.164 allows no more), perhaps parted; two years are no number."""

ADDRESS = re.compile(
    rf"\b{_HOUSE},? +(?:[{_UPPER}][\w'’.-]* +){{1,3}}(?:{_WAYS})\b\.?"
    r"(?:,? *(?:(?:Apt|Apartment|Flat|Suite|Unit)\.?|#) *\w{1,5}\b)?"
    r"|(?i:\b\d{1,4}[a-z]?,? +[^\W\d_]+ +(?:street|st\.|road|rd\.|avenue|ave\.|lane|drive)\b)"
    r"|\b[^\W\d_]+(?i:str\.|straße|strasse|weg|platz|allee|gasse|damm|ufer|ring) +\d{1,4}[a-z]?\b"
    rf"(?:,?\s+(?:D-)?\d{{5}} +[{_UPPER}][\w-]+)?"
    rf"|^(?:D-)?\d{{5}} +[{_UPPER}][\w-]+(?: +[{_UPPER}][\w-]+)?$"
    rf"|\b(?:rue|via|viale|calle|plaza|rua|ulica|ul\.) +(?:d[eu]s? |de la |della |del )?"
    rf"[{_UPPER}][\w'’-]+(?:,? +{_HOUSE})?"
    r"|\b(?:(?i:p\. ?o\.|po) ?(?i:box)|Postfach|[Аа]/я) +\d{1,6}\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|\b[A-Z]{2} \d{5}(?:-\d{4})?\b"
    r"|(?i:\b(?:ул\.|улица|пр\.|проспект|пер\.|переулок|бульвар|шоссе|наб\.) +[^\W\d_][\w-]*"
    r"(?:, *(?:д\.|дом)? *\d+\w?)?(?:, *(?:корп\.|к\.|корпус) *\d+)?"
    r"(?:, *(?:кв\.|квартира) *\d+)?)",
    re.MULTILINE,
)
"""Streets with their numbers, boxes at a post office, and postcodes: British, American, German
behind a street or on a line alone."""

COMPANY = re.compile(
    rf"(?<![\w&-])(?:[{_UPPER}][\w&-]{{0,60}}[ \t]+|&[ \t]+(?:Co\.?[ \t]+)?){{1,5}}"
    rf"(?:{_FIRMS})\b\.?"
    r"|\b(?:ООО|АО|ПАО|ЗАО|ОАО|НКО|ИП)[ \t]+[«\"“][^»\"”\n]{1,60}[»\"”]"
)

_AT = r"[ \t]?(?:[\[({<][ \t]?(?i:at|собака)[ \t]?[\])}>]|[ \t](?:AT|собака)[ \t])[ \t]?"
_DOT = r"(?:[ \t]?[\[({<][ \t]?(?i:dot|punkt|точка)[ \t]?[\])}>][ \t]?|[ \t](?:DOT|точка)[ \t]|\.)"
SPELT_EMAIL = re.compile(rf"[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,4}}")
"""An e-mail address written for people: name [at] place [dot] com."""

SITE = re.compile(
    r"(?<![\w@./\\-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:art|biz|blog|chat|cloud|club|codes|design|"
    r"digital|email|example|fun|guru|ink|life|link|live|media|name|network|news|one|online|press|"
    r"pro|pub|science|school|social|software|space|store|studio|systems|team|today|tools|website|"
    r"wiki|work|works|world|zone|in|pt|mx|ar|cl|gr|hu|ro|bg|rs|hr|il|tr|ie|za|ng|ke|sg|hk)"
    r"(?![\w.-]\w|\w|\()(?:/[^\s<>\"'`\])}»”’|]{0,1000}(?<![.,;:!?*_~]))?"
)
"""A site under an ending that a proofreader wouldn't take for one: seun-writes.blog."""

ACCOUNT = re.compile(
    r"(?i)\b(?:github|gitlab|telegram|телеграм|skype|instagram|twitter|linkedin|kaggle|discord|wechat|"
    r"signal|threads|mastodon|bluesky|orcid|hugging ?face)[ \t]?:[ \t]*(?P<it>[^\s,;]{3,80})"
)
"""An account in a form's field: "GitHub: thandi-mok"."""

_MASKED = {
    MaskKind.EMAIL: Contact.EMAIL,
    MaskKind.URL: Contact.LINK,
    MaskKind.HANDLE: Contact.LINK,
}
_BY_SHAPE = (
    (Contact.EMAIL, SPELT_EMAIL),
    (Contact.PHONE, PHONE),
    (Contact.ADDRESS, ADDRESS),
    (Contact.COMPANY, COMPANY),
    (Contact.LINK, SITE),
)


def find(text: str) -> Iterator[tuple[int, int, Contact]]:
    """Where each starts and ends; they may overlap."""
    for mask in masks.find(text):
        if mask.kind in _MASKED:
            yield mask.start, mask.end, _MASKED[mask.kind]
    for found in ACCOUNT.finditer(text):
        yield *found.span("it"), Contact.LINK
    for kind, pattern in _BY_SHAPE:
        yield from ((*found.span(), kind) for found in pattern.finditer(text))
