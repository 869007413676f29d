"""What is forgotten by itself, and when."""

from datetime import datetime, timedelta

from storage import (
    broadcasts,
    conversations,
    forgotten,
    imports,
    invitations,
    jobs,
    messages,
    pieces,
    postings,
    sheets,
    slots,
    spending,
)
from storage.engine import Db

KEPT_KEYS = timedelta(hours=48)
"""How long the key of a finished job is remembered. Telegram keeps an update for 24 hours at most
(core.telegram.org/bots/api#getting-updates); twice that forgives a clock that is wrong."""

KEPT_SLOTS = timedelta(days=400)
"""How long a reminder's slot is known. No slot older than four weeks is ever taken up again; a
year of them tells how often a monthly nudge was left without an answer."""

KEPT_IMPORTS = timedelta(days=14)
"""How long a file of cards waits for its owner's word; they can send it again."""


KEPT_POSTINGS = timedelta(days=60)
"""How long a posting waits for its letter; by then the post is filled. One that belongs to a
letter stays as long as the letter."""

KEPT_MARKS = timedelta(days=366)
"""How long a backup can hold somebody who was forgotten: so many days BACKUPS_KEPT allows."""

KEPT_BROADCASTS = timedelta(days=90)
"""How long it is known what was sent to everybody, and to how many."""

TURNED_AWAY = "closed"
"""How the keys begin of what strangers hear from a private bot (handlers/operating/admission.py):
it is said once, and who it was isn't kept."""

KEPT_DEAD = timedelta(days=30)
"""How long what was given up can be tried again. It may hold an update with words in it."""

KEPT_CALLS = timedelta(days=400)
"""How long it is known what asking a model has cost: a year's bill, and a month to look at it."""

KEPT_TALK = timedelta(days=60)
"""How long a question waits for its answer, a part of a long paste or a photographed page for the
rest: whoever comes back after two months begins anew."""


def forget_old(db: Db, now: datetime) -> None:
    """Forgets what nothing can need any more."""
    jobs.purge(db, before=now - KEPT_KEYS)
    slots.purge(db, before=now - KEPT_SLOTS)
    imports.purge(db, before=now - KEPT_IMPORTS)
    postings.purge(db, before=now - KEPT_POSTINGS)
    forgotten.purge(db, before=now - KEPT_MARKS)
    broadcasts.purge(db, before=now - KEPT_BROADCASTS)
    messages.unname(db, TURNED_AWAY, before=now - KEPT_KEYS)
    jobs.purge_dead(db, before=now - KEPT_DEAD)
    spending.purge(db, before=now - KEPT_CALLS)
    conversations.purge(db, before=now - KEPT_TALK)
    pieces.purge(db, before=now - KEPT_TALK)
    sheets.purge(db, before=now - KEPT_TALK)
    invitations.purge(db, now)
