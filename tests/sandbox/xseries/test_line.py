from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox.xseries import BadRow, Goods, Switches

NOBODY = "02dcd191-ae2b-11e7-f130-000000000000"


class Table(Shop):
    """A shop with three products and an order."""

    def __init__(self, switches: Switches | None = None) -> None:
        super().__init__(switches)
        self.small, self.medium, self.large = self.family("Tee", "SML")
        self.po = self.order()

    def bulk(self, *rows: object) -> Any:
        """Send a bulk call that must succeed."""
        return self.take("POST", f"consignments/{self.po}/bulk", list(rows))

    def put(self, product: str, **figures: object) -> Any:
        """Set figures of a line that must be there."""
        body = {"product_id": product, **figures}
        return self.take("PUT", f"consignments/{self.po}/products/{product}", body)

    def line(self, product: str) -> Any:
        """Read a line."""
        return self.lines(self.po)[product]


@pytest.fixture
def table() -> Table:
    """Give a shop with an order."""
    return Table()


def test_added_line(table: Table) -> None:
    """A line is answered with numbers as text of five decimals, PENDING, nothing received."""
    line = table.add(table.po, table.small, 10, 2.5)
    assert (line["product_id"], line["count"], line["cost"]) == (table.small, "10.00000", "2.50000")
    assert (line["received"], line["product_sku"], line["status"]) == (None, None, "PENDING")
    assert table.read(table.po)["product_count"] == 1
    assert table.line(table.small) == line


@pytest.mark.parametrize("status", [200, 201])
def test_status_of_an_added_line(status: int) -> None:
    """An added line answers 200, or 201 as in 2019, by the switch."""
    table = Table(Switches(added_line_status=status))
    body = {"product_id": table.small, "count": 1}
    assert table.ask("POST", f"consignments/{table.po}/products", body).status == status


@pytest.mark.parametrize("written", [5, 5.0, "5", "5.00000"])
def test_numbers_come_as_number_or_text(table: Table, written: object) -> None:
    """Counts and costs are taken as JSON numbers and as numeric text."""
    assert table.add(table.po, table.small, written, written)["count"] == "5.00000"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"count": 1}, 400),
        ({"product_id": "S"}, 400),
        ({"product_id": "S", "count": "many"}, 400),
        ({"product_id": "S", "count": "-1"}, 400),
        ({"product_id": "S", "count": -1}, 422),
        ({"product_id": "unknown", "count": 1}, 422),
        ({"product_id": "gone", "count": 1}, 422),
        ({"product_id": "set", "count": 1}, 422),
    ],
    ids=["no product", "no count", "word", "negative text", "negative", "unknown", "deleted", "composite"],
)
@pytest.mark.parametrize("way", ["products", "bulk"])
def test_bad_line_is_refused(table: Table, row: dict[str, Any], status: int, way: str) -> None:
    """A line needs a live product that is no composite, and a count that is not negative."""
    gone = table.merchant.create_product(Goods(name="Gone"))
    table.merchant.delete_product(gone)
    whole = table.merchant.create_product(Goods(name="Set", composite=[(table.small, Decimal(2))]))
    ids = {"S": table.small, "gone": gone, "set": whole, "unknown": "unknown"}
    body = {**row, "product_id": ids[row["product_id"]]} if "product_id" in row else row
    answer = table.ask("POST", f"consignments/{table.po}/{way}", [body] if way == "bulk" else body)
    assert answer.status == status
    assert table.lines(table.po) == {}


@pytest.mark.parametrize(("orderable", "expected"), [(True, 200), (False, 422)])
def test_inactive_products_on_orders(orderable: bool, expected: int) -> None:
    """Whether an inactive product can be ordered is a switch."""
    table = Table(Switches(inactive_orderable=orderable))
    draft = table.merchant.create_product(Goods(name="Draft", active=False))
    body = {"product_id": draft, "count": 1}
    assert table.ask("POST", f"consignments/{table.po}/products", body).status == expected


@pytest.mark.parametrize(("from_supplier", "expected"), [(True, "6.50000"), (False, "0.00000")])
def test_missing_cost(from_supplier: bool, expected: str) -> None:
    """Whether a line without cost takes the supplier's price is a switch."""
    table = Table(Switches(cost_from_supplier=from_supplier))
    goods = Goods(name="Mug", supplier_id=table.supplier, supply_price="6.5")
    body = {"product_id": table.merchant.create_product(goods), "count": 1}
    assert table.take("POST", f"consignments/{table.po}/products", body)["cost"] == expected


