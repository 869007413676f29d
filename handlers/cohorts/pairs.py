"""Pairs of a cohort: made on Tuesday of every other week, told in private, mended when one leaves.

The group hears nothing of them.
"""

from datetime import date, datetime
from itertools import groupby

from coach.cohorts import Mark, State, swaps_letters
from coach.pairs import Met, history, split
from coach.texts import say
from handlers.chat.formatting import Said
from handlers.cohorts.handovers import take_back
from handlers.cohorts.peer_buttons import choose_rows, write_to
from handlers.cohorts.peer_seats import seat
from handlers.reminders.reminders import Speech
from storage import Db, cohorts, excerpts, members, pairs, people
from storage.cohorts import Cohort
from storage.pairs import Pair
from storage.slots import StoredSlot

APART = 20
"""Two of whom one reported the other have met so often that anybody else comes first."""


def make(db: Db, stored: StoredSlot, now: datetime) -> Speech | None:
    """The pairs of a week, told to each in private; nothing is said to the group."""
    here = cohorts.at(db, stored.slot.chat_id, stored.slot.thread_id)
    week = here.calendar.week(stored.slot.local_date) if here else None
    if here is None or week is None or here.state not in (State.FORMING, State.RUNNING):
        return None
    monday = here.calendar.monday(week)
    if not swaps_letters(week) or pairs.of_week(db, here.id, monday):
        return None
    pairs.end_before(db, here.id, monday, now)
    reading = _readers(db, here, week, monday, now)
    for together in split(reading, _met(db, here), f"{here.id}:{monday}"):
        pair = pairs.add(db, cohort_id=here.id, monday=monday, members=together, now=now)
        for person_id in pair.members:
            _tell(db, here, pair, person_id, now)
    return None


def _readers(db: Db, here: Cohort, week: int, monday: date, now: datetime) -> list[int]:
    """Who wants to, learns, is there this week, and can be written to."""
    marks = members.marks(db, here.id, monday)
    reading = list[int]()
    for member in members.learners(db, here.id):
        person, said = people.get(db, member.person_id), marks.get(member.person_id)
        away = said is not None and said.mark is Mark.AWAY
        if person is None or person.inactive_reason or person.paused(now) or away:
            continue
        if member.profile.swaps and member.from_week <= week:
            reading.append(member.person_id)
    return reading


def _met(db: Db, here: Cohort) -> Met:
    """Who read whom how many weeks of pairs ago."""
    every = pairs.of_cohort(db, here.id)
    rounds = [list(those) for _, those in groupby(every, key=lambda pair: pair.monday)]
    met = history([frozenset(pair.members) for pair in those] for those in rounds)
    for pair in (one for one in every if one.reported):
        for two in history([[frozenset(pair.members)]]):
            met[two] = met[two] + [1] * APART
    return met


def _tell(
    db: Db,
    here: Cohort,
    pair: Pair,
    person_id: int,
    now: datetime,
    *,
    above: str = "",
    of: str = "",
) -> None:
    """Who reads with whom, with the button that begins it; `of` tells a second message from the
    first."""
    person, place = people.get(db, person_id), seat(db, pair.id, person_id)
    if person is None or place is None:
        return
    said = Said()
    if above:
        said.line(above).line()
    said.line(_who(db, here, pair, person_id, person.language)).line()
    said.add(say(person.language, "peers.paired.how"))
    key = f"pair:{pair.id}:{person_id}{of}"
    rows = choose_rows(person.language, pair.id)
    write_to(db, person, here, key=key, said=said, now=now, rows=rows)


def _who(db: Db, here: Cohort, pair: Pair, person_id: int, language: str) -> str:
    present = pairs.present(db, pair)
    at = present.index(person_id)
    after, before = present[(at + 1) % len(present)], present[at - 1]
    reader, writer = _name(db, here, after), _name(db, here, before)
    if after == before:
        return say(language, "peers.paired.two", name=reader, title=here.title)
    return say(language, "peers.paired.three", reader=reader, writer=writer, title=here.title)


def _name(db: Db, here: Cohort, person_id: int) -> str:
    member = members.get(db, here.id, person_id)
    return member.profile.name if member else ""


# Somebody leaves, reads no more, or can't be written to.


def depart(db: Db, person_id: int, now: datetime, *, cohort_id: int | None = None) -> None:
    """Somebody is out of their pairs, of one cohort or of all: what they gave and what they were
    given is gone, and the others are told. Call it after their state has changed; twice does
    nothing more."""
    for given in excerpts.of_person(db, person_id):
        pair = pairs.get(db, given.pair_id)
        if pair and cohort_id in (None, pair.cohort_id):
            take_back(db, given, "parted", now)
    for pair in pairs.of_person(db, person_id):
        here = cohorts.get(db, pair.cohort_id)
        if here and cohort_id in (None, here.id):
            _go_on_without(db, here, pair, person_id, now)


def _go_on_without(db: Db, here: Cohort, pair: Pair, gone: int, now: datetime) -> None:
    present = [one for one in pairs.present(db, pair) if one != gone]
    if len(present) > 1:
        for person_id in present:
            _tell_of_parting(db, here, pair, person_id, gone, now, f":{len(present)}")
        return
    pairs.end(db, pair.id, now)
    for person_id in present:
        other = _takes_one_more(db, here, pair)
        if other is None:
            _tell_of_parting(db, here, pair, person_id, gone, now, ":1")
            continue
        _join(db, here, other, pair, person_id, gone, now)


def _takes_one_more(db: Db, here: Cohort, ended: Pair) -> Pair | None:
    """A pair of the same week in which nobody has given anything yet."""
    for pair in pairs.of_week(db, here.id, ended.monday):
        fresh = pair.ended_at is None and not any(
            one.given_at for one in excerpts.of_pair(db, pair.id)
        )
        if fresh and len(pair.members) == 2 == len(pairs.present(db, pair)):
            return pair
    return None


def _join(
    db: Db, here: Cohort, other: Pair, left: Pair, person_id: int, gone: int, now: datetime
) -> None:
    """Who was left alone reads round with two others."""
    pairs.join(db, other.id, person_id)
    newcomer = _name(db, here, person_id)
    for one in other.members:
        person = people.get(db, one)
        above = say(person.language, "peers.parted.joined", name=newcomer) if person else ""
        _tell(db, here, other, one, now, above=above, of=f":{left.id}")
    person = people.get(db, person_id)
    facts = {"name": _name(db, here, gone), "title": here.title}
    above = say(person.language, "peers.parted.alone", **facts) if person else ""
    _tell(db, here, other, person_id, now, above=above, of=f":{left.id}")


def _tell_of_parting(
    db: Db, here: Cohort, pair: Pair, person_id: int, gone: int, now: datetime, of: str
) -> None:
    """`of` is how many are left: a key that names whoever went would outlive them."""
    person = people.get(db, person_id)
    if person is None:
        return
    facts = {"name": _name(db, here, gone), "title": here.title}
    alone = of == ":1"
    said = say(person.language, f"peers.parted.{'alone' if alone else 'go_on'}", **facts)
    said = said[:1].upper() + said[1:]  # it may begin with "a former member"
    if not alone:
        _tell(db, here, pair, person_id, now, above=said, of=of)
    else:
        key = f"pair:{pair.id}:{person_id}{of}"
        write_to(db, person, here, key=key, said=Said().add(said), now=now)
