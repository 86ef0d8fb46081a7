"""The connector: what po_bridge asks, answered by the till."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from attrs import field, frozen

from po_bridge.errors import NotFound
from po_bridge.models.capabilities import Capabilities, Effect
from po_bridge.models.pos_product import PosProduct
from po_bridge.models.purchase_order import PurchaseOrder
from po_bridge.models.store import Outlet, StoreFacts, TaxForm
from po_bridge.planning.receipt import Probed, Receipt
from po_bridge.planning.refs import Ids
from po_bridge.planning.snapshot import Collection, Page, Positions, Snapshot, Wanted
from po_bridge.planning.step import Step
from po_bridge.planning.write import Write
from po_bridge.ports.blocking import blocking
from po_bridge.ports.target import Target

from .probes import probe_rows
from .records import read_order, read_page, read_product
from .till import LABEL, Till
from .writes import write_rows

_UNIQUE = ("CreateSupplier", "CreateBrand", "CreateTag", "CreateOptions", "CreateFamily", "AddMembers")
_SETS = ("UpdateProduct", "AttachImage", "AddLines", "SetLine", "SetStatus", "Remove")

CAPABILITIES = Capabilities(
    members_per_create=200,
    members_per_add=200,
    lines_per_add=500,
    options_per_create=3,
    tags=False,
    settle=0.0,  # a transaction is over when the call is
    effects=dict.fromkeys(_UNIQUE, Effect.UNIQUE) | dict.fromkeys(_SETS, Effect.SETS),
)


@frozen(kw_only=True)
class SqlitePos:
    """One shop, one outlet; a ``BlockingTarget``."""

    till: Till = field(repr=False)
    store: str
    zone: ZoneInfo = field(factory=lambda: ZoneInfo("America/New_York"))
    currency: str = "USD"
    label: str = LABEL
    capabilities: Capabilities = CAPABILITIES

    def facts(self) -> StoreFacts:
        """One outlet, prices without tax."""
        outlet = Outlet(id="main", name="Main", zone=self.zone.key, currency=self.currency)
        return StoreFacts(
            store=self.store, tax_form=TaxForm.EXCLUSIVE, currency=self.currency, outlets=(outlet,)
        )

    def changes(self, collection: Collection, since: str) -> Page:
        """A page of the log of changes."""
        work = partial(read_page, self.till, collection, since, self.zone)
        return self.till.read(f"list of {collection.value}", work)

    def look(self, wanted: Wanted, since: Positions) -> Snapshot:
        """Each record by itself: a local file is asked as often as one likes."""
        products = {each: self._product(each) for each in wanted.products}
        orders = {each: self._order(each) for each in wanted.orders}
        return Snapshot(
            products={key: one for key, one in products.items() if one is not None and one.alive},
            orders={key: one for key, one in orders.items() if one is not None},
            positions=since,
        )

    def perform(self, step: Step, ids: Ids) -> Receipt:
        """One step, one transaction."""
        work = partial(write_rows, self.till, step.write, ids, self.zone)
        return self.till.write(type(step.write).__name__, work)

    def probe(self, step: Step, ids: Ids, since: Positions) -> Probed:  # noqa: ARG002  # the port's
        """Look at what is there now; *since* is not needed where looking at everything is cheap."""
        return self.till.read("probe", partial(probe_rows, self.till, step.write, ids))

    def read_order(self, order_id: str) -> PurchaseOrder:
        """A purchase order with its lines."""
        order = self._order(order_id)
        if order is None:
            words = "no such purchase order"
            raise NotFound(LABEL, 0, words, what=f"order {order_id}", mend="see whether it was deleted there")
        return order

    def calls(self, write: Write) -> int:  # noqa: ARG002  # the port's
        """Always one transaction."""
        return 1

    def _product(self, product: str) -> PosProduct | None:
        return self.till.read("product", partial(read_product, self.till, product))

    def _order(self, order: str) -> PurchaseOrder | None:
        return self.till.read("order", partial(read_order, self.till, order, self.zone))


def open_pos(path: str) -> Target:
    """A target over the till in a file, for ``Bridge(target=...)``."""
    return blocking(SqlitePos(till=Till(path), store=f"sqlite {path}"))
