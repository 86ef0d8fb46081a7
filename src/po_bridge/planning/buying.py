"""What a wholesale order comes to in purchase orders: a new one, a revision, a further one, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from attrs import define, frozen

from ..models.purchase_order import PurchaseOrder
from ..models.setup import Setup
from ..models.store import Outlet
from ..models.wholesale_order import WholesaleOrder, WholesaleStatus
from .change import NewOrder, OrderRevision
from .lineage import Lineage, lineage_of
from .notes import Notes
from .plan import Expected, TargetLine
from .purchase import Purchases, Wanted, target_lines
from .question import Stops
from .records import Records
from .refs import Kind, Known, Ref
from .review import Review
from .revision import Revision

ADOPT, CREATE_ANOTHER, SKIP = "adopt", "create another", "skip"
"""Answers to a purchase order that is there already; *adopt* is followed by its id."""
ORDER_IT, TAKE_BACK, KEEP = "order it", "take the lines back", "keep it"
"""Answers to an order that was cancelled with the brand."""
LEAVE = "leave it"

ZERO = Decimal(0)


@frozen(kw_only=True)
class Bought:
    """The purchase orders of one wholesale order."""

    changes: tuple[NewOrder | OrderRevision, ...] = ()
    """What is to be done."""
    purchase_orders: tuple[Ref, ...] = ()
    """The lineage, oldest first."""
    expected: tuple[Expected, ...] = ()
    """Lines that must read so afterwards."""


@define(kw_only=True)
class Buying:
    """Decides between a new order, a revision and nothing."""

    review: Review
    setup: Setup
    notes: Notes
    records: Records

    def buy(self, order: WholesaleOrder, outlet: Outlet | None, wanted: Sequence[Wanted]) -> Bought:
        """What the order comes to; questions go to the notes."""
        applied = self.review.book.applied.get(order.key)
        known = applied.purchase_orders if applied else ()
        if known and applied:
            base = _base((Known(id=line.product_id), line.count) for line in applied.lines)
            return self._follow(order, outlet, wanted, known, base)
        if not wanted or outlet is None or self._cancelled(order):
            return Bought()
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(order.key.portal), order.key)
        there = self._already_there(order, supplier)
        answer = self._ask_there(order, there) if there else CREATE_ANOTHER
        if answer is not None and answer.startswith(ADOPT):
            return self._adopt(order, outlet, wanted, answer.removeprefix(ADOPT).strip())
        if answer == SKIP:
            return Bought()
        return self._new(order, outlet, supplier, wanted, tuple(one.id for one in there))

    def _new(
        self,
        order: WholesaleOrder,
        outlet: Outlet,
        supplier: Ref,
        wanted: Sequence[Wanted],
        known: tuple[str, ...],
        lines: Sequence[TargetLine] | None = None,
    ) -> Bought:
        purchases = Purchases(review=self.review, setup=self.setup)
        some = target_lines(wanted) if lines is None else tuple(lines)
        change = purchases.new_order(order, outlet, supplier, _names(wanted), some, known)
        return Bought(changes=(change,), purchase_orders=(change.slot,), expected=_expected_of_new(change))

    def _follow(
        self,
        order: WholesaleOrder,
        outlet: Outlet | None,
        wanted: Sequence[Wanted],
        known: tuple[str, ...],
        base: Mapping[Ref, Decimal],
    ) -> Bought:
        """An order that became purchase orders before."""
        lineage = lineage_of(order, known, self.review.snapshot.orders.values(), self.notes)
        self.notes.rely(f"order {order.key} lineage", _told(lineage))
        if lineage is None:
            return self._gone(order, outlet, wanted, known)
        targets = () if self._cancelled_since(order, lineage) else target_lines(wanted)
        revision = Revision(order=order, base=base, lineage=lineage, notes=self.notes)
        revised = revision.revised(targets, _names(wanted))
        refs: tuple[Ref, ...] = tuple(Known(id=one.id) for one in lineage.purchases)
        bought = Bought(purchase_orders=refs)
        if revised.change is not None:
            bought = Bought(
                changes=(revised.change,),
                purchase_orders=refs,
                expected=_expected_of_revision(revised.change),
            )
        if not revised.further or outlet is None:
            return bought
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(order.key.portal), order.key)
        ids = tuple(one.id for one in lineage.purchases)
        further = self._new(order, outlet, supplier, wanted, ids, revised.further)
        return Bought(
            changes=(*bought.changes, *further.changes),
            purchase_orders=(*refs, *further.purchase_orders),
            expected=(*bought.expected, *further.expected),
        )

    def _adopt(
        self, order: WholesaleOrder, outlet: Outlet, wanted: Sequence[Wanted], purchase_id: str
    ) -> Bought:
        """Take an order that somebody else made for ours: only lines of the wholesale order are brought in line."""
        purchase = self.review.snapshot.orders.get(purchase_id)
        held = {line.product_id: line.count for line in (purchase.lines if purchase else None) or ()}
        wants = {one.product for one in wanted}
        base = _base((Known(id=key), count) for key, count in held.items() if Known(id=key) in wants)
        return self._follow(order, outlet, wanted, (purchase_id,), base)

    def _gone(
        self, order: WholesaleOrder, outlet: Outlet | None, wanted: Sequence[Wanted], known: tuple[str, ...]
    ) -> Bought:
        answer = self.notes.ask(
            f"gone:{order.key}:{known[-1]}",
            f"the purchase order of {order.number} ({known[-1]}) was deleted or cancelled in the POS",
            Stops.ORDER,
            order=order.key,
            answers=(CREATE_ANOTHER, LEAVE),
        )
        if answer != CREATE_ANOTHER or outlet is None or not wanted:
            return Bought(purchase_orders=tuple(Known(id=key) for key in known))
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(order.key.portal), order.key)
        return self._new(order, outlet, supplier, wanted, known)

    def _cancelled(self, order: WholesaleOrder) -> bool:
        if order.status is not WholesaleStatus.CANCELLED:
            return False
        answer = self.notes.ask(
            f"cancelled:{order.key}",
            f"order {order.number} is cancelled with the brand",
            Stops.ORDER,
            order=order.key,
            answers=(ORDER_IT, SKIP),
        )
        return answer == SKIP

    def _cancelled_since(self, order: WholesaleOrder, lineage: Lineage) -> bool:
        """Whether an order that was cancelled after it was applied is to be taken out of the POS."""
        if order.status is not WholesaleStatus.CANCELLED:
            return False
        answer = self.notes.ask(
            f"cancelled since:{order.key}",
            f"order {order.number} was cancelled with the brand after it was applied "
            f"(purchase order {lineage.purchases[-1].id}); units that were received stay",
            Stops.ORDER,
            order=order.key,
            answers=(TAKE_BACK, KEEP),
        )
        return answer == TAKE_BACK

    def _already_there(self, order: WholesaleOrder, supplier: Ref) -> tuple[PurchaseOrder, ...]:
        """Live orders of this supplier that bear this number and that the book does not know."""
        there: tuple[PurchaseOrder, ...] = ()
        if isinstance(supplier, Known):
            there = tuple(
                found
                for _, found in sorted(self.review.snapshot.orders.items())
                if found.number == order.number and found.supplier_id == supplier.id and not found.deleted
            )
        self.notes.rely(f"orders numbered {order.number}", ",".join(found.id for found in there) or "none")
        return there

    def _ask_there(self, order: WholesaleOrder, there: Sequence[PurchaseOrder]) -> str | None:
        listed = ", ".join(f"{found.id} ({found.status.value})" for found in there)
        return self.notes.ask(
            f"already there:{order.key}",
            f"the POS has {len(there)} purchase order(s) numbered {order.number} for this supplier that "
            f"po_bridge did not make: {listed}",
            Stops.ORDER,
            order=order.key,
            answers=(*(f"{ADOPT} {found.id}" for found in there), CREATE_ANOTHER, SKIP),
        )


def _base(lines: Iterable[tuple[Ref, Decimal]]) -> Mapping[Ref, Decimal]:
    base: dict[Ref, Decimal] = {}
    for product, count in lines:
        base[product] = base.get(product, ZERO) + count
    return base


def _names(wanted: Sequence[Wanted]) -> Mapping[Ref, str]:
    return {one.product: one.name for one in wanted}


def _told(lineage: Lineage | None) -> str:
    if lineage is None:
        return "gone"
    return ", ".join(f"{one.id} {one.status.value}" for one in lineage.purchases)


def _expected_of_new(change: NewOrder) -> tuple[Expected, ...]:
    return tuple(
        Expected(order=change.slot, product=line.product, count=line.count, cost=line.cost)
        for line in change.lines
    )


def _expected_of_revision(change: OrderRevision) -> tuple[Expected, ...]:
    added = [(line.product, line.count, line.cost) for line in change.added]
    kept = [(line.product, line.count, line.cost) for line in change.changed]
    gone = [(line.product, ZERO, None) for line in change.removed]
    return tuple(
        Expected(order=change.order, product=product, count=count, cost=cost)
        for product, count, cost in (*added, *kept, *gone)
    )
