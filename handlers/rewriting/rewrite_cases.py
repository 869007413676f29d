"""One passage as a press or a message finds it, what is shown of it, and the asking of a model."""

from dataclasses import dataclass, replace
from datetime import datetime

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from coach.texts import say
from handlers.chat import replies
from handlers.rewriting.rewrite_answers import rewrite_answer
from handlers.rewriting.rewrite_buttons import MOST_TRIES, rewrite_buttons
from storage import Db, facts, jobs, letters, rewrites
from storage.letters import Version
from storage.people import Person
from storage.rewrites import RewriteState, StoredRewrite

REWRITE = "rewrite"
"""The kind of the jobs that ask a model for a passage."""


class Rewording(StatesGroup):
    """What is typed belongs to a passage, whose number stands in the data."""

    listening = State()


LISTENING = frozenset({RewriteState.ASKING, RewriteState.TYPING})


@dataclass(frozen=True, slots=True)
class Case:
    """A passage, where it is shown, and whether a model may be asked about it.

    `key` names the press, the message or the job, so that a second handling says nothing twice.
    """

    db: Db
    person: Person
    version: Version
    rewrite: StoredRewrite
    key: str
    asks: bool
    now: datetime

    def show(self, rewrite: StoredRewrite, note: str = "", *, unfolded: bool = False) -> None:
        """Keeps the passage as it stands now and shows it in its message."""
        rewrites.keep(self.db, rewrite)
        place = rewrite.shown_in
        replies.edit(
            self.db,
            key=f"rewrite:{self.key}",
            chat_id=self.version.chat_id,
            message=int(place) if place.isdecimal() else place,
            said=rewrite_answer(self.person.language, self.version.text, rewrite, note),
            now=self.now,
            rows=rewrite_buttons(self.person.language, rewrite, asks=self.asks, unfolded=unfolded),
        )

    def show_below(self, rewrite: StoredRewrite, note: str = "") -> None:
        """The same in a new message, below what has been typed."""
        key = f"rewrite:{self.key}"
        rewrites.keep(self.db, replace(rewrite, shown_in=key))
        replies.send(
            self.db,
            key=key,
            chat_id=self.version.chat_id,
            said=rewrite_answer(self.person.language, self.version.text, rewrite, note),
            now=self.now,
            rows=rewrite_buttons(self.person.language, rewrite, asks=self.asks),
        )


def found(db: Db, rewrite_id: int, person: Person) -> tuple[StoredRewrite, Version] | None:
    """A person's own passage and its letter; None when one of them is gone."""
    rewrite = rewrites.get(db, rewrite_id)
    version = rewrite and letters.version(db, rewrite.version_id)
    if rewrite is None or version is None or version.person_id != person.id:
        return None
    return rewrite, version


def asked_of_model(case: Case, rewrite: StoredRewrite, wish: str) -> StoredRewrite:
    """The passage as it waits for a model, which a job asks."""
    waiting = replace(rewrite, state=RewriteState.WAITING, wish=wish, tries=rewrite.tries + 1)
    jobs.add(
        case.db,
        kind=REWRITE,
        key=f"{rewrite.id}:{waiting.tries}",
        payload={
            "rewrite": rewrite.id,
            "version": rewrite.version_id,
            "tries": waiting.tries,
        },
        person_id=case.person.id,
        due_at=case.now,
    )
    return waiting


def next_question(case: Case, rewrite: StoredRewrite) -> tuple[StoredRewrite, str]:
    """The passage after a question is done with, and what is said of it: the next question, or
    better words with what was answered."""
    language = case.person.language
    if rewrite.asked + 1 < len(rewrite.questions):
        return replace(rewrite, asked=rewrite.asked + 1), ""
    told = {fact.question for fact in facts.of_person(case.db, case.person.id)}
    unanswered = tuple(question for question in rewrite.questions if question not in told)
    done = replace(rewrite, state=RewriteState.SHOWN, asked=0, questions=unanswered)
    if unanswered == rewrite.questions:
        return done, ""
    if case.asks and rewrite.tries < MOST_TRIES:
        return asked_of_model(case, done, rewrite.wish), say(language, "rewrites.with_facts")
    own = say(language, "rewrites.button.own")
    return done, say(language, "rewrites.facts_kept", own=own)


async def listen(state: FSMContext, rewrite: StoredRewrite) -> None:
    """What is typed next belongs to the passage, as long as it waits for words."""
    if rewrite.state in LISTENING:
        await state.set_state(Rewording.listening)
        await state.set_data({"rewrite": rewrite.id})
        return
    listening = await state.get_state() == Rewording.listening.state
    if listening and await listened_for(state) == rewrite.id:
        await state.clear()


async def listened_for(state: FSMContext) -> int:
    """The passage that what is typed belongs to."""
    return (await state.get_data()).get("rewrite", 0)
