"""Listing orders by status."""

from __future__ import annotations

import pytest
from tests.clients.nuorder import documents
from tests.clients.nuorder.scripted import Script, answer, portal, refusal, text

from po_bridge.clients.nuorder import AT_ONCE, NuOrder
from po_bridge.clients.nuorder.status_list import WORDS
from po_bridge.errors import BadDocument, Busy, Forbidden, Misuse
from po_bridge.models.wholesale_order import WholesaleStatus as Status
from po_bridge.ports.source import OrderFilter

APPROVED = OrderFilter(statuses=(Status.APPROVED,))


def adapter(*names: str) -> NuOrder:
    """An adapter with portals of these names."""
    return NuOrder(portals=tuple(portal(name) for name in names or ("Acme",)))


def created(number: str, day: int, **changes: str) -> dict[str, object]:
    """An order created on a day of February."""
    return documents.order(number, created_on=f"2025-02-{day:02}T10:00:00.000Z", **changes)


def test_every_list_has_a_status() -> None:
    """Each status but the one for unknown words has a list."""
    assert set(WORDS) == set(Status) - {Status.OTHER}


def test_one_call_a_status() -> None:
    """A status takes one call, however many orders it has."""
    orders = [created(str(number), number) for number in range(1, 29)]
    script = Script(orders_approved_detail=answer(orders))
    found = script.run(adapter().orders(APPROVED))
    assert [order.number for order in found] == [str(number) for number in range(28, 0, -1)]
    assert script.called == ["/api/orders/approved/detail"]


def test_lists_are_read_as_an_order_lives() -> None:
    """Lists are read in the order of the life cycle, so that an order that moves on meanwhile is met."""
    script = Script(
        orders_approved_detail=answer([created("1", 1)]),
        orders_processed_detail=answer([]),
        orders_shipped_detail=answer([]),
        orders_cancelled_detail=answer([]),
    )
    wanted = (Status.CANCELLED, Status.SHIPPED, Status.APPROVED, Status.OTHER, Status.PROCESSED)
    script.run(adapter().orders(OrderFilter(statuses=wanted)))
    assert [path.split("/")[3] for path in script.called] == ["approved", "processed", "shipped", "cancelled"]


def test_order_that_moved_is_listed_once() -> None:
    """An order met in two lists is the one that was read later."""
    script = Script(
        orders_approved_detail=answer([created("1", 1)]),
        orders_processed_detail=answer([created("1", 1, status="processed")]),
        orders_shipped_detail=answer([]),
    )
    (order,) = script.run(adapter().orders(OrderFilter()))
    assert order.status is Status.PROCESSED


def test_portals_side_by_side() -> None:
    """Portals are asked side by side, not more than the vendor takes."""
    script = Script(orders_approved_detail=answer([created("1", 1)]))
    found = script.run(adapter(*"ABCDEFG").orders(APPROVED))
    assert [order.key.portal for order in found] == list("ABCDEFG"), "equal dates: by key"
    assert script.widths == [AT_ONCE, 2]


def test_portal_is_named_once() -> None:
    """A portal that the filter names twice is asked once, one that is not configured is misuse."""
    script = Script(orders_approved_detail=answer([]))
    script.run(adapter("A", "B").orders(OrderFilter(statuses=(Status.APPROVED,), portals=("B", "B"))))
    assert len(script.called) == 1
    with pytest.raises(Misuse, match="only 'A'"):
        script.run(adapter("A").orders(OrderFilter(portals=("C",))))


@pytest.mark.parametrize(
    "refused",
    [refusal(403, "no"), refusal(404, "path not found"), text("Oops", 500), text("<html>", 504, "text/html")],
    ids=["403", "404", "500", "504"],
)
def test_ids_where_details_are_refused(refused: object) -> None:
    """A host without details, or broken by their size, is asked for ids and each order, five at once."""
    script = Script(orders_approved_list=answer([f"o{number}" for number in range(12)]))
    script.paths["/api/orders/approved/detail"] = [refused]  # type: ignore[list-item]  # parametrised
    for number in range(12):
        script.paths[f"/api/order/o{number}"] = [answer(created(str(number), 1, _id=f"o{number}"))]
    script.paths["/api/order/o3"] = [refusal(404, "order not found")]
    found = script.run(adapter().orders(APPROVED))
    assert len(found) == 11, "an order deleted since it was listed is left out"
    assert max(script.widths) <= AT_ONCE
    assert len(script.called) == 14


def test_busy_is_no_refusal_of_details() -> None:
    """A host that asks to wait is not asked for more."""
    with pytest.raises(Busy):
        Script(orders_approved_detail=refusal(429, "slow")).run(adapter().orders(APPROVED))


def test_neither_details_nor_ids() -> None:
    """Where the right to list is missing, that is the error."""
    script = Script(orders_approved_detail=refusal(403, "no"), orders_approved_list=refusal(403, "no"))
    with pytest.raises(Forbidden):
        script.run(adapter().orders(APPROVED))


def test_one_bad_order_is_named() -> None:
    """An order of a list that cannot be read is named with its bad fields."""
    script = Script(orders_approved_detail=answer([created("1", 1), created("2", 2, total="much")]))
    with pytest.raises(BadDocument) as caught:
        script.run(adapter().orders(APPROVED))
    assert "order 2 of" in caught.value.document
    assert [issue.path for issue in caught.value.issues] == ["$.total"]


def test_all_bad_orders_are_named() -> None:
    """Several orders that cannot be read are one error with the bad fields of all."""
    orders = [created("1", 1, total="much"), created("2", 2, discount="some")]
    with pytest.raises(BadDocument) as caught:
        Script(orders_approved_detail=answer(orders)).run(adapter().orders(APPROVED))
    assert [issue.path.rpartition(": ")[2] for issue in caught.value.issues] == ["$.total", "$.discount"]
    assert "order 1 of NuORDER portal 'Acme'" in caught.value.issues[0].path


@pytest.mark.parametrize(
    ("path", "value", "bad"),
    [
        ("detail", {"orders": []}, ["$"]),
        ("detail", [None], ["$"]),
        ("list", "none", ["$"]),
        ("list", ["a", 7, "", "b", None], ["$[1]", "$[2]", "$[4]"]),
    ],
    ids=["object", "null order", "text", "bad ids"],
)
def test_lists_of_another_shape(path: str, value: object, bad: list[str]) -> None:
    """A list that is none, or holds what is no id, is a bad document with paths."""
    script = Script(orders_approved_detail=refusal(403, "no"))
    script.paths[f"/api/orders/approved/{path}"] = [answer(value)]
    with pytest.raises(BadDocument) as caught:
        script.run(adapter().orders(APPROVED))
    assert [issue.path for issue in caught.value.issues] == bad
