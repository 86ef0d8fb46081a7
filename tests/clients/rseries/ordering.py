"""An account with three items and writes about an order of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve
from tests.clients.rseries.store import Store, moment

from po_bridge.models.order_draft import OrderDraft
from po_bridge.models.purchase_order import PurchaseOrder, PurchaseStatus
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.write import AddLines, CreateOrder, LineAdd, Remove, SetLine, SetStatus
from po_bridge.sandbox.rseries import Goods

SLOT = Slot(kind=Kind.ORDER, name="po")


class Ordering:
    """What tests of orders start from."""

    def __init__(self, **choices: Any) -> None:
        self.store = Store(**choices)
        self.vendor = str(self.store.sandbox.add_vendor("Fern"))
        self.goods = [
            str(self.store.sandbox.add_item(Goods(description=f"Item {number}", custom_sku=f"P{number}")))
            for number in range(3)
        ]

    def create(self, **changes: Any) -> CreateOrder:
        """Make the write of an order."""
        draft = OrderDraft(created_at=moment(8), supplier="Fern", number="131803493", note="Customer PO 7")
        write = CreateOrder(
            slot=SLOT,
            draft=draft,
            supplier=Known(id=self.vendor),
            outlet_id=self.store.outlet_id,
            due_at=moment(12),
        )
        return evolve(write, **changes)

    def order(self, lines: Mapping[int, int] | None = None) -> str:
        """Have an order in the account, made by this library and never by another."""
        made = self.store.perform(self.create()).made[SLOT]
        for place, count in (lines or {}).items():
            self.store.perform(self.add(made, (place, 0, count)))
        self.store.forget()
        return str(made)

    def add(self, order: str, *lines: tuple[int, int, int], cost: str | None = "10.5") -> AddLines:
        """Make the write of lines: place, count before, count after."""
        unit = None if cost is None else Decimal(cost)
        return AddLines(
            order=Known(id=order),
            lines=tuple(
                LineAdd(
                    product=Known(id=self.goods[place]),
                    before=Decimal(before),
                    count=Decimal(after),
                    cost=unit,
                )
                for place, before, after in lines
            ),
        )

    def set(self, order: str, place: int, before: int, count: int, cost: str | None = None) -> SetLine:
        """Make the write that sets a line."""
        return SetLine(
            order=Known(id=order),
            product=Known(id=self.goods[place]),
            before=Decimal(before),
            count=Decimal(count),
            cost=None if cost is None else Decimal(cost),
        )

    def remove(self, order: str, place: int) -> Remove:
        """Make the write that removes a line."""
        return Remove(kind=Kind.PRODUCT, target=Known(id=self.goods[place]), within=Known(id=order))

    def status(self, order: str, after: PurchaseStatus, **changes: Any) -> SetStatus:
        """Make the write that moves an open order."""
        write = SetStatus(order=Known(id=order), before=PurchaseStatus.OPEN, after=after)
        return evolve(write, **changes)

    def read(self, order: str) -> PurchaseOrder:
        """Read an order as the library does."""
        return self.store.drive(self.store.target.read_order(order))

    def counts(self, order: str) -> dict[int, int]:
        """Counts by place."""
        lines = self.read(order).lines or ()
        return {self.goods.index(line.product_id): int(line.count) for line in lines}
