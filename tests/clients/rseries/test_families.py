"""Matrices and items: the attribute set that fits, codes in their members, and probes that no neighbour deceives."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.clients.rseries.store import Store

from po_bridge.clients.rseries import Settings
from po_bridge.errors import Refused
from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Rest, Unclear
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.write import (
    AddMembers,
    CreateFamily,
    CreateOptions,
    FamilyOption,
    Member,
    OptionDraft,
)
from po_bridge.sandbox.rseries import Goods, Switches

COAT = Slot(kind=Kind.FAMILY, name="coat")


def member(size: str, *, codes: Sequence[ProductCode] = (), values: Sequence[str] | None = None) -> Member:
    """Make a variant of the coat."""
    own = ProductCode(kind=CodeKind.UPC, text=f"01234567890{ord(size) % 10}")
    return Member(
        slot=Slot(kind=Kind.PRODUCT, name=f"coat/{size}"),
        codes=tuple(codes) or (own, ProductCode(kind=CodeKind.CUSTOM, text=f"COAT{size}")),
        supplier_code=f"C1-{size}",
        supply_price=Decimal("12.345"),
        retail_price=Decimal(30),
        values=(size,) if values is None else tuple(values),
    )


class Rack:
    """What tests of families start from."""

    def __init__(self, **choices: Any) -> None:
        self.store = Store(**choices)
        self.vendor = str(self.store.sandbox.add_vendor("Fern"))
        self.store.drive(self.store.target.facts())
        self.store.forget()

    def family(self, sizes: str = "", **changes: Any) -> CreateFamily:
        """Make a matrix with the option Size, or a standard product."""
        write = CreateFamily(
            slot=COAT,
            name="Coat",
            description="<p>Warm</p>",
            supplier=Known(id=self.vendor),
            brand=None,
            tags=(),
            options=(FamilyOption(ref=Known(id="2.2"), name="Size"),),
            members=tuple(member(size) for size in sizes),
            active=True,
            source_id="style-1",
        )
        return evolve(write, **changes)

    def standard(self) -> CreateFamily:
        """Make a standard product."""
        return self.family(options=(), members=(member("S", values=()),))

    def addition(self, sizes: str, family: str = "", **changes: Any) -> AddMembers:
        """Make the write that adds variants."""
        write = AddMembers(
            family=Known(id=family) if family else COAT,
            family_name="Coat",
            supplier=Known(id=self.vendor),
            brand=None,
            options=self.family().options,
            members=tuple(member(size) for size in sizes),
            active=True,
        )
        return evolve(write, **changes)

    def sent(self) -> dict[str, Any]:
        """The last body."""
        return self.store.sent()


# --- attribute sets ---------------------------------------------------------------------------


@pytest.mark.parametrize("first", [False, True], ids=["second slot", "first slot"])
def test_values_go_into_the_slot_that_has_the_name(first: bool) -> None:
    """The built-in set Size names its second attribute in some accounts and its first in others."""
    rack = Rack(switches=Switches(size_in_first_slot=first))
    ids = {COAT: "1"}
    option = (FamilyOption(ref=Known(id="2.1" if first else "2.2"), name="Size"),)
    rack.store.perform(rack.family(options=option))
    assert rack.sent()["itemAttributeSetID"] == "2"
    rack.store.perform(rack.addition("S", options=option), ids)
    slot = "attribute1" if first else "attribute2"
    assert rack.sent()["ItemAttributes"] == {"itemAttributeSetID": "2", slot: "S"}


def test_options_of_other_sets_make_up_the_set_that_has_both() -> None:
    """Colour of one set and size of another are the built-in set of both; order follows its slots."""
    rack = Rack()
    options = (
        FamilyOption(ref=Known(id="2.2"), name="Size"),
        FamilyOption(ref=Known(id="3.1"), name="Color"),
    )
    made = rack.store.perform(rack.family(options=options)).made
    one = member("S", values=("S", "Red"))
    rack.store.perform(rack.addition("", options=options, members=(one,)), made)
    assert rack.sent()["ItemAttributes"] == {
        "itemAttributeSetID": "1",
        "attribute1": "Red",
        "attribute2": "S",
    }
    assert rack.sent()["description"] == "Coat Red S"


def test_a_set_that_is_missing_is_made_first() -> None:
    """Where no set has just these attributes one is made, and the matrix is what is left of the step."""
    rack = Rack()
    own = rack.store.sandbox.add_set("Fit/Waist", "Fit", "Waist")
    rack.store.drive(rack.store.target.facts())
    write = rack.family(options=(FamilyOption(ref=Known(id=f"{own}.1"), name="Fit"),))
    assert rack.store.perform(write) == Rest(writes=(write,))
    assert isinstance(rack.store.perform(write), Receipt)
    assert [one.name for one in rack.store.sandbox.state.sets][-1] == "Fit"


def test_options_are_made_together_and_told_once() -> None:
    """One call makes a set of all options; the list tells each name once, by the set that came last."""
    rack = Rack()
    drafts = tuple(OptionDraft(slot=Slot(kind=Kind.OPTION, name=name), name=name) for name in ("Fit", "Size"))
    write = CreateOptions(options=drafts)
    assert rack.store.probe(write) == Absent()
    made = rack.store.perform(write).made
    assert list(made.values()) == ["5.1", "5.2"]
    assert rack.store.probe(write) == Done(receipt=Receipt(made=made, found=True))
    page = rack.store.drive(rack.store.target.changes(Collection.OPTIONS, ""))
    told = {record.name: record.id for record in page.records if hasattr(record, "name")}
    assert told == {
        "Color": "3.1",
        "Size": "5.2",
        "Fit": "5.1",
        "Attribute 1": "4.1",
        "Attribute 2": "4.2",
        "Attribute 3": "4.3",
    }


def test_variants_of_a_store_family_take_the_set_of_their_matrix() -> None:
    """A matrix of the merchant's may have a set of his own; its variants must name that very set."""
    rack = Rack()
    own = rack.store.sandbox.add_set("Taille", "Size")
    matrix = rack.store.sandbox.add_matrix("Coat", set_id=own)
    write = rack.addition("S", str(matrix), options=(FamilyOption(ref=Known(id=f"{own}.1"), name="Size"),))
    rack.store.perform(write)
    assert rack.sent()["ItemAttributes"] == {"itemAttributeSetID": str(own), "attribute1": "S"}


