"""What is typed while a passage is being said anew: an answer, which becomes a fact, or the
writer's own words."""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from coach.facts import LONGEST_FACT, MOST_FACTS, Fact
from coach.letters import Source
from coach.rewording import reworded
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.work import ModelFacts, Work
from handlers.rewriting.rewrite_answers import passage_answer, question_answer
from handlers.rewriting.rewrite_cases import (
    REWRITE,
    Case,
    Rewording,
    found,
    listen,
    listened_for,
    next_question,
)
from handlers.rewriting.rewrites import asks
from storage import Db, Store, facts
from storage.people import Person
from storage.rewrites import RewriteState, StoredRewrite

router = Router(name="rewrite_words")
router.message.filter(F.chat.type == "private")

LONGEST = 1200
"""Characters of a passage; a longer text is a letter."""


@router.message(
    StateFilter(Rewording.listening),
    F.text & ~F.text.startswith("/"),
    F.text.len() <= LONGEST,
)
async def typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    model: ModelFacts,
) -> None:
    """An answer or own words; when the passage no longer waits for any, the text is somebody
    else's to read."""
    asked = await listened_for(state)
    key, words = f"{message.chat.id}:{message.message_id}", " ".join((message.text or "").split())

    def hear(db: Db) -> StoredRewrite | None:
        mine = found(db, asked, person)
        if mine is None:
            return None
        case = Case(db, person, mine[1], mine[0], key, asks(person, model), now)
        if facts.known(db, person.id, key) or case.rewrite.shown_in == f"rewrite:{key}":
            return case.rewrite  # heard already
        if case.rewrite.state is RewriteState.ASKING:
            return _answered(case, words)
        return _said(case, words) if case.rewrite.state is RewriteState.TYPING else None

    rewrite = await store.write(hear)
    if rewrite is None:
        await state.clear()
        raise SkipHandler
    await listen(state, rewrite)
    work.nudge("send", REWRITE)


def _answered(case: Case, words: str) -> StoredRewrite:
    """The answer is a fact from now on; then the next question, or better words."""
    rewrite, language = case.rewrite, case.person.language
    if len(words) > LONGEST_FACT:
        return _told(case, say(language, "rewrites.answer_too_long"))
    fact = Fact(words, rewrite.questions[rewrite.asked])
    if not facts.add(case.db, person_id=case.person.id, key=case.key, fact=fact, now=case.now):
        name = say(language, "facts.button.list")
        return _told(case, say(language, "rewrites.full", count=MOST_FACTS, facts=name))
    _close(case, question_answer(language, rewrite, words))
    after, note = next_question(case, rewrite)
    case.show_below(after, note)
    return after


def _said(case: Case, words: str) -> StoredRewrite:
    """The writer's own words, beside what stands in the letter."""
    rewrite, language = case.rewrite, case.person.language
    if not reworded(case.version.text, rewrite.start, rewrite.end, words).is_changed:
        return _told(case, say(language, "rewrites.same"))
    _close(case, passage_answer(language, case.version.text, rewrite))
    own = replace(
        rewrite,
        state=RewriteState.SHOWN,
        replacement=words,
        why="",
        questions=(),
        earlier=(*rewrite.earlier, *filter(None, [rewrite.replacement])),
        author=Source.WRITER,
    )
    case.show_below(own)
    return own


def _told(case: Case, sentence: str) -> StoredRewrite:
    """A sentence below; the passage goes on waiting."""
    key, chat_id = f"rewrite:told:{case.key}", case.version.chat_id
    replies.send(case.db, key=key, chat_id=chat_id, said=sentence, now=case.now)
    return case.rewrite


def _close(case: Case, said: Said) -> None:
    """What was asked stays to be read, without buttons."""
    place = case.rewrite.shown_in
    replies.edit(
        case.db,
        key=f"rewrite:closed:{case.key}",
        chat_id=case.version.chat_id,
        message=int(place) if place.isdecimal() else place,
        said=said,
        now=case.now,
    )
