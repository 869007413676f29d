"""The tables, as numbered steps. What has been released is never edited: write a new step in the
file of its subject, with the next number, and add it at the end of STEPS.

A step is a function of the dialect that yields its statements, so that both engines take the same
steps. Every table that holds something about a person has a `person_id` (storage/privacy.py).
"""

from storage.migrations.cohorts import (
    m0006_quizzes,
    m0010_cohorts,
    m0011_peer_review,
)
from storage.migrations.dialect import SQLITE, Dialect, Step
from storage.migrations.documents import (
    m0012_steps,
    m0013_consent,
    m0014_own_words,
    m0015_sheets,
    m0016_facts_and_rewrites,
    m0017_postings,
)
from storage.migrations.learning import (
    m0004_habits,
    m0005_offers,
    m0007_cards,
    m0009_imports,
)
from storage.migrations.letters import (
    m0001_first_tables,
    m0018_forgotten,
    m0020_silence,
)
from storage.migrations.operating import (
    m0019_broadcasts,
    m0021_origins,
    m0022_bookings,
)
from storage.migrations.reminders import (
    m0002_times,
    m0003_reminders,
    m0008_lost_groups,
)

__all__ = ["SQLITE", "STEPS", "Dialect", "Step"]

STEPS: tuple[Step, ...] = (
    m0001_first_tables,
    m0002_times,
    m0003_reminders,
    m0004_habits,
    m0005_offers,
    m0006_quizzes,
    m0007_cards,
    m0008_lost_groups,
    m0009_imports,
    m0010_cohorts,
    m0011_peer_review,
    m0012_steps,
    m0013_consent,
    m0014_own_words,
    m0015_sheets,
    m0016_facts_and_rewrites,
    m0017_postings,
    m0018_forgotten,
    m0019_broadcasts,
    m0020_silence,
    m0021_origins,
    m0022_bookings,
)