def test_a_matrix_without_the_attribute_takes_no_variant() -> None:
    """Nothing is sent that would be refused in worse words."""
    rack = Rack()
    matrix = rack.store.sandbox.add_matrix("Coat", set_id=3)
    with pytest.raises(Refused, match="no attributes Size"):
        rack.store.perform(rack.addition("S", str(matrix)))
    assert rack.store.writes == 0


# --- items ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "place"),
    [
        (ProductCode(kind=CodeKind.UPC, text="012345678905"), "upc"),
        (ProductCode(kind=CodeKind.EAN, text="4006381333931"), "ean"),
        (ProductCode(kind=CodeKind.ITF, text="10012345678902"), "ean"),
        (ProductCode(kind=CodeKind.EAN, text="96385074"), "customSku"),
        (ProductCode(kind=CodeKind.CUSTOM, text="FERNC1S"), "customSku"),
    ],
    ids=["UPC", "EAN-13", "ITF-14", "EAN-8", "custom"],
)
def test_a_code_stands_in_the_member_that_takes_it_and_is_found_there(code: ProductCode, place: str) -> None:
    """UPC and EAN take 11 to 14 digits; all else is the shop's own number."""
    rack = Rack()
    write = rack.family(options=(), members=(member("S", codes=(code,), values=()),))
    assert rack.store.probe(write) == Absent()
    made = rack.store.perform(write).made
    assert {key for key in ("upc", "ean", "customSku") if rack.sent().get(key)} == {place}
    assert rack.store.probe(write) == Done(receipt=Receipt(made=made, found=True))
    product = rack.store.drive(rack.store.target.changes(Collection.PRODUCTS, "")).records[0]
    assert code.text in {one.text for one in product.codes}  # type: ignore[union-attr]  # a product


def test_a_variant_bears_everything_itself() -> None:
    """Prices, cost and vendor number do not come from the matrix; it stays off the web shop and is taxed."""
    rack = Rack(settings=Settings(vendor_costs=True, price_levels=("Default", "Online"), tax_class="2"))
    made = rack.store.perform(rack.family()).made
    assert rack.sent()["tax"] == "true"
    rack.store.perform(rack.addition("S"), made)
    body = rack.sent()
    assert body["Prices"] == {
        "ItemPrice": [{"useType": "Default", "amount": "30"}, {"useType": "Online", "amount": "30"}]
    }
    assert body["ItemVendorNums"] == {
        "ItemVendorNum": [{"vendorID": rack.vendor, "value": "C1-S", "cost": "12.345"}]
    }
    kept = ("defaultCost", "taxClassID", "tax", "publishToEcom", "defaultVendorID")
    assert [body[key] for key in kept] == ["12.345", "2", "true", "false", rack.vendor]


