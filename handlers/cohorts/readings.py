"""Reading another's text: three questions one after the other, the answers to its writer, the end
after seven days, and Report."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.cohorts import Membership, Role
from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work, finish
from handlers.cohorts.excerpts import closed
from handlers.cohorts.handovers import take_back
from handlers.cohorts.peer_buttons import Read, ReadButton, read_button, write_to
from storage import Db, Store, cohorts, excerpts, members, pairs, people
from storage.cohorts import Cohort
from storage.excerpts import Excerpt
from storage.jobs import Job
from storage.members import Member
from storage.pairs import Pair
from storage.people import Person

router = Router(name="readings")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

QUESTIONS = ("clear", "vague", "cut")
"""What a reader is asked; they quote and point, and mark nothing (facts: peers judge badly, but
say well what they did not understand)."""

LONGEST_ANSWER = 500
"""Characters."""


class Reading(StatesGroup):
    """The next message answers a question about a text."""

    answering = State()


def _to_answer(db: Db, excerpt_id: int, person: Person) -> Excerpt | None:
    """The text, when it was given to them, they are still in, and a question is left."""
    given = excerpts.get(db, excerpt_id)
    pair = pairs.get(db, given.pair_id) if given else None
    if given is None or pair is None or given.reader_id != person.id:
        return None
    member = members.get(db, pair.cohort_id, person.id)
    inside = member is not None and member.state is Membership.ACTIVE
    return given if inside and len(excerpts.answers(db, given.id)) < len(QUESTIONS) else None


@router.callback_query(ReadButton.filter(F.read == Read.ANSWER))
async def answer_pressed(
    callback: CallbackQuery,
    callback_data: ReadButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The first question that has no answer yet."""

    def ask(db: Db) -> Told | None:
        given = _to_answer(db, callback_data.excerpt, person)
        return _asked_next(db, given, person) if given else None

    if await store.read(_to_answer, callback_data.excerpt, person):
        await _listen(state, callback_data.excerpt)
    await tell_below(callback, store, now, work, ask, refused=closed(person))


async def _listen(state: FSMContext, excerpt_id: int) -> None:
    await state.set_state(Reading.answering)
    await state.set_data({"excerpt": excerpt_id})


def _asked_next(db: Db, given: Excerpt, person: Person) -> tuple[Said | str, Rows]:
    """The next question, or thanks when there is none."""
    language, said = person.language, len(excerpts.answers(db, given.id))
    if said == len(QUESTIONS):
        writer = _member(db, given, given.person_id)
        return say(language, "peers.read.thanks", name=writer.profile.name), ()
    question = say(language, f"peers.question.{QUESTIONS[said]}")
    skip = read_button(language, given.id, Read.SKIP, said + 1)
    return f"{said + 1}/{len(QUESTIONS)} · {question}", [[skip]]


@router.message(StateFilter(Reading.answering), F.text & ~F.text.startswith("/"))
async def answer_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """What they say to the question that is open."""
    excerpt_id, said = (await state.get_data())["excerpt"], (message.text or "").strip()

    def keep(db: Db) -> Told:
        given = _to_answer(db, excerpt_id, person)
        if given is None:
            return closed(person), ()
        if len(said) > LONGEST_ANSWER:
            return say(person.language, "peers.read.too_long", most=LONGEST_ANSWER), ()
        _keep(db, given, person, said, now)
        return _asked_next(db, given, person)

    await reply(message, store, now, work, keep)
    if not await store.read(_to_answer, excerpt_id, person):
        await state.clear()


