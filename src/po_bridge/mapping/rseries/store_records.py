"""Wire tables of vendors, manufacturers, tags and shops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import fields, frozen

from ...models.named_record import NamedRecord
from ...models.store import Outlet
from ..rule import Rule, part, rule
from ..table import Table, table
from ..words import TEXT
from .collections import rows_of
from .wire_form import BLANK, FLAG, ID, origin_by

_NR: Final = fields(NamedRecord)
_OU: Final = fields(Outlet)


@frozen(kw_only=True)
class NamedEntity:
    """A kind of record that is little more than a name."""

    entity: str
    """Its name in addresses and answers."""
    key: str
    """Its id there."""
    table: Table[NamedRecord]
    """Reads a list of them."""

    def read(self, document: Any, system: str) -> tuple[NamedRecord, ...]:
        """Read a list; raises BadDocument."""
        rows = rows_of(document, self.entity)
        return self.table.read_all(rows, name=self.entity, context={"system": system})

    def write(self, name: str) -> dict[str, Any]:
        """Write a new one."""
        record = NamedRecord(id="-", name=name)
        document: dict[str, Any] = self.table.write_all((record,))[self.entity][0]
        return document


def _entity(entity: str, key: str, title: str, *, archived: bool, ignored: tuple[str, ...]) -> NamedEntity:
    rules: tuple[Rule, ...] = (
        rule(_NR.id, read=key, codec=ID),
        rule(_NR.name, "name", TEXT, default="", absent=BLANK, always_written=True),
        part(_NR.origin, ".", origin_by(key)),
    )
    dead = rule(_NR.deleted, read="archived", codec=FLAG, default=False, absent=BLANK)
    made = table(
        NamedRecord,
        (*rules, dead) if archived else rules,
        over=(entity,),
        ignored=ignored,
        left_out=() if archived else (_NR.deleted,),
        title=title,
    )
    return NamedEntity(entity=entity, key=key, table=made)


VENDOR: Final = _entity(
    "Vendor",
    "vendorID",
    "Vendor",
    archived=True,
    ignored=(
        "accountNumber",
        "priceLevel",
        "updatePrice",
        "updateCost",
        "updateDescription",
        "shareSellThrough",
        "b2bSellerUID",
        "purchasingCurrency",
        "Contact",
        "Reps",
        "*",
    ),
)
"""Suppliers."""

MANUFACTURER: Final = _entity(
    "Manufacturer", "manufacturerID", "Manufacturer (brand)", archived=False, ignored=("createTime",)
)
"""Brands; they cannot be deleted."""

TAG: Final = _entity("Tag", "tagID", "Tag", archived=False, ignored=())
"""Tags; a name is kept in small letters and without blanks."""


def tag_key(name: str) -> str:
    """A tag's name as the store keeps it: small letters, no blanks."""
    return "".join(name.split()).casefold()


SHOP: Final = table(
    Outlet,
    (
        rule(_OU.id, read="shopID", codec=ID),
        rule(_OU.name, read="name", codec=TEXT, default="", absent=BLANK),
        rule(_OU.zone, read="timeZone", codec=TEXT, default="UTC", absent=BLANK),
    ),
    over=("Shop",),
    ignored=("*",),
    left_out=(_OU.currency,),
    title="Shop",
    note="The currency is the account's.",
)
"""A list of shops."""


def read_shops(document: Any) -> tuple[Outlet, ...]:
    """Read a list of shops without the archived ones; raises BadDocument."""
    rows = rows_of(document, "Shop")
    read = SHOP.read_all(rows, name="shops")
    return tuple(shop for shop, row in zip(read, rows["Shop"], strict=True) if row.get("archived") != "true")


def read_currency(document: Mapping[str, Any]) -> str:
    """The currency of an account's details, empty where they name none."""
    currency = document.get("defaultCurrency")
    code = currency.get("code") if isinstance(currency, dict) else None
    return code if isinstance(code, str) else ""
