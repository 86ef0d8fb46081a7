from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import Store, relations_of

from po_bridge.sandbox.rseries import Switches


def test_defaults_of_a_new_matrix(store: Store) -> None:
    """A new matrix is not taxed and has tax class 0, unlike a new item; its used attributes are empty texts."""
    matrix = store.take("POST", "ItemMatrix", {"description": "T-Shirt", "itemAttributeSetID": "1"})
    assert (matrix["tax"], matrix["taxClassID"], matrix["itemType"]) == ("false", "0", "default")
    assert (matrix["attribute1Values"], matrix["attribute2Values"]) == ("", "")
    assert "attribute3Values" not in matrix


@pytest.mark.parametrize("missing", ["description", "itemAttributeSetID"])
def test_matrix_needs(store: Store, missing: str) -> None:
    """A matrix needs a description and an attribute set."""
    body = {"description": "Tee", "itemAttributeSetID": "1"}
    del body[missing]
    assert "must have" in store.refused("POST", "ItemMatrix", body)


def test_values_follow_the_items(store: Store) -> None:
    """Attribute values are nothing, a bare text or a list, as many as the items have."""
    key = store.matrix()
    store.variant(key, "White", "S")
    one = store.take("GET", f"ItemMatrix/{key}")
    assert (one["attribute1Values"], one["attribute2Values"]) == ("White", "S")
    store.variant(key, "White", "M")
    two = store.take("GET", f"ItemMatrix/{key}")
    assert (two["attribute1Values"], two["attribute2Values"]) == ("White", ["M", "S"])


def test_values_absent_by_a_switch() -> None:
    """Old accounts show no attribute values."""
    store = Store(Switches(values_absent=True))
    assert "attribute1Values" not in store.take("GET", f"ItemMatrix/{store.matrix()}")


def test_items_of_a_matrix(store: Store) -> None:
    """The relation Items holds one item as an object and several as a list; the filter finds the same."""
    key = store.matrix()
    path = f"ItemMatrix/{key}{relations_of(['Items'])}"
    assert "Items" not in store.take("GET", path)
    store.variant(key, "White", "S")
    assert store.take("GET", path)["Items"]["Item"]["description"] == "Crew Tee White S"
    store.variant(key, "White", "M")
    assert len(store.take("GET", path)["Items"]["Item"]) == 2
    assert len(store.rows("Item", itemMatrixID=key)) == 2


def test_names_are_not_unique(store: Store) -> None:
    """Two matrices may bear one description; a search gives both."""
    store.matrix("Tee")
    store.matrix("Tee")
    assert len(store.rows("ItemMatrix", description="Tee")) == 2


def test_archived_matrix_comes_back(store: Store) -> None:
    """DELETE archives a matrix and leaves its items; PUT with archived false brings it back."""
    key = store.matrix()
    store.variant(key, "White", "S")
    assert store.take("DELETE", f"ItemMatrix/{key}")["archived"] == "true"
    assert (store.rows("ItemMatrix"), len(store.rows("Item"))) == ([], 1)
    store.take("PUT", f"ItemMatrix/{key}", {"archived": "false"})
    assert len(store.rows("ItemMatrix")) == 1


def test_set_is_fixed_once_there_are_items(store: Store) -> None:
    """The attribute set can be changed before the first item only."""
    key = store.matrix()
    assert store.take("PUT", f"ItemMatrix/{key}", {"itemAttributeSetID": "3"})["itemAttributeSetID"] == "3"
    store.take("PUT", f"ItemMatrix/{key}", {"itemAttributeSetID": "1"})
    store.variant(key, "White", "S")
    answer = store.plain("PUT", f"ItemMatrix/{key}", {"itemAttributeSetID": "3"})
    assert answer.status == 400


@pytest.mark.parametrize("nested", [True, False], ids=["made", "ignored"])
def test_nested_items(nested: bool) -> None:
    """Items in a new matrix are ignored, or made by a switch."""
    store = Store(Switches(nested_items=nested))
    attributes = {"itemAttributeSetID": "1", "attribute1": "Red", "attribute2": "S"}
    body = {
        "description": "Tee",
        "itemAttributeSetID": "1",
        "Items": {"Item": [{"description": "x", "ItemAttributes": attributes}]},
    }
    assert store.plain("POST", "ItemMatrix", body).status == 200
    assert [row["description"] for row in store.rows("Item")] == (["Tee Red S"] if nested else [])
    assert bool(store.sandbox.ignored) is not nested


def test_built_in_sets(store: Store) -> None:
    """The built-in sets are those that were recorded; Size names its second attribute only."""
    sets = {row["name"]: row for row in store.rows("ItemAttributeSet")}
    assert list(sets) == ["Color/Size", "Size", "Color", "3 Attributes"]
    assert (sets["Size"]["attributeName1"], sets["Size"]["attributeName2"]) == ("", "Size")
    other = Store(Switches(size_in_first_slot=True))
    assert other.take("GET", "ItemAttributeSet/2")["attributeName1"] == "Size"


def test_own_sets(store: Store) -> None:
    """An own set gets number 5 and can be changed and archived; a built-in one cannot."""
    made = store.take("POST", "ItemAttributeSet", {"name": "Fit", "attributeName1": "Fit"})
    assert (made["itemAttributeSetID"], made["system"]) == ("5", "false")
    store.take("PUT", "ItemAttributeSet/5", {"archived": "true"})
    assert len(store.rows("ItemAttributeSet")) == 4
    store.refused("PUT", "ItemAttributeSet/1", {"name": "Other"})
    fixed = Store(Switches(sets_writable=False))
    fixed.refused("POST", "ItemAttributeSet", {"name": "Fit"})


def test_stock_row_can_be_told_when_to_reorder(store: Store) -> None:
    """Of a stock row only reorder point and level can be written."""
    store.item()
    row = store.rows("ItemShop", shopID=store.shop)[0]
    changed = store.take("PUT", f"ItemShop/{row['itemShopID']}", {"reorderPoint": "3", "reorderLevel": 9})
    assert (changed["reorderPoint"], changed["reorderLevel"]) == ("3", "9")
    store.plain("PUT", f"ItemShop/{row['itemShopID']}", {"qoh": "4"})
    assert store.take("GET", f"ItemShop/{row['itemShopID']}")["qoh"] == "0"
