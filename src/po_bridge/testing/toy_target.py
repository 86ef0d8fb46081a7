"""A target over the toy POS, in two grains: it proves the plan model before any vendor does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import define, field

from ..errors import NotFound
from ..models.capabilities import Capabilities, Effect
from ..models.purchase_order import PurchaseOrder
from ..models.store import Outlet, StoreFacts, TaxForm
from ..planning.receipt import Probed, Receipt, Rest
from ..planning.refs import Ids
from ..planning.snapshot import Collection, Page, Positions, Snapshot, Wanted
from ..planning.step import Step
from ..planning.write import Write
from ..ports.exchange import Exchange, Lane, run
from .fault import Gateway
from .toy_pos import ToyPos
from .toy_probe import probe_toy
from .toy_records import read_order, read_product, read_records
from .toy_write import write_toy

T = TypeVar("T")

_EFFECTS = {
    "UpdateProduct": Effect.SETS,
    "SetLine": Effect.SETS,
    "SetStatus": Effect.SETS,
}

COARSE = Capabilities(
    members_per_create=200,
    members_per_add=1,
    lines_per_add=500,
    options_per_create=1,
    settle=60.0,
    effects=_EFFECTS,
)
"""A family with its variants in one call, order lines in batches."""

FINE = Capabilities(
    members_per_create=0,
    members_per_add=1,
    lines_per_add=1,
    options_per_create=3,
    settle=60.0,
    effects=_EFFECTS,
    charges=True,
)
"""A family as a shell, then one call for each variant and each order line; orders bear freight and surcharge."""


@define(kw_only=True)
class ToyTarget:
    """Every request is one call through a gateway that counts it and may spoil it."""

    pos: ToyPos = field(factory=ToyPos)
    """The store."""
    gateway: Gateway = field(factory=Gateway)
    """The wire."""
    capabilities: Capabilities = COARSE
    """The grain."""
    store: str = "toy"
    """Identity of the store."""
    label: str = "Toy POS"
    """Name for people."""

    def _ask(self, what: str, work: Callable[[], T], *, writes: bool = False) -> Exchange[T]:
        def fn() -> T:
            return self.gateway.call(what, work, writes=writes)

        return (yield from run(fn, Lane.TARGET, writes=writes))

    def facts(self) -> Exchange[StoreFacts]:
        """One outlet, prices without tax, dollars."""
        outlet = Outlet(id="outlet-1", name="Main", zone="America/New_York", currency="USD")
        facts = StoreFacts(
            store=self.store, name="Toy shop", tax_form=TaxForm.EXCLUSIVE, currency="USD", outlets=(outlet,)
        )
        return (yield from self._ask("facts", lambda: facts))

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        """Everything newer than a version, in one page."""

        def work() -> Page:
            records = read_records(self.pos, collection, int(since or 0))
            return Page(records=records, position=str(self.pos.version), more=False)

        return (yield from self._ask(f"changes {collection.value}", work))

    def look(self, wanted: Wanted, since: Positions) -> Exchange[Snapshot]:
        """The named rows as they are now."""

        def work() -> Snapshot:
            products = {
                key: read_product(row)
                for key, row in self.pos.tables["products"].items()
                if key in wanted.products
            }
            orders = {
                key: read_order(row) for key, row in self.pos.tables["orders"].items() if key in wanted.orders
            }
            return Snapshot(products=products, orders=orders, positions=since)

        return (yield from self._ask("look", work))

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """One write, one call."""
        name = type(step.write).__name__
        return (yield from self._ask(name, lambda: write_toy(self.pos, step.write, ids), writes=True))

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        """One read of the whole store."""
        name = f"probe {type(step.write).__name__}"
        return (yield from self._ask(name, lambda: probe_toy(self.pos, step.write, ids)))

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        """A purchase order with its lines."""

        def work() -> PurchaseOrder:
            row: dict[str, Any] | None = self.pos.tables["orders"].get(order_id)
            if row is None:
                raise NotFound(
                    self.label, 404, "no such order", what="read order", mend="it was deleted there"
                )
            return read_order(row)

        return (yield from self._ask("read order", work))

    def calls(self, write: Write) -> int:
        """Always one."""
        return 1
