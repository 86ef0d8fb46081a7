from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import Store, relations_of

from po_bridge.sandbox.rseries import Account, Switches

CONTACT = {
    "Addresses": {"ContactAddress": {"address1": "1 Example Street", "city": "Exampletown", "zip": "90000"}},
    "Emails": {"ContactEmail": [{"address": "a@b.test", "useType": "Primary"}, {"address": "c@d.test"}]},
    "custom": "x",
    "noMail": True,
}


def test_new_vendor(store: Store) -> None:
    """A vendor needs a name and has the catalogue switches off."""
    vendor = store.take("POST", "Vendor", {"name": "ACME", "accountNumber": "42", "b2bSellerUID": "u"})
    assert (vendor["name"], vendor["accountNumber"], vendor["b2bSellerUID"]) == ("ACME", "42", "u")
    assert {vendor[name] for name in ("updatePrice", "updateCost", "updateDescription")} == {"false"}
    assert "Contact" not in vendor
    for body in ({}, {"name": "  "}):
        assert store.refused("POST", "Vendor", body) == "name cannot be blank."


def test_contact_of_a_vendor(store: Store) -> None:
    """A contact comes back where the relation is loaded: one as object, several as list, none as empty text."""
    key = store.take("POST", "Vendor", {"name": "ACME", "Contact": CONTACT})["vendorID"]
    contact = store.take("GET", f"Vendor/{key}{relations_of(['Contact'])}")["Contact"]
    assert contact["Addresses"] == CONTACT["Addresses"]
    assert contact["Emails"] == CONTACT["Emails"]
    assert (contact["Phones"], contact["noMail"], contact["noEmail"]) == ("", "true", "false")
    phones = {"Phones": {"ContactPhone": {"number": "555", "useType": "Work"}}}
    store.take("PUT", f"Vendor/{key}", {"name": "ACME", "Contact": phones})
    contact = store.take("GET", f"Vendor/{key}?load_relations=all")["Contact"]
    assert (contact["Phones"], contact["Addresses"]) == (phones["Phones"], CONTACT["Addresses"])


@pytest.mark.parametrize("hidden", [True, False])
def test_update_of_a_vendor_without_name(hidden: bool) -> None:
    """A PUT without name leaves the name; the answer may lack it, as was recorded."""
    store = Store(Switches(vendor_name_hidden=hidden))
    changed = store.take("PUT", f"Vendor/{store.vendor}", {"accountNumber": "7"})
    assert ("name" in changed) is not hidden
    assert store.take("GET", f"Vendor/{store.vendor}")["name"] == "Northwind"


def test_archived_vendor(store: Store) -> None:
    """DELETE archives a vendor; a search finds it with archived=true only."""
    assert store.take("DELETE", f"Vendor/{store.vendor}")["archived"] == "true"
    assert store.rows("Vendor", name="Northwind") == []
    assert len(store.rows("Vendor", name="Northwind", archived="true")) == 1


@pytest.mark.parametrize("unique", [True, False])
def test_equal_names(unique: bool) -> None:
    """Two vendors and two brands may bear one name, or not by a switch; letter case is no difference then."""
    store = Store(Switches(names_unique=unique))
    for path in ("Vendor", "Manufacturer"):
        store.ask("POST", path, {"name": "Northwind"})
        answer = store.ask("POST", path, {"name": "NORTHWIND"})
        assert (answer.status == 400) is unique
    assert store.ask("PUT", "Vendor/1", {"name": "Northwind"}).status == 200


def test_currency_of_a_vendor() -> None:
    """A vendor that is paid in another currency shows it with its rate."""
    store = Store(account=Account(rates={"CAD": "0.75"}))
    key = store.sandbox.add_vendor("Maple", currency="CAD")
    currency = store.take("GET", f"Vendor/{key}")["purchasingCurrency"]
    assert (currency["code"], currency["rate"]) == ("CAD", "0.75")
    detail = store.ask("GET", "/API/V3/Account/123456.json").read_json()
    assert len(detail["purchasingCurrencies"]["purchasingCurrency"]) == 2


