"""The routers, in the order in which they are tried."""

from aiogram import Router

from coach.reminders import Kind
from handlers import unknown
from handlers.cards import (
    additions,
    card_times,
    cards,
    comebacks,
    decks,
    exports,
    imports,
    interviews,
    leeches,
    memories,
    notes,
    offers,
    sessions,
    studies,
)
from handlers.chat import wiping
from handlers.chat.access import Acquaintance
from handlers.chat.dispatching import Switchboard
from handlers.cohorts import (
    checkins,
    cohort_weeks,
    cohorts,
    digests,
    excerpts,
    group_checkins,
    groups,
    handovers,
    joining,
    memberships,
    organisers,
    pairs,
    quizzes,
    readings,
    rounds,
    stewards,
)
from handlers.habits import crafts, habits, lookbacks, months, nudges, progress
from handlers.leaving import blocking, forgetting, silences, takeouts
from handlers.letters import (
    charts,
    kept_postings,
    kinds,
    letters,
    pastes,
    photos,
    plans,
    postings,
    removals,
    reopening,
    second_readings,
    shelves,
    uploads,
    versions,
)
from handlers.letters.arrivals import READ
from handlers.operating import admin, broadcasts
from handlers.operating.admission import Admission
from handlers.people import facts, onboarding, own_words, pauses, people, privacy, start, today
from handlers.reminders import quiet, reminders, timezones
from handlers.reminders.reminders import GroupSpeakers, Speakers
from handlers.reviews import critiques, downloads, edits, second_looks
from handlers.rewriting import rewrite_asking, rewrite_cases, rewrite_words, rewrites


def build_router() -> Router:
    """All that the bot answers to. Call once a process: a router attaches to one parent only."""
    root = Switchboard(name="sogood")
    known = (root.message, root.edited_message, root.callback_query)
    admission = Admission()
    for observer in (*known, root.my_chat_member, root.poll_answer):
        observer.outer_middleware(admission)
    for observer in known:
        observer.outer_middleware(Acquaintance())
    root.include_routers(
        unknown.forged,
        admin.router,
        broadcasts.router,
        cohorts.router,
        joining.router,
        memberships.router,
        organisers.router,
        stewards.router,
        checkins.router,
        group_checkins.router,
        digests.router,
        rounds.router,
        excerpts.router,
        readings.router,
        groups.router,
        quizzes.router,
        start.router,
        onboarding.router,
        people.router,
        blocking.router,
        own_words.router,
        facts.router,
        privacy.router,
        forgetting.router,
        takeouts.router,
        timezones.router,
        quiet.router,
        pauses.router,
        today.router,
        reminders.router,
        postings.router,
        kept_postings.router,
        cards.router,
        sessions.router,
        card_times.router,
        additions.router,
        offers.router,
        decks.router,
        exports.router,
        notes.router,
        leeches.router,
        interviews.router,
        comebacks.router,
        studies.router,
        habits.router,
        nudges.router,
        crafts.router,
        progress.router,
        months.router,
        charts.router,
        memories.router,
        shelves.router,
        reopening.router,
        removals.router,
        versions.router,
        kinds.router,
        plans.router,
        edits.router,
        downloads.router,
        critiques.router,
        rewrites.router,
        rewrite_words.router,
        imports.router,
        uploads.router,
        photos.router,
        letters.router,
        pastes.router,
        unknown.router,
    )
    return root


JOBS = {
    "gather": pastes.gather_paste,
    READ: uploads.read,
    "pages": uploads.read,  # what a version before left when it was stopped
    "review": letters.review_letter,
    "critique": critiques.ask_for_critique,
    second_looks.COVERAGE: second_readings.refine_coverage,
    second_looks.CARDS: second_readings.refine_cards,
    second_looks.SINCE: second_readings.refine_since,
    rewrite_cases.REWRITE: rewrite_asking.ask_for_rewrite,
    pauses.OVER: pauses.say_hello,
    digests.DIGEST: digests.say_digest,
    stewards.LEADERLESS: stewards.rest,
    handovers.LET_GO: readings.let_go,
    "import": imports.keep_all,
    downloads.COPY: downloads.make,
    wiping.WIPE: wiping.wipe_again,
    takeouts.TAKEOUT: takeouts.pack,
    broadcasts.BROADCAST: broadcasts.send_on,
}
"""What is done when a job of a kind falls due."""

READING = (READ, "pages")
"""The kinds that a process may be left which does nothing else."""

SPEAKERS: Speakers = {
    Kind.SESSION: cards.remind,
    Kind.NUDGE: nudges.nudge,
    Kind.LOOKBACK: lookbacks.lookback,
    Kind.FOLLOW_UP: cohort_weeks.follow_up,
}
"""What is said when a reminder of a kind falls due."""

GROUP_SPEAKERS: GroupSpeakers = {
    Kind.COHORT: cohort_weeks.prompt,
    Kind.DIGEST: digests.look_back,
    Kind.QUIZ: digests.quiz,
    Kind.PAIRING: pairs.make,
}
"""What is said to a group."""

FIRST_TICK = (reminders.recompute,)
TICKS = (reminders.tick, silences.tick)
"""What the time brings: once at the start, then every TICK_SECONDS."""

GIVEN_UP = {
    "review": letters.gave_up,
    "critique": critiques.gave_up,
    rewrite_cases.REWRITE: rewrite_asking.gave_up,
    "import": imports.gave_up,
    READ: uploads.gave_up,
    "pages": uploads.gave_up,
    downloads.COPY: downloads.gave_up,
    takeouts.TAKEOUT: takeouts.gave_up,
}
"""What is said, in the same transaction, when such a job is given up."""
