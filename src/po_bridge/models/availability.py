"""What a supplier has, or will have, of one size; unknown is not zero."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from .checks import aware, filled, finite


class Basis(Enum):
    """What units are promised from."""

    IMMEDIATE = "immediate"
    """In the warehouse now."""
    FUTURE = "future"
    """Expected on a day."""
    PREBOOK = "prebook"
    """Made to order; as a rule without a limit."""
    UNSTATED = "unstated"
    """The supplier does not say."""


@frozen(kw_only=True)
class Stated:
    """A number of units; zero is sold out."""

    units: Decimal = field(validator=finite)
    """Units as the supplier counts them."""

    def __str__(self) -> str:
        return f"{self.units.normalize():f}"


@frozen(kw_only=True)
class Unlimited:
    """The supplier takes any number."""

    def __str__(self) -> str:
        return "unlimited"


@frozen(kw_only=True)
class Unknown:
    """Nobody states a number; this is not zero."""

    why: str = ""
    """Why it is not known, for people."""

    def __str__(self) -> str:
        return "unknown"


Level = Stated | Unlimited | Unknown
"""How much there is."""


@frozen(kw_only=True)
class Availability:
    """One promise for one size of a style."""

    portal: str = field(validator=filled)
    """Name of the brand portal."""
    style_id: str = field(validator=filled)
    """The source's id of the style."""
    style_number: str = ""
    """Style number; empty where neither the order nor a kept style document told it."""
    style_name: str = ""
    """Product name; empty where no style document was kept."""
    size: str
    """Size as written; empty where the promise is for the whole style."""
    level: Level
    """How much there is."""
    basis: Basis = Basis.UNSTATED
    """What the units are promised from."""
    first_day: date | None = None
    """From when on; None is unknown, or now for immediate ones."""
    last_day: date | None = None
    """Until when; None has no end, or none is stated."""
    warehouse: str = ""
    """The supplier's warehouse, its name or id as written."""
    at: datetime = field(validator=aware)
    """When it was read, aware: its age is counted from here."""
