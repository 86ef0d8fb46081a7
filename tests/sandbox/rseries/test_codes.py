from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import Store

from po_bridge.sandbox.rseries import Switches

EAN = "4006381333931"
UPC = "012345678905"


@pytest.mark.parametrize("name", ["upc", "ean"])
def test_taken_code_is_refused(store: Store, name: str) -> None:
    """A code in use is refused with 400 on POST and with 422 on PUT; an item may keep its own."""
    key = store.item(**{name: EAN})
    message = store.refused("POST", "Item", {"description": "Cup", name: EAN})
    assert "already exists" in message
    other = store.item("Cup")
    store.refused("PUT", f"Item/{other}", {name: EAN}, status=422)
    assert store.take("PUT", f"Item/{key}", {name: EAN, "description": "New"})["description"] == "New"


def test_codes_of_two_kinds_cross_by_a_switch() -> None:
    """A UPC and the EAN of the same number are two codes, or one by a switch."""
    for crossed in (False, True):
        store = Store(Switches(codes_cross=crossed))
        store.item(upc=UPC)
        answer = store.ask("POST", "Item", {"description": "Cup", "ean": f"0{UPC}"})
        assert (answer.status == 400) is crossed


@pytest.mark.parametrize("free", [True, False])
def test_codes_of_archived_items(free: bool) -> None:
    """An archived item keeps its code, or gives it up by a switch."""
    store = Store(Switches(archived_codes_free=free))
    store.take("DELETE", f"Item/{store.item(upc=UPC)}")
    assert (store.ask("POST", "Item", {"description": "Cup", "upc": UPC}).status == 200) is free


def test_statuses_of_a_taken_code_are_switches() -> None:
    """The statuses of a code in use can be others, and the refusal can be switched off."""
    store = Store(Switches(duplicate_create_status=422, duplicate_update_status=409))
    store.item(upc=UPC)
    store.refused("POST", "Item", {"description": "Cup", "upc": UPC}, status=422)
    store.refused("PUT", f"Item/{store.item('Cup')}", {"upc": UPC}, status=409)
    lax = Store(Switches(duplicates_refused=False))
    lax.item(upc=UPC)
    assert lax.item("Cup", upc=UPC)


@pytest.mark.parametrize("code", ["123", "0123456789012345", "01234567890X"], ids=["short", "long", "letter"])
def test_odd_code_is_refused(store: Store, code: str) -> None:
    """A code without 11 to 14 digits is refused, by a switch taken."""
    body = {"description": "Mug", "upc": code}
    assert "11 to 14" in store.refused("POST", "Item", body)
    assert Store(Switches(odd_codes_refused=False)).plain("POST", "Item", body).status == 200


def test_own_numbers_are_not_unique(store: Store) -> None:
    """Two items may bear one customSku and one manufacturerSku; a search gives both."""
    for _ in range(2):
        store.item(customSku="A", manufacturerSku="B")
    assert len(store.rows("Item", customSku="A")) == 2
