"""What a wholesale order comes to in purchase orders: a new one, a revision, a further one, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from decimal import Decimal

from attrs import define, evolve, field, frozen

from ..models.purchase_order import PurchaseOrder
from ..models.setup import Setup
from ..models.store import Outlet
from ..models.wholesale_order import WholesaleOrder, WholesaleStatus
from .book import Applied, AppliedLine
from .expected import expected_of_new, expected_of_revision
from .lineage import Lineage, lineage_of
from .notes import Notes
from .plan import TargetLine
from .portion import Bought, Portion
from .purchase import Purchases, Wanted, target_lines
from .question import Stops
from .records import Records
from .refs import Kind, Known, Ref
from .review import Review
from .revision import Revision
from .split_since import left_out

ADOPT, CREATE_ANOTHER, SKIP = "adopt", "create another", "skip"
"""Answers to a purchase order that is there already; *adopt* is followed by its id."""
ORDER_IT, TAKE_BACK, KEEP = "order it", "take the lines back", "keep it"
"""Answers to an order that was cancelled with the brand."""
LEAVE = "leave it"

ZERO = Decimal(0)


@frozen(kw_only=True)
class _Base:
    """What was applied of one purchase order, by product."""

    counts: Mapping[Ref, Decimal]
    costs: Mapping[Ref, Decimal | None] = field(factory=dict)


@define(kw_only=True)
class Buying:
    """Decides between a new order, a revision and nothing."""

    review: Review
    """What a person saw."""
    setup: Setup
    """The merchant's choices."""
    notes: Notes
    """Where questions, losses and deciding fields go."""
    records: Records
    """Finds or plans suppliers, brands, tags and options."""

    def buy(self, order: WholesaleOrder, outlet: Outlet | None, portions: Sequence[Portion]) -> Bought:
        """What the order comes to; questions go to the notes."""
        applied = self.review.book.applied.get(order.key)
        wanted = [one for portion in portions for one in portion.wanted]
        if applied and applied.purchase_orders:
            if any(portion.part.divided for portion in portions):
                return self._follow_portions(order, outlet, portions, applied)
            return self._follow(order, outlet, wanted, applied.purchase_orders, _based_on(applied.lines))
        if not any(line.quantity for line in order.lines):
            self._tell_empty(order)
        if not wanted or outlet is None or self._cancelled(order):
            return Bought()
        if left_out(order, wanted, self.review.book, self.notes):
            return Bought()
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(order.key.portal), order.key)
        there = self._already_there(order, supplier)
        answer = self._ask_there(order, there) if there else CREATE_ANOTHER
        if answer is not None and answer.startswith(ADOPT):
            return self._adopt(order, outlet, wanted, answer.removeprefix(ADOPT).strip())
        if answer == SKIP:
            return Bought()
        return self._new_portions(order, outlet, supplier, portions, tuple(one.id for one in there))

    def _new_portions(
        self,
        order: WholesaleOrder,
        outlet: Outlet,
        supplier: Ref,
        portions: Sequence[Portion],
        known: tuple[str, ...],
    ) -> Bought:
        """A purchase order for each portion, made one after the other."""
        bought = Bought()
        for portion in portions:
            if portion.wanted:
                one = self._new(
                    portion.part.order(order),
                    outlet,
                    supplier,
                    portion.wanted,
                    known,
                    portion.lines,
                    others=bought.purchase_orders,
                    name=portion.name,
                )
                lines = portion.goal_lines(one.purchase_orders[0]) if portion.part.divided else ()
                bought = bought.joined(evolve(one, lines=lines))
        return bought

    def _follow_portions(
        self,
        order: WholesaleOrder,
        outlet: Outlet | None,
        portions: Sequence[Portion],
        applied: Applied,
    ) -> Bought:
        """An order that became one purchase order for each ship window: each follows its own lines."""
        bought = Bought()
        own = {portion.purchase_order for portion in portions}
        for portion in portions:
            home = portion.purchase_order
            if home is None:
                continue
            base = _based_on(line for line in applied.lines if line.purchase_order == home)
            taken = {one.id for one in bought.purchase_orders if isinstance(one, Known)}
            strange = (own | taken) - {home}
            one = self._follow(
                portion.part.order(order), outlet, portion.wanted, (home,), base, strange, portion.name
            )
            bought = bought.joined(evolve(one, lines=portion.goal_lines(Known(id=home))))
        fresh = [portion for portion in portions if portion.purchase_order is None]
        if not fresh or outlet is None:
            return bought
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(order.key.portal), order.key)
        return bought.joined(self._new_portions(order, outlet, supplier, fresh, applied.purchase_orders))

    def _new(
        self,
        order: WholesaleOrder,
        outlet: Outlet,
        supplier: Ref,
        wanted: Sequence[Wanted],
        known: tuple[str, ...],
        lines: Sequence[TargetLine] | None = None,
        *,
        others: tuple[Ref, ...] = (),
        name: str = "",
    ) -> Bought:
        purchases = Purchases(review=self.review, setup=self.setup)
        some = target_lines(wanted) if lines is None else tuple(lines)
        change = purchases.new_order(
            order, outlet, supplier, _names(wanted), some, known, others=others, part=name
        )
        return Bought(changes=(change,), purchase_orders=(change.slot,), expected=expected_of_new(change))

    def _follow(
        self,
        order: WholesaleOrder,
        outlet: Outlet | None,
        wanted: Sequence[Wanted],
        known: tuple[str, ...],
        base: _Base,
        strange: AbstractSet[str | None] = frozenset(),
        name: str = "",
    ) -> Bought:
        """An order that became purchase orders before; *strange* ones are known to be other parts of it."""
        orders = [one for one in self.review.snapshot.orders.values() if one.id not in strange]
        lineage = lineage_of(order, known, orders, self.notes)
        self.notes.rely(" ".join(filter(None, (f"order {order.key} lineage", name))), _told(lineage))
        if lineage is None:
            return self._gone(order, outlet, wanted, known)
        targets = () if self._cancelled_since(order, lineage) else target_lines(wanted)
        revision = Revision(
            order=order, base=base.counts, costs=base.costs, lineage=lineage, notes=self.notes, window=name
        )
        names = {product: self.review.product_name(product) for product in base.counts}
        revised = revision.revised(targets, {**names, **_names(wanted)})
        refs: tuple[Ref, ...] = tuple(Known(id=one.id) for one in lineage.purchases)
        bought = Bought(purchase_orders=refs)
        if revised.change is not None:
            bought = Bought(
                changes=(revised.change,),
                purchase_orders=refs,
                expected=expected_of_revision(revised.change),
            )
        if not revised.further or outlet is None:
            return bought
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(order.key.portal), order.key)
        ids = tuple(one.id for one in lineage.purchases)
        further = self._new(order, outlet, supplier, wanted, ids, revised.further, name=name)
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
        counts: dict[Ref, Decimal] = {
            Known(id=key): count for key, count in held.items() if Known(id=key) in wants
        }
        return self._follow(order, outlet, wanted, (purchase_id,), _Base(counts=counts))

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

    def _tell_empty(self, order: WholesaleOrder) -> None:
        self.notes.ask(
            f"nothing ordered:{order.key}",
            f"order {order.number} has no line with units; no purchase order is made until it has",
            Stops.NOTHING,
            order=order.key,
        )

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
                if found.number.strip() == order.number.strip()
                and found.supplier_id == supplier.id
                and not found.deleted
            )
        self.notes.rely(f"orders numbered {order.number}", ",".join(found.id for found in there) or "none")
        return there

    def _ask_there(self, order: WholesaleOrder, there: Sequence[PurchaseOrder]) -> str | None:
        listed = ", ".join(f"{found.id} ({found.standing})" for found in there)
        return self.notes.ask(
            f"already there:{order.key}",
            f"the POS has {len(there)} purchase order(s) numbered {order.number} for this supplier that "
            f"po_bridge did not make: {listed}",
            Stops.ORDER,
            order=order.key,
            answers=(*(f"{ADOPT} {found.id}" for found in there), CREATE_ANOTHER, SKIP),
        )


def _based_on(lines: Iterable[AppliedLine]) -> _Base:
    """Sum lines by product; a cost that differs between them is not known."""
    counts: dict[Ref, Decimal] = {}
    costs: dict[Ref, Decimal | None] = {}
    for line in lines:
        product = Known(id=line.product_id)
        counts[product] = counts.get(product, ZERO) + line.count
        costs[product] = line.cost if costs.get(product, line.cost) == line.cost else None
    return _Base(counts=counts, costs=costs)


def _names(wanted: Sequence[Wanted]) -> Mapping[Ref, str]:
    return {one.product: one.name for one in wanted}


def _told(lineage: Lineage | None) -> str:
    if lineage is None:
        return "gone"
    return ", ".join(f"{one.id} {one.standing}" for one in lineage.purchases)
