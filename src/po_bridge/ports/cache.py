"""The cache port: what may be forgotten and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from attrs import field, frozen

from ..models.checks import aware
from ..models.named_record import NamedRecord
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..models.style_document import StyleDocument
from ..planning.snapshot import Collection, Page, Positions
from .index import Index


class Mirror(Protocol):
    """A copy of a store's records, brought up to date by cursor."""

    def positions(self) -> Positions:
        """How far each collection was read; one that never was is left out."""
        ...

    def absorb(self, collection: Collection, page: Page) -> None:
        """Take a page in, records and position together."""
        ...

    def products(self, ids: Iterable[str]) -> Mapping[str, PosProduct]:
        """Products by id, dead ones included; unknown ids are left out."""
        ...

    def named(self, collection: Collection) -> tuple[NamedRecord, ...]:
        """Live suppliers, brands, tags or options."""
        ...

    def orders(self, numbers: Iterable[str], ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders that bear a number or have an id, without lines."""
        ...

    def orders_of(self, supplier_ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Live purchase orders of suppliers, without lines."""
        ...

    def families(self, names: Iterable[str]) -> Mapping[str, tuple[PosProduct, ...]]:
        """Products by folded name, dead ones included."""
        ...

    def codes(self, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Ids of products that bear a code as written, dead ones included."""
        ...

    def users(self, record_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Ids of live products that use a supplier, brand, tag or option, by its id."""
        ...

    def facts(self) -> StoreFacts | None:
        """Facts of the store, None where they were not read."""
        ...

    def keep_facts(self, facts: StoreFacts) -> None:
        """Keep facts of the store."""
        ...


@frozen(kw_only=True)
class KeptStyle:
    """A style document with its age; the document is None where the source has none."""

    document: StyleDocument | None
    """The document."""
    at: datetime = field(validator=aware)
    """When it was read."""


class Styles(Protocol):
    """Style documents, kept for a while."""

    def get(self, portal: str, style_id: str) -> KeptStyle | None:
        """A kept document, None where it was never read."""
        ...

    def put(self, portal: str, style_id: str, kept: KeptStyle) -> None:
        """Keep a document."""
        ...


class Cache(Protocol):
    """Mirror, index and style documents of one store."""

    @property
    def mirror(self) -> Mirror:
        """The store's records."""
        ...

    @property
    def index(self) -> Index:
        """Finds products; fed by the mirror."""
        ...

    @property
    def styles(self) -> Styles:
        """Style documents."""
        ...

    def close(self) -> None:
        """Close what is open."""
        ...