def test_brands(store: Store) -> None:
    """A brand can be made, renamed and read, and cannot be deleted."""
    key = store.take("POST", "Manufacturer", {"name": "Retail"})["manufacturerID"]
    assert store.take("PUT", f"Manufacturer/{key}", {"name": "Other"})["name"] == "Other"
    assert store.rows("Manufacturer", name="Other")[0]["manufacturerID"] == key
    assert store.refused("POST", "Manufacturer", {"name": ""}) == "name cannot be blank."


def test_tags_are_stored_in_normal_form(store: Store) -> None:
    """A tag is stored in lower case without blanks; the same one again is the same record."""
    assert store.take("POST", "Tag", {"name": "New Tag"}) == {"tagID": "1", "name": "newtag"}
    assert store.take("POST", "Tag", {"name": "newTAG"})["tagID"] == "1"
    assert store.take("PUT", "Tag/1", {"name": "Old Tag"})["name"] == "oldtag"
    store.refused("POST", "Tag", {"name": " "})


def test_deleted_tag_leaves_everything(store: Store) -> None:
    """A deleted tag is gone from the list and from the items that bore it."""
    item = store.item(Tags={"tag": [{"name": "a"}, {"name": "b"}]})
    matrix = store.matrix(Tags={"tag": {"name": "a"}})
    assert store.take("DELETE", "Tag/1")["name"] == "a"
    assert store.take("GET", f"Item/{item}?load_relations=all")["Tags"]["tag"] == "b"
    assert store.take("GET", f"ItemMatrix/{matrix}?load_relations=all")["Tags"] == ""
    assert store.ask("GET", "Tag/1").status == 404


@pytest.mark.parametrize("writable", [True, False])
def test_tags_of_items_are_a_switch(writable: bool) -> None:
    """Tags in the body of an item are kept, or ignored by a switch."""
    store = Store(Switches(tags_writable=writable))
    item = store.item(Tags={"tag": {"name": "a"}})
    assert bool(store.take("GET", f"Item/{item}?load_relations=all")["Tags"]) is writable


def test_tree_of_categories(store: Store) -> None:
    """A category knows its depth, path and place in the tree; writes renumber the others."""
    top = store.take("POST", "Category", {"name": "Misc", "parentID": "0"})["categoryID"]
    home = store.take("POST", "Category", {"name": "Home", "parentID": top})["categoryID"]
    bath = store.take("POST", "Category", {"name": "Bath"})
    assert (bath["leftNode"], bath["rightNode"], bath["nodeDepth"]) == ("5", "6", "0")
    inner = store.take("GET", f"Category/{home}{relations_of(['Parent'])}")
    assert (inner["fullPathName"], inner["nodeDepth"], inner["leftNode"]) == ("Misc/Home", "1", "2")
    assert inner["Parent"]["rightNode"] == "4"
    store.take("POST", "Category", {"name": "Kitchen", "parentID": top})
    assert store.take("GET", f"Category/{bath['categoryID']}")["leftNode"] == "7"


def test_equal_categories_and_loops(store: Store) -> None:
    """Equal category names stand side by side; a category cannot stand below itself."""
    first = store.take("POST", "Category", {"name": "Tees"})["categoryID"]
    second = store.take("POST", "Category", {"name": "Tees", "parentID": first})["categoryID"]
    assert len(store.rows("Category", name="Tees")) == 2
    store.refused("PUT", f"Category/{first}", {"parentID": second})
    assert store.refused("POST", "Category", {"name": ""}) == "name cannot be blank."


def test_deleted_category(store: Store) -> None:
    """A deleted category is gone for good; items in it go to the one above."""
    top = store.take("POST", "Category", {"name": "Misc"})["categoryID"]
    low = store.take("POST", "Category", {"name": "Home", "parentID": top})["categoryID"]
    item = store.item(categoryID=low)
    store.take("DELETE", f"Category/{low}")
    assert store.take("GET", f"Item/{item}")["categoryID"] == top
    assert store.ask("GET", f"Category/{low}").status == 404


def test_shops_and_price_levels(store: Store) -> None:
    """Shops tell their zone; closed ones are hidden; the price levels of a new account are three."""
    assert store.take("GET", "Shop/1")["timeZone"] == "US/Pacific"
    assert [row["name"] for row in store.rows("PriceLevel")] == ["Default", "MSRP", "Online"]
    assert store.take("GET", "PriceLevel/2")["canBeArchived"] == "false"
