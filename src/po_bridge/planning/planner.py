"""From a review to a plan: pure, deterministic, sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from attrs import define, field

from ..matching.result import Matched, NeedsReview, New, Skipped
from ..models.keys import LineKey
from ..models.setup import Setup
from ..models.store import Outlet
from ..models.wholesale_order import WholesaleOrder
from .additions import Additions
from .buying import Buying
from .canonical import sealed
from .change import Change
from .charging import Charging
from .codes import Codes, fit_code
from .families import Families
from .lookups import Lookups
from .losses import lose_all, lose_moves, lose_unheld
from .names import Names
from .new_product import NewProduct
from .notes import Notes
from .outlets import ask_window, outlet_of
from .plan import Goal, Plan, TargetLine
from .portion import Bought, Portion
from .purchase import Wanted
from .question import Stops
from .records import Records
from .refs import Known, Ref, Slot
from .review import Review, ReviewLine
from .snapshot import Collection
from .steps import steps_of
from .store_family import StoreFamilies
from .taking_over import TakingOver
from .wants import Want, priced_lines, wants_of
from .windows import Placed, placed_parts


def plan(review: Review, setup: Setup) -> Plan:
    """Every change and step that takes the review's orders into the POS, with what decided and what is open.

    Pure: the same review and setup give the same bytes.
    """
    return _Planner(review=review, setup=setup).plan()


def lookups(review: Review, setup: Setup) -> Lookups:
    """What a plan of this review asks the store about; where that was not read, ask again after reading it."""
    return _Planner(review=review, setup=setup).lookups()


@define(kw_only=True)
class _Planner:
    review: Review
    setup: Setup
    notes: Notes = field(init=False)
    records: Records = field(init=False)
    store_families: StoreFamilies = field(init=False)
    codes: Codes = field(init=False)
    names: Names = field(init=False)
    families: Families = field(init=False)
    buying: Buying = field(init=False)
    taking_over: TakingOver = field(init=False)

    def __attrs_post_init__(self) -> None:
        review, setup = self.review, self.setup
        self.notes = Notes(book=review.book)
        self.records = Records(snapshot=review.snapshot, notes=self.notes)
        self.buying = Buying(review=review, setup=setup, notes=self.notes, records=self.records)
        self.taking_over = TakingOver(
            setup=setup,
            tables=review.tables,
            snapshot=review.snapshot,
            capabilities=review.capabilities,
            notes=self.notes,
        )
        self.store_families = StoreFamilies(review=review, setup=setup)
        self.codes = Codes(snapshot=review.snapshot, rule=setup.sku, notes=self.notes)
        self.names = Names(snapshot=review.snapshot, notes=self.notes)
        self.families = Families(
            setup=setup,
            tables=review.tables,
            capabilities=review.capabilities,
            records=self.records,
            codes=self.codes,
            names=self.names,
            additions=Additions(
                families=self.store_families, capabilities=review.capabilities, notes=self.notes
            ),
            notes=self.notes,
        )

    def lookups(self) -> Lookups:
        """Go through everything that is planned, and tell what was asked on the way."""
        lines: dict[LineKey, ReviewLine] = {line.key: line for line in self.review.lines}
        for order in self.review.orders:
            self._bought(order, lines)
        self.families.changes()
        asked = Lookups(
            names=frozenset(self.names.looked | self.store_families.looked),
            codes=frozenset(self.codes.looked),
            collections=frozenset(self.records.looked),
        )
        if not self.setup.take_over:
            return asked
        codes = frozenset(code for one in self.review.demands for code in (*one.codes, fit_code(one.codes)))
        products = (line.product for line in self.review.matched)
        names = frozenset(one.name for one in products if one and one.family_id and not one.images)
        return asked | Lookups(names=names, codes=codes - {""}, collections=frozenset({Collection.SUPPLIERS}))

    def plan(self) -> Plan:
        """Plan every order, then what they share."""
        lines: dict[LineKey, ReviewLine] = {line.key: line for line in self.review.lines}
        done = [self._order(order, lines) for order in self.review.orders]
        families = self.families.changes()
        purchases = tuple(change for bought, _ in done for change in bought.changes)
        changes: tuple[Change, ...] = (
            *self.records.changes(),
            *families,
            *self.taking_over.changes(),
            *purchases,
        )
        unsealed = Plan(
            store=self.review.facts.store,
            goals=tuple(goal for _, goal in done),
            changes=changes,
            steps=steps_of(changes, self.review.capabilities),
            basis=self.notes.basis(),
            losses=self.notes.losses(),
            questions=self.notes.questions(),
        )
        return sealed(unsealed)

    def _order(self, order: WholesaleOrder, lines: Mapping[LineKey, ReviewLine]) -> tuple[Bought, Goal]:
        bought, portions = self._bought(order, lines)
        return bought, self._goal(order, bought, portions, lines)

    def _bought(
        self, order: WholesaleOrder, lines: Mapping[LineKey, ReviewLine]
    ) -> tuple[Bought, Sequence[Portion]]:
        self._rely_on(order)
        outlet = outlet_of(order, self.review.facts, self.setup, self.notes)
        ask_window(order, self.notes)
        rate = self._rate(order, outlet)
        priced = priced_lines(order, self.review.styles, self.setup, self.notes)
        applied = self.review.book.applied.get(order.key)
        places = placed_parts(order, priced, self.setup.windows, applied)
        portions = [self._portion(order, placed, rate, lines) for placed in places]
        lose_all(order, places, self.notes)
        lose_moves(order, outlet, applied, self.review.snapshot.orders, self.notes)
        bought = self.buying.buy(order, outlet, portions)
        lose_unheld(order, bought.changes, self.review.capabilities, self.notes)
        charging = Charging(
            capabilities=self.review.capabilities, orders=self.review.snapshot.orders, notes=self.notes
        )
        self._withdraw(order, bought, portions)
        return charging.charged(order, bought, rate), portions

    def _withdraw(self, order: WholesaleOrder, bought: Bought, portions: Sequence[Portion]) -> None:
        """Make no products for what a person leaves out; as long as something is open the plan shows them."""
        ordered = bought.ordered
        unordered = [
            one.want.key
            for portion in portions
            for one in portion.wanted
            if isinstance(one.product, Slot) and one.product not in ordered
        ]
        if unordered and not self.notes.is_stopped(order.key):
            self.families.withdraw(order.key, unordered)

    def _portion(
        self, order: WholesaleOrder, placed: Placed, rate: Decimal, lines: Mapping[LineKey, ReviewLine]
    ) -> Portion:
        wants = wants_of(order, placed.part.lines, self.setup, rate, self.notes)
        wanted = (self._wanted(order, want, lines[want.key], rate) for want in wants)
        return Portion(
            part=placed.part,
            wanted=tuple(one for one in wanted if one),
            purchase_order=placed.purchase_order,
        )

    def _rely_on(self, order: WholesaleOrder) -> None:
        self.notes.rely(f"order {order.key} content", order.origin.revision if order.origin else "")
        self.notes.rely(f"order {order.key} status", order.status_word or order.status.value)
        for name in ("tax_form", "currency"):
            self.notes.rely(f"store {name}", getattr(self.review.facts, name))

    def _rate(self, order: WholesaleOrder, outlet: Outlet | None) -> Decimal:
        store = (outlet.currency if outlet else "") or self.review.facts.currency
        if order.currency is None:
            self.notes.ask(
                f"currency missing:{order.key}",
                f"order {order.number} states no currency; is it {store}?",
                Stops.ORDER,
                order=order.key,
                answers=(store,),
            )
            return Decimal(1)
        if not store or order.currency == store:
            return Decimal(1)
        if order.currency not in self.setup.rates:
            self.notes.ask(
                f"currency:{order.key}",
                f"order {order.number} is in {order.currency}, the outlet's currency is {store}; "
                f"pass a rate in the setup: rates={{{order.currency!r}: ...}}",
                Stops.ORDER,
                order=order.key,
            )
        return self.setup.rates.get(order.currency, Decimal(1))

    def _wanted(self, order: WholesaleOrder, want: Want, line: ReviewLine, rate: Decimal) -> Wanted | None:
        product = self._product(order, want, line, rate)
        return Wanted(want=want, product=product, name=line.name) if product else None

    def _product(self, order: WholesaleOrder, want: Want, line: ReviewLine, rate: Decimal) -> Ref | None:
        match line.match:
            case Matched():
                self._rely_on_product(line.match.product_id)
                self.taking_over.take(order, want, line, rate)
                return Known(id=line.match.product_id)
            case New():
                new = NewProduct(
                    want=want, style=line.style, currency=order.currency, rate=rate, orders=(order.key,)
                )
                self._ask_style(order, line)
                return self.families.add(new)
            case NeedsReview():
                reasons = "; ".join(reason.value for reason in line.match.reasons)
                self.notes.ask(
                    f"line:{line.key}",
                    f"order {order.number}, {line.name}: {reasons}; link it, create it or skip it",
                    Stops.LINE,
                    order=order.key,
                    line=line.key,
                )
                return None
            case Skipped():
                return None
            case _:
                assert_never(line.match)

    def _rely_on_product(self, product_id: str) -> None:
        product = self.review.snapshot.products.get(product_id)
        codes = ",".join(sorted(code.text for code in product.codes)) if product else ""
        self.notes.rely(f"product {product_id} alive", bool(product and product.alive))
        self.notes.rely(f"product {product_id} codes", codes)

    def _ask_style(self, order: WholesaleOrder, line: ReviewLine) -> None:
        if line.style is None:
            number = line.lines[0].style_number or line.key.style_id
            self.notes.ask(
                f"style missing:{line.key.portal}/{line.key.style_id}",
                f"{self.review.source} has no style document for {number}; the product is named {number!r}, "
                "without description and picture",
                Stops.NOTHING,
                order=order.key,
                line=line.key,
            )

    @staticmethod
    def _goal_lines(bought: Bought, portions: Sequence[Portion]) -> tuple[TargetLine, ...]:
        """What the purchase orders must hold; nothing where there are none."""
        if not bought.purchase_orders:
            return ()
        return bought.lines or tuple(line for portion in portions for line in portion.goal_lines())

    def _goal(
        self,
        order: WholesaleOrder,
        bought: Bought,
        portions: Sequence[Portion],
        lines: Mapping[LineKey, ReviewLine],
    ) -> Goal:
        kinds = [type(lines[key].match) for key in dict.fromkeys(line.key for line in order.lines)]
        return Goal(
            order=order.key,
            number=order.number,
            content=order.origin.revision if order.origin else "",
            round=self.review.round_of(order.key),
            purchase_orders=bought.purchase_orders,
            lines=self._goal_lines(bought, portions),
            expected=bought.expected,
            matched=kinds.count(Matched),
            created=kinds.count(New),
            skipped=kinds.count(Skipped),
            charges=bought.charges,
        )
