"""A wholesale platform in memory, and a source over it: as plain as can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from attrs import define, field

from po_bridge.errors import BadDocument, NotFound, Unauthorized
from po_bridge.errors.document import Issue
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.origin import Origin
from po_bridge.models.style_document import StyleDocument
from po_bridge.models.wholesale_order import OrderLine, WholesaleOrder, WholesaleStatus
from po_bridge.ports.exchange import Exchange, Lane, run
from po_bridge.ports.source import OrderFilter
from po_bridge.testing import SourceWorld
from po_bridge.testing.toy_subject import ToySubject

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
SECRET = "s3cret"
STATUSES = (WholesaleStatus.APPROVED, WholesaleStatus.PROCESSED, WholesaleStatus.CANCELLED)
BAD = OrderKey(portal="Acme", order_id="bad")


def order_of(portal: str, number: int) -> WholesaleOrder:
    """An order with two lines; each number has a day and a status of its own."""
    key = OrderKey(portal=portal, order_id=f"{portal}-{number}")
    lines = tuple(
        OrderLine(
            key=LineKey(portal=portal, style_id="style-1", color="Red", size=size),
            quantity=Decimal(2),
            unit_price=price,
        )
        for size, price in (("S", Decimal("10.10")), ("M", Decimal("12.35")))
    )
    return WholesaleOrder(
        key=key,
        number=f"{number}{portal[0] if number else ''}",
        status=STATUSES[number % 3],
        created_at=START + timedelta(days=number, hours=len(portal)),
        lines=lines,
        origin=Origin(system="Toy platform", record=key.order_id, revision=f"r{number}"),
    )


def platform() -> dict[OrderKey, WholesaleOrder]:
    """Two portals with six orders each."""
    orders = (order_of(portal, number) for portal in ("Acme", "Bolt & Co") for number in range(6))
    return {order.key: order for order in orders}


@define(kw_only=True)
class ToySource:
    """Every request is one call."""

    token: str = field(default=SECRET, repr=False)
    orders_held: dict[OrderKey, WholesaleOrder] = field(factory=platform, repr=False)
    label: str = "Toy platform"

    def ask(self, work: Any) -> Exchange[Any]:
        """Ask the platform."""

        def fn() -> Any:
            if self.token != SECRET:
                raise Unauthorized(self.label, 401, "bad token", what="ask", mend="connect again")
            return work()

        return (yield from run(fn, Lane.TARGET))

    def orders(self, wanted: OrderFilter) -> Exchange[tuple[WholesaleOrder, ...]]:
        """Orders of the wanted statuses and portals, newest first."""
        found = [
            order
            for order in (yield from self.ask(lambda: tuple(self.orders_held.values())))
            if wanted.takes(order) and (not wanted.portals or order.key.portal in wanted.portals)
        ]
        return tuple(sorted(found, key=lambda order: order.created_at, reverse=True))

    def find(self, number: str) -> Exchange[tuple[OrderKey, ...]]:
        """Keys of the orders that bear a number."""
        orders = yield from self.ask(lambda: tuple(self.orders_held.values()))
        return tuple(order.key for order in orders if order.number == number)

    def find_elsewhere(self, number: str, portal: str) -> Exchange[tuple[OrderKey, ...]]:
        """Keys of the orders that bear a number in the other portals."""
        return tuple(key for key in (yield from self.find(number)) if key.portal != portal)

    def order(self, key: OrderKey) -> Exchange[WholesaleOrder]:
        """One order."""
        held = yield from self.ask(lambda: self.orders_held.get(key))
        if key == BAD:
            bad = (Issue(path=f"$.{name}", seen="'x'", expected="a number") for name in ("total", "lines"))
            raise BadDocument("order bad", tuple(bad))
        if held is None:
            raise NotFound(self.label, 404, "no such order", what="order", mend="see whether it was deleted")
        found: WholesaleOrder = held
        return found

    def style(self, portal: str, style_id: str) -> Exchange[StyleDocument | None]:
        """One style document."""
        there = yield from self.ask(lambda: style_id == "style-1")
        images = ("https://images.example/1.png",)
        return StyleDocument(portal=portal, style_id=style_id, name="Coat", images=images) if there else None


def world_of(source: type[ToySource] = ToySource) -> SourceWorld:
    """A source over the filled platform."""
    orders = platform().values()
    newest = sorted(orders, key=lambda order: order.created_at or START, reverse=True)
    offered = tuple(order.key for order in newest if order.status is not WholesaleStatus.CANCELLED)
    return SourceWorld(
        source=source(),
        locked_out=source(token="other"),
        run=ToySubject().drive,
        secrets=(SECRET,),
        offered=offered,
        cancelled=tuple(order.key for order in newest if order.status is WholesaleStatus.CANCELLED),
        key=OrderKey(portal="Acme", order_id="Acme-3"),
        number="3A",
        shared_number="0",
        shared_keys=tuple(order.key for order in newest if order.number == "0"),
        unknown_number="999",
        unknown_key=OrderKey(portal="Acme", order_id="none"),
        style_id="style-1",
        missing_style_id="style-9",
        bad_key=BAD,
        bad_paths=("$.total", "$.lines"),
        at_once=1,
    )
