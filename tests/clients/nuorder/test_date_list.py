"""Listing by day: one call for the list and one for each order, where the host has it; else the status lists."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from tests.clients.nuorder import documents
from tests.clients.nuorder.played import HOSTS, Stage, bad_order, portals, seed
from tests.clients.nuorder.scripted import Script, answer, portal, text

from po_bridge.clients.nuorder import NuOrder, Scheme, Side
from po_bridge.errors import Broken
from po_bridge.models.wholesale_order import WholesaleOrder, WholesaleStatus
from po_bridge.ports.source import OrderFilter
from po_bridge.sandbox.nuorder import DateMeaning, Schemes, Switches

FIRST = date(2025, 1, 20)
WANTED = OrderFilter(first=FIRST, portals=("Acme",))
WANTED_HERE = OrderFilter(first=FIRST)


def listed(stage: Stage, source: NuOrder, wanted: OrderFilter = WANTED) -> tuple[WholesaleOrder, ...]:
    """The orders of some days."""
    return stage.run(source.orders(wanted))


def days(stage: Stage) -> list[str]:
    """Queries of the date list so far."""
    return [
        each.request.address.split("?")[1]
        for each in stage.sandbox.log
        if each.request.path == "/api/orders/list"
    ]


def expected(stage: Stage, wanted: OrderFilter = WANTED) -> set[str]:
    """Numbers that must be listed."""
    return {
        order["order_number"]
        for order in stage.sandbox.shelf("Acme").orders.values()
        if order["status"] in {status.value for status in wanted.statuses}
        and (wanted.first is None or order["created_on"][:10] >= wanted.first.isoformat())
        and (wanted.last is None or order["created_on"][:10] <= wanted.last.isoformat())
    }


@pytest.mark.parametrize("meaning", list(DateMeaning), ids=lambda each: each.name)
@pytest.mark.parametrize("side", list(Side), ids=lambda each: each.name)
def test_both_meanings_of_the_days(side: Side, meaning: DateMeaning) -> None:
    """Whether the list goes by creation or by change, every order created in the wanted days is found."""
    stage = Stage(Switches(dates=meaning))
    seed(stage)
    wanted = OrderFilter(first=FIRST, last=date(2025, 1, 27), portals=("Acme",))
    found = listed(stage, NuOrder(portals=portals(side)), wanted)
    assert {order.number for order in found} == expected(stage, wanted)
    assert days(stage) == ["start_date=2025-01-20&end_date=2025-03-01"]


def test_statuses_are_obeyed() -> None:
    """The list holds orders of every status; only the wanted ones are given."""
    stage = Stage()
    seed(stage)
    wanted = OrderFilter(first=FIRST, statuses=(WholesaleStatus.CANCELLED,), portals=("Acme",))
    found = listed(stage, NuOrder(portals=portals()), wanted)
    assert {order.number for order in found} == expected(stage, wanted)
    assert {order.status for order in found} == {WholesaleStatus.CANCELLED}


def test_unwanted_orders_may_be_unreadable() -> None:
    """A broken order of a status or a day that nobody asked for stops nothing."""
    stage = Stage()
    seed(stage)
    old = {**bad_order(), "_id": "old", "status": "approved", "created_on": "2020-01-01T00:00:00.000Z"}
    stage.sandbox.add_order(old, "Acme")
    assert listed(stage, NuOrder(portals=portals()))


def test_long_spans_are_divided() -> None:
    """At most four years are asked for at once, without a gap or an overlap."""
    stage = Stage()
    seed(stage)
    listed(stage, NuOrder(portals=portals()), OrderFilter(first=date(2016, 1, 1), portals=("Acme",)))
    assert days(stage) == [
        "start_date=2016-01-01&end_date=2019-12-31",
        "start_date=2020-01-01&end_date=2023-12-31",
        "start_date=2024-01-01&end_date=2025-03-01",
    ]


@pytest.mark.parametrize(
    "status", [HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST], ids=str
)
def test_refused_list_falls_back_once(status: HTTPStatus) -> None:
    """A host that turns the list down is asked for its status lists, and never for the list again."""
    stage = Stage(Switches(retailer_finds_dates=False, retailer_refusal=status))
    seed(stage)
    source = NuOrder(portals=portals())
    for _ in range(2):
        assert {order.number for order in listed(stage, source)} == expected(stage)
    assert len(days(stage)) == 1


def test_vendor_signatures_fall_back() -> None:
    """A portal that takes only the vendor's own signatures refuses every query; status lists do."""
    stage = Stage(Switches(schemes=Schemes.VENDOR))
    seed(stage)
    source = NuOrder(portals=portals(scheme=Scheme.VENDOR))
    assert {order.number for order in listed(stage, source)} == expected(stage)


@pytest.mark.parametrize("body", [{"orders": []}, [1, 2], "x"], ids=["object", "numbers", "text"])
def test_strange_list_falls_back(body: Any) -> None:
    """What is no list of ids is not believed."""
    script = Script(
        orders_approved_detail=answer([documents.order("1", created_on="2025-02-01T10:00:00.000Z")])
    )
    script.paths["/api/orders/list?start_date=2025-01-20&end_date=2025-03-01"] = [answer(body)]
    wanted = OrderFilter(first=FIRST, statuses=(WholesaleStatus.APPROVED,))
    source = NuOrder(portals=(portal(),))
    for _ in range(2):
        assert [order.number for order in script.run(source.orders(wanted))] == ["1"]
    assert len(script.called) == 3


def test_trouble_is_no_refusal() -> None:
    """A server in trouble is an error, and the list is asked for again next time."""
    script = Script()
    where = "/api/orders/list?start_date=2025-01-20&end_date=2025-03-01"
    script.paths[where] = [text("try later", 503), answer([])]
    source = NuOrder(portals=(portal(),))
    with pytest.raises(Broken):
        script.run(source.orders(WANTED_HERE))
    assert script.run(source.orders(WANTED_HERE)) == ()


def test_without_a_first_day_lists_are_read() -> None:
    """A last day alone spares no call: the status lists are read, and sifted."""
    stage = Stage()
    seed(stage)
    wanted = OrderFilter(last=date(2025, 1, 10), portals=("Acme",))
    assert {order.number for order in listed(stage, NuOrder(portals=portals()), wanted)} == expected(
        stage, wanted
    )
    assert days(stage) == []


def test_future_days_hold_nothing() -> None:
    """A first day that has not come yet asks nothing and finds nothing."""
    stage = Stage()
    seed(stage)
    assert (
        listed(stage, NuOrder(portals=portals()), OrderFilter(first=date(2030, 1, 1), portals=("Acme",)))
        == ()
    )
    assert days(stage) == []


def test_orders_without_a_date_are_in_no_span() -> None:
    """An order that states no date of creation is wanted only where no day is."""
    stage = Stage()
    order = documents.order("1", created_on=None)
    stage.sandbox.add_order(order, "Acme")
    source = NuOrder(portals=portals())
    assert listed(stage, source) == ()
    assert len(listed(stage, source, OrderFilter(portals=("Acme",)))) == 1


def test_hosts_are_those_of_the_sides() -> None:
    """The list is asked on the portal's own host."""
    stage = Stage()
    seed(stage)
    listed(stage, NuOrder(portals=portals(Side.BRAND)))
    hosts = {each.request.host for each in stage.sandbox.log}
    assert hosts == {HOSTS[Side.BRAND].removeprefix("https://")}
