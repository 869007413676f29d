"""Closed rules of Russian and German that are right nearly always."""

import re
from collections.abc import Iterator

from coach.letters import EditKind
from coach.proofread.proposals import Proposal
from coach.proofread.tongues.listed import words
from coach.proofread.tongues.reading import TongueReading

_INFINITIVE_AFTER = words("""
    могу можешь может можем можете могут мог могла могли хочу хочешь хочет хотим хотите хотят хотел
    хотела хотели хотелось нужно можно надо нельзя необходимо должен должна должны должно смогу
    сможет
    сможем смогут смог смогла смогли буду будет будем будете будут начал начала начали начать начну
    стал стала стали решил решила решили планирую планирует планируем готов готова готовы стараюсь
    старался старалась пытаюсь пытался пыталась удалось помогает помогло помогли учусь научился
    научилась люблю
    продолжаю продолжил продолжила намерен намерена рад рада хочется пора легко трудно
    предстоит предстояло приходится приходилось придётся придется следует стоит
    """)
"""Words after which a verb in -тся can only be an infinitive in -ться."""

_PERSON_BEFORE = words("он она оно они который которая которое которые")
"""Words after which, at once, a verb in -ться can only be a form in -тся."""

_FELT_BY = words("мне тебе ему ей нам вам им")
_FELT = words("""
    нравиться казаться приходиться удаваться хотеться думаться вериться даваться доводиться
    представляться вспоминаться требоваться
    """)
"""Verbs that say how something is for somebody: behind a dative, if nothing asks for an infinitive,
they can only be a form in -тся."""

_ASKS_FOR_INFINITIVE = _INFINITIVE_AFTER | words("""
    начинает начинало начало начала начали стало перестало перестаёт перестает продолжает
    продолжало должно чтобы
    """)
_BETWEEN = words(
    "не бы же ли очень всё все всего ещё еще уже больше особенно всегда также тоже часто"
)

_CLAUSE_AFTER = words("ich wir sie er es man ihr du")
_DASS_AFTER = words("""
    bin sicher überzeugt überzeugen glaube denke hoffe weiß weiss sehe wissen zeigt gezeigt zeigte
    freue freut zeigen gelernt verstanden sodass stolz bewusst bedeutet fest dafür davon darauf
    """)


def find(reading: TongueReading) -> Iterator[Proposal]:
    """The language's own rules."""
    yield from _reflexives(reading) if reading.tongue.code == "ru" else _clauses(reading)


def _reflexives(reading: TongueReading) -> Iterator[Proposal]:
    """-тся where an infinitive must stand, -ться where a person acts."""
    for at, word in enumerate(reading.words):
        right = _reflexive(reading, at)
        plain = not word.stuck and word.text[1:] == word.text[1:].lower()
        if right and plain and word.low not in reading.known and reading.lexicon.mark(right):
            cut = 3 if word.low.endswith("тся") else 4
            mended = word.text[:-cut] + right[len(word.low) - cut :]
            yield Proposal(word.start, word.end, mended, EditKind.GRAMMAR, 0.95, "reflexive")


def _reflexive(reading: TongueReading, at: int) -> str | None:
    low, leader = reading.words[at].low, _leader(reading, at)
    known = bool(reading.lexicon.mark(low)) or len(low) < _SHORTEST_VERB
    if low.endswith("тся") and (leader in _INFINITIVE_AFTER or not known):
        return low[:-3] + "ться"
    acts = leader in _PERSON_BEFORE or _is_felt(reading, at, leader)
    if low.endswith("ться") and (acts or not known):
        return low[:-4] + "тся"
    return None


def _leader(reading: TongueReading, at: int) -> str:
    """The word before, small ones between left out: "мне очень не нравится"."""
    before = reading.before(at)
    while before in _BETWEEN and at > 0:
        at -= 1
        before = reading.before(at)
    return before


def _is_felt(reading: TongueReading, at: int, leader: str) -> bool:
    if reading.words[at].low not in _FELT or leader not in _FELT_BY:
        return False
    earlier = {word.low for word in reading.words[max(0, at - _GOVERNED) : at]}
    return earlier.isdisjoint(_ASKS_FOR_INFINITIVE)


_GOVERNED = 5
"""Words back from which one may ask for an infinitive."""

_SHORTEST_VERB = 6


def _clauses(reading: TongueReading) -> Iterator[Proposal]:
    """ "Ich bin sicher, das ich …": a clause that only "dass" can open."""
    for at in range(1, len(reading.words) - 1):
        word, before = reading.words[at], reading.words[at - 1]
        opens = word.text == "das" and _COMMA.fullmatch(word.gap) and not word.stuck
        if opens and before.low in _DASS_AFTER and reading.after(at) in _CLAUSE_AFTER:
            yield Proposal(word.start, word.end, "dass", EditKind.GRAMMAR, 0.9, "dass")


_COMMA = re.compile(r",\s")
