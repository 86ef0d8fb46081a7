"""The toy target with receipts that are completed later, as POS have them that answer ids in no order, or none."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve

from ..models.pos_product import PosProduct
from ..planning.receipt import Receipt, Rest
from ..planning.refs import Ids, Kind, Ref, resolve
from ..planning.seen import Found, wanted_by
from ..planning.snapshot import Positions
from ..planning.step import Step
from ..planning.write import AddMembers, CreateFamily, UpdateProduct, Write
from ..ports.exchange import Exchange
from .toy_records import read_product
from .toy_target import ToyTarget


@define(kw_only=True)
class ToyReader(ToyTarget):
    """Tells the family it made; products are read back by their codes, all of them by one call."""

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """One write, one call; ids of products are kept back."""
        receipt = yield from super().perform(step, ids)
        if isinstance(receipt, Rest) or not wanted_by(step.write):
            return receipt
        told = {slot: made for slot, made in receipt.made.items() if slot.kind is not Kind.PRODUCT}
        return evolve(receipt, made=told, unread=True)

    def read_back(self, steps: tuple[Step, ...], ids: Ids, since: Positions) -> Exchange[Found]:
        """One read of every product."""

        def work() -> Found:
            products = [read_product(row) for row in self.pos.rows("products")]
            return {ref: one for step in steps for ref, one in _found(step.write, products, ids)}

        return (yield from self._ask("read back", work))

    def reads(self, writes: Iterable[Write]) -> int:
        """One, where there is anything."""
        return int(any(wanted_by(write) for write in writes))


def _found(write: Write, products: Iterable[PosProduct], ids: Ids) -> Iterable[tuple[Ref, PosProduct]]:
    if isinstance(write, UpdateProduct):
        return [(write.product, one) for one in products if one.id == resolve(write.product, ids)]
    members = write.members if isinstance(write, CreateFamily | AddMembers) else ()
    by_code = {code.text: one for one in products for code in one.codes}
    known = ((member.slot, by_code.get(code.text)) for member in members for code in member.codes)
    return [(slot, one) for slot, one in known if one is not None]
