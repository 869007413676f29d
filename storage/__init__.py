"""What we remember: a store, numbered migrations, one small repository per subject."""

from storage.copying import is_store
from storage.engine import Db, Row, StoreError, StoreUnavailable, StoreUnusable
from storage.store import Store, back_up, path_of

__all__ = [
    "Db",
    "Row",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoreUnusable",
    "back_up",
    "is_store",
    "path_of",
]
