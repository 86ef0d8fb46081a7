from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import Store

from po_bridge.sandbox.rseries import RIGHTS, Switches


def status(store: Store, token: str, path: str) -> int:
    """Give the status that a token gets for a read."""
    return store.ask("GET", path, token=token).status


RIGHT = [
    ("GET", "Order", "purchase_orders"),
    ("POST", "OrderLine", "purchase_orders"),
    ("POST", "Vendor", "vendors"),
    ("POST", "Manufacturer", "manufacturers"),
    ("POST", "Category", "categories"),
    ("POST", "Tag", "tags"),
]


@pytest.mark.parametrize(("method", "path", "right"), RIGHT, ids=[f"{row[0]} {row[1]}" for row in RIGHT])
def test_missing_right_is_403(store: Store, method: str, path: str, right: str) -> None:
    """What a token lacks by its scopes, or its employee by his rights, is refused."""
    others = [f"employee:{name}" for name in RIGHTS if name != right]
    body: dict[str, object] | None = {} if method == "POST" else None
    assert store.ask(method, path, body, token=store.sandbox.add_token(others)).status == 403
    store.sandbox.state.rights -= {right}
    assert store.ask(method, path, body).status == 403


def test_goods_need_one_of_several_rights(store: Store) -> None:
    """Items are read with any right for goods and written with fewer of them."""
    reader = store.sandbox.add_token(["employee:inventory_read"])
    assert status(store, reader, "Item") == 200
    assert store.ask("POST", "Item", {"description": "Mug"}, token=reader).status == 403
    writer = store.sandbox.add_token(["employee:inventory"])
    assert store.ask("POST", "Item", {"description": "Mug"}, token=writer).status == 200
    stranger = store.sandbox.add_token(["employee:vendors"])
    assert status(store, stranger, "Item") == 403


@pytest.mark.parametrize("cut", [True, False])
def test_session_lists_rights(cut: bool) -> None:
    """The session tells the employee's rights as text, cut with the scopes of the token by a switch."""
    store = Store(Switches(session_cut=cut))
    store.sandbox.state.rights -= {"vendors"}
    token = store.sandbox.add_token(["employee:purchase_orders"])
    rights = store.ask("GET", "/API/Session.json", token=token).read_json()["Rights"]
    assert (rights["purchase_orders"], rights["vendors"]) == ("true", "false")
    assert rights["tags"] == ("false" if cut else "true")


def test_other_account_is_403(store: Store) -> None:
    """The token opens its own account only."""
    assert store.ask("GET", "/API/V3/Account/999/Shop.json").status == 403


def test_account_of_a_token(store: Store) -> None:
    """The account list holds one object; its detail is not wrapped and tells the currency."""
    listed = store.ask("GET", "/API/V3/Account.json").read_json()
    assert listed["Account"]["accountID"] == "123456"
    detail = store.ask("GET", "/API/V3/Account/123456.json").read_json()
    assert detail["defaultCurrency"]["code"] == "USD"
