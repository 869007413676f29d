"""Somebody's own place in a cohort: what is shown of it, and what may be changed."""

from dataclasses import replace

from coach.cohorts import Membership, Sharing
from coach.cohorts import State as Stage
from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.chat.replies import Rows
from handlers.cohorts.cohort_buttons import Choice, MemberButton, member_button
from handlers.cohorts.cohorts import rhythm
from storage import Db, cohorts, members
from storage.cohorts import Cohort
from storage.members import Member, Profile
from storage.people import Person

OPEN = frozenset({Stage.FORMING, Stage.RUNNING, Stage.PAUSED})
"""In these somebody can come in."""


def place(db: Db, here: Cohort, person: Person, profile: Profile) -> tuple[Said, Rows]:
    """What the others will see, each line with its button; and Join, while they aren't in."""
    language, member = person.language, members.get(db, here.id, person.id)
    inside = member is not None and member.state is not Membership.LEFT
    said = Said().line(here.title or say(language, "cohorts.card.title"), Style.BOLD)
    if not inside:
        said.line(rhythm(language, here.calendar))
    said.line().line(say(language, "cohorts.join.seen", name=profile.name))
    shares = {
        "links": profile.sharing is Sharing.LINK,
        "swaps": profile.swaps,
        "mentors": profile.mentored,
    }
    for name, on in shares.items():
        said.line(say(language, f"cohorts.join.{name}_{'on' if on else 'off'}"))
    said.line().add(say(language, "cohorts.join.never"), Style.ITALIC)
    rows: list[list[tuple[str, str]]] = [
        [member_button(language, f"{name}_{'off' if on else 'on'}", here.id, Choice(name))]
        for name, on in shares.items()
    ]
    rows.append([member_button(language, "name", here.id, Choice.NAME)])
    if not inside:
        join = say(language, "cohorts.button.join_as", name=profile.name)
        rows.insert(0, [(join, MemberButton(cohort=here.id, choice=Choice.JOIN).pack())])
    return said, rows


def turned(profile: Profile, choice: Choice) -> Profile:
    match choice:
        case Choice.LINKS:
            on = profile.sharing is Sharing.LINK
            return replace(profile, sharing=Sharing.DONE if on else Sharing.LINK)
        case Choice.SWAPS:
            return replace(profile, swaps=not profile.swaps)
        case _:
            return replace(profile, mentored=not profile.mentored)


def mine(
    db: Db, person: Person, cohort_id: int, invited_to: Profile | None
) -> tuple[Cohort, Profile, Member | None] | None:
    """Somebody's place in a cohort: as a member, or as one who was invited. None for anybody
    else, whatever their button says."""
    here = cohorts.get(db, cohort_id)
    member = members.get(db, cohort_id, person.id)
    if here is None:
        return None
    if member and member.state is not Membership.LEFT:
        return here, member.profile, member
    return (here, invited_to, None) if invited_to and here.state in OPEN else None
