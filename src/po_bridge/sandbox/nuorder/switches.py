"""What the vendor leaves unsaid, as settings of the emulator."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from http import HTTPStatus

from attrs import frozen


class Schemes(Enum):
    """Which ways of signing are accepted."""

    STANDARD = "standard"
    """RFC 5849 only."""
    VENDOR = "vendor"
    """The scheme of the vendor's own sample only."""
    BOTH = "both"
    """Either, as public integrations found it."""


class DateMeaning(Enum):
    """What the date list goes by."""

    CREATED = "created_on"
    MODIFIED = "modified_on"


@frozen(kw_only=True)
class Switches:
    """One reading of the vendor's open questions."""

    schemes: Schemes = Schemes.BOTH
    """Accepted signatures; the vendor's own scheme is refused on any address with a query in any case."""
    window: timedelta = timedelta(seconds=300)
    """How far a time stamp may be from the emulator's clock, either way; nonces are remembered as long."""
    concurrent: int = 5
    """Calls that may be under way at once; one more is answered with 429."""
    call_seconds: float = 0.0
    """How long a call is under way by the emulator's clock; it is also the answer's delay.

    With 0 no two calls ever overlap.
    """
    retry_after: bool = False
    """Whether a 429 carries Retry-After; no recording has one."""
    dates: DateMeaning = DateMeaning.CREATED
    """What `start_date` and `end_date` of the date list compare with; both days count in."""
    retailer_finds_numbers: bool = True
    """Whether the retailer's host reads an order by its number."""
    retailer_finds_dates: bool = True
    """Whether the retailer's host has the date list."""
    retailer_refusal: HTTPStatus = HTTPStatus.FORBIDDEN
    """Status with which the retailer's host refuses what it does not offer."""
    retailer_creates: bool = False
    """Whether a retailer's credential may create and update orders; no public integration does."""
    cancelled_units_leave: bool = True
    """Whether cancelled units leave the size's quantity; if not, only the order's counters tell of them."""
    partial_word: str = "partial"
    """Word in `__shipment_status` while units are outstanding; all such words are guesses."""
    shipped_word: str = "shipped"
    """Word of a shipment on its way, and of the order when nothing is outstanding."""
    delivered_word: str = "delivered"
    """Word of a shipment that arrived, and of the order when all did."""
