"""A merchant's choices, made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Final

from attrs import field, frozen

from ..errors import Misuse
from .checks import frozen_mapping
from .named_record import name_key
from .purchase_order import PurchaseStatus
from .template import template_faults

NOTE = "{customer_po} Synced from {source}, order {number} {address}"
PLACEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "note_template": ("customer_po", "source", "number", "address"),
    "purchase_order_address": ("id",),
    "wholesale_order_address": ("id", "number"),
}
"""What each template of ``Setup`` may hold in braces."""


class TakeOver(Enum):
    """Fields of matched products that may be taken over from the brand; off by default."""

    SUPPLIER_PRICE = "supplier price"
    SUPPLIER_CODE = "supplier code"
    EMPTY_DESCRIPTION = "empty description"
    EMPTY_UPC = "empty UPC"
    EMPTY_IMAGE = "empty image"


class PackRule(Enum):
    """What ``units_per_pack`` means in a portal."""

    MULTIPLE = "order multiple"
    """Quantities are eaches already."""
    PACKS = "packs"
    """Quantities count packs: count times units, cost divided by units."""


class PriceReading(Enum):
    """How a price on an order line becomes the cost of a unit."""

    AS_IS = "price as is"
    LESS_LINE = "price less the line discount"
    LESS_ORDER = "price less the order discount"
    LESS_BOTH = "price less line and order discount"


class SkuRule(Enum):
    """Where the SKU of a new product comes from; beside it every new product has a code known before it is made."""

    FROM_UPC = "upc"
    """The brand's code where it is fit and free, else one of ours."""
    FROM_SUPPLIER_CODE = "supplier code"
    """Style number and options in letters and digits; the brand's code comes second."""
    STORE_SEQUENCE = "store sequence"
    """The store's next number; a store without such numbers takes the first code."""


class WindowRule(Enum):
    """What becomes of an order whose lines have different delivery dates."""

    LAST = "one purchase order with the last date"
    """The other dates are a loss."""
    EACH = "one purchase order per window"
    """A purchase order holds one delivery date, so lines are grouped by it."""


@frozen(kw_only=True)
class PortalRules:
    """Rules of one brand portal."""

    packs: PackRule | None = None
    """None: a line with packs is a question."""
    prices: PriceReading | None = None
    """Which reading of prices holds where an order's total does not tell; None: that is a question.

    A total that no reading meets is a question all the same.
    """
    zero_price: bool = False
    """Whether a price of zero is meant (samples)."""
    image_host: str = ""
    """The one host that pictures of this portal may come from, as ``cdn1.example.com``; empty: any.

    Pictures elsewhere are left out and named as a loss.
    """


_NO_RULES = PortalRules()


def _contradictions(outlets: Mapping[str, str]) -> Iterator[str]:
    """Name the places that differ in case or white space only and go to two outlets."""
    first: dict[str, str] = {}
    for place, outlet in outlets.items():
        known = first.setdefault(name_key(place), place)
        if name_key(outlets[known]) != name_key(outlet):
            yield f"outlets: {known!r} and {place!r} are one place and go to {outlets[known]!r} and {outlet!r}"


@frozen(kw_only=True)
class Setup:
    """Choices that hold for every order of a store.

    Raises ``Misuse`` naming everything that is wrong in its templates, rates and names.
    """

    suppliers: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    """Portal name to supplier name; a portal left out is its own supplier name."""
    outlets: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    """Ship-to code, reference or name, in any case, to outlet id or name."""
    default_outlet: str | None = None
    """Outlet id or name where no ship-to rule fits; None: the only outlet, else a question."""
    drafts: bool = True
    """New products start inactive."""
    sku: SkuRule = SkuRule.FROM_UPC
    """Where the SKU of a new product comes from."""
    windows: WindowRule = WindowRule.LAST
    """What becomes of an order with several delivery dates."""
    order_status: PurchaseStatus = PurchaseStatus.OPEN
    """OPEN or SENT."""
    note_template: str = NOTE
    """Note of a purchase order: ``{customer_po}``, ``{source}``, ``{number}``, ``{address}``; never a key."""
    tags: tuple[str, ...] = ()
    """Tags of new products."""
    retail_from_msrp: bool = True
    """Whether the suggested retail price becomes the retail price of new products."""
    images_per_family: int = 1
    """Pictures uploaded per new family."""
    take_over: frozenset[TakeOver] = frozenset()
    """Fields of matched products taken over from the brand."""
    rates: Mapping[str, Decimal] = field(factory=dict, converter=frozen_mapping)
    """Order currency to units of the store's currency for one unit of it; none: a mismatch blocks."""
    portals: Mapping[str, PortalRules] = field(factory=dict, converter=frozen_mapping)
    """Rules by portal name."""
    purchase_order_address: str = ""
    """Template of the address of a purchase order: ``{id}``."""
    wholesale_order_address: str = ""
    """Template of the address of a wholesale order: ``{id}``, ``{number}``."""

    def __attrs_post_init__(self) -> None:
        faults = [
            f"{name}: {fault}"
            for name, known in PLACEHOLDERS.items()
            for fault in template_faults(getattr(self, name), known)
        ]
        faults += [
            f"rates: {currency} must be a number above zero, got {rate}"
            for currency, rate in self.rates.items()
            if not rate.is_finite() or rate <= 0
        ]
        faults += [
            f"suppliers: the name for portal {portal!r} is blank"
            for portal, name in self.suppliers.items()
            if not name.strip()
        ]
        faults += _contradictions(self.outlets)
        if faults:
            raise Misuse("; ".join(faults))

    def supplier_of(self, portal: str) -> str:
        """Supplier name for a portal."""
        return self.suppliers.get(portal, portal)

    def rules_of(self, portal: str) -> PortalRules:
        """Rules for a portal, the defaults where none are set."""
        return self.portals.get(portal, _NO_RULES)
