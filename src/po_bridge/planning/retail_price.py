"""Retail prices of new products: one below zero is none, and is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from ..models.order_draft import ProductDraft
from ..models.setup import Setup
from .new_product import NewProduct
from .notes import Notes

_ZERO = Decimal(0)
_WHY = "no price is below zero, so it is not written"


def with_retail_price(product: NewProduct, draft: ProductDraft, setup: Setup, notes: Notes) -> ProductDraft:
    """The draft without a price below zero; each that the brand suggests is a named loss, once for style or size."""
    for what, price in _suggested(product) if setup.retail_from_msrp else ():
        if price < _ZERO:
            notes.lose(product.orders[0], f"retail price of {what}", price, _WHY)
    if draft.retail_price is None or draft.retail_price >= _ZERO:
        return draft
    # a business table of the merchant's own may compute one
    notes.lose(product.orders[0], f"retail price of {draft.name}", draft.retail_price, _WHY)
    return evolve(draft, retail_price=None)


def _suggested(product: NewProduct) -> Iterator[tuple[str, Decimal]]:
    """What the brand says of this product and of all of its style, in the order's currency."""
    number = product.style_number or product.key.style_id
    own = " ".join(filter(None, (number, product.key.color, product.key.size)))
    prices = [(own, line.retail_price) for line in product.want.lines]
    if product.style and product.currency:
        sizes = [size for size in product.style.sizes if size.size == product.key.size]
        prices += [(own, size.retail.get(product.currency)) for size in sizes]
        prices.append((number, product.style.retail.get(product.currency)))
    return ((what, price) for what, price in prices if price is not None)
