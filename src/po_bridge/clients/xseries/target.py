"""The X-Series target."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
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
from ...planning.refs import Ids
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
from .._token import Application, Pair
from .account import account_of
from .body_form import FormMemory
from .capacity import capabilities_of
from .deliveries import read_delivered
from .effects import calls_of
from .endpoint import endpoint_of
from .family_generation import FamilyProducts
from .generation import Generation
from .legacy_products import LegacyProducts
from .lines import add_lines, probe_line, probe_lines, set_line
from .named_records import (
    create_named,
    create_options,
    named_page,
    option_page,
    probe_named,
    probe_options,
)
from .orders import create_order, order_page, probe_order, probe_status, read_order, set_status
from .preflight import preflight
from .rate import bucket_of
from .reading_back import read_back, reads
from .removal import probe_removal, remove
from .settings import OrderReading, Settings
from .store import StoreMemory, read_facts
from .versions import ApiVersion, VersionAge, version_age
from .wire import Wire


@define(kw_only=True)
class XSeries:
    """One X-Series store, by the version of its settings.

    Holds addresses, credentials and what was found out of the store; a Bridge sends the requests.
    Give ``token`` (a personal token) or ``tokens`` with ``application`` (a pair that is refreshed).
    """

    domain_prefix: str = field(validator=filled)
    """First label of the store's host name."""
    token: Secret | None = field(default=None, converter=optional(secret))
    """Personal token; a text is taken too."""
    tokens: Tokens | None = field(default=None, repr=False)
    """Where the tokens of an application are kept, under the name of ``store``."""
    application: Application | None = None
    """The application that refreshes them."""
    address: str | None = None
    """Scheme and host in place of the store's own, as of a sandbox; without a path."""
    image_host: str = ""
    """The one host that pictures are fetched from, https unless it says ``http://``; empty: no pictures."""
    page_size: int = 200
    """Records on a page."""
    settings: Settings = field(factory=Settings)
    """Choices about what the vendor leaves unsaid."""
    _memory: StoreMemory = field(init=False, repr=False)
    _forms: FormMemory = field(init=False, repr=False)
    _wire: Wire = field(init=False, repr=False)
    _products: Generation = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if (self.token is None) == (self.tokens is None):
            raise Misuse("give either a personal token or a store of tokens")
        base = (self.address or f"https://{self.domain_prefix}.retail.lightspeed.app").rstrip("/")
        keyring = Keyring(
            endpoint=endpoint_of(base, self.label),
            account=self.store,
            store=self.tokens,
            application=self.application,
            in_use=InUse(pair=Pair(access=self.token) if self.token else None),
        )
        self._memory = StoreMemory(store=self.store)
        self._forms = FormMemory.of(self.settings.body)
        self._wire = Wire(
            base=base,
            label=self.label,
            keyring=keyring,
            page_size=self.page_size,
            bucket=bucket_of(self.store, self.application, self.settings.window),
            version=self.settings.generation.value,
            own_families=self._has_families,
            guarded=self.address is None,
        )
        self._products = self._generation()

    def _generation(self) -> Generation:
        wire, memory, host = self._wire, self._memory, self.image_host
        match self.settings.generation:
            case ApiVersion.V2026_07:
                return LegacyProducts(wire=wire, memory=memory, image_host=host)
            case ApiVersion.V2026_10:
                return FamilyProducts(wire=wire, memory=memory, image_host=host, settings=self.settings)
            case _:
                assert_never(self.settings.generation)

    def version_age(self, today: date) -> VersionAge:
        """Age and remaining support of the version that is spoken."""
        return version_age(self.settings.generation, today)

    @property
    def store(self) -> str:
        """Identity of the store; plans are bound to it."""
        return account_of(self.domain_prefix)

    @property
    def _has_families(self) -> bool:
        return self.settings.generation is not ApiVersion.V2026_07

    @property
    def label(self) -> str:
        """Name of the system, for people."""
        return f"X-Series {self.domain_prefix}"

    @property
    def capabilities(self) -> Capabilities:
        """A family with up to 200 variants in one call, 500 lines in one call, one step at a time."""
        return capabilities_of(self.settings, self.page_size, self._wire.bucket)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Members and words of later years that lists held so far, for people; nothing depends on them."""
        return tuple(sorted(self._wire.unknown))

    def facts(self) -> Exchange[StoreFacts]:
        """Tax form, currency and outlets; raises BadDocument where they cannot be read."""
        return read_facts(self._wire, self._memory)

    def preflight(self) -> Exchange[Preflight]:
        """What works and what is missing, in words; problems are told, not raised."""
        return preflight(self._wire, self.store)

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        """One page by the version cursor; variant options come whole every time."""
        match collection:
            case Collection.PRODUCTS:
                return self._products.page(since)
            case Collection.SUPPLIERS | Collection.BRANDS | Collection.TAGS:
                return named_page(self._wire, collection, since)
            case Collection.OPTIONS:
                return option_page(self._wire)
            case Collection.ORDERS:
                return order_page(self._wire, since)
            case _:
                assert_never(collection)

    def look(self, wanted: Wanted, since: Positions) -> Exchange[Snapshot]:
        """Read each named product, and each named order with its lines; what is gone is left out."""
        products = {}
        for product_id in wanted.products:
            product = yield from self._products.find(product_id)
            if product is not None:
                products[product_id] = product
        orders = {}
        for order_id in wanted.orders:
            try:
                orders[order_id] = yield from read_order(self._wire, order_id, wanted.kept.get(order_id))
            except NotFound:
                continue
        return Snapshot(products=products, orders=orders, positions=since)

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        """A purchase order with all its lines and their received counts; raises ``NotFound``."""
        if self.settings.orders_read is OrderReading.DELIVERIES:
            try:
                return (yield from read_delivered(self._wire, order_id))
            except NotFound:
                pass  # whether the two have one id is not stated
        return (yield from read_order(self._wire, order_id))

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do one step with at most one mutating request; raises as the port says."""
        write, wire = step.write, self._wire
        match write:
            case CreateSupplier():
                return (yield from create_named(wire, Collection.SUPPLIERS, write.slot, write.name))
            case CreateBrand():
                return (yield from create_named(wire, Collection.BRANDS, write.slot, write.name))
            case CreateTag():
                return (yield from create_named(wire, Collection.TAGS, write.slot, write.name))
            case CreateOptions():
                return (yield from create_options(wire, write))
            case CreateFamily() | AddMembers() | UpdateProduct() | AttachImage():
                return (yield from self._products.perform(write, ids))
            case CreateOrder():
                return (yield from create_order(wire, self._forms, step.key, write, ids))
            case AddLines():
                return (yield from add_lines(wire, self.settings, write, ids))
            case SetLine():
                return (yield from set_line(wire, self._forms, step.key, write, ids))
            case SetStatus():
                return (yield from set_status(wire, self._forms, step.key, write, ids))
            case Remove():
                return (yield from remove(wire, write, ids, at_once=self.settings.family_delete))
            case _:
                assert_never(write)

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        """Ask whether a step happened; never writes."""
        write, wire = step.write, self._wire
        match write:
            case CreateSupplier():
                return (yield from self._probe_named(Collection.SUPPLIERS, write, since))
            case CreateBrand():
                return (yield from self._probe_named(Collection.BRANDS, write, since))
            case CreateTag():
                return (yield from self._probe_named(Collection.TAGS, write, since))
            case CreateOptions():
                return (yield from probe_options(wire, write))
            case CreateFamily() | AddMembers() | UpdateProduct() | AttachImage():
                return (yield from self._products.probe(write, ids, since.get(Collection.PRODUCTS, "")))
            case CreateOrder():
                return (yield from probe_order(wire, write, ids, since.get(Collection.ORDERS, "")))
            case AddLines():
                return (yield from probe_lines(wire, write, ids))
            case SetLine():
                return (yield from probe_line(wire, write, ids))
            case SetStatus():
                return (yield from probe_status(wire, write, ids))
            case Remove():
                return (yield from probe_removal(wire, write, ids))
            case _:
                assert_never(write)

    def read_back(self, steps: tuple[Step, ...], ids: Ids, since: Positions) -> Exchange[Found]:
        """Products of many steps by one sweep, or family by family where that takes no more calls."""
        return read_back(self._products, self.page_size, steps, ids, since.get(Collection.PRODUCTS, ""))

    def reads(self, writes: Iterable[Write]) -> int:
        """Pages that the products fill, or one call for each family; as many again, at most, for their pictures."""
        return reads(writes, self.page_size)

    def _probe_named(
        self, collection: Collection, write: CreateSupplier | CreateBrand | CreateTag, since: Positions
    ) -> Exchange[Probed]:
        return probe_named(self._wire, collection, write.slot, write.name, since.get(collection, ""))

    def calls(self, write: Write) -> int:
        """Requests of the happy path, reads and the fetching of a picture included.

        A retail price takes one more as long as nobody has asked for ``facts``, which tell its tax form.
        """
        if isinstance(write, CreateFamily | AddMembers | UpdateProduct | AttachImage):
            return self._products.calls(write)
        return calls_of(write)
