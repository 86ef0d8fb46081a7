"""What a merchant does in the POS by hand, past the API and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from .body import five
from .consignment import lines_of, next_reference, receive
from .line import bump
from .product import Product
from .records import Consignment, Line
from .seed import Goods, add_product
from .state import State
from .switches import Switches

Figure = Decimal | int | str
"""A count or a cost."""


@frozen(kw_only=True)
class Merchant:
    """A person in front of the POS; unknown ids raise KeyError."""

    store: Callable[[], State]
    """Gives the store as it is now."""
    clock: Callable[[], datetime]
    """Gives the time."""
    switches: Callable[[], Switches]
    """Gives the open questions: whether edits of lines move their order."""

    def create_product(self, goods: Goods) -> str:
        """Make a product by hand and give its id."""
        return add_product(self.store(), goods, self.clock())

    def edit_product(self, product_id: str, **changes: Any) -> None:
        """Change fields of one product."""
        self.store().touch(evolve(self._product(product_id), **changes), self.clock())

    def rename_product(self, product_id: str, name: str) -> None:
        """Give a whole family another name."""
        for member in self.store().members(self._product(product_id).family_id):
            self.edit_product(member.id, name=name)

    def delete_product(self, product_id: str) -> None:
        """Delete one product."""
        self.edit_product(product_id, deleted_at=self.clock())

    def restore_product(self, product_id: str) -> None:
        """Bring a deleted product back."""
        self.edit_product(product_id, deleted_at=None)

    def regroup_product(self, product_id: str, other_id: str) -> None:
        """Move a product into the family of another one, whose name it takes."""
        other = self._product(other_id)
        parent = self.store().members(other.family_id)[0].id
        self.edit_product(product_id, family_id=other.family_id, parent_id=parent, name=other.name)

    def create_order(
        self,
        outlet_id: str,
        supplier_id: str | None,
        lines: Mapping[str, tuple[Figure, Figure]],
        *,
        reference: str | None = None,
        name: str = "Order",
        status: str = "OPEN",
    ) -> str:
        """Write a purchase order by hand, counts and costs by product id; a number is given as in the UI."""
        state, now, key = self.store(), self.clock(), self.store().new_id()
        order = Consignment(
            id=key,
            version=state.new_version(),
            order_id=key if self.switches().order_ids_equal else state.new_id(),
            type="SUPPLIER",
            status=status,
            name=name,
            outlet_id=outlet_id,
            supplier_id=supplier_id,
            reference=next_reference(state, outlet_id) if reference is None else reference,
            consignment_date=now,
            created_at=now,
            updated_at=now,
        )
        state.consignments.put(order)
        for product_id, (count, cost) in lines.items():
            self.add_line(key, product_id, count, cost)
        return key

    def edit_order(self, order_id: str, **changes: Any) -> None:
        """Change fields of an order."""
        state = self.store()
        order = evolve(state.consignments.by_id[order_id], **changes)
        state.consignments.put(evolve(order, version=state.new_version(), updated_at=self.clock()))

    def send(self, order_id: str) -> None:
        """Mark an order as sent."""
        self.edit_order(order_id, status="SENT")

    def cancel(self, order_id: str) -> None:
        """Cancel an order."""
        self.edit_order(order_id, status="CANCELLED")

    def delete_order(self, order_id: str) -> None:
        """Delete an order."""
        self.edit_order(order_id, deleted_at=self.clock())

    def add_line(self, order_id: str, product_id: str, count: Figure, cost: Figure) -> None:
        """Put a product on an order."""
        state, now = self.store(), self.clock()
        line = Line(
            id=product_id,
            line_id=state.new_id(),
            version=0,
            count=five(count),
            received=None,
            cost=five(cost),
            status="PENDING",
            created_at=now,
            updated_at=now,
        )
        self._put(order_id, line)

    def edit_line(self, order_id: str, product_id: str, **figures: Figure) -> None:
        """Set count, cost or received of a line."""
        values: dict[str, Any] = {name: five(figure) for name, figure in figures.items()}
        self._put(order_id, evolve(self._line(order_id, product_id), **values))

    def delete_line(self, order_id: str, product_id: str) -> None:
        """Take a product off an order."""
        self._put(order_id, evolve(self._line(order_id, product_id), deleted_at=self.clock()))

    def arrive(self, order_id: str, counts: Mapping[str, Figure]) -> None:
        """Count goods in without closing the order, which is DISPATCHED from then on."""
        self.edit_order(order_id, status="DISPATCHED")
        for product_id, count in counts.items():
            self.edit_line(order_id, product_id, received=count)

    def receive(self, order_id: str, counts: Mapping[str, Figure] | None = None) -> None:
        """Close an order as received, with these counts or with all that was ordered; stock rises."""
        state = self.store()
        lines = lines_of(state, order_id).all_live()
        ordered: dict[str, Figure] = {line.id: line.count or 0 for line in lines}
        self.arrive(order_id, ordered if counts is None else counts)
        closed = receive(state, state.consignments.by_id[order_id], self.clock())
        state.consignments.put(evolve(closed, version=state.new_version(), updated_at=self.clock()))

    def split_receipt(
        self, order_id: str, counts: Mapping[str, Figure], *, reference: str | None = None
    ) -> str | None:
        """Receive a part and let the POS make a second order, SENT, for the rest; gives its id.

        The number of the second order is the outlet's next unless stated. Nothing left gives None.
        """
        order = self.store().consignments.by_id[order_id]
        lines = lines_of(self.store(), order_id).all_live()
        self.receive(order_id, counts)
        rest = {
            line.id: ((line.count or 0) - five(counts.get(line.id, 0)), line.cost)
            for line in lines
            if (line.count or 0) > five(counts.get(line.id, 0))
        }
        if not rest:
            return None
        return self.create_order(
            order.outlet_id, order.supplier_id, rest, reference=reference, name=order.name, status="SENT"
        )

    def _product(self, product_id: str) -> Product:
        return self.store().products.by_id[product_id]

    def _line(self, order_id: str, product_id: str) -> Line:
        return lines_of(self.store(), order_id).by_id[product_id]

    def _put(self, order_id: str, line: Line) -> None:
        state = self.store()
        lines_of(state, order_id).put(evolve(line, version=state.new_version(), updated_at=self.clock()))
        if self.switches().line_edit_moves_order:
            bump(state, state.consignments.by_id[order_id])