@router.callback_query(ReadButton.filter(F.read == Read.SKIP))
async def skip_pressed(
    callback: CallbackQuery,
    callback_data: ReadButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Nothing to say to this one; an old question isn't skipped again."""

    def skip(db: Db) -> Told | None:
        given = _to_answer(db, callback_data.excerpt, person)
        if given is None or callback_data.question != len(excerpts.answers(db, given.id)) + 1:
            return None
        _keep(db, given, person, "", now)
        return _asked_next(db, given, person)

    await show(callback, store, now, work, skip, refused=closed(person))
    if await store.read(_to_answer, callback_data.excerpt, person):
        await _listen(state, callback_data.excerpt)
    else:
        await state.clear()


def _keep(db: Db, given: Excerpt, person: Person, said: str, now: datetime) -> None:
    """Writes an answer down; with the last one all go to the writer."""
    question = len(excerpts.answers(db, given.id)) + 1
    kept = excerpts.answer(
        db, excerpt_id=given.id, person_id=person.id, question=question, answer=said, now=now
    )
    if kept and question == len(QUESTIONS):
        _send_answers(db, given, now)


def _send_answers(db: Db, given: Excerpt, now: datetime) -> None:
    """All that the reader said, in one message."""
    writer, here = people.get(db, given.person_id), _cohort(db, given)
    if writer is None or writer.inactive_reason or given.reader_id is None:
        return
    language, name = writer.language, _member(db, given, given.reader_id).profile.name
    answers = excerpts.answers(db, given.id)
    said = Said().add(
        say(language, f"peers.answers.{'title' if any(answers) else 'none'}", name=name)
    )
    for question, answer in zip(QUESTIONS, answers, strict=False):
        if answer:
            said.line().line().line(say(language, f"peers.question.{question}"), Style.BOLD)
            said.add(answer, Style.QUOTE)
    report = read_button(language, given.id, Read.REPORT)
    write_to(db, writer, here, key=f"answers:{given.id}", said=said, now=now, rows=[[report]])


# The end of it.


async def let_go(job: Job, *, store: Store, now: datetime, work: Work, **_: Any) -> None:
    """Seven days are over: what was said so far goes to the writer, the text goes."""

    def end(db: Db) -> None:
        given = excerpts.get(db, job.payload["excerpt"])
        if given:
            if 0 < len(excerpts.answers(db, given.id)) < len(QUESTIONS):
                _send_answers(db, given, now)
            take_back(db, given, "week", now)
        finish(db, job, now)

    await store.write(end)
    work.nudge("send")


@router.callback_query(ReadButton.filter(F.read == Read.REPORT))
async def report_pressed(
    callback: CallbackQuery,
    callback_data: ReadButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Hidden at once, by the reader of a text or by the writer of what was answered."""
    await state.clear()

    def report(db: Db) -> Told | None:
        given = excerpts.get(db, callback_data.excerpt)
        pair = pairs.get(db, given.pair_id) if given else None
        if given is None or pair is None or person.id not in (given.person_id, given.reader_id):
            return None
        other = given.reader_id if person.id == given.person_id else given.person_id
        told = _report(db, pair, person.id, other or 0, now) if given.given_at else None
        return (say(person.language, f"peers.report.{told}"), ()) if told else None

    await show(callback, store, now, work, report, refused=closed(person))


def _report(db: Db, pair: Pair, reporter: int, reported: int, now: datetime) -> str | None:
    """Ends the pair and hides all that was given in it; how the reporter is answered."""
    here = cohorts.get(db, pair.cohort_id)
    if here is None:
        return None
    pairs.end(db, pair.id, now, reported=True)
    for given in excerpts.of_pair(db, pair.id):
        take_back(db, given, "reported", now)
    for person_id in pairs.present(db, pair):
        if person_id != reporter and (person := people.get(db, person_id)):
            said = Said().add(say(person.language, "peers.report.ended", title=here.title))
            write_to(db, person, here, key=f"ended:{pair.id}:{person_id}", said=said, now=now)
    return "done" if _tell_organisers(db, here, pair, reporter, reported, now) else "alone"


def _tell_organisers(
    db: Db, here: Cohort, pair: Pair, reporter: int, reported: int, now: datetime
) -> bool:
    """Who leads the cohort and isn't in it themselves hears who, and no word of what."""
    names = {one: _named(db, here, one) for one in (reporter, reported)}
    told = False
    for member in members.of_cohort(db, here.id):
        person = people.get(db, member.person_id)
        if member.role is not Role.ORGANISER or member.person_id in names or person is None:
            continue
        facts = {"reporter": names[reporter], "reported": names[reported], "title": here.title}
        said = Said().add(say(person.language, "peers.report.organiser", **facts))
        write_to(db, person, here, key=f"report:{pair.id}:{person.id}", said=said, now=now)
        told = True
    return told


def _named(db: Db, here: Cohort, person_id: int) -> str:
    member = members.get(db, here.id, person_id)
    return member.profile.name if member else ""


def _cohort(db: Db, given: Excerpt) -> Cohort:
    pair = pairs.get(db, given.pair_id)
    here = cohorts.get(db, pair.cohort_id) if pair else None
    assert here
    return here


def _member(db: Db, given: Excerpt, person_id: int) -> Member:
    member = members.get(db, _cohort(db, given).id, person_id)
    assert member
    return member
