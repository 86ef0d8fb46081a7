from __future__ import annotations

import json
from datetime import UTC, datetime

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.rseries import RSeriesSandbox
from po_bridge.sandbox.seed import BRAND, OUTLETS, seed_rseries
from po_bridge.sandbox.seed.store_rows import ROWS


def seeded() -> RSeriesSandbox:
    """Give the shop's account."""
    sandbox = RSeriesSandbox(clock=lambda: datetime(2026, 10, 5, 9, tzinfo=UTC))
    seed_rseries(sandbox)
    return sandbox


def test_account_holds_what_the_shop_sells() -> None:
    """Every row is an item with its numbers; rows with options are items of a matrix of their name."""
    state = seeded().state
    assert sorted(item.custom_sku for item in state.items) == sorted(row.sku for row in ROWS)
    styles = {(row.supplier, row.name) for row in ROWS if row.options}
    assert len(state.matrices) == len(styles)
    for row in ROWS:
        item = next(each for each in state.items if each.custom_sku == row.sku)
        assert {item.upc, item.ean} - {""} == {code for kind, code in row.codes if kind in ("UPC", "EAN")}
        assert [each.value for each in item.vendor_nums] == ([row.supplier_code] if row.supplier_code else [])
        assert {value for value in item.attributes if value} == set(row.options.values())
        assert item.archived is not row.active


def test_shops_and_token_work() -> None:
    """The shops bear the names that addresses lead to, and the token reads the brand as a vendor."""
    sandbox = RSeriesSandbox(clock=lambda: datetime(2026, 10, 5, 9, tzinfo=UTC))
    account = seed_rseries(sandbox)
    assert set(account.shops) == set(OUTLETS.values())
    answer = sandbox.handle(
        Request(
            method="GET",
            address="https://api.lightspeedapp.com/API/V3/Account/123456/Vendor.json",
            headers={"authorization": f"Bearer {account.token}"},
        )
    )
    assert isinstance(answer, Response)
    assert json.loads(answer.body)["Vendor"][0]["name"] == BRAND


def test_seed_is_the_same_each_time() -> None:
    """Two seeded accounts are equal, down to their numbers."""
    first, second = seeded(), seeded()
    assert first.digest() == second.digest()
    assert first.state == second.state
