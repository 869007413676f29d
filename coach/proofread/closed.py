"""Closed sets of English words that the checks decide by."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHORT = _words(
    "a i am an as at be by do go he if in is it me my no of on or so to up us we ok hi ai ml"
)
"""The words of one and two letters that a split may leave."""

JOINERS = _words("""
    a about all also am an and any are as at be been but by can could do each every for from had
    has have he her his how i if in into is it its just many me more most much my no not of on
    only or other our out over she should so some such than that the their them then there these
    they this those to too up us very was we well were what when where which who will with would
    you your
    """)
"""Small words that get stuck to others."""

TWICE_RIGHT = _words(
    "had that is very so no bye ha knock really many much way blah yada long far do"
)
"""Words that may rightly stand twice in a row."""

_CLAUSE_ENDS = _words(
    "it this that what he she i you we they who which there here one all thing problem point"
)
TWICE_BEHIND = {"is": _CLAUSE_ENDS, "do": _CLAUSE_ENDS, "so": _words("and or not just only ever")}
"""Words that may stand twice, but only behind these."""

COMPOUNDING = _words("""
    anti app back bare bench block book box break check client code config core counter cross data
    dead desk down end eye file fire flow former front game git grid hand hard head home hot house
    key land lead life light line list load log main map mark mind name net night note off page
    part path pay play pointer power print proof road room run safe school server sharing sheet
    ship side sign site sites soft space speed spot spots stand star start step stop store table
    text top track trade view wall way web wide world yard
    """)
"""Words that make new compounds all the time: "datasheet", "handoff", "hotspots"."""

PREFIXES = _words("""
    un re pre non multi sub super over under co de inter intra meta micro auto bi pseudo semi anti
    hyper self mis dis out ultra mini mega trans cross post
    """)

SUFFIXES = _words("less ness able ability wise like")
"""Endings that make words which dictionaries need not list."""

PLURALS = ("ions", "ments", "ings", "ships", "ances", "ences", "ers", "ors", "isms", "ists")
"""Endings of plurals that dictionaries need not list where they list the noun."""

RULING_PLURALS = _words("""
    many several few various different numerous both multiple these those two three four five six
    seven eight nine ten
    """)
"""Words after which a noun is in the plural."""

RULING = _words("""
    a an the my your his her its our their this that one each every another no any some whose of in
    on at for with from to by as is are was were be been has have had do does did not than per
    """)
"""Words after which another noun begins, or none."""

NOUN_ENDS = _words(
    ". , ) and or that who which where in at for to from with are were have can will"
)
"""What stands behind a noun that isn't part of a longer name of something."""

PREPOSITIONS = ("to", "of", "in", "on", "for", "with", "from", "by", "at")


NO_NOUNS = _words("""
    is are was were and or in as at of if it on an i am under over above after all any each either
    other our out us up until unless upon off often only also always again against among another
    historic historical historian habitual hotel herb
    """)
"""Words before which "a" or "an" is rather a letter, or either article is right."""


def _before(wrong: str, right: str, followers: str) -> dict[tuple[str, str], str]:
    return {(wrong, follower): right for follower in followers.split()}


BEFORE = {
    **_before(
        "its",
        "it's",
        "a an the not been going important possible impossible unlikely because so what how that "
        "worth about always never no my your our their this these okay fine quite rather still "
        "already hard easy difficult necessary applicable great nice",
    ),
    **_before(
        "your",
        "you're",
        "a an the not going welcome interested trying just very ready sure probably always "
        "never already still also able done looking doing getting applying asking wondering "
        "supposed",
    ),
    **_before("you're", "your", "own"),
    **_before("it's", "its", "own"),
    **_before("their", "there", "is are was were will would has have might must isn't aren't"),
    **_before("there", "their", "own"),
    **_before("they're", "their", "own"),
    **_before("wont", "won't", "be have help do get make take work let stop go give change need"),
    **_before("cant", "can't", "be have help do get make take work let stop go wait find easily"),
    **_before("whose", "who's", "been going a an the not"),
    **_before("who's", "whose", "own"),
    **_before("ether", "either", "way or of"),
    **_before("goto", "go to", "the a my school university work conferences meetups events"),
    **_before("weather", "whether", "it we you i they he she or to there"),
    **_before("trough", "through", "the a my our all this their it these your his her many"),
    **_before("then", "than", "usual ever expected"),
    **_before("must", "most", "of"),
    **_before("loose", "lose", "your my his her our their its track sight interest touch"),
}
"""What a word before another one must have been."""


def _after(wrong: str, right: str, leaders: str) -> dict[tuple[str, str], str]:
    return {(leader, wrong): right for leader in leaders.split()}


AFTER = {
    **_after("of", "have", "could would should might must couldn't wouldn't shouldn't"),
    **_after(
        "loose",
        "lose",
        "to would will could might may should can can't don't didn't won't never not we you they i",
    ),
    **_after(
        "then",
        "than",
        "better worse rather less fewer greater larger smaller higher lower older younger faster "
        "slower easier harder bigger longer shorter stronger sooner cheaper simpler deeper",
    ),
    **_after("than", "then", "since until by back just and but if"),
    **_after(
        "form", "from", "graduated learned learnt received came comes coming apart away suffered"
    ),
    **_after("weather", "whether", "regardless wonder wondered decide unsure"),
    **_after("here", "hear", "to would"),
}
"""What a word after another one must have been."""

ONLY_IF_LATER = {
    ("your", "welcome"): _words(". , ( to in here any anytime at and"),
    ("must", "of"): _words("the these those them us our my your its all"),
}
"""What must follow two words for the rule above to hold: "your welcome package" is right."""

RIGHT_BEFORE = {"right": _words("this now here there after before away next")}
"""Words before which one of a pair is right as it is written."""

NEVER_LAST = _words("of your its their whose the a an")
"""Words that something must follow."""

UNLESS_BEFORE = {
    "of": _words("course . , the a an them us those these all any some"),
    "than": _words("the a any some . , most in for is"),
    "here": _words("and in . , at on with to for is are we i you the a as because"),
    "loose": _words("ends end leaf fitting and"),
    "weather": _words("forecast data station conditions"),
}
"""Words before which the word of a rule above may be right after all."""
