"""German compounds: a word made of usual words, and what was meant by a slip in one of them."""

from collections.abc import Iterator

from coach.proofread.candidates import one_slip
from coach.proofread.tongues.lexicon import LEFT, NAMED, PROPOSED, TongueLexicon
from coach.proofread.tongues.listed import words

_LINKS = ("", "s", "n", "en", "es", "er", "e")
_SHORTEST = 4
_USUAL_PART = -14.6
_SHORT_PARTS = words("""
    amt arm art arzt auto bad bau berg bild bus chef dorf drei ein eis fach fünf geld haus hof job
    kern kurs kurz land lang lob mit not nah neu not ort pro rad rat rest rot see sehr tag tal tat
    tee teil test tief ton tor tür uni vier weg welt werk wort zahl zeit ziel zug acht lern lese
    web app vor nach erst alt mut lauf kauf schul sprach
    """)
_COMMON_PART = -13.0
_MOST_PARTS = 4

SMALL = words("""
    eine einen einem einer eines keine keinen keinem keiner diese diesen diesem dieser dieses jede
    jeden jedem jeder jedes alle allen allem aller alles dein deine deinen deinem deiner mein meine
    meinen meinem meiner unser unsere unseren ihre ihren ihrem ihrer sein seine seinen seinem seiner
    dass wenn weil aber oder auch noch schon sehr mehr kann können wird werden wurde wurden habe
    haben hatte hatten sind waren dann denn doch also damit dabei dazu davon dafür durch gegen ohne
    über unter zwischen nach beim vom zum zur wird nicht nichts etwas viel viele vielen wenig hier
    dort jetzt immer wieder nur bereits siehe mich dich euch ihnen welche welchen welcher welches
    alles dann zwar daher dieselbe dieselben deren denen dessen wann warum bevor nachdem
    während obwohl jedoch sondern sowie bis seit
    """)
"""Words that compounds aren't made of, but that get stuck to others."""


def parts(low: str, lexicon: TongueLexicon) -> tuple[str, ...]:
    """The usual words that the word is made of; empty where it isn't."""
    return _parts(low, lexicon, _MOST_PARTS) if len(low) > 6 else ()


def _parts(low: str, lexicon: TongueLexicon, most: int) -> tuple[str, ...]:
    for cut in range(len(low) - 3, 2, -1):
        head, tail = low[:cut], low[cut:]
        if not _opens(head, lexicon):
            continue
        if _closes(tail, lexicon) and (_is_noun(tail, lexicon) or _is_noun(head, lexicon)):
            return (head, tail)
        rest = _parts(tail, lexicon, most - 1) if most > 2 and len(tail) > 6 else ()
        if rest:
            return (head, *rest)
    return ()


def _opens(head: str, lexicon: TongueLexicon) -> bool:
    """Whether it can stand first: a usual word, with what links it to the next."""
    return any(
        _is_part(head.removesuffix(link), lexicon)
        for link in _LINKS
        if head.endswith(link) and len(head) - len(link) > 2 and (link != "n" or head[-2] == "e")
    )


def _is_noun(part: str, lexicon: TongueLexicon) -> bool:
    """Whether it is a noun, with or without what links it; English words count as nouns."""
    return any(
        lexicon.cased(stem)[0].isupper() or lexicon.mark(stem) == LEFT or stem in _SHORT_PARTS
        for stem in (part.removesuffix(link) for link in _LINKS)
    )


def _closes(tail: str, lexicon: TongueLexicon) -> bool:
    if len(tail) < _SHORTEST or not _is_usual(tail, lexicon) or lexicon.mark(tail) == NAMED:
        return False
    return tail not in SMALL and (lexicon.cased(tail)[0].isupper() or len(tail) > 5)


def _is_part(part: str, lexicon: TongueLexicon) -> bool:
    if len(part) < _SHORTEST:
        return part in _SHORT_PARTS
    shortened = part + "e" in lexicon.common and len(part) > 4
    return part not in SMALL and (shortened or _is_usual(part, lexicon))


def _is_usual(part: str, lexicon: TongueLexicon) -> bool:
    if part in lexicon.common:
        return lexicon.log_chance(part) > _USUAL_PART
    mark = lexicon.mark(part) if len(part) > 4 else ""
    return mark == LEFT or (mark == PROPOSED and len(part) > 6)


def mended(low: str, lexicon: TongueLexicon, letters: str) -> Iterator[str]:
    """Compounds of two usual words of which one has a slip."""
    if not 9 < len(low) < 30:
        return
    for cut in range(4, len(low) - 4):
        head, tail = low[:cut], low[cut:]
        if _opens(head, lexicon) and len(tail) > 4:
            yield from (head + o for o in one_slip(tail, letters) if _closes_well(o, lexicon))
        elif _closes_well(tail, lexicon):
            heads = (o for o in one_slip(head, letters) if len(o) > 4)
            yield from (o + tail for o in heads if lexicon.log_chance(o) > _COMMON_PART)


def _closes_well(tail: str, lexicon: TongueLexicon) -> bool:
    return len(tail) > 4 and lexicon.log_chance(tail) > _COMMON_PART and _closes(tail, lexicon)
