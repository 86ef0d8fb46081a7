from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from tests.sandbox.rseries.store import Store

from po_bridge.sandbox.rseries import LongText, Switches


def test_defaults_of_a_new_item(store: Store) -> None:
    """Only the description is needed; tax, tax class and web shop have the vendor's defaults, prices are zero."""
    item = store.take("POST", "Item", {"description": "Mug"})
    expected = {
        "description": "Mug",
        "tax": "true",
        "discountable": "true",
        "itemType": "default",
        "taxClassID": "1",
        "publishToEcom": "true",
        "defaultCost": "0",
        "itemMatrixID": "0",
        "systemSku": "210000000001",
    }
    assert expected.items() <= item.items()
    assert [price["amount"] for price in item["Prices"]["ItemPrice"]] == ["0", "0", "0"]


def test_new_item_shows_its_stock_rows(store: Store) -> None:
    """The answer to a new item holds a stock row for each shop and one more, the sum, under shop 0."""
    store.sandbox.add_shop("Kiosk")
    rows = store.take("POST", "Item", {"description": "Mug"})["ItemShops"]["ItemShop"]
    assert [row["shopID"] for row in rows] == ["1", "2", "0"]


@pytest.mark.parametrize(
    "body", [{}, {"description": ""}, {"description": None}], ids=["none", "empty", "null"]
)
def test_item_needs_a_description(store: Store, body: dict[str, object]) -> None:
    """Without a description the vendor's recorded refusal comes, as JSON under an HTML media type."""
    answer = store.ask("POST", "Item", body)
    assert answer.read_json() == {
        "httpCode": "400",
        "httpMessage": "Bad Request",
        "message": "Item not created. An Item must have a description.",
        "errorClass": "Exception",
    }
    assert answer.headers["content-type"] == "text/html; charset=UTF-8"


def test_department_and_season_are_kept(store: Store) -> None:
    """Department and season of an item and a matrix are kept as numbers."""
    for record in (
        store.take("POST", "Item", {"description": "Mug", "departmentID": "3", "seasonID": 4}),
        store.take(
            "POST",
            "ItemMatrix",
            {"description": "Tee", "itemAttributeSetID": "1", "departmentID": 3, "seasonID": "4"},
        ),
    ):
        assert (record["departmentID"], record["seasonID"]) == ("3", "4")


def test_default_of_the_web_shop_is_a_switch() -> None:
    """Whether an item is published where nothing is said is open; what is said counts."""
    store = Store(Switches(publish_default=False))
    assert store.take("POST", "Item", {"description": "Mug"})["publishToEcom"] == "false"
    assert (
        store.take("POST", "Item", {"description": "Mug", "publishToEcom": True})["publishToEcom"] == "true"
    )


def test_update_is_partial(store: Store) -> None:
    """A PUT changes the named fields only; an empty text clears."""
    key = store.item(customSku="A-1", manufacturerSku="M-1", defaultCost="4.50")
    changed = store.take("PUT", f"Item/{key}", {"customSku": "", "defaultCost": 5})
    assert (changed["customSku"], changed["manufacturerSku"], changed["defaultCost"]) == ("", "M-1", "5")
    message = store.refused("PUT", f"Item/{key}", {"description": ""})
    assert message == "Item not updated. An Item must have a description."


@pytest.mark.parametrize("native", [True, False], ids=["native", "text"])
def test_scalars_come_as_text_or_as_json(store: Store, native: bool) -> None:
    """Numbers, flags and numbers of records may come as JSON values or as text, and go out as text."""
    body: dict[str, object] = {"description": "Mug", "defaultCost": 4.5, "tax": False, "defaultVendorID": 1}
    if not native:
        body = {name: json.dumps(value).strip('"') for name, value in body.items()}
    item = store.take("POST", "Item", body)
    assert (item["defaultCost"], item["tax"], item["defaultVendorID"]) == ("4.5", "false", "1")


def test_unknown_members_are_dropped_and_noted(store: Store) -> None:
    """A misspelled member is dropped without an error, here as there; the emulator notes it."""
    answer = store.plain("POST", "Item", {"description": "Mug", "custumSku": "A", "Note": {"txt": "B"}})
    assert answer.status == 200
    assert [line.rpartition(" ")[2] for line in store.sandbox.ignored] == ["custumSku", "Note.txt"]


