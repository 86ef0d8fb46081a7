"""Writes about families for tests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve
from tests.clients.xseries.store import Store

from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.write import AddMembers, CreateFamily, FamilyOption, Member

COAT = Slot(kind=Kind.FAMILY, name="coat")


def member(size: str, *, price: str | None = "30", values: Sequence[str] | None = None) -> Member:
    """Make a variant of the coat."""
    return Member(
        slot=Slot(kind=Kind.PRODUCT, name=f"coat/{size}"),
        codes=(
            ProductCode(kind=CodeKind.UPC, text=f"01234567890{ord(size) % 10}"),
            ProductCode(kind=CodeKind.CUSTOM, text=f"COAT{size}"),
        ),
        supplier_code=f"C1-{size}",
        supply_price=Decimal("12.345"),
        retail_price=None if price is None else Decimal(price),
        values=(size,) if values is None else tuple(values),
    )


def family(store: Store, sizes: str = "SML", **changes: Any) -> CreateFamily:
    """Make a family write whose supplier, brand and option are there."""
    supplier = Known(id=store.sandbox.add_supplier("Fern"))
    write = CreateFamily(
        slot=COAT,
        name="Coat",
        description="<p>Warm</p>",
        supplier=supplier,
        brand=Known(id=store.sandbox.add_brand("Fern")),
        tags=(Known(id=store.sandbox.add_tag("winter")),),
        options=(FamilyOption(ref=Known(id=store.sandbox.add_attribute("Size")), name="Size"),),
        members=tuple(member(size) for size in sizes),
        active=False,
        source_id="style-1",
    )
    return evolve(write, **changes)


def standard(store: Store) -> CreateFamily:
    """Make a standard product."""
    return family(store, "S", options=(), members=(member("S", values=()),))


def addition(write: CreateFamily, sizes: str, of: str) -> AddMembers:
    """Make the write that adds variants to a family that exists."""
    return AddMembers(
        family=Known(id=of),
        family_name=write.name,
        supplier=write.supplier,
        brand=write.brand,
        options=write.options,
        members=tuple(member(size) for size in sizes),
        active=False,
    )
