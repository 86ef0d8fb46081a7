"""The cache port: what may be forgotten and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from attrs import field, frozen

from ..errors import CacheDamaged
from ..models.checks import aware
from ..models.named_record import NamedRecord
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..models.style_document import StyleDocument
from ..planning.snapshot import Collection, Page, Positions
from .budget import Budget
from .index import Index


@frozen(kw_only=True)
class KeptFacts:
    """Facts of the store with their age."""

    facts: StoreFacts
    """The facts."""
    at: datetime = field(validator=aware)
    """When they were read."""


@frozen(kw_only=True)
class Extent:
    """How much of a collection a mirror holds."""

    records: int
    """Records, dead ones included."""
    complete: bool
    """Whether it was ever read to its end."""


class Mirror(Protocol):
    """A copy of a store's records, brought up to date by cursor."""

    def positions(self) -> Positions:
        """How far each collection was read; one that never was is left out."""
        ...

    def absorb(self, collection: Collection, page: Page, since: str) -> bool:
        """Take in a page that was read after *since*, records and position in one piece.

        False, and nothing is taken, where somebody else has moved the collection's position meanwhile: the page
        may be older than what is there. A collection without a position stands at the empty text. Options come
        whole every time, and replace what is there.
        """
        ...

    def extent(self, collection: Collection) -> Extent:
        """How much of a collection is there."""
        ...

    def products(self, ids: Iterable[str]) -> Mapping[str, PosProduct]:
        """Products by id, dead ones included; unknown ids are left out."""
        ...

    def named(self, collection: Collection) -> tuple[NamedRecord, ...]:
        """Live suppliers, brands, tags or options, by id."""
        ...

    def orders(self, numbers: Iterable[str], ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders that bear a number or have an id, without lines.

        Numbers are compared folded, as names are, since a person may have typed one.
        """
        ...

    def orders_of(self, supplier_ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Live purchase orders of suppliers, without lines."""
        ...

    def whole_orders(self, ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders with their lines as they were kept, whatever became of them since."""
        ...

    def keep_whole(self, orders: Iterable[PurchaseOrder]) -> None:
        """Keep purchase orders with their lines; of an order the last one stands."""
        ...

    def vanished(self, order_ids: Iterable[str]) -> None:
        """Mark purchase orders as deleted that the store does not know any more, since no cursor tells it."""
        ...

    def families(self, names: Iterable[str]) -> Mapping[str, tuple[PosProduct, ...]]:
        """Products by folded name, dead ones included, each name's by id."""
        ...

    def codes(self, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Sorted ids of products that bear a code as written, dead ones included."""
        ...

    def users(self, record_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Sorted ids of live products that use a supplier, brand, tag or option, by its id."""
        ...

    def facts(self) -> KeptFacts | None:
        """Facts of the store, None where they were not read."""
        ...

    def keep_facts(self, kept: KeptFacts) -> None:
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
    """Mirror, index, style documents and rate budget of one store."""

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

    @property
    def budget(self) -> Budget:
        """How many calls may still leave; shared by whoever shares the cache."""
        ...

    def bind(self, store: str, generation: str = "") -> None:
        """Make it the cache of a store; raises ``Misuse`` where it is another store's.

        Where it holds ids of another *generation* it is begun anew and ``take_notes`` says so, or ``Misuse`` is
        raised: families would be taken for others.
        """
        ...

    def renew(self, error: CacheDamaged) -> None:
        """Begin anew where an error says that what is kept cannot be read; else the error is raised again."""
        ...

    def take_notes(self) -> tuple[str, ...]:
        """What was wrong with what was kept, and how it was mended, for people; each is given once."""
        ...

    def close(self) -> None:
        """Close what is open."""
        ...
