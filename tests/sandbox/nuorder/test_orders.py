"""Reading orders."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from tests.sandbox.nuorder.signing import REP, SHOP, Caller, at, brand, message, order

from po_bridge.sandbox.nuorder import DateMeaning


def test_order_as_stored() -> None:
    """An order is served as it is, unknown keys included."""
    assert Caller(brand()).read("/api/order/a1") == order()


@pytest.mark.parametrize("path", ["/api/order/none", "/api/order/number/999"])
def test_unknown_order(path: str) -> None:
    """An unknown id or number answers 404 in the vendor's form."""
    assert message(Caller(brand()).get(path)) == (404, "order not found")


def test_number_with_suffix() -> None:
    """A number is text and its suffix belongs to it."""
    caller = Caller(brand())
    assert caller.read("/api/order/number/101-2")["_id"] == "a2"
    assert caller.get("/api/order/number/101").status == 404


@pytest.mark.parametrize("word", ["pending", "Pending", "PENDING"])
def test_status_list(word: str) -> None:
    """The status in the path counts in any case; the list holds bare ids."""
    assert Caller(brand()).read(f"/api/orders/{word}/list") == ["a1"]


def test_status_detail() -> None:
    """The detail list holds whole orders, and an empty list where none has the status."""
    caller = Caller(brand())
    assert [each["order_number"] for each in caller.read("/api/orders/processed/detail")] == ["101-2"]
    assert caller.read("/api/orders/edited/detail") == []


def test_payments_on_request() -> None:
    """The payment data comes only when asked for, on all three reads."""
    caller = Caller(brand())
    payments: dict[str, Any] = {
        "credit_card_on_file": None,
        "payment_status": "Not Paid",
        "payment_methods_allowed": [],
    }
    for path in ("/api/order/a1", "/api/order/number/100"):
        assert "__metadata" not in caller.read(path)
        assert caller.read(f"{path}?__populate=__payments")["__metadata"] == {"payments": payments}
    listed = caller.read("/api/orders/pending/detail?__populate=__payments")
    assert listed[0]["__metadata"] == {"payments": payments}


@pytest.mark.parametrize(
    ("meaning", "span", "found"),
    [
        (DateMeaning.CREATED, ("2027-01-10", "2027-01-20"), ["a1", "a2"]),
        (DateMeaning.CREATED, ("2027-01-11", "2027-01-20"), ["a2"]),
        (DateMeaning.CREATED, ("2027-01-11", "2027-01-19"), []),
        (DateMeaning.MODIFIED, ("2027-01-11", "2027-01-11"), ["a1", "a2"]),
        (DateMeaning.MODIFIED, ("2027-01-12", "2027-01-20"), []),
    ],
)
def test_date_list(meaning: DateMeaning, span: tuple[str, str], found: list[str]) -> None:
    """The date list spans all statuses, both days included, by the date the switch names."""
    start, end = span
    caller = Caller(brand(dates=meaning))
    assert caller.read(f"/api/orders/list?start_date={start}&end_date={end}") == found


@pytest.mark.parametrize("query", ["", "?start_date=2027-01-01", "?start_date=1/1/2027&end_date=2027-01-02"])
def test_bad_dates(query: str) -> None:
    """Missing or odd dates answer 400."""
    assert message(Caller(brand()).get(f"/api/orders/list{query}"))[0] == 400


DATES = "/api/orders/list?start_date=2027-01-01&end_date=2027-02-01"


@pytest.mark.parametrize(
    ("path", "switch"),
    [("/api/order/number/100", "retailer_finds_numbers"), (DATES, "retailer_finds_dates")],
)
@pytest.mark.parametrize("status", [HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND])
def test_retailer_may_be_refused(path: str, switch: str, status: HTTPStatus) -> None:
    """By switch the retailer's side lacks a read that the brand's side has."""
    switches: dict[str, Any] = {switch: False, "retailer_refusal": status}
    sandbox = brand(**switches)
    assert message(Caller(sandbox, SHOP).get(path))[0] == status
    assert Caller(sandbox, REP).get(path).status == 200


def test_order_without_status() -> None:
    """A loaded document that lacks what a list goes by is in no such list."""
    sandbox = brand()
    bare = order("a3")
    del bare["status"], bare["created_on"]
    sandbox.add_order(bare)
    caller = Caller(sandbox)
    assert caller.read("/api/order/a3") == bare
    assert caller.read("/api/orders/pending/list") == ["a1"]
    assert "a3" not in caller.read(DATES)


def test_oldest_of_one_number() -> None:
    """Where loaded documents share a number, the first one answers."""
    sandbox = brand()
    sandbox.add_order(order("a9", created_on=at("2027-01-30")))
    assert Caller(sandbox).read("/api/order/number/100")["_id"] == "a1"