@pytest.mark.parametrize("refused", [False, True])
def test_adding_a_product_twice(refused: bool) -> None:
    """A second add of one product is summed, or refused by the switch."""
    table = Table(Switches(second_line_refused=refused))
    table.add(table.po, table.small, 2)
    body = {"product_id": table.small, "count": 3, "cost": 4}
    answer = table.ask("POST", f"consignments/{table.po}/products", body)
    assert answer.status == (422 if refused else 200)
    assert table.line(table.small)["count"] == ("2.00000" if refused else "5.00000")


def test_put_sets(table: Table) -> None:
    """PUT sets count and cost to what is sent; what is left out stays."""
    table.add(table.po, table.small, 10, 2)
    assert table.put(table.small, count=4)["count"] == "4.00000"
    assert table.put(table.small, count=4)["count"] == "4.00000"
    assert (table.line(table.small)["cost"], table.put(table.small, cost="3.1")["cost"]) == (
        "2.00000",
        "3.10000",
    )
    assert table.line(table.small)["count"] == "4.00000"


def test_put_answer_can_be_nested() -> None:
    """The document nests the answer of PUT in a collection; the switch does too."""
    table = Table(Switches(put_line_nested=True))
    table.add(table.po, table.small)
    assert [row["product_id"] for row in table.put(table.small, count=1)["data"]] == [table.small]


def test_put_needs_the_line(table: Table) -> None:
    """PUT of a product that is not on the order is 404; another product in the body is 422."""
    path = f"consignments/{table.po}/products/{table.small}"
    assert table.ask("PUT", path, {"product_id": table.small, "count": 1}).status == 404
    table.add(table.po, table.small)
    assert table.ask("PUT", path, {"product_id": table.medium, "count": 1}).status == 422


def test_bulk_adds_and_overwrites_cost(table: Table) -> None:
    """The bulk call adds counts to what is there and sets the cost; it answers the sums by product."""
    row = {"product_id": table.small, "count": 3, "cost": 10}
    assert table.bulk(row, {"product_id": table.medium, "count": "2"}) == {
        table.small: {"count": "3.00000"},
        table.medium: {"count": "2.00000"},
    }
    assert table.bulk({**row, "cost": 11}) == {table.small: {"count": "6.00000"}}
    assert (table.line(table.small)["count"], table.line(table.small)["cost"]) == ("6.00000", "11.00000")
    assert len(table.lines(table.po)) == 2


def test_bulk_sums_a_product_that_comes_twice(table: Table) -> None:
    """One product in two rows of a call is one line with the sum."""
    table.bulk({"product_id": table.small, "count": 1}, {"product_id": table.small, "count": 2})
    assert table.line(table.small)["count"] == "3.00000"


@settings(max_examples=30, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["bulk", "put"]), st.integers(0, 2), st.integers(0, 9)), max_size=8
    )
)
def test_bulk_adds_put_sets(steps: list[tuple[str, int, int]]) -> None:
    """After any mix of calls each line has what adding and setting in that order gives."""
    table = Table()
    products = (table.small, table.medium, table.large)
    expected: dict[str, int] = {}
    for way, place, count in steps:
        product = products[place]
        if way == "bulk":
            table.bulk({"product_id": product, "count": count, "cost": 1})
            expected[product] = expected.get(product, 0) + count
        elif product in expected:
            table.put(product, count=count)
            expected[product] = count
    read = {product: line["count"] for product, line in table.lines(table.po).items()}
    assert read == {product: f"{count}.00000" for product, count in expected.items()}


@pytest.mark.parametrize("body", [[], {}, {"data": []}, [1], "x"], ids=repr)
def test_bulk_wants_a_bare_array(table: Table, body: object) -> None:
    """The bulk body is a bare array of objects that is not empty."""
    assert table.ask("POST", f"consignments/{table.po}/bulk", body).status == 400


@pytest.mark.parametrize(
    ("bad_row", "status", "written"),
    [(BadRow.REFUSE_ALL, 422, False), (BadRow.KEEP_GOOD, 422, True), (BadRow.SKIP_BAD, 200, True)],
    ids=str,
)
@pytest.mark.parametrize("first", [True, False], ids=["bad first", "bad last"])
def test_one_bad_row(bad_row: BadRow, status: int, written: bool, first: bool) -> None:
    """What a bulk call with a bad row does is a switch, wherever the bad row stands."""
    table = Table(Switches(bad_row=bad_row))
    good = [{"product_id": key, "count": 2} for key in (table.small, table.medium)]
    bad = {"product_id": NOBODY, "count": 1}
    rows = [bad, *good] if first else [*good, bad]
    answer = table.ask("POST", f"consignments/{table.po}/bulk", rows)
    assert answer.status == status
    assert set(table.lines(table.po)) == ({table.small, table.medium} if written else set())
    if status == 200:
        assert set(answer.read_json()["data"]) == {table.small, table.medium}


