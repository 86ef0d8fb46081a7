"""The R-Series target."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import assert_never

from attrs import define, field
from attrs.converters import optional

from ...errors import Misuse, NotFound
from ...models.capabilities import Capabilities
from ...models.checks import filled
from ...models.purchase_order import PurchaseOrder
from ...models.secret import Secret, secret
from ...models.store import StoreFacts
from ...planning.receipt import Probed, Receipt, Rest
from ...planning.refs import Ids, Kind
from ...planning.seen import Found
from ...planning.snapshot import Collection, Page, Positions, Snapshot, Wanted
from ...planning.step import Step
from ...planning.write import (
    AddLines,
    AddMembers,
    AttachImage,
    CreateBrand,
    CreateFamily,
    CreateOptions,
    CreateOrder,
    CreateSupplier,
    CreateTag,
    Remove,
    SetLine,
    SetStatus,
    UpdateProduct,
    Write,
)
from ...ports.exchange import Exchange
from ...ports.tokens import Tokens
from .._keyring import InUse, Keyring
from .._preflight import Preflight
from .._standing import probe_update
from .._token import Application, Pair
from .account import account_of
from .effects import EFFECTS
from .endpoint import API, endpoint_of
from .families import add_members, create_family, probe_family, probe_members
from .images import attach_image, probe_image
from .item_edit import update_item
from .items import find_item, items_by_id, product_page
from .lines import add_lines, probe_line, probe_lines, set_line
from .named_records import create_named, create_tag, named_page, probe_named
from .options import create_options, option_page, probe_options
from .orders import create_order, order_page, probe_order, probe_status, read_order, set_status
from .pages import PAGE
from .preflight import preflight
from .rate import bucket_of
from .reading_back import read_back, reads
from .removal import probe_removal, remove
from .settings import Settings
from .store import StoreMemory, read_facts
from .wire import Wire

UNHELD = {
    "description": "items have a name and no description",
    "source_id": "items bear no number of another system",
    "discount": "unit costs are written with it taken off: an order that took it off too would do so twice",
    "created_at": "an order bears its date once it is marked as ordered",
}
"""Business fields without a place of their own."""


@define(kw_only=True)
class RSeries:
    """One R-Series account.

    Holds addresses, credentials and what was found out of the store; a Bridge sends the requests.
    Give ``tokens`` with ``application`` (a pair that is refreshed), or ``token``, which ends within the hour.
    """

    account_id: str = field(validator=filled)
    """Account id, digits."""
    token: Secret | None = field(default=None, converter=optional(secret))
    """An access token as it is; a text is taken too."""
    tokens: Tokens | None = field(default=None, repr=False)
    """Where the tokens of an application are kept, under the name of ``store``."""
    application: Application | None = None
    """The application that refreshes them."""
    address: str | None = None
    """Scheme and host in place of the vendor's, as of a sandbox; without a path."""
    image_host: str = ""
    """The one host that pictures are fetched from, https unless it says ``http://``; empty: no pictures."""
    settings: Settings = field(factory=Settings)
    """Choices of this account."""
    _memory: StoreMemory = field(init=False, repr=False)
    _wire: Wire = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if (self.token is None) == (self.tokens is None):
            raise Misuse("give either an access token or a store of tokens")
        if not (self.account_id.isascii() and self.account_id.isdecimal()):
            raise Misuse(f"an R-Series account id is digits, got {self.account_id!r}")
        keyring = Keyring(
            endpoint=endpoint_of(self.address, self.label),
            account=self.store,
            store=self.tokens,
            application=self.application,
            in_use=InUse(pair=Pair(access=self.token) if self.token else None),
        )
        self._memory = StoreMemory(store=self.store, settings=self.settings)
        self._wire = Wire(
            base=(self.address or API).rstrip("/"),
            account_id=self.account_id,
            label=self.label,
            keyring=keyring,
            bucket=bucket_of(self.store, self.application),
        )

    @property
    def store(self) -> str:
        """Identity of the store; plans are bound to it."""
        return account_of(self.account_id)

    @property
    def label(self) -> str:
        """Name of the system, for people."""
        return f"R-Series {self.account_id}"

    @property
    def capabilities(self) -> Capabilities:
        """A matrix as a shell, then a call for each variant and each line; no drafts."""
        return Capabilities(
            members_per_create=0,
            members_per_add=1,
            lines_per_add=1,
            options_per_create=3,
            max_options=3,
            max_members=1000,
            drafts=False,
            tags=True,
            statuses=True,
            parallel=1,
            settle=self.settings.settle,
            effects=EFFECTS,
            records_per_page=PAGE,
            bucket=self._wire.bucket,
            charges=True,
            unheld=UNHELD,
        )

    def facts(self) -> Exchange[StoreFacts]:
        """Currency and shops; raises BadDocument where they cannot be read."""
        return read_facts(self._wire, self._memory)

    def preflight(self) -> Exchange[Preflight]:
        """What works and what is missing, in words; problems are told, not raised."""
        return preflight(self._wire, self.store)

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        """One page by the moment of change; tags and attributes come whole every time."""
        match collection:
            case Collection.PRODUCTS:
                return product_page(self._wire, self._memory, since)
            case Collection.SUPPLIERS | Collection.BRANDS | Collection.TAGS:
                return named_page(self._wire, collection, since)
            case Collection.OPTIONS:
                return option_page(self._wire, self._memory)
            case Collection.ORDERS:
                return order_page(self._wire, since)
            case _:
                assert_never(collection)

    def look(self, wanted: Wanted, since: Positions) -> Exchange[Snapshot]:
        """Read the named products, a hundred a call, and each named order with its lines."""
        products = yield from items_by_id(self._wire, self._memory, wanted.products)
        orders = {}
        for order_id in wanted.orders:
            try:
                orders[order_id] = yield from read_order(self._wire, order_id)
            except NotFound:
                continue
        return Snapshot(products=products, orders=orders, positions=since)

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        """A purchase order with all its lines and their received counts; raises ``NotFound``."""
        return read_order(self._wire, order_id)

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do one step with at most one mutating request; raises as the port says."""
        write, wire, memory = step.write, self._wire, self._memory
        match write:
            case CreateSupplier():
                return (yield from create_named(wire, Collection.SUPPLIERS, write.slot, write.name))
            case CreateBrand():
                return (yield from create_named(wire, Collection.BRANDS, write.slot, write.name))
            case CreateTag():
                return (yield from create_tag(wire, write.slot, write.name))
            case CreateOptions():
                return (yield from create_options(wire, memory, write))
            case CreateFamily():
                return (yield from create_family(wire, memory, write, ids))
            case AddMembers():
                return (yield from add_members(wire, memory, write, ids))
            case UpdateProduct():
                return (yield from update_item(wire, memory, write, ids))
            case AttachImage():
                return (yield from attach_image(wire, self.image_host, write, ids))
            case CreateOrder():
                return (yield from create_order(wire, memory, write, ids))
            case AddLines():
                return (yield from add_lines(wire, write, ids))
            case SetLine():
                return (yield from set_line(wire, write, ids))
            case SetStatus():
                return (yield from set_status(wire, memory, write, ids))
            case Remove():
                return (yield from remove(wire, memory, write, ids))
            case _:
                assert_never(write)

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        """Ask whether a step happened; never writes."""
        write, wire, memory = step.write, self._wire, self._memory
        match write:
            case CreateSupplier():
                return (yield from self._probe_named(Collection.SUPPLIERS, write, since))
            case CreateBrand():
                return (yield from self._probe_named(Collection.BRANDS, write, since))
            case CreateTag():
                return (yield from self._probe_named(Collection.TAGS, write, since))
            case CreateOptions():
                return (yield from probe_options(wire, memory, write))
            case CreateFamily():
                return (yield from probe_family(wire, memory, write, since.get(Collection.PRODUCTS, "")))
            case AddMembers():
                return (yield from probe_members(wire, memory, write, ids))
            case UpdateProduct():
                return (yield from probe_update(partial(find_item, wire, memory), write, ids))
            case AttachImage():
                return (yield from probe_image(wire, write, ids))
            case CreateOrder():
                return (yield from probe_order(wire, write, ids, since.get(Collection.ORDERS, "")))
            case AddLines():
                return (yield from probe_lines(wire, write, ids))
            case SetLine():
                return (yield from probe_line(wire, write, ids))
            case SetStatus():
                return (yield from probe_status(wire, write, ids))
            case Remove():
                return (yield from probe_removal(wire, memory, write, ids))
            case _:
                assert_never(write)

    def read_back(self, steps: tuple[Step, ...], ids: Ids, since: Positions) -> Exchange[Found]:  # noqa: ARG002  # the port's
        """Items of many steps by their ids, a hundred in one call."""
        return read_back(self._wire, self._memory, steps, ids)

    def reads(self, writes: Iterable[Write]) -> int:
        """One call for each hundred items."""
        return reads(writes)

    def _probe_named(
        self, collection: Collection, write: CreateSupplier | CreateBrand | CreateTag, since: Positions
    ) -> Exchange[Probed]:
        return probe_named(self._wire, collection, write.slot, write.name, since.get(collection, ""))

    def calls(self, write: Write) -> int:
        """Requests of the happy path, reads and the fetching of a picture included.

        Shops and attribute sets take one each more as long as nobody has asked for ``facts``.
        """
        sets = 0 if self._memory.sets is not None else 1
        zones = 0 if self._memory.zones is not None else 1
        match write:
            case CreateFamily():
                return 1 + (sets if write.options else 0)
            case AddMembers():
                return 1 + sets
            case AttachImage() | UpdateProduct() | SetLine():
                return 2
            case SetStatus():
                return 2 + zones
            case CreateOrder():
                return 1 + zones
            case AddLines():
                return 1 if all(line.before == 0 for line in write.lines) else 2
            case Remove():
                return (
                    1 if write.kind in {Kind.SUPPLIER, Kind.PRODUCT, Kind.IMAGE} and not write.within else 2
                )
            case CreateSupplier() | CreateBrand() | CreateTag() | CreateOptions():
                return 1
            case _:
                assert_never(write)
