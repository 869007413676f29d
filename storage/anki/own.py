"""Our note types as Anki sees them. People's collections hold them: an id, a name or the order of
fields that has once left the house is never changed, or Anki takes every note for another one."""

from typing import Any

from coach.notes import NoteKind

IDS = {
    NoteKind.BASIC: 1_763_700_000_001,
    NoteKind.BOTH: 1_763_700_000_002,
    NoteKind.CLOZE: 1_763_700_000_003,
}
NAMES = {
    NoteKind.BASIC: "Sogood",
    NoteKind.BOTH: "Sogood (both ways)",
    NoteKind.CLOZE: "Sogood (gaps)",
}
FIELDS = {
    NoteKind.BASIC: ("Front", "Back"),
    NoteKind.BOTH: ("Front", "Back"),
    NoteKind.CLOZE: ("Text", "Back"),
}

ANSWER = "{{FrontSide}}\n\n<hr id=answer>\n\n"
FORWARD = ("Front → Back", "{{Front}}", f"{ANSWER}{{{{Back}}}}")
BACKWARD = ("Back → Front", "{{Back}}", f"{ANSWER}{{{{Front}}}}")
GAPS = ("Gaps", "{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back}}")
TEMPLATES = {
    NoteKind.BASIC: (FORWARD,),
    NoteKind.BOTH: (FORWARD, BACKWARD),
    NoteKind.CLOZE: (GAPS,),
}

CSS = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; }\n"
    ".cloze { font-weight: bold; }"
)

FIRST_DECK = 1
"""The deck that every collection has, and whose number decks of ours never get."""


def notetypes(seconds: int) -> dict[str, Any]:
    """All three, as a collection of schema 11 writes them down."""
    return {str(IDS[kind]): _notetype(kind, seconds) for kind in NoteKind}


def _notetype(kind: NoteKind, seconds: int) -> dict[str, Any]:
    return {
        "id": IDS[kind],
        "name": NAMES[kind],
        "type": int(kind is NoteKind.CLOZE),
        "mod": seconds,
        "usn": -1,
        "sortf": 0,
        "did": FIRST_DECK,
        "tmpls": [_template(*template, at) for at, template in enumerate(TEMPLATES[kind])],
        "flds": [_field(name, at) for at, name in enumerate(FIELDS[kind])],
        "css": CSS,
        "latexPre": "",
        "latexPost": "",
        "req": [[at, "any", [at]] for at in range(len(TEMPLATES[kind]))],
        "tags": [],
        "vers": [],
    }


def _field(name: str, at: int) -> dict[str, Any]:
    look: dict[str, Any] = {"font": "Arial", "size": 20, "rtl": False, "sticky": False}
    return {"name": name, "ord": at, "media": [], **look}


def _template(name: str, question: str, answer: str, at: int) -> dict[str, Any]:
    blank = {"bqfmt": "", "bafmt": "", "did": None}
    return {"name": name, "ord": at, "qfmt": question, "afmt": answer, **blank}


def deck(id: int, name: str, seconds: int) -> dict[str, Any]:
    """A deck, as a collection of schema 11 writes it down."""
    today = {count: [0, 0] for count in ("newToday", "revToday", "lrnToday", "timeToday")}
    extra = {"extendNew": 0, "extendRev": 0, "collapsed": False, "browserCollapsed": False}
    named = {"id": id, "name": name, "mod": seconds, "usn": -1, "desc": ""}
    return {**named, "dyn": 0, "conf": 1, **today, **extra}


OPTIONS: dict[str, Any] = {
    "1": {
        "id": 1,
        "name": "Default",
        "mod": 0,
        "usn": 0,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "bury": False,
            "delays": [1.0, 10.0],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": 20,
        },
        "rev": {
            "bury": False,
            "ease4": 1.3,
            "ivlFct": 1.0,
            "maxIvl": 36500,
            "perDay": 200,
            "hardFactor": 1.2,
        },
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    }
}
"""The options that every collection has; a person's own are left as they are."""
