"""Changing the status of an order."""

from __future__ import annotations

import pytest
from tests.sandbox.nuorder.signing import REP, SHOP, Caller, brand, message


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("path", ["/api/order/a1", "/api/order/number/100"])
@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("process", "processed"),
        ("processed", "processed"),
        ("Approved", "approved"),
        ("cancel", "cancelled"),
        ("shipped", "shipped"),
    ],
)
def test_change(method: str, path: str, word: str, status: str) -> None:
    """Verb or status word, POST or PUT, by id or number: the whole order comes back with the new status."""
    sandbox = brand()
    answer = Caller(sandbox, REP).send(method, f"{path}/{word}")
    assert answer.status == 200
    assert answer.read_json()["status"] == status
    assert sandbox.shelf().orders["a1"]["status"] == status


def test_modified_on_stays() -> None:
    """A change of status does not move modified_on, and an order may come back from cancelled."""
    sandbox = brand()
    before = sandbox.shelf().orders["a1"]["modified_on"]
    for word in ("process", "cancel", "pending"):
        assert Caller(sandbox, REP).send("POST", f"/api/order/a1/{word}").status == 200
        assert sandbox.shelf().orders["a1"]["modified_on"] == before


def test_equal_status() -> None:
    """A status that the order has already answers 304 without a body."""
    answer = Caller(brand(), REP).send("POST", "/api/order/a2/processed")
    assert (answer.status, answer.body) == (304, b"")


def test_retailer_may_not() -> None:
    """The retailer's side changes no status."""
    sandbox = brand()
    assert Caller(sandbox, SHOP).send("POST", "/api/order/a1/processed").status == 403
    assert sandbox.shelf().orders["a1"]["status"] == "pending"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/api/order/none/processed", (404, "order not found")),
        ("/api/order/number/none/processed", (404, "order not found")),
        ("/api/order/a1/lost", (400, "unknown status lost")),
    ],
)
def test_bad_change(path: str, error: tuple[int, str]) -> None:
    """An unknown order or status word is named."""
    assert message(Caller(brand(), REP).send("POST", path)) == error
