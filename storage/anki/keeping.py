"""Somebody's cards from elsewhere put beside those they have: no note twice, no answer twice.

The log stays the truth: answers given in Anki go into it, and each card is rebuilt from its log.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.anki.contents import Answer, Contents, PackedCard, PackedNote
from coach.cards import Card, rebuild
from coach.memory import Rating
from coach.scheduling import Wishes
from coach.studydays import begin, study_day
from storage import cards, grades, notes, studies
from storage.engine import Db
from storage.notes import NewNote

SAME = timedelta(seconds=1)
"""Two answers of one card so close are one: exports shift an instant that is taken by a
millisecond."""

LONGEST = 36_500
"""Days of an interval."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What keeping a file would do: notes that are new, would get other words, and are known;
    cards with answers that the log lacks, and those answers."""

    new: int = 0
    changed: int = 0
    known: int = 0
    cards: int = 0
    answers: int = 0

    @property
    def brings(self) -> bool:
        return bool(self.new or self.changed or self.cards)


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping notes has done."""

    added: int
    changed: int
    known: int
    answers: int


def survey(db: Db, person_id: int, packed: Iterable[PackedNote], now: datetime) -> Survey:
    """Looks and writes nothing."""
    new = changed = known = met = answers = 0
    times = grades.instants(db, person_id)
    for note in packed:
        kept = notes.by_guid(db, person_id, _as_new(note).name)
        mine = cards.by_ordinal(db, person_id, kept.id) if kept else {}
        if kept is None:
            new += 1
        elif (kept.kind, kept.front, kept.back) == (note.kind, note.front, note.back):
            known += 1
        else:
            changed += 1
        for card in note.cards:
            have = mine.get(card.ordinal)
            unheard = _unheard(card, times.get(have.id, ()) if have else (), now)
            met += bool(unheard)
            answers += len(unheard)
    return Survey(new, changed, known, met, answers)


def keep(
    db: Db,
    person_id: int,
    contents: Contents,
    *,
    progress: bool,
    zone: ZoneInfo,
    now: datetime,
) -> Kept:
    """Writes notes and, where it is wanted, their progress; doing it again changes nothing."""
    new = [replace(_as_new(note), source=contents.source) for note in contents.notes]
    added = notes.add(db, person_id=person_id, notes=new, now=now)
    answers = 0
    wishes = studies.get(db, person_id).wishes
    for id, note in zip(added.ids, contents.notes, strict=True):
        mine = cards.by_ordinal(db, person_id, id) if progress and note.cards else {}
        for card in note.cards:
            if kept := mine.get(card.ordinal):
                answers += _learn(db, person_id, kept, card, wishes, zone, now)
    return Kept(added.added, added.changed, added.known, answers)


def _as_new(note: PackedNote) -> NewNote:
    return NewNote(note.kind, note.front, note.back, note.tags, note.deck, note.guid)


def _learn(
    db: Db,
    person_id: int,
    card: Card,
    packed: PackedCard,
    wishes: Wishes,
    zone: ZoneInfo,
    now: datetime,
) -> int:
    """Writes the answers that the log lacks and rebuilds the card; how many those were."""
    new = card.state is None
    log = grades.of_card(db, person_id, card.id)
    unheard = _unheard(packed, [grade.at for grade in log], now)
    for answer in _placed(unheard, packed, zone, now):
        log.append(answer.as_grade(card.id, _day(answer, zone)))
        grades.add(db, person_id=person_id, grade=log[-1])
    if unheard:
        log.sort(key=lambda grade: grade.at)
        card = replace(card, state=rebuild(log, wishes))
    if new:
        card = replace(card, suspended=card.suspended or packed.suspended)
    if unheard or (new and packed.suspended):
        cards.save(db, person_id, card)
    return len(unheard)


def _unheard(packed: PackedCard, times: Sequence[datetime], now: datetime) -> list[Answer]:
    """The answers of a card that its log lacks, none of them in the future; `times` are those of
    its log, in order.

    A card that was learnt but brings no log (an old program lost it) was known when it was last
    due: that one answer is all that can be said.
    """
    if packed.due is None:
        return []
    heard = [answer for answer in packed.answers if answer.at <= now]
    if not heard:
        return [] if times or packed.answers else [_last_known(packed, now)]
    return [answer for answer in heard if not _is_in(answer.at, times)]


def _is_in(at: datetime, times: Sequence[datetime]) -> bool:
    """Whether one of the times, in order, is as good as the same."""
    place = bisect_right(times, at - SAME)
    return place < len(times) and times[place] < at + SAME


def _last_known(packed: PackedCard, now: datetime) -> Answer:
    assert packed.due is not None
    noon = begin(packed.due - timedelta(packed.interval), ZoneInfo("UTC")) + timedelta(hours=8)
    at = min(noon, now)
    return Answer(Rating.GOOD, int(at.timestamp() * 1000), 0, packed.interval)


def _placed(
    answers: Sequence[Answer], packed: PackedCard, zone: ZoneInfo, now: datetime
) -> list[Answer]:
    """The last answer of all gets the interval by which the card is due on the day that Anki
    says: what is newest in a log must say when the card comes, whatever is wished for later."""
    last = answers[-1] if answers else None
    given = [answer.at for answer in packed.answers]
    if last is None or packed.due is None or any(last.at < at <= now for at in given):
        return list(answers)
    days = (packed.due - _day(last, zone)).days
    return [*answers[:-1], replace(last, interval=min(max(days, 1), LONGEST))]


def _day(answer: Answer, zone: ZoneInfo) -> date:
    return study_day(answer.at, zone)
