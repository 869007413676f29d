"""What we remember: a store, numbered migrations, one small repository per subject."""

from storage.copying import is_store
from storage.engine import Db, Row, StoreError, StoreUnavailable, StoreUnusable
from storage.engines import path_of
from storage.store import Store, back_up
from storage.upgrade import lacks_steps

__all__ = [
    "Db",
    "Row",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoreUnusable",
    "back_up",
    "is_store",
    "lacks_steps",
    "path_of",
]
