"""Who is in a cohort, and what they have said about each of its weeks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from coach.cohorts import Mark, Membership, Role, Sharing
from storage.engine import Db, Row
from storage.instants import from_ms, maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody says of themselves when they join. `name` is what the group sees; goal and
    moment (their if–then plan) are for themselves. With `swaps` they read a letter every other week
    and have one of theirs read; with `mentored` the mentors see links, sentences and the goal."""

    name: str
    goal: str = ""
    moment: str = ""
    habit_id: str | None = None
    sharing: Sharing = Sharing.DONE
    swaps: bool = False
    mentored: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a cohort; they count from the week `from_week` of the round on."""

    cohort_id: int
    person_id: int
    role: Role
    state: Membership
    profile: Profile
    from_week: int
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Marked:
    """What a member has said about the week of `monday`."""

    person_id: int
    monday: date
    mark: Mark
    link: str | None
    sentence: str
    at: datetime


def join(
    db: Db,
    *,
    cohort_id: int,
    person_id: int,
    profile: Profile,
    state: Membership,
    from_week: int,
    now: datetime,
    role: Role = Role.MEMBER,
) -> Member:
    """Takes somebody in, or back in; who is in already keeps their role and their first week."""
    row = db.one(
        """INSERT INTO members (cohort_id, person_id, role, state, name, goal, moment, habit_id,
               sharing, swaps, mentored, from_week, joined_at)
           VALUES (:cohort_id, :person_id, :role, :state, :name, :goal, :moment, :habit_id,
               :sharing, :swaps, :mentored, :from_week, :now)
           ON CONFLICT (cohort_id, person_id) DO UPDATE SET
               name = excluded.name, goal = excluded.goal, moment = excluded.moment,
               habit_id = excluded.habit_id, sharing = excluded.sharing, swaps = excluded.swaps,
               mentored = excluded.mentored,
               role = CASE members.state WHEN 'left' THEN excluded.role ELSE members.role END,
               from_week = CASE members.state WHEN 'left' THEN excluded.from_week
                   ELSE members.from_week END,
               state = CASE members.state WHEN 'left' THEN excluded.state
                   ELSE members.state END,
               left_at = NULL
           RETURNING *""",
        cohort_id=cohort_id,
        person_id=person_id,
        role=role.value,
        state=state.value,
        from_week=from_week,
        now=to_ms(now),
        **_columns(profile),
    )
    assert row
    return _member(row)


def get(db: Db, cohort_id: int, person_id: int) -> Member | None:
    """Somebody's place in a cohort, also of one who has left; None for a stranger."""
    row = db.one(
        "SELECT * FROM members WHERE cohort_id = :cohort_id AND person_id = :person_id",
        cohort_id=cohort_id,
        person_id=person_id,
    )
    return _member(row) if row else None


def of_person(db: Db, person_id: int) -> list[Member]:
    """Every place that somebody has or had, also where they have left."""
    rows = db.query("SELECT * FROM members WHERE person_id = :id ORDER BY cohort_id", id=person_id)
    return [_member(row) for row in rows]


def fellows(db: Db, person_id: int) -> list[int]:
    """Whoever is or was in a cohort with somebody."""
    rows = db.query(
        """SELECT DISTINCT other.person_id FROM members AS mine
           JOIN members AS other ON other.cohort_id = mine.cohort_id
           WHERE mine.person_id = :id AND other.person_id <> :id ORDER BY other.person_id""",
        id=person_id,
    )
    return [row["person_id"] for row in rows]


def hide(db: Db, cohort_id: int, person_id: int, name: str) -> None:
    """From now on they are called `name` and share nothing, also where they have left."""
    db.run(
        """UPDATE members SET name = :name, goal = '', moment = '', sharing = 'done', mentored = 0
           WHERE cohort_id = :cohort_id AND person_id = :person_id""",
        cohort_id=cohort_id,
        person_id=person_id,
        name=name,
    )


def of_cohort(db: Db, cohort_id: int, state: Membership = Membership.ACTIVE) -> list[Member]:
    """In the order in which they came."""
    rows = db.query(
        """SELECT * FROM members WHERE cohort_id = :id AND state = :state
           ORDER BY joined_at, person_id""",
        id=cohort_id,
        state=state.value,
    )
    return [_member(row) for row in rows]


def learners(db: Db, cohort_id: int) -> list[Member]:
    """Who is in and learns: mentors are asked nothing and take no place."""
    return [one for one in of_cohort(db, cohort_id) if one.role is not Role.MENTOR]


def change(db: Db, cohort_id: int, person_id: int, profile: Profile) -> bool:
    """Says something else of themselves; False when they aren't in."""
    return bool(
        db.run(
            """UPDATE members SET name = :name, goal = :goal, moment = :moment,
                   habit_id = :habit_id, sharing = :sharing, swaps = :swaps,
                   mentored = :mentored
               WHERE cohort_id = :cohort_id AND person_id = :person_id AND state <> 'left'""",
            cohort_id=cohort_id,
            person_id=person_id,
            **_columns(profile),
        )
    )


def set_role(db: Db, cohort_id: int, person_id: int, role: Role) -> bool:
    """False when they aren't in."""
    return bool(
        db.run(
            """UPDATE members SET role = :role
               WHERE cohort_id = :cohort_id AND person_id = :person_id AND state = 'active'""",
            cohort_id=cohort_id,
            person_id=person_id,
            role=role.value,
        )
    )


