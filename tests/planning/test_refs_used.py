"""What a write waits for, slot by slot: one that is forgotten would be resolved before it was made."""

from __future__ import annotations

from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.refs_of import used_by
from po_bridge.planning.write import AddMembers, CreateFamily, FamilyOption

SUPPLIER = Slot(kind=Kind.SUPPLIER, name="s")
BRAND = Slot(kind=Kind.BRAND, name="b")
FAMILY = Slot(kind=Kind.FAMILY, name="f")
TAGS = (Slot(kind=Kind.TAG, name="t1"), Known(id="t2"), Slot(kind=Kind.TAG, name="t3"))
OPTIONS = (Slot(kind=Kind.OPTION, name="o1"), Slot(kind=Kind.OPTION, name="o2"))
CHOSEN = tuple(FamilyOption(ref=slot, name=slot.name) for slot in OPTIONS)


def test_family_waits_for_supplier_brand_tags_and_options() -> None:
    """A family needs everything it names; what the store has already is not waited for."""
    write = CreateFamily(
        slot=FAMILY,
        name="f",
        description="",
        supplier=SUPPLIER,
        brand=BRAND,
        tags=TAGS,
        options=CHOSEN,
        members=(),
        active=False,
        source_id="",
    )
    assert used_by(write) == (SUPPLIER, BRAND, TAGS[0], TAGS[2], *OPTIONS)


def test_members_wait_for_their_family_supplier_brand_and_options() -> None:
    """Members need their family and everything it names; a slot that is named twice is waited for once."""
    write = AddMembers(
        family=FAMILY,
        family_name="f",
        supplier=SUPPLIER,
        brand=BRAND,
        options=(*CHOSEN, CHOSEN[0]),
        members=(),
        active=False,
    )
    assert used_by(write) == (FAMILY, SUPPLIER, BRAND, *OPTIONS)
