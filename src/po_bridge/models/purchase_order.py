"""A purchase order as the POS holds it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from .charges import Charges
from .checks import aware, filled, finite
from .named_record import name_key
from .origin import Origin


class PurchaseStatus(Enum):
    """Where a purchase order stands in the POS."""

    OPEN = "open"
    SENT = "sent"
    DISPATCHED = "dispatched"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    OTHER = "other"
    """A word the table does not know."""

    @property
    def editable(self) -> bool:
        """Whether lines may still be added and counts set."""
        return self in {PurchaseStatus.OPEN, PurchaseStatus.SENT}


@frozen(kw_only=True)
class PurchaseLine:
    """One product on a purchase order; the product is the line's identity."""

    product_id: str = field(validator=filled)
    """Id of the product in the POS."""
    count: Decimal = field(validator=finite)
    """Units ordered."""
    received: Decimal | None = field(default=None, validator=finite)
    """Units received; None where the POS does not say."""
    cost: Decimal | None = field(default=None, validator=finite)
    """Cost of one unit; None is unknown."""
    line_id: str = ""
    """The POS's id of the line, where it has one."""

    @property
    def outstanding(self) -> Decimal | None:
        """Units that are still to come, never below zero; None where the POS does not say what was received."""
        return None if self.received is None else max(self.count - self.received, Decimal(0))


@frozen(kw_only=True)
class PurchaseOrder:
    """A purchase order with its lines."""

    id: str = field(validator=filled)
    """Id in the POS."""
    number: str = ""
    """Order number (reference)."""
    note: str = ""
    """Note shown to the merchant."""
    supplier_id: str | None = None
    """Id of the supplier."""
    outlet_id: str = ""
    """Id of the outlet (shop) where goods arrive."""
    status: PurchaseStatus = PurchaseStatus.OPEN
    """Where it stands."""
    status_word: str = ""
    """The POS's own word for a status that is not known here, empty for one that is."""
    created_at: datetime | None = field(default=None, validator=aware)
    """Date of the order."""
    due_at: datetime | None = field(default=None, validator=aware)
    """Delivery date."""
    deleted: bool = False
    """Deleted there."""
    charges: Charges | None = None
    """Freight and surcharge; None where the POS has no field for them."""
    lines: tuple[PurchaseLine, ...] | None = None
    """None where the lines were not read."""
    origin: Origin | None = field(default=None, eq=False)
    """System, id and version."""

    @property
    def number_key(self) -> str:
        """The number folded for comparison, as names are: a person may have typed it."""
        return name_key(self.number)

    @property
    def revision(self) -> str:
        """The POS's version of it, empty where that is not told."""
        return self.origin.revision if self.origin else ""

    @property
    def standing(self) -> str:
        """Where it stands, in a word for people: the POS's own where it is not known here."""
        return self.status_word or self.status.value
