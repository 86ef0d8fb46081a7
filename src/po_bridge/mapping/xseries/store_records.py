"""Wire tables of suppliers, brands, tags, variant options, outlets and the store itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import fields

from ...models.named_record import NamedRecord
from ...models.store import Outlet, StoreFacts
from ..rule import Absent, part, rule
from ..table import table
from ..words import ID, TEXT
from .wire_form import NULL, ORIGIN, STAMPED, TAX_FORM

_NR: Final = fields(NamedRecord)
_OU: Final = fields(Outlet)
_SF: Final = fields(StoreFacts)

NAMED: Final = table(
    NamedRecord,
    (
        rule(_NR.id, read="id", codec=ID),
        rule(_NR.name, "name", TEXT),
        rule(_NR.deleted, read="deleted_at", codec=STAMPED, default=False),
        part(_NR.origin, ".", ORIGIN),
    ),
    over=("data",),
    ignored=("^version", "source", "description", "default_markup", "contact", "created_at", "updated_at"),
    title="Supplier, brand, tag, variant option",
)
"""A list of records with a name."""

OUTLET: Final = table(
    Outlet,
    (
        rule(_OU.id, read="id", codec=ID),
        rule(_OU.name, read="name", codec=TEXT, default="", absent=NULL),
        rule(_OU.zone, read="time_zone", codec=TEXT, default="UTC", absent=Absent.BLANK),
        rule(_OU.currency, read="currency", codec=TEXT, default="", absent=NULL),
    ),
    over=("data",),
    ignored=("^version", "*"),
    title="Outlet",
)
"""A list of outlets."""

RETAILER: Final = table(
    StoreFacts,
    (
        rule(_SF.store, read="@store", codec=TEXT),
        rule(_SF.name, read="name", codec=TEXT, default="", absent=NULL),
        rule(_SF.tax_form, read="tax_exclusive", codec=TAX_FORM),
        rule(_SF.currency, read="currency.code", codec=TEXT, default="", absent=NULL),
    ),
    ignored=("*", "currency.symbol"),
    left_out=(_SF.outlets,),
    title="Store",
)
"""The store's settings, without its outlets."""


def read_outlets(document: Mapping[str, Any]) -> tuple[Outlet, ...]:
    """Read a page of outlets without the deleted ones; raises BadDocument."""
    read = OUTLET.read_all(document, name="outlets")
    return tuple(
        outlet for outlet, row in zip(read, document["data"], strict=True) if not row.get("deleted_at")
    )
