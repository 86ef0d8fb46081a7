"""Fields of matched products that the merchant wants from the brand; none by default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import define, evolve, field, fields

from ..mapping.business import BusinessTables
from ..mapping.views import ProductView
from ..matching.options import color_key, size_key
from ..matching.readings import read_code
from ..models.capabilities import Capabilities
from ..models.keys import OrderKey
from ..models.named_record import name_key as folded
from ..models.order_draft import ProductDraft
from ..models.pos_product import PosProduct, ProductCode
from ..models.setup import Setup, TakeOver
from ..models.wholesale_order import WholesaleOrder
from .change import NewImage, NewPicture, ProductChange
from .codes import code_kind, fit_code
from .losses import lose_description
from .notes import Notes
from .refs import Kind, Known, Slot
from .review import ReviewLine
from .snapshot import Collection, Snapshot
from .wants import Want
from .write import ProductFields


@define(kw_only=True)
class TakingOver:
    """Gathers what is taken over, each product once."""

    setup: Setup
    """The merchant's choices."""
    tables: BusinessTables
    """The business tables."""
    snapshot: Snapshot
    """What the POS held."""
    capabilities: Capabilities
    """What it has a place for."""
    notes: Notes
    """Where questions, losses and deciding fields go."""
    _changes: dict[str, ProductChange] = field(factory=dict)
    _pictures: dict[str, NewPicture] = field(factory=dict)
    _coded: dict[str, dict[str, str]] = field(factory=dict)
    _described: dict[str, str] = field(factory=dict)

    def take(self, order: WholesaleOrder, want: Want, line: ReviewLine, rate: Decimal) -> None:
        """Note what one matched line brings."""
        product = line.product
        if product is None or not self.setup.take_over:
            return
        draft = self._draft(order, want, line, rate)
        before, after = ProductFields(), ProductFields()
        for old, new in self._fields(product, draft, self._supplier(order)):
            before, after = evolve(before, **old), evolve(after, **new)
        if self._may_describe(order.key, product, draft):
            before = evolve(before, description=product.description)
            after = evolve(after, description=draft.description)
        if after != ProductFields():
            self._add(product, before, after, order.key)
        if TakeOver.EMPTY_IMAGE in self.setup.take_over and draft.image and not self._is_pictured(product):
            self._picture(product, draft.image, order.key)

    def _supplier(self, order: WholesaleOrder) -> str | None:
        """Id of the portal's supplier, where there is exactly one."""
        found = self.snapshot.named(Collection.SUPPLIERS, self.setup.supplier_of(order.key.portal))
        return found[0].id if len(found) == 1 else None

    def changes(self) -> tuple[ProductChange | NewPicture, ...]:
        """What is to be written, by product."""
        for codes in self._coded.values():
            if len(codes) > 1:
                self._leave_out(codes)
        fields = tuple(self._changes[key] for key in sorted(self._changes))
        return (*fields, *(self._pictures[key] for key in sorted(self._pictures)))

    def _leave_out(self, codes: Mapping[str, str]) -> None:
        """Give a code that several products would get to none: a store takes it once, and nobody knows whose it is."""
        for product_id, code in codes.items():
            change = self._changes[product_id]
            before, after = evolve(change.before, codes=None), evolve(change.after, codes=None)
            why = "the order has it on several products, so none of them gets it"
            self.notes.lose(change.orders[0], f"UPC of {change.name}", code, why)
            if after == ProductFields():
                del self._changes[product_id]
            else:
                self._changes[product_id] = evolve(change, before=before, after=after)

    def _draft(self, order: WholesaleOrder, want: Want, line: ReviewLine, rate: Decimal) -> ProductDraft:
        stated = (text for text, key in self._values(line) if key)
        view = ProductView(
            line=want.lines[0],
            style=line.style,
            setup=self.setup,
            currency=order.currency,
            cost=want.cost,
            rate=rate,
            options=tuple(stated),
            code=fit_code(source.upc for source in want.lines),
        )
        return self.tables.product.read(view)

    @staticmethod
    def _values(line: ReviewLine) -> tuple[tuple[str, str], ...]:
        return ((line.key.color, color_key(line.key.color)), (line.key.size, size_key(line.key.size)))

    def _fields(
        self, product: PosProduct, draft: ProductDraft, supplier_id: str | None
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Pairs of what a field is and what it is to be, for the fields that the setup takes over."""
        wanted = self.setup.take_over
        if supplier_id is not None:
            yield from self._of_supplier(product, draft, supplier_id)
        if TakeOver.EMPTY_UPC in wanted and draft.upc and not self._has_code(product):
            code = ProductCode(kind=code_kind(draft.upc), text=draft.upc)
            if not self.snapshot.holders(draft.upc):
                gtin = read_code(draft.upc).plain
                self._coded.setdefault(gtin.key if gtin else draft.upc, {})[product.id] = draft.upc
                yield {"codes": product.codes}, {"codes": (*product.codes, code)}

    def _of_supplier(
        self, product: PosProduct, draft: ProductDraft, supplier_id: str
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        wanted = self.setup.take_over
        link = next((one for one in product.suppliers if one.supplier_id == supplier_id), None)
        price, code = (link.price, link.code) if link else (None, "")
        named = {"supplier_id": supplier_id}
        if (
            TakeOver.SUPPLIER_PRICE in wanted
            and draft.supply_price is not None
            and draft.supply_price != price
        ):
            yield {**named, "supply_price": price}, {**named, "supply_price": draft.supply_price}
        if TakeOver.SUPPLIER_CODE in wanted and draft.supplier_code and draft.supplier_code != code:
            yield {**named, "supplier_code": code}, {**named, "supplier_code": draft.supplier_code}

    @staticmethod
    def _has_code(product: PosProduct) -> bool:
        return any(read_code(code.text).plain is not None for code in product.codes)

    def _may_describe(self, order: OrderKey, product: PosProduct, draft: ProductDraft) -> bool:
        """Whether this product is the one of its family that brings the description."""
        if TakeOver.EMPTY_DESCRIPTION not in self.setup.take_over or product.description.strip():
            return False
        if "description" in self.capabilities.unheld:
            lose_description(order, product.name, draft.description, self.capabilities, self.notes)
            return False
        family = product.family_id or product.id
        return bool(draft.description) and self._described.setdefault(family, product.id) == product.id

    def _is_pictured(self, product: PosProduct) -> bool:
        """Whether a picture of it is there: one of its family shows them all."""
        named = self.snapshot.families.get(folded(product.name), ())
        family = [
            one
            for one in (*self.snapshot.products.values(), *named)
            if product.family_id and one.family_id == product.family_id and one.alive
        ]
        return any(one.images for one in (product, *family))

    def _add(self, product: PosProduct, before: ProductFields, after: ProductFields, order: OrderKey) -> None:
        self.notes.rely(f"product {product.id} fields", before)
        name = product.variant_name or product.name
        known = self._changes.get(product.id)
        if known is None:
            self._changes[product.id] = ProductChange(
                product=Known(id=product.id), name=name, before=before, after=after, orders=(order,)
            )
            return
        for what, value in _clashes(known.after, after):
            why = "another line brings another one, which is taken over"
            self.notes.lose(order, f"{what} of {name}", value, why)
        self._changes[product.id] = evolve(
            known,
            before=_joined(known.before, before),
            after=_joined(known.after, after),
            orders=tuple(dict.fromkeys((*known.orders, order))),
        )

    def _picture(self, product: PosProduct, address: str, order: OrderKey) -> None:
        image = NewImage(slot=Slot(kind=Kind.IMAGE, name=f"of {product.id}"), address=address)
        family = product.family_id or product.id
        known = self._pictures.get(family)
        self._pictures[family] = (
            evolve(known, orders=tuple(dict.fromkeys((*known.orders, order))))
            if known
            else NewPicture(product=Known(id=product.id), name=product.name, image=image, orders=(order,))
        )


_OF_SUPPLIER = ("supplier_code", "supply_price")


def _strange(known: ProductFields, more: ProductFields) -> bool:
    """Whether both speak of different suppliers."""
    return None not in (known.supplier_id, more.supplier_id) and known.supplier_id != more.supplier_id


def _clashes(known: ProductFields, more: ProductFields) -> Iterator[tuple[str, object]]:
    """Fields that two lines want differently, with what the later one says."""
    for name in ("description", *_OF_SUPPLIER):
        first, second = getattr(known, name), getattr(more, name)
        other = first is not None or (name in _OF_SUPPLIER and _strange(known, more))
        if second is not None and second != first and other:
            yield name.replace("_", " ").replace("supply", "supplier"), second
    if known.codes and more.codes and known.codes != more.codes:
        yield "UPC", more.codes[-1].text


def _joined(known: ProductFields, more: ProductFields) -> ProductFields:
    """Both together; the earlier one goes first, and of two suppliers only its own is spoken of."""
    left_out = ("supplier_id", *_OF_SUPPLIER) if _strange(known, more) else ()
    names = [one.name for one in fields(ProductFields) if one.name not in left_out]
    new = {name: getattr(more, name) for name in names if getattr(known, name) is None}
    return evolve(known, **new)