def test_prices_by_number_and_by_name(store: Store) -> None:
    """A price level is named by number or by name; only the named levels change."""
    prices = [{"amount": "49", "useTypeID": "1"}, {"amount": 52.5, "useType": "MSRP"}]
    key = store.item(Prices={"ItemPrice": prices})
    changed = store.take("PUT", f"Item/{key}", {"Prices": {"ItemPrice": {"amount": "45", "useTypeID": 1}}})
    assert [price["amount"] for price in changed["Prices"]["ItemPrice"]] == ["45", "52.5", "0"]


def test_unknown_price_level_is_refused(store: Store) -> None:
    """A price of a level that the account has not is refused."""
    prices = {"ItemPrice": {"amount": "1", "useType": "Wholesale"}}
    assert "useType" in store.refused("POST", "Item", {"description": "Mug", "Prices": prices})


def test_variant_is_named_after_its_matrix(store: Store) -> None:
    """The description of a variant becomes that of the matrix and its attributes, whatever was sent."""
    item = store.variant(store.matrix("Crew Tee"), "White", "S")
    assert item["description"] == "Crew Tee White S"
    assert item["ItemAttributes"]["attribute2"] == "S"
    assert item["ItemMatrix"]["attribute1Values"] == "White"


def test_variant_keeps_its_name_by_a_switch() -> None:
    """Where the vendor does not rename variants, they keep what was sent."""
    store = Store(Switches(variant_named=False))
    assert store.variant(store.matrix(), "White", "S")["description"] == "x"


def test_variant_inherits_nothing(store: Store) -> None:
    """Cost and prices of a matrix are not those of its items."""
    matrix = store.matrix(defaultCost="20", Prices={"ItemPrice": {"amount": "20", "useTypeID": "1"}})
    item = store.variant(matrix, "White", "S")
    assert (item["defaultCost"], item["Prices"]["ItemPrice"][0]["amount"]) == ("0", "0")
    assert item["ItemMatrix"]["defaultCost"] == "20"


ATTRIBUTES: list[tuple[str, dict[str, str] | None, str]] = [
    ("none", None, "You must set at least one ItemAttributes attribute on an ItemMatrix Item."),
    (
        "no set",
        {"attribute1": "White"},
        "Item not created. You can not set ItemAttributes without specifying a itemAttributeSetID",
    ),
    (
        "other set",
        {"itemAttributeSetID": "3", "attribute1": "White"},
        (
            "Item.ItemAttributes.itemAttributesSetID and the itemAttributesSetID in corresponding matrix"
            " object do not match."
        ),
    ),
    (
        "all empty",
        {"itemAttributeSetID": "1"},
        "You must set at least one ItemAttributes attribute on an ItemMatrix Item.",
    ),
    (
        "unused slot",
        {"itemAttributeSetID": "1", "attribute3": "Wool"},
        (
            "Cannot set attribute3 on an Item with ItemAttributeSet type Color/Size. Valid fields are"
            " attribute1, attribute2"
        ),
    ),
]


@pytest.mark.parametrize(
    ("attributes", "message"), [row[1:] for row in ATTRIBUTES], ids=[row[0] for row in ATTRIBUTES]
)
def test_attributes_must_fit_the_matrix(
    store: Store, attributes: dict[str, str] | None, message: str
) -> None:
    """Attributes that do not fit the matrix are refused in the vendor's words."""
    body: dict[str, object] = {"description": "x", "itemMatrixID": store.matrix()}
    if attributes is not None:
        body["ItemAttributes"] = attributes
    answer = store.plain("POST", "Item", body)
    assert (answer.status, answer.read_json()["message"]) == (400, message)


def numbers(item: Any) -> list[tuple[str, str]]:
    """Give vendor and value of the vendor numbers of an item."""
    found = item["ItemVendorNums"]["ItemVendorNum"]
    return [(row["vendorID"], row["value"]) for row in (found if isinstance(found, list) else [found])]


def test_vendor_numbers_are_one_for_each_vendor(store: Store) -> None:
    """A number of another vendor is added, one of the same vendor replaces; a single one is an object."""
    other = store.sandbox.add_vendor("Other")
    key = store.item(ItemVendorNums={"ItemVendorNum": {"vendorID": store.vendor, "value": "A", "cost": "5"}})
    changed = store.take(
        "PUT", f"Item/{key}", {"ItemVendorNums": {"ItemVendorNum": [{"vendorID": other, "value": "B"}]}}
    )
    assert numbers(changed) == [("1", "A"), ("2", "B")]
    changed = store.take(
        "PUT", f"Item/{key}", {"ItemVendorNums": {"ItemVendorNum": {"vendorID": store.vendor, "value": "C"}}}
    )
    assert numbers(changed) == [("1", "C"), ("2", "B")]
    assert changed["ItemVendorNums"]["ItemVendorNum"][0]["cost"] == "5"


