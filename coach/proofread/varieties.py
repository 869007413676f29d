"""The same word as the British and as Americans write it."""

import re
from enum import StrEnum


class Variety(StrEnum):
    """Where a spelling is at home."""

    BRITISH = "british"
    AMERICAN = "american"


_RULES = tuple(
    (re.compile(pattern), british, american)
    for pattern, british, american in (
        (
            r"^(?P<stem>behavi|col|fav|hon|hum|lab|neighb|rum|sav|vap|vig|endeav|harb|flav|parl)"
            r"(?P<way>our|or)(?P<end>s|ed|ing|able|ably|ful|ite|ites|hood|hoods|al|less)?$",
            "our",
            "or",
        ),
        (
            r"^(?P<stem>\w{3,}?)(?P<way>is|iz)(?P<end>e|es|ed|ing|ers?|ations?|ational)$",
            "is",
            "iz",
        ),
        (r"^(?P<stem>anal|paral|catal)(?P<way>ys|yz)(?P<end>e|es|ed|ing|ers?)$", "ys", "yz"),
        (
            r"^(?P<stem>trave|labe|mode|cance|signa|channe|counse|tunne|marve|fue|leve|pane)"
            r"(?P<way>ll|l)(?P<end>ed|ing|ers?)$",
            "ll",
            "l",
        ),
        (r"^(?P<stem>focu|bia|refocu)(?P<way>ss|s)(?P<end>ed|es|ing)$", "ss", "s"),
        (r"^(?P<stem>cent|theat|fib|lit|calib|lust)(?P<way>re|er)(?P<end>s)?$", "re", "er"),
        (r"^(?P<stem>defen|offen|preten)(?P<way>ce|se)(?P<end>s|less)?$", "ce", "se"),
        (r"^(?P<stem>enro|fulfi|insta)(?P<way>l|ll)(?P<end>s|ment|ments)$", "l", "ll"),
        (r"^(?P<stem>ski|wi)(?P<way>l|ll)(?P<end>ful|fully)$", "l", "ll"),
        (r"^(?P<stem>s)(?P<way>c|k)(?P<end>eptic\w*)$", "c", "k"),
    )
)
"""How the same word is written on both sides, by stem, way and end."""


def other(low: str) -> tuple[Variety, str] | None:
    """Where a word is at home and how the others write it; None for a word that is everybody's,
    as far as its form tells."""
    for pattern, british, american in _RULES:
        if found := pattern.match(low):
            here = Variety.BRITISH if found["way"] == british else Variety.AMERICAN
            there = american if here is Variety.BRITISH else british
            return here, f"{found['stem']}{there}{found['end'] or ''}"
    return None