def leave(db: Db, cohort_id: int, person_id: int, now: datetime) -> bool:
    """They are out; what they showed stays counted. False when they weren't in."""
    return bool(
        db.run(
            """UPDATE members SET state = 'left', left_at = :now
               WHERE cohort_id = :cohort_id AND person_id = :person_id AND state <> 'left'""",
            cohort_id=cohort_id,
            person_id=person_id,
            now=to_ms(now),
        )
    )


def admit_next(db: Db, cohort_id: int, from_week: int) -> Member | None:
    """The one who waits longest gets a place; None when nobody waits."""
    row = db.one(
        """UPDATE members SET state = 'active', from_week = :from_week
           WHERE cohort_id = :id AND person_id = (
               SELECT person_id FROM members WHERE cohort_id = :id AND state = 'waiting'
               ORDER BY joined_at, person_id LIMIT 1)
           RETURNING *""",
        id=cohort_id,
        from_week=from_week,
    )
    return _member(row) if row else None


def begin_round(db: Db, cohort_id: int) -> None:
    """In a new round everybody takes part from its first week."""
    db.run("UPDATE members SET from_week = 1 WHERE cohort_id = :id", id=cohort_id)


def mark(
    db: Db,
    *,
    cohort_id: int,
    person_id: int,
    monday: date,
    mark: Mark,
    now: datetime,
    link: str | None = None,
    sentence: str = "",
) -> bool:
    """What a member says of a week. Done is never taken back by a promise or by being away, and
    the first thing shown stays the week's; False when it changed nothing."""
    return bool(
        db.run(
            """INSERT INTO marks (cohort_id, person_id, monday, mark, link, sentence, marked_at)
               VALUES (:cohort_id, :person_id, :monday, :mark, :link, :sentence, :now)
               ON CONFLICT (cohort_id, monday, person_id) DO UPDATE SET
                   mark = excluded.mark, link = excluded.link, sentence = excluded.sentence,
                   marked_at = excluded.marked_at
               WHERE marks.mark <> 'done' AND marks.mark <> excluded.mark""",
            cohort_id=cohort_id,
            person_id=person_id,
            monday=monday.isoformat(),
            mark=mark.value,
            link=link,
            sentence=sentence,
            now=to_ms(now),
        )
    )


def show_link(
    db: Db, *, cohort_id: int, person_id: int, monday: date, link: str | None, sentence: str
) -> bool:
    """Adds to a week that is done what can be looked at; the first thing shown stays the week's.
    False when there is something already, or the week isn't done."""
    return bool(
        db.run(
            """UPDATE marks SET link = :link, sentence = :sentence
               WHERE cohort_id = :cohort_id AND person_id = :person_id AND monday = :monday
                   AND mark = 'done' AND link IS NULL AND sentence = ''""",
            cohort_id=cohort_id,
            person_id=person_id,
            monday=monday.isoformat(),
            link=link,
            sentence=sentence,
        )
    )


def unmark(db: Db, cohort_id: int, person_id: int, monday: date, mark: Mark) -> bool:
    """Takes back what was said of a week; False when it was something else."""
    return bool(
        db.run(
            """DELETE FROM marks WHERE cohort_id = :cohort_id AND person_id = :person_id
               AND monday = :monday AND mark = :mark""",
            cohort_id=cohort_id,
            person_id=person_id,
            monday=monday.isoformat(),
            mark=mark.value,
        )
    )


def marks(db: Db, cohort_id: int, monday: date) -> dict[int, Marked]:
    """What each has said of a week, by person, in the order in which they said it."""
    rows = db.query(
        """SELECT * FROM marks WHERE cohort_id = :id AND monday = :monday
           ORDER BY marked_at, person_id""",
        id=cohort_id,
        monday=monday.isoformat(),
    )
    return {row["person_id"]: _marked(row) for row in rows}


def marks_of(db: Db, cohort_id: int, person_id: int) -> list[Marked]:
    """Everything that a member has said, oldest week first, earlier rounds too."""
    rows = db.query(
        """SELECT * FROM marks WHERE cohort_id = :cohort_id AND person_id = :person_id
           ORDER BY monday""",
        cohort_id=cohort_id,
        person_id=person_id,
    )
    return [_marked(row) for row in rows]


def all_marks(db: Db, cohort_id: int, mondays: Iterable[date]) -> list[Marked]:
    """Everything that was said of some weeks, by week and person."""
    return [one for monday in mondays for one in marks(db, cohort_id, monday).values()]


def _columns(profile: Profile) -> dict[str, object]:
    return {
        "name": profile.name,
        "goal": profile.goal,
        "moment": profile.moment,
        "habit_id": profile.habit_id,
        "sharing": profile.sharing.value,
        "swaps": int(profile.swaps),
        "mentored": int(profile.mentored),
    }


def _member(row: Row) -> Member:
    profile = Profile(
        name=row["name"],
        goal=row["goal"],
        moment=row["moment"],
        habit_id=row["habit_id"],
        sharing=Sharing(row["sharing"]),
        swaps=bool(row["swaps"]),
        mentored=bool(row["mentored"]),
    )
    return Member(
        cohort_id=row["cohort_id"],
        person_id=row["person_id"],
        role=Role(row["role"]),
        state=Membership(row["state"]),
        profile=profile,
        from_week=row["from_week"],
        joined_at=from_ms(row["joined_at"]),
        left_at=maybe_from_ms(row["left_at"]),
    )


def _marked(row: Row) -> Marked:
    return Marked(
        person_id=row["person_id"],
        monday=date.fromisoformat(row["monday"]),
        mark=Mark(row["mark"]),
        link=row["link"],
        sentence=row["sentence"],
        at=from_ms(row["marked_at"]),
    )
