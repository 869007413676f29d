"""What others still see of somebody who is forgotten: "a former member", none of their words."""

from dataclasses import dataclass
from datetime import datetime

from coach.cohorts import Mark, Membership
from coach.texts import say
from handlers.chat import replies
from handlers.cohorts import digests, memberships, pairs
from handlers.cohorts.cohort_weeks import show_weeks_anew
from handlers.cohorts.handovers import key_of
from storage import Db, cohorts, excerpts, members, mentions, messages, people
from storage import pairs as stored_pairs
from storage.cohorts import Cohort
from storage.members import Member
from storage.pairs import Pair
from storage.people import Person


@dataclass(frozen=True, slots=True)
class LastWord:
    """What is to stand in the place of a message in the chat of somebody who is forgotten."""

    message_id: int
    text: str


def leave_all(db: Db, person: Person, now: datetime) -> list[LastWord]:
    """Somebody is out of every cohort and pair, and their name out of all that is still to be
    said there; whoever was with them hears that a former member has gone. What is to be put over
    the texts of others in their own chat, since no row may wait for that."""
    borrowed = _borrowed(db, person)
    places = [
        (here, place)
        for place in members.of_person(db, person.id)
        if (here := cohorts.get(db, place.cohort_id))
    ]
    chats = {here.chat_id for here, _ in places} | _chats_of_fellows(db, person)
    for given in excerpts.of_person(db, person.id):
        messages.withdraw(db, f"answers:{given.id}")  # what they said of a text, not heard yet
    for here, place in places:
        _go(db, here, place, person, now)
    pairs.depart(db, person.id, now)
    for pair in stored_pairs.ever_of_person(db, person.id):
        _unname(db, pair, person, now)
    called = {place.profile.name for _, place in places}
    instead = say(person.language, "forgetting.former")
    mentions.hide(db, person.id, chats=chats, names=called, instead=instead)
    return borrowed


def _unname(db: Db, pair: Pair, person: Person, now: datetime) -> None:
    """What named them to whoever read with them; the buttons under it have come to an end."""
    here = cohorts.get(db, pair.cohort_id)
    for one in pair.members:
        other, told = people.get(db, one), f"pair:{pair.id}:{one}"
        if here and other and one != person.id and messages.message_id(db, told):
            replies.edit(
                db,
                key=f"{told}:former:{now.timestamp()}",
                chat_id=other.chat_id,
                message=told,
                said=say(other.language, "forgetting.pair", title=here.title),
                now=now,
            )


def _borrowed(db: Db, person: Person) -> list[LastWord]:
    """The texts that others gave them to read, as they stand in their chat."""
    found = list[LastWord]()
    for given in excerpts.of_person(db, person.id):
        message_id = messages.message_id(db, key_of(given))
        pair = stored_pairs.get(db, given.pair_id)
        writer = members.get(db, pair.cohort_id, given.person_id) if pair else None
        if given.reader_id == person.id and message_id and writer:
            name = writer.profile.name
            said = say(person.language, "peers.gone.parted", name=name)
            found.append(LastWord(message_id, said))
    return found


def _chats_of_fellows(db: Db, person: Person) -> set[int]:
    known = (people.get(db, one) for one in members.fellows(db, person.id))
    return {one.chat_id for one in known if one}


def _go(db: Db, here: Cohort, place: Member, person: Person, now: datetime) -> None:
    """Their name goes from the weeks in which the group saw it, then they go themselves."""
    members.hide(db, here.id, person.id, say(here.language, "forgetting.former"))
    seen = members.marks_of(db, here.id, person.id)
    mondays = {one.monday for one in seen if one.mark is not Mark.AWAY}
    show_weeks_anew(db, here, mondays, now)
    digests.say_anew(db, here, mondays, now)
    if place.state is not Membership.LEFT:
        memberships.go(db, here, person, now, f"forgotten:{now.timestamp()}")
