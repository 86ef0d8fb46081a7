"""What a merchant does in the POS by hand, past the API and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from .goods import Note
from .order_line import priced
from .paper import Order, OrderLine, OrderStatus, Reception, status_of
from .seed import Goods, add_goods
from .state import State
from .switches import Switches

Figure = Decimal | int | str
"""A cost."""


@frozen(kw_only=True)
class Merchant:
    """A person in front of the POS; unknown numbers raise KeyError."""

    store: Callable[[], State]
    """Gives the account as it is now."""
    clock: Callable[[], datetime]
    """Gives the time."""
    switches: Callable[[], Switches]
    """Gives the open questions: whether edits of lines move their order."""

    # --- goods

    def create_item(self, goods: Goods) -> int:
        """Make an item by hand and give its number; raises ValueError for a taken code."""
        return add_goods(self.store(), goods, self.switches(), self.clock())

    def edit_item(self, item_id: int, **changes: Any) -> None:
        """Change fields of an item."""
        item = evolve(self.store().items.by_id[item_id], **changes)
        self.store().put_item(evolve(item, time_stamp=self.clock()))

    def archive_item(self, item_id: int) -> None:
        """Put an item away; its stock becomes zero."""
        self.edit_item(item_id, archived=True)
        for row in self.store().stock_of(item_id):
            self.store().put_stock(evolve(row, on_hand=0))

    def restore_item(self, item_id: int) -> None:
        """Bring an archived item back, without its stock."""
        self.edit_item(item_id, archived=False)

    def edit_matrix(self, matrix_id: int, **changes: Any) -> None:
        """Change fields of a matrix; the names of its items stay."""
        matrix = evolve(self.store().matrices.by_id[matrix_id], **changes)
        self.store().matrices.put(evolve(matrix, time_stamp=self.clock()))

    def archive_matrix(self, matrix_id: int) -> None:
        """Put a matrix away."""
        self.edit_matrix(matrix_id, archived=True)

    def set_stock(self, item_id: int, shop_id: int, count: int) -> None:
        """Count the stock of an item in a shop."""
        row = next(each for each in self.store().stock_of(item_id) if each.shop_id == shop_id)
        self.store().put_stock(evolve(row, on_hand=count, time_stamp=self.clock()))

    def remove_image(self, image_id: int) -> None:
        """Take a picture away for good."""
        self.store().images.drop(image_id)

    def edit_vendor(self, vendor_id: int, **changes: Any) -> None:
        """Change fields of a vendor."""
        vendor = evolve(self.store().vendors.by_id[vendor_id], **changes)
        self.store().vendors.put(evolve(vendor, time_stamp=self.clock()))

    def archive_vendor(self, vendor_id: int) -> None:
        """Put a vendor away."""
        self.edit_vendor(vendor_id, archived=True)

    # --- orders

    def create_order(
        self,
        shop_id: int,
        vendor_id: int,
        lines: Mapping[int, tuple[int, Figure]],
        *,
        ref_num: str = "",
        ordered: bool = False,
    ) -> int:
        """Write a purchase order by hand, counts and costs by item."""
        state, now = self.store(), self.clock()
        order = Order(
            id=state.orders.new_id(),
            vendor_id=vendor_id,
            shop_id=shop_id,
            ref_num=ref_num,
            create_time=now,
            time_stamp=now,
        )
        state.orders.put(order)
        for item_id, (count, cost) in lines.items():
            self.add_line(order.id, item_id, count, cost)
        if ordered:
            self.send(order.id)
        return order.id

    def status(self, order_id: int) -> OrderStatus:
        """Read the status on the screen."""
        return status_of(self.store().orders.by_id[order_id])

    def edit_order(self, order_id: int, **changes: Any) -> None:
        """Change fields of an order."""
        order = evolve(self.store().orders.by_id[order_id], **changes)
        self.store().orders.put(evolve(order, time_stamp=self.clock()))

    def write_note(self, order_id: int, text: str) -> None:
        """Write the general note of an order."""
        held = self.store().orders.by_id[order_id].note
        key = held.id if held else self.store().new_sub_id()
        self.edit_order(order_id, note=Note(id=key, text=text, time_stamp=self.clock()))

    def give_discount(self, order_id: int, percent: Figure) -> None:
        """Set the discount of an order; its lines are priced anew."""
        self.edit_order(order_id, discount=Decimal(percent))
        for line in self.store().lines_of(order_id):
            self._put(priced(line, Decimal(percent)))

    def send(self, order_id: int) -> None:
        """Mark an order as ordered."""
        self.edit_order(order_id, ordered_at=self.clock())

    def archive_order(self, order_id: int) -> None:
        """Put an order away."""
        self.edit_order(order_id, archived=True)

    def restore_order(self, order_id: int) -> None:
        """Bring an archived order back."""
        self.edit_order(order_id, archived=False)

    def add_line(self, order_id: int, item_id: int, count: int, cost: Figure) -> int:
        """Put an item on an order and give the number of the line."""
        state, now = self.store(), self.clock()
        line = OrderLine(
            id=state.lines.new_id(),
            order_id=order_id,
            item_id=item_id,
            quantity=count,
            price=Decimal(cost),
            original_price=Decimal(cost),
            create_time=now,
            time_stamp=now,
        )
        return self._put(priced(line, state.orders.by_id[order_id].discount)).id

    def edit_line(self, order_id: int, item_id: int, **changes: Any) -> None:
        """Change fields of the line of an item; a cost is given as Decimal."""
        self._put(evolve(self._line(order_id, item_id), **changes))

    def remove_line(self, order_id: int, item_id: int) -> None:
        """Take an item off an order."""
        self.store().drop_line(self._line(order_id, item_id))
        self._touch(order_id)

    def receive(self, order_id: int, counts: Mapping[int, int] | None = None) -> int:
        """Check in pieces by item, or all that are missing; gives the number of the delivery.

        Stock grows at once; the order is in check-in until `finish`.
        """
        state, now = self.store(), self.clock()
        order = state.orders.by_id[order_id]
        came = _missing(state, order_id) if counts is None else dict(counts)
        costs = {line.item_id: line.price for line in state.lines_of(order_id)}
        for item_id, count in came.items():
            line = self._line(order_id, item_id)
            received = line.received + count
            self._put(evolve(line, received=received, checked_in=received))
            held = next(row for row in state.stock_of(item_id) if row.shop_id == order.shop_id)
            self.set_stock(item_id, order.shop_id, held.on_hand + count)
        reception = Reception(
            id=state.receptions.new_id(),
            order_id=order_id,
            sequence=sum(each.order_id == order_id for each in state.receptions) + 1,
            counts=tuple((key, count, costs[key]) for key, count in came.items()),
            create_time=now,
        )
        self.edit_order(order_id, ordered_at=order.ordered_at or now, received_at=now)
        return state.receptions.put(reception).id

    def finish(self, order_id: int) -> None:
        """Close an order; what has not come will not come."""
        state = self.store()
        for each in [each for each in state.receptions if each.order_id == order_id]:
            state.receptions.put(evolve(each, finished=True))
        received = state.orders.by_id[order_id].received_at or self.clock()
        self.edit_order(order_id, complete=True, received_at=received)

    # --- within

    def _line(self, order_id: int, item_id: int) -> OrderLine:
        found = [line for line in self.store().lines_of(order_id) if line.item_id == item_id]
        if not found:
            raise KeyError(item_id)
        return found[0]

    def _put(self, line: OrderLine) -> OrderLine:
        written = self.store().put_line(evolve(line, time_stamp=self.clock()))
        self._touch(line.order_id)
        return written

    def _touch(self, order_id: int) -> None:
        if self.switches().line_moves_order:
            self.edit_order(order_id)


def _missing(state: State, order_id: int) -> dict[int, int]:
    lines = state.lines_of(order_id)
    return {line.item_id: line.quantity - line.received for line in lines if line.quantity > line.received}
