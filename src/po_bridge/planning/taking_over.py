"""Fields of matched products that the merchant wants from the brand; none by default."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attrs import define, evolve, field

from ..mapping.business import BusinessTables
from ..mapping.views import ProductView
from ..matching.options import color_key, size_key
from ..matching.readings import read_code
from ..models.keys import OrderKey
from ..models.order_draft import ProductDraft
from ..models.pos_product import PosProduct, ProductCode
from ..models.setup import Setup, TakeOver
from ..models.wholesale_order import WholesaleOrder
from .change import NewImage, NewPicture, ProductChange
from .codes import code_kind
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
    notes: Notes
    """Where questions, losses and deciding fields go."""
    _changes: dict[str, ProductChange] = field(factory=dict)
    _pictures: dict[str, NewPicture] = field(factory=dict)

    def take(self, order: WholesaleOrder, want: Want, line: ReviewLine, rate: Decimal) -> None:
        """Note what one matched line brings."""
        product = line.product
        if product is None or not self.setup.take_over:
            return
        draft = self._draft(order, want, line, rate)
        before, after = ProductFields(), ProductFields()
        for old, new in self._fields(product, draft, self._supplier(order)):
            before, after = evolve(before, **old), evolve(after, **new)
        if after != ProductFields():
            self._add(product, before, after, order.key)
        if TakeOver.EMPTY_IMAGE in self.setup.take_over and not product.images and draft.image:
            self._picture(product, draft.image, order.key)

    def _supplier(self, order: WholesaleOrder) -> str | None:
        """Id of the portal's supplier, where there is exactly one."""
        found = self.snapshot.named(Collection.SUPPLIERS, self.setup.supplier_of(order.key.portal))
        return found[0].id if len(found) == 1 else None

    def changes(self) -> tuple[ProductChange | NewPicture, ...]:
        """What is to be written, by product."""
        fields = tuple(self._changes[key] for key in sorted(self._changes))
        return (*fields, *(self._pictures[key] for key in sorted(self._pictures)))

    def _draft(self, order: WholesaleOrder, want: Want, line: ReviewLine, rate: Decimal) -> ProductDraft:
        stated = (text for text, key in self._values(line) if key)
        plain = (read_code(source.upc).plain for source in want.lines if source.upc)
        view = ProductView(
            line=want.lines[0],
            style=line.style,
            setup=self.setup,
            currency=order.currency,
            cost=want.cost,
            rate=rate,
            options=tuple(stated),
            code=next((gtin.written for gtin in plain if gtin is not None), ""),
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
        if TakeOver.EMPTY_DESCRIPTION in wanted and draft.description and not product.description.strip():
            yield {"description": product.description}, {"description": draft.description}
        if TakeOver.EMPTY_UPC in wanted and draft.upc and not self._has_code(product):
            code = ProductCode(kind=code_kind(draft.upc), text=draft.upc)
            if not self.snapshot.codes.get(draft.upc):
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

    def _add(self, product: PosProduct, before: ProductFields, after: ProductFields, order: OrderKey) -> None:
        self.notes.rely(f"product {product.id} fields", before)
        known = self._changes.get(product.id)
        if known is not None and known.after == after:
            self._changes[product.id] = evolve(known, orders=tuple(dict.fromkeys((*known.orders, order))))
            return
        self._changes.setdefault(
            product.id,
            ProductChange(
                product=Known(id=product.id),
                name=product.variant_name or product.name,
                before=before,
                after=after,
                orders=(order,),
            ),
        )

    def _picture(self, product: PosProduct, address: str, order: OrderKey) -> None:
        image = NewImage(slot=Slot(kind=Kind.IMAGE, name=f"of {product.id}"), address=address)
        self._pictures.setdefault(
            product.family_id or product.id,
            NewPicture(product=Known(id=product.id), name=product.name, image=image, orders=(order,)),
        )