def test_bad_vendor_numbers_are_refused(store: Store) -> None:
    """Two numbers of one vendor and an empty number are refused in the vendor's words."""
    two = {"ItemVendorNum": [{"vendorID": 1, "value": "A"}, {"vendorID": 1, "value": "B"}]}
    message = store.refused("POST", "Item", {"description": "Mug", "ItemVendorNums": two})
    assert message == "You can not have more than one ItemVendorNum for each vendorID."
    empty = {"ItemVendorNums": {"ItemVendorNum": {"vendorID": 1, "value": ""}}}
    answer = store.plain("PUT", f"Item/{store.item()}", empty)
    assert answer.read_json()["message"] == (
        "Item not updated. You can not set an ItemVendorNum without specifying a value."
    )


def test_tags_are_replaced(store: Store) -> None:
    """PUT of tags replaces the whole set, in the form in which tags are stored; the tags of a matrix stay its own."""
    matrix = store.matrix()
    key = store.variant(matrix, "White", "S")["itemID"]
    store.take("PUT", f"ItemMatrix/{matrix}", {"Tags": {"tag": [{"name": "Summer"}]}})
    for names in (["FW 26", "imported"], ["Sale"], []):
        store.take("PUT", f"Item/{key}", {"Tags": {"tag": [{"name": name} for name in names]}})
        tags = store.take("GET", f"Item/{key}?load_relations=all")["Tags"]
        found = tags and (tags["tag"] if isinstance(tags["tag"], list) else [tags["tag"]])
        assert list(found) == ["".join(name.lower().split()) for name in names]
    assert [row["name"] for row in store.rows("Tag")] == ["summer", "fw26", "imported", "sale"]


def test_archived_item_comes_back(store: Store) -> None:
    """DELETE archives an item and empties its stock; PUT with archived false brings it back, without the stock."""
    key = store.item()
    store.merchant.set_stock(int(key), store.shop, 7)
    assert store.take("DELETE", f"Item/{key}")["archived"] == "true"
    assert store.rows("Item") == []
    assert [row["itemID"] for row in store.rows("Item", archived="only")] == [key]
    item = store.take("PUT", f"Item/{key}", {"archived": "false"})
    assert (item["archived"], item["ItemShops"]["ItemShop"][0]["qoh"]) == ("false", "0")


def test_put_cannot_archive(store: Store) -> None:
    """PUT with archived true changes nothing."""
    answer = store.plain("PUT", f"Item/{store.item()}", {"archived": "true"})
    assert answer.read_json()["Item"]["archived"] == "false"


def test_stock_is_set_by_shop(store: Store) -> None:
    """PUT of an item sets its stock in a shop; the sum row follows."""
    key = store.item()
    item = store.take("PUT", f"Item/{key}", {"ItemShops": {"ItemShop": {"shopID": store.shop, "qoh": "5"}}})
    assert [row["qoh"] for row in item["ItemShops"]["ItemShop"]] == ["5", "5"]


@pytest.mark.parametrize("way", list(LongText), ids=[way.value for way in LongText])
def test_long_text(way: LongText) -> None:
    """A text beyond the limit is kept, cut or refused."""
    store = Store(Switches(long_text=way, text_length=10))
    answer = store.ask("POST", "Item", {"description": "x" * 11})
    assert answer.status == (400 if way is LongText.REFUSED else 200)
    if answer.status == 200:
        assert len(answer.read_json()["Item"]["description"]) == (10 if way is LongText.CUT else 11)


@pytest.mark.parametrize(
    "body",
    [
        {"description": "x", "categoryID": 99},
        {"description": "x", "itemMatrixID": 99},
        {"description": "x", "defaultCost": "abc"},
        {"description": "x", "tax": "maybe"},
        {"description": ["x"]},
        {"description": "x", "itemType": "thing"},
        [1],
    ],
    ids=["category", "matrix", "number", "flag", "list", "type", "array"],
)
def test_malformed_item_is_refused(store: Store, body: object) -> None:
    """Links to nothing and values of another kind are 400."""
    assert store.plain("POST", "Item", body).status == 400


def test_money_keeps_its_decimals(store: Store) -> None:
    """A cost comes back as the number that was sent, without padding."""
    for written in ("0.1", "19.99", "100000", "3.333"):
        item = store.take("POST", "Item", {"description": "Mug", "defaultCost": written})
        assert Decimal(item["defaultCost"]) == Decimal(written)
        assert "E" not in item["defaultCost"]
