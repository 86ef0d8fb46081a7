"""Facts of a merchant's POS account."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from .checks import filled


class TaxForm(Enum):
    """Whether retail prices contain tax."""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"


@frozen(kw_only=True)
class Outlet:
    """A place where goods arrive (R-Series: shop)."""

    id: str = field(validator=filled)
    """Id in the POS."""
    name: str = ""
    """Name."""
    zone: str = "UTC"
    """IANA time zone."""
    currency: str = ""
    """ISO 4217 code, empty where the outlet names none."""


@frozen(kw_only=True)
class StoreFacts:
    """What planning must know of a store."""

    store: str = field(validator=filled)
    """Identity of the store, as in the plan."""
    name: str = ""
    """Name for people."""
    tax_form: TaxForm
    """Which retail price is written."""
    currency: str = ""
    """ISO 4217 code of the store."""
    outlets: tuple[Outlet, ...] = ()
    """In the store's order."""
