"""The target's contract about reading: facts, lists, looks, and what stands there after writing."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from attrs import evolve

from ..errors import NotFound
from ..models.charges import Charges
from ..models.pos_product import PosProduct
from ..planning.change import NewFamily
from ..planning.plan import Plan
from ..planning.refs import Kind, Slot, resolve
from ..planning.snapshot import Collection, Wanted
from ..planning.write import CreateSupplier, Member
from ..ports.exchange import Exchange
from ..ports.target import Target
from .asked import Asked
from .cursors import drained, positions, records
from .must_raise import MustPass, MustRaise
from .sample import DUE_ON
from .subject import Subject
from .target_case import TargetCase, like, order_step

LISTED = {
    Kind.SUPPLIER: Collection.SUPPLIERS,
    Kind.BRAND: Collection.BRANDS,
    Kind.TAG: Collection.TAGS,
    Kind.OPTION: Collection.OPTIONS,
    Kind.PRODUCT: Collection.PRODUCTS,
    Kind.ORDER: Collection.ORDERS,
}
"""The list that a thing made stands on."""

ODD_NAME = 'O\'Hara & Søn <"1"> 50% 東京'
"""A name that a careless text of SQL, XML or a query does not survive."""

_READINGS = ("facts", "look", *(f"changes {collection.value}" for collection in Collection))


def _reading(target: Target, reading: str) -> Exchange[Any]:
    match reading.partition(" "):
        case ("facts", _, _):
            return target.facts()
        case ("look", _, _):
            return target.look(Wanted(), {})
        case (_, _, collection):
            return target.changes(Collection(collection), "")


class ReadingContract(TargetCase):
    """Reading."""

    def test_the_store_has_a_name_and_an_identity(self, subject: Subject) -> None:
        """Plans are bound to the store, and people read its label."""
        target = subject.target
        assert target.label.strip(), "label must name the POS for people"
        facts = subject.drive(target.facts())
        assert target.store.strip(), "store must be an identity that stays, without secrets"
        assert facts.store == target.store, "facts() must name the store that the target names"

    def test_facts_name_outlets_zones_and_currency(self, subject: Subject) -> None:
        """Facts tell what planning needs."""
        facts = subject.drive(subject.target.facts())
        assert facts.outlets, "facts() must name at least one outlet"
        known = {outlet.id for outlet in facts.outlets}
        assert subject.outlet_id in known, "facts() must name every outlet that takes orders"
        zones = {outlet.zone for outlet in facts.outlets}
        assert zones <= available_timezones(), "facts() must give each outlet a time zone by its IANA name"
        coins = {facts.currency, *(outlet.currency for outlet in facts.outlets)} - {""}
        good = coins and all(len(coin) == 3 and coin.isupper() for coin in coins)
        assert good, "facts() must give the currency by its ISO 4217 code, for the store or for each outlet"

    def test_reading_changes_nothing(self, subject: Subject) -> None:
        """What reads is never marked as a write, and never is one."""
        before = subject.remote.digest()
        for reading in _READINGS:
            asked = Asked()
            subject.forget()
            subject.drive(asked.watch(_reading(subject.target, reading)))
            clean = subject.writes == 0 and not asked.writes and subject.remote.digest() == before
            assert clean, f"{reading.partition(' ')[0]}() must never write"

    # --- lists

    def test_a_list_comes_to_an_end(self, subject: Subject, plan: Plan) -> None:
        """A list is read page by page to its end, and again from the same positions."""
        self.written(subject, plan)
        for collection in Collection:
            same = drained(subject, collection) == drained(subject, collection)
            assert same, "changes() must give the same pages from the same position, as often as one asks"

    def test_a_list_brings_what_was_made(self, subject: Subject, plan: Plan) -> None:
        """Everything made after a position is among its changes."""
        since = positions(subject)
        ids = self.written(subject, plan)
        for kind, collection in LISTED.items():
            made = {remote for slot, remote in ids.items() if slot.kind is kind}
            seen = {record.id for record in records(subject, collection, since[collection])}
            assert made <= seen, f"changes({collection.name}) must bring every record made since the position"

    def test_a_name_is_kept_letter_by_letter(self, subject: Subject, plan: Plan) -> None:
        """Quotes, markup, signs of other queries and other scripts survive writing and reading."""
        slot = Slot(kind=Kind.SUPPLIER, name="odd")
        step = like(plan.steps[0], CreateSupplier(slot=slot, name=ODD_NAME), "odd")
        ids: dict[Slot, str] = {}
        self.do(subject, step, ids)
        found = {record.id: getattr(record, "name", "") for record in records(subject, Collection.SUPPLIERS)}
        assert found.get(ids[slot]) == ODD_NAME, (
            f"changes(SUPPLIERS) must give the name {ODD_NAME} as written"
        )

    # --- looks

    def test_products_are_read_as_written(self, subject: Subject, plan: Plan) -> None:
        """A look gives codes, prices, supplier code and option values of each variant, and whether it is a draft."""
        ids = self.written(subject, plan)
        family = next(change for change in plan.changes if isinstance(change, NewFamily))
        ours = tuple(ids[member.slot] for member in family.members)
        found = subject.drive(subject.target.look(Wanted(products=ours), {})).products
        held = {"codes", "supplier_code", "supply_price", "retail_price"} - {
            *subject.target.capabilities.unheld
        }
        active = not subject.target.capabilities.drafts
        for member in family.members:
            product = found.get(ids[member.slot])
            assert product is not None, "look() must give every product that is asked for and there"
            assert product.active is active, "look() must tell drafts from products that are sold"
            assert product.name == family.name, "look() must give a variant the name of its family"
            wanted, read = _written(member, held), _read(product, held)
            assert read == wanted, f"look() must give a product as written: {wanted}, gave {read}"
            values = {option.name: option.value for option in product.options}
            stated = dict(zip((option.name for option in family.options), member.values, strict=True))
            assert values == stated, f"look() must give the option values {stated}, gave {values}"

    def test_a_look_leaves_out_what_is_not_there(self, subject: Subject) -> None:
        """What is gone is no error of a look."""
        unknown = (self.unknown_order_id,)
        line = "look() must leave out products and orders that are not there, and raise nothing"
        with MustPass(line):
            snapshot = subject.drive(subject.target.look(Wanted(products=unknown, orders=unknown), {}))
            assert not snapshot.products, line
            assert not snapshot.orders, line

    # --- purchase orders

    def test_lines_are_read_as_written(self, subject: Subject, plan: Plan) -> None:
        """Counts and costs come back to the cent, as Decimals, each product once."""
        ids = self.written(subject, plan)
        _step, write = order_step(plan)
        order = subject.drive(subject.target.read_order(ids[write.slot]))
        assert order.lines is not None, "read_order() must read the lines"
        found = sorted((line.product_id, line.count, line.cost) for line in order.lines)
        lines = plan.goals[0].lines
        wanted = sorted((resolve(line.product, ids), line.count, line.cost) for line in lines)
        assert found == wanted, (
            "read_order() must give each product once, with the count and cost that was written"
        )

    def test_an_order_is_read_as_written(self, subject: Subject, plan: Plan) -> None:
        """Number, supplier, outlet and status come back; another look at it says the same."""
        ids = self.written(subject, plan)
        _step, write = order_step(plan)
        order = subject.drive(subject.target.read_order(ids[write.slot]))
        number = "" if "number" in subject.target.capabilities.unheld else write.draft.number
        found = (order.id, order.number, order.supplier_id, order.outlet_id)
        wanted = (ids[write.slot], number, ids[plan_supplier(plan)], write.outlet_id)
        assert found == wanted, "read_order() must give number, supplier and outlet as written"
        assert order.status.editable, "an order must stay open until SetStatus sends it"
        looked = subject.drive(subject.target.look(Wanted(orders=(order.id,)), {})).orders.get(order.id)
        assert looked == order, "look() must give the same order as read_order(), with its lines"

    def test_the_delivery_date_is_the_outlets_day(self, subject: Subject, plan: Plan) -> None:
        """The delivery moment falls on the same day in the outlet's zone, whatever the POS keeps of it."""
        if "due_on" in subject.target.capabilities.unheld:
            pytest.skip("this POS keeps no delivery date, and says so in its capabilities")
        facts = subject.drive(subject.target.facts())
        zone = next(ZoneInfo(each.zone) for each in facts.outlets if each.id == subject.outlet_id)
        step, write = order_step(plan)
        supplier = next(one for one in plan.steps if isinstance(one.write, CreateSupplier))
        ids: dict[Slot, str] = {}
        self.do(subject, supplier, ids)
        due = datetime.combine(DUE_ON, time(12), zone)
        self.do(subject, like(step, evolve(write, due_at=due), "due"), ids)
        read = subject.drive(subject.target.read_order(ids[write.slot])).due_at
        day = read.astimezone(zone).date() if read else None
        assert day == DUE_ON, f"read_order() must give the delivery date of {zone}: {DUE_ON}, gave {day}"

    def test_charges_are_read_as_written(self, subject: Subject, plan: Plan) -> None:
        """Freight and a surcharge below zero come back to the cent, where the POS has fields for them."""
        if not subject.target.capabilities.charges:
            pytest.skip("orders of this POS bear goods only, and it says so in its capabilities")
        step, write = order_step(plan)
        supplier = next(one for one in plan.steps if isinstance(one.write, CreateSupplier))
        ids: dict[Slot, str] = {}
        self.do(subject, supplier, ids)
        wanted = Charges(freight=Decimal("18.40"), surcharge=Decimal("-2.5"))
        self.do(subject, like(step, evolve(write, charges=wanted), "charges"), ids)
        found = subject.drive(subject.target.read_order(ids[write.slot])).charges
        assert found == wanted, f"read_order() must give freight and surcharge {wanted}, gave {found}"

    def test_an_unknown_order_is_not_found(self, subject: Subject) -> None:
        """An order that is not there is an error that says so, and whose turn it is."""
        with MustRaise(NotFound, "read_order() must raise NotFound for an order that is not there") as caught:
            subject.drive(subject.target.read_order(self.unknown_order_id))
        assert caught.value.mend, "NotFound must say in `mend` who must do what"


def plan_supplier(plan: Plan) -> Slot:
    """The supplier that the plan makes."""
    return next(step.write.slot for step in plan.steps if isinstance(step.write, CreateSupplier))


def _read(product: PosProduct, held: AbstractSet[str]) -> dict[str, object]:
    read = {
        "codes": sorted(code.text for code in product.codes),
        "supplier_code": product.suppliers[0].code if product.suppliers else "",
        "supply_price": product.supply_price,
        "retail_price": product.retail_price,
    }
    return {name: value for name, value in read.items() if name in held}


def _written(member: Member, held: AbstractSet[str]) -> dict[str, object]:
    written = {
        "codes": sorted(code.text for code in member.codes),
        "supplier_code": member.supplier_code,
        "supply_price": member.supply_price,
        "retail_price": member.retail_price,
    }
    return {name: value for name, value in written.items() if name in held}
