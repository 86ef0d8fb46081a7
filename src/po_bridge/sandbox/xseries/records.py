"""What a store holds: frozen records, replaced as a whole when they change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from attrs import field, frozen


@frozen(kw_only=True)
class Supplier:
    """A supplier."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    name: str
    """Not unique."""
    description: str | None = None
    """Free text."""
    source: str = "USER"
    """USER for one made by hand or over the API."""
    default_markup: Decimal | None = None
    """For the record only."""
    contact: Mapping[str, str | None] = field(factory=dict[str, "str | None"])
    """Members as sent; company_name falls back on the name."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Brand:
    """A brand."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    name: str
    """Not unique."""
    description: str | None = None
    """Free text."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Tag:
    """A tag, which product answers call a category."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    name: str
    """Not unique."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Attribute:
    """A variant attribute such as Colour."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    name: str
    """Unique, letter case aside."""
    created_at: datetime
    """When it was made."""
    updated_at: datetime
    """When it last changed."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Retailer:
    """The store's settings."""

    id: str = "0f3c1a52-77aa-11ee-f2d1-00000000a001"
    """UUID-shaped."""
    name: str = "Corner Shop"
    """Name of the business."""
    domain_prefix: str = "example"
    """First label of the store's host name."""
    tax_exclusive: bool = False
    """Whether prices are entered without tax."""
    currency: str = "USD"
    """ISO 4217 code."""
    country: str = "US"
    """ISO 3166 code."""
    sku_sequence: bool = True
    """Whether missing SKUs are generated."""


@frozen(kw_only=True)
class Outlet:
    """An outlet of the store."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    name: str
    """Name of the outlet."""
    time_zone: str = "America/New_York"
    """IANA name."""
    currency: str = "USD"
    """ISO 4217 code."""
    tax_id: str | None = None
    """Default tax."""
    city: str = ""
    """City of its address."""
    country: str = "US"
    """ISO 3166 code."""
    reference_prefix: str = ""
    """Prefix of generated order numbers; empty when the outlet has no counter."""
    reference_next: int = 1
    """Counter behind generated order numbers."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Register:
    """A register; their number decides the rate limit."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    name: str
    """Name of the register."""
    outlet_id: str
    """Where it stands."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Tax:
    """A sales tax with one rate."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    name: str
    """Name of the tax."""
    rate: Decimal
    """0.15 is 15 %."""
    is_default: bool = False
    """Whether new products take it."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class User:
    """A person who may sign in."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    username: str
    """Name to sign in with."""
    display_name: str
    """Name shown."""
    created_at: datetime
    """When it was made."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Image:
    """An uploaded picture."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    product_id: str
    """The product it was uploaded to."""
    position: int
    """Place among the product's pictures, from 1."""
    digest: str
    """SHA-256 of the bytes, or of the address of an inline picture."""
    suffix: str
    """File suffix without dot."""
    status: str
    """processing, uploaded or error."""
    ready_at: datetime
    """When processing ends."""
    readable: bool = True
    """Whether the bytes are a picture at all."""
    deleted_at: datetime | None = None
    """Set when deleted."""


@frozen(kw_only=True)
class Line:
    """A product on a consignment."""

    id: str
    """The product's id: a product stands on a consignment once."""
    version: int
    """Global change number."""
    line_id: str
    """Id of its own, shown by purchase orders only."""
    count: Decimal | None
    """Ordered."""
    received: Decimal | None
    """Received, None until told."""
    cost: Decimal
    """Per unit."""
    status: str
    """PENDING until received."""
    created_at: datetime
    """When it was added."""
    updated_at: datetime
    """When it last changed."""
    deleted_at: datetime | None = None
    """Set when removed."""


@frozen(kw_only=True)
class Consignment:
    """A purchase order, transfer, return or stocktake."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    order_id: str
    """Id under `/purchase_orders`."""
    type: str
    """SUPPLIER, OUTLET, RETURN or STOCKTAKE."""
    status: str
    """OPEN, SENT, DISPATCHED, RECEIVED, CANCELLED, or a stocktake's."""
    name: str
    """The note of an order."""
    outlet_id: str
    """Where the goods arrive."""
    supplier_id: str | None = None
    """Who delivers."""
    source_outlet_id: str | None = None
    """Where a transfer starts."""
    reference: str | None = None
    """The order number."""
    supplier_invoice: str | None = None
    """The supplier's own number."""
    due_at: datetime | None = None
    """Delivery date."""
    consignment_date: datetime
    """Date of the order."""
    dated: bool = False
    """Whether the caller gave that date; otherwise it is the time of creation."""
    received_at: datetime | None = None
    """When it was closed as received."""
    show_inactive: bool = True
    """Kept as sent."""
    created_at: datetime
    """When it was made."""
    updated_at: datetime
    """When it last changed."""
    deleted_at: datetime | None = None
    """Set when deleted."""