@pytest.mark.parametrize("way", ["add", "put", "bulk"])
@pytest.mark.parametrize("status", ["OPEN", "SENT"])
@pytest.mark.parametrize("received", [0, 3])
def test_any_received_value_dispatches_the_order(table: Table, way: str, status: str, received: int) -> None:
    """A received value in a line call, zero too, moves an OPEN or SENT order to DISPATCHED by itself."""
    table.add(table.po, table.small, 5)
    table.merchant.edit_order(table.po, status=status)
    row = {"product_id": table.small, "received": received}
    path = f"consignments/{table.po}"
    answer = {
        "add": lambda: table.ask("POST", f"{path}/products", row),
        "put": lambda: table.ask("PUT", f"{path}/products/{table.small}", row),
        "bulk": lambda: table.ask("POST", f"{path}/bulk", [row]),
    }[way]()
    assert answer.status == 200
    assert table.read(table.po)["status"] == "DISPATCHED"
    assert table.line(table.small)["received"] == f"{received}.00000"


def test_dispatched_order_counts_received(table: Table) -> None:
    """From DISPATCHED on bulk adds and PUT sets what was received; counts are fixed and lines stay."""
    table.add(table.po, table.small, 5)
    table.merchant.edit_order(table.po, status="DISPATCHED")
    assert table.bulk({"product_id": table.small, "received": 2}) == {
        table.small: {"count": "5.00000", "received": "2.00000"}
    }
    table.bulk({"product_id": table.small, "received": 2})
    assert table.line(table.small)["received"] == "4.00000"
    assert table.put(table.small, received=5)["received"] == "5.00000"
    path = f"consignments/{table.po}/products"
    assert table.ask("PUT", f"{path}/{table.small}", {"product_id": table.small, "count": 9}).status == 422
    assert table.ask("POST", path, {"product_id": table.medium, "count": 1}).status == 422
    assert table.ask("DELETE", f"{path}/{table.small}").status == 422


def test_deleted_line_is_gone(table: Table) -> None:
    """A line can be removed while the order is OPEN or SENT, and added anew from nothing."""
    table.add(table.po, table.small, 5)
    path = f"consignments/{table.po}/products/{table.small}"
    assert table.ask("DELETE", path).status == 204
    assert table.lines(table.po) == {}
    assert table.read(table.po)["product_count"] is None
    assert table.ask("DELETE", path).status == 404
    table.bulk({"product_id": table.small, "count": 1, "cost": 1})
    assert table.line(table.small)["count"] == "1.00000"


@pytest.mark.parametrize("moves", [True, False])
@pytest.mark.parametrize("by_hand", [True, False], ids=["by hand", "by API"])
def test_line_edit_and_the_version_of_the_order(moves: bool, by_hand: bool) -> None:
    """Whether a change of a line gives its order a new version is a switch."""
    table = Table(Switches(line_edit_moves_order=moves))
    table.add(table.po, table.small, 5)
    position = table.read(table.po)["version"]
    if by_hand:
        table.merchant.edit_line(table.po, table.small, count=6)
    else:
        table.put(table.small, count=6)
    changed = table.take("GET", f"consignments?after={position}")
    assert [row["id"] for row in changed] == ([table.po] if moves else [])


def test_lines_have_a_cursor(table: Table) -> None:
    """Lines are listed by version; a changed line comes last, and an empty page ends the list."""
    for product in (table.small, table.medium, table.large):
        table.add(table.po, product)
    table.put(table.small, count=1)
    path = f"consignments/{table.po}/products?page_size=2"
    first = table.ask("GET", path).read_json()
    assert [row["product_id"] for row in first["data"]] == [table.medium, table.large]
    second = table.ask("GET", f"{path}&after={first['version']['max']}").read_json()
    assert [row["product_id"] for row in second["data"]] == [table.small]
    last = table.ask("GET", f"{path}&after={second['version']['max']}").read_json()
    assert last == {"data": [], "version": {"min": None, "max": None}}


def test_unknown_order_is_404(table: Table) -> None:
    """Every call on the lines of an unknown order is 404."""
    line = {"product_id": table.small, "count": 1}
    for method, path, body in (
        ("GET", "products", None),
        ("POST", "products", line),
        ("PUT", f"products/{table.small}", line),
        ("DELETE", f"products/{table.small}", None),
        ("POST", "bulk", [line]),
        ("GET", "totals", None),
    ):
        assert table.ask(method, f"consignments/none/{path}", body).status == 404


def test_fractions_are_counts_too(table: Table) -> None:
    """A line count is a decimal."""
    assert table.add(table.po, table.small, "1.5", "0.33333")["count"] == "1.50000"
