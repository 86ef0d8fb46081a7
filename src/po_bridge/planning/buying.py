"""What a wholesale order comes to in purchase orders: a new one, a revision, a further one, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from decimal import Decimal

from attrs import define, evolve

from ..matching.result import NeedsReview
from ..models.setup import Setup
from ..models.store import Outlet
from ..models.wholesale_order import WholesaleOrder, WholesaleStatus
from .applied_units import AppliedUnits, applied_of
from .book import Applied, AppliedLine
from .expected import expected_of_new, expected_of_revision
from .lineage import Lineage, lineage_of, window_lineage
from .notes import Notes
from .plan import TargetLine
from .portion import Bought, Portion
from .purchase import Purchases, Wanted, target_lines
from .question import Stops
from .records import Records
from .refs import Kind, Known, Ref
from .review import Review
from .revision import Revised, Revision
from .same_number import CREATE_ANOTHER, SKIP, adopted, already_there, ask_gone, ask_there, replacements
from .split_since import left_out

ORDER_IT, TAKE_BACK, KEEP = "order it", "take the lines back", "keep it"
"""Answers to an order that was cancelled with the brand."""

ZERO = Decimal(0)


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
            base = applied_of(self._settled(applied.lines))
            return self._follow(order, outlet, wanted, applied.purchase_orders, base)
        if not any(line.quantity for line in order.lines):
            self._tell_empty(order)
        if not wanted or outlet is None or self._cancelled(order):
            return Bought()
        if left_out(order, wanted, self.review.book, self.notes):
            return Bought()
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(order.key.portal), order.key)
        there = already_there(order, supplier, self.review.snapshot.orders.values(), self.notes)
        answer = ask_there(order, there, self.notes) if there else CREATE_ANOTHER
        if adopted(answer):
            return self._adopt(order, outlet, wanted, adopted(answer))
        if answer == SKIP:
            return Bought()
        return self._new_portions(order, outlet, supplier, portions, tuple(one.id for one in there))

    def _settled(self, lines: Iterable[AppliedLine]) -> Iterator[AppliedLine]:
        """Leave out lines that a person must look at first: nobody knows yet which product they want."""
        matches = self.review.matches
        return (line for line in lines if not isinstance(matches.get(line.line), NeedsReview))

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
        goods: dict[str, set[str]] = {one.purchase_order: set() for one in portions if one.purchase_order}
        for line in applied.lines:
            goods.get(line.purchase_order, set()).add(line.product_id)
        for portion in portions:
            home = portion.purchase_order
            if home is None:
                continue
            base = applied_of(self._settled(line for line in applied.lines if line.purchase_order == home))
            known = window_lineage(home, goods, applied.purchase_orders, self.review.snapshot.orders)
            taken = {one.id for one in bought.purchase_orders if isinstance(one, Known)}
            strange = {*goods, *applied.purchase_orders, *taken}.difference(known)
            one = self._follow(
                portion.part.order(order), outlet, portion.wanted, known, base, strange, portion.name
            )
            # where the order is gone, another stands in its place
            bought = bought.joined(evolve(one, lines=portion.goal_lines(one.purchase_orders[0])))
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
        base: AppliedUnits,
        strange: AbstractSet[str] = frozenset(),
        name: str = "",
    ) -> Bought:
        """An order that became purchase orders before; *strange* ones are known to be other parts of it."""
        orders = [one for one in self.review.snapshot.orders.values() if one.id not in strange]
        applied = self.review.book.applied.get(order.key)
        edited = {line.product: line.count for line in target_lines(wanted)} != base.counts
        lineage = lineage_of(
            order,
            known,
            orders,
            self.notes,
            applied.at if applied else None,
            Stops.ORDER if edited else Stops.NOTHING,
        )
        self.notes.rely(" ".join(filter(None, (f"order {order.key} lineage", name))), _told(lineage))
        if lineage is None:
            return self._gone(order, outlet, wanted, known)
        revised = self._revised(order, lineage, wanted, base, name)
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

    def _revised(
        self, order: WholesaleOrder, lineage: Lineage, wanted: Sequence[Wanted], base: AppliedUnits, name: str
    ) -> Revised:
        revision = Revision(
            order=order,
            base=base.counts,
            costs=base.costs,
            lineage=lineage,
            notes=self.notes,
            round=self.review.round_of(order.key),
            window=name,
        )
        targets = () if self._cancelled_since(order, lineage) else target_lines(wanted)
        names = {product: self.review.product_name(product) for product in base.counts}
        return revision.revised(targets, {**names, **_names(wanted)})

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
        return self._follow(order, outlet, wanted, (purchase_id,), AppliedUnits(counts=counts))

    def _gone(
        self, order: WholesaleOrder, outlet: Outlet | None, wanted: Sequence[Wanted], known: tuple[str, ...]
    ) -> Bought:
        named = self.setup.supplier_of(order.key.portal)
        ours = self.records.known(Kind.SUPPLIER, named)
        there = already_there(order, ours, self.review.snapshot.orders.values(), self.notes)
        answer = ask_gone(order, known[-1], replacements(there, self.review.book), self.notes)
        if adopted(answer) and outlet is not None:
            return self._adopt(order, outlet, wanted, adopted(answer))
        if answer != CREATE_ANOTHER or outlet is None or not wanted:
            return Bought(purchase_orders=tuple(Known(id=key) for key in known))
        supplier = self.records.ref(Kind.SUPPLIER, named, order.key)
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


def _names(wanted: Sequence[Wanted]) -> Mapping[Ref, str]:
    return {one.product: one.name for one in wanted}


def _told(lineage: Lineage | None) -> str:
    if lineage is None:
        return "gone"
    return ", ".join(f"{one.id} {one.standing}" for one in lineage.purchases)