def test_a_vendor_number_is_never_empty() -> None:
    """One without a value is refused, so the vendor alone is named."""
    rack = Rack()
    rack.store.perform(rack.family(options=(), members=(evolve(member("S", values=()), supplier_code=""),)))
    assert "ItemVendorNums" not in rack.sent()
    page = rack.store.drive(rack.store.target.changes(Collection.PRODUCTS, ""))
    (link,) = page.records[0].suppliers  # type: ignore[union-attr]  # a product
    assert (link.supplier_id, link.code, link.price) == (rack.vendor, "", Decimal("12.345"))


def test_a_code_in_use_is_refused_with_what_to_do() -> None:
    """The words are the store's own; what to do is ours."""
    rack = Rack()
    rack.store.sandbox.add_item(Goods(description="Other", upc=member("S").codes[0].text))
    with pytest.raises(Refused, match="already exists") as refused:
        rack.store.perform(rack.standard())
    assert "link the line" in refused.value.mend


# --- probes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["archived", "twice", "elsewhere"])
def test_a_variant_that_is_not_as_we_would_leave_it_is_a_question(how: str) -> None:
    """An archived item, two of one code, or one outside of the matrix may be the merchant's."""
    rack = Rack(switches=Switches(duplicates_refused=False))
    made = rack.store.perform(rack.family()).made
    write = rack.addition("S")
    match how:
        case "archived":
            item = rack.store.perform(write, made).made[write.members[0].slot]
            rack.store.sandbox.merchant.archive_item(int(item))
        case "twice":
            rack.store.perform(write, made)
            rack.store.perform(write, made)
        case _:
            rack.store.sandbox.add_item(Goods(description="Coat S", custom_sku="COATS"))
    found = rack.store.probe(write, made)
    assert isinstance(found, Unclear)
    assert "look at it in the store" in found.question.text


def test_half_of_the_variants_is_partly() -> None:
    """Those that are missing are steps of their own."""
    rack = Rack()
    made = rack.store.perform(rack.family()).made
    rack.store.perform(rack.addition("S"), made)
    found = rack.store.probe(rack.addition("SML"), made)
    assert isinstance(found, Partly)
    assert [write.members[0].values for write in found.rest.writes] == [("M",), ("L",)]  # type: ignore[union-attr]  # additions


def test_an_item_whose_id_is_the_code_is_not_it() -> None:
    """A search by item code finds ids too, so what comes is compared."""
    rack = Rack()
    item = rack.store.sandbox.add_item(Goods(description="Other"))
    code = ProductCode(kind=CodeKind.UPC, text=f"{item:012}")
    rack.store.sandbox.switches = evolve(rack.store.switches, code_zeros_ignored=True)
    assert rack.store.probe(rack.family(options=(), members=(member("S", codes=(code,)),))) == Absent()


@pytest.mark.parametrize("how", ["archived", "two of a name"])
def test_a_matrix_that_may_be_another_s_is_a_question(how: str) -> None:
    """Descriptions are not unique, and what was put away is not ours to use."""
    rack = Rack()
    made = rack.store.perform(rack.family()).made[COAT]
    if how == "archived":
        rack.store.sandbox.merchant.archive_matrix(int(made))
    else:
        rack.store.sandbox.add_matrix("coat", set_id=2)
    assert isinstance(rack.store.probe(rack.family()), Unclear)


def test_a_matrix_of_before_is_not_ours() -> None:
    """Only what changed since the intent is looked at."""
    rack = Rack()
    rack.store.sandbox.add_matrix("Coat", set_id=2)
    rack.store.clock.sleep(10)
    rack.store.sandbox.add_item(Goods(description="Newer"))
    since = rack.store.positions()
    assert rack.store.probe(rack.family(), {}, since) == Absent()
    rack.store.clock.sleep(10)
    made = rack.store.perform(rack.family()).made
    assert rack.store.probe(rack.family(), {}, since) == Done(receipt=Receipt(made=made, found=True))


def test_tags_ride_along_and_are_known_by_name() -> None:
    """Products tell the names of their tags only, so a tag's name is its id."""
    rack = Rack()
    rack.store.perform(rack.family(tags=(Known(id="newin"),)))
    assert rack.sent()["Tags"] == {"tag": [{"name": "newin"}]}
    page = rack.store.drive(rack.store.target.changes(Collection.TAGS, ""))
    assert [record.id for record in page.records] == ["newin"]
