"""What the vendor leaves unsaid, as choices; each holds for one store."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from .rate import WINDOW
from .versions import ApiVersion


class BodyForm(Enum):
    """How bodies of purchase orders and their lines are sent; bulk lines are a bare list everywhere."""

    BARE = "bare"
    """Members at the top, as in the vendor's tutorial and published collection."""
    WRAPPED = "wrapped"
    """Members in ``data``, as in the vendor's OpenAPI documents."""
    UNKNOWN = "unknown"
    """Bare first; after 400 or 422 the other form, and what was taken is remembered."""


class OrderReading(Enum):
    """Where a purchase order is read, with what was received of it."""

    CONSIGNMENT = "consignment"
    """The order that was written; its lines tell what was received."""
    DELIVERIES = "deliveries"
    """The read-only purchase order of 2026-07; its deliveries tell, in an assumed form. Else the consignment."""


@frozen(kw_only=True)
class Settings:
    """Choices about open questions; None is not known."""

    generation: ApiVersion = ApiVersion.V2026_07
    """The version that is spoken."""
    rows_assumed: bool = False
    """2026-10: whether products are read by its own lists, whose rows are assumed; else by 2026-07 while that lives."""
    images_assumed: bool = False
    """2026-10: whether pictures go to its own address, in an assumed form; else to that of 2026-07."""
    members_wrapped: bool = False
    """2026-10: whether more products of a family stand in ``products``; a bare list is reported."""
    family_delete: bool = True
    """2026-10: whether a family is deleted in one call, which is assumed; else product by product."""
    body: BodyForm = BodyForm.UNKNOWN
    """Form of the bodies of purchase orders."""
    bulk_atomic: bool | None = None
    """True where a refused bulk call is known to have written nothing; otherwise the lines are read again."""
    line_moves_version: bool | None = None
    """Whether a changed line gives its order a new version; True saves the lines of unmoved orders."""
    deleted_codes_free: bool | None = None
    """Whether codes of deleted products may be used again; unless True, planners treat them as taken."""
    orders_read: OrderReading = OrderReading.CONSIGNMENT
    """Where purchase orders are read back."""
    settle: float = 60.0
    """Seconds after sending before *absent* counts."""
    window: float = WINDOW
    """Seconds of a window of the rate limit."""
