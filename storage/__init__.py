"""What we remember: a store, numbered migrations, one small repository per subject."""

from storage.engine import Db, Row, StoreError, StoreUnavailable, StoreUnusable
from storage.store import Store, back_up

__all__ = ["Db", "Row", "Store", "StoreError", "StoreUnavailable", "StoreUnusable", "back_up"]
