"""Wire tables of items and matrices as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import evolve, fields, frozen

from ...models.named_record import name_key
from ...models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from ..rule import Rule, rows, rule, wire_constant
from ..table import Table, table
from ..words import TEXT
from .attribute_sets import AttributeSet
from .items import PRICES, SUPPLIERS, Price
from .wire_form import ID, REF, STATED

_PP: Final = fields(PosProduct)
_PS: Final = fields(ProductSupplier)

_FEWEST, _MOST = 11, 14


def _written(title: str, *rules: Rule, taxed: bool, web: bool) -> Table[PosProduct]:
    ruled = {each.attribute.name for each in rules} | {"id"}
    rest = tuple(attribute for attribute in _PP if attribute.name not in ruled)
    constants = [wire_constant("tax", "true")] if taxed else []
    if web:
        constants.append(
            wire_constant("publishToEcom", "false", note="off the web shop until a person says so")
        )
    return table(
        PosProduct,
        (rule(_PP.id, read="itemID", codec=ID), *rules),
        left_out=rest,
        wire_constants=tuple(constants),
        title=title,
    )


_BRAND: Final = rule(_PP.brand_id, codec=REF, write="manufacturerID", default=None, label="Brand")
_COST: Final = rule(_PP.supply_price, codec=STATED, write="defaultCost", default=None, label="Default Cost")
_NUMBERS: Final = rows(_PP.suppliers, SUPPLIERS, default=(), label="Vendor ID")

NEW_ITEM: Final = _written(
    "New item",
    rule(
        _PP.variant_name,
        codec=TEXT,
        write="description",
        label="Description",
        note="of a variant: name and values, as the store would put it",
    ),
    _BRAND,
    _COST,
    _NUMBERS,
    taxed=True,
    web=True,
)
"""A standard product, or one variant of a matrix."""

NEW_MATRIX: Final = _written(
    "New matrix",
    rule(_PP.name, codec=TEXT, write="description", label="Description"),
    _BRAND,
    taxed=True,
    web=False,
)
"""What the variants of a new matrix share; prices and costs are not handed down to them."""

_SET_NUMBERS: Final = SUPPLIERS.replaced(rule(_PS.code, "value", TEXT, default="", always_written=True))


def code_places(codes: Iterable[ProductCode]) -> dict[str, str]:
    """Where each code is written: 12 digits upc, other 11 to 14 digits ean, all else customSku.

    Each member holds one code; a second one for the same member is left out.
    """
    places: dict[str, str] = {}
    for code in codes:
        text = code.text
        fit = text.isascii() and text.isdecimal() and _FEWEST <= len(text) <= _MOST
        if code.kind is CodeKind.CUSTOM or not fit:
            places.setdefault("customSku", text)
        else:
            places.setdefault("upc" if code.kind is CodeKind.UPC else "ean", text)
    return places


def price_rows(amount: Decimal | None, levels: Sequence[str]) -> dict[str, Any]:
    """The same price in each of these levels; nothing where it is unknown."""
    if amount is None or not levels:
        return {}
    document: dict[str, Any] = PRICES.write_all(tuple(Price(level=one, amount=amount) for one in levels))
    return document


def attributes_of(options: Iterable[OptionValue], of: AttributeSet) -> dict[str, Any]:
    """Option values in the slots of a set, by name."""
    values = {f"attribute{of.slots[name_key(one.name)]}": one.value for one in options}
    return {"itemAttributeSetID": of.id, **dict(sorted(values.items()))}


def write_item(
    product: PosProduct, levels: Sequence[str], tax_class: str, tags: Sequence[str] = ()
) -> dict[str, Any]:
    """Write a new item; a vendor number without a value would be refused, so the vendor alone is named then."""
    numbered = tuple(one for one in product.suppliers if one.code.strip())
    return {
        **NEW_ITEM.write(evolve(product, suppliers=numbered)),
        **code_places(product.codes),
        **price_rows(product.retail_price, levels),
        **_default_vendor(product),
        **write_tags(tags),
        "taxClassID": tax_class,
    }


def write_variant(
    product: PosProduct, of: AttributeSet, levels: Sequence[str], tax_class: str
) -> dict[str, Any]:
    """Write a new variant; the set stands in its attributes and must be the matrix's."""
    # The slots' order is that in which the store puts the values behind the name.
    attributes = attributes_of(product.options, of)
    named = " ".join((product.name, *(v for k, v in attributes.items() if k != "itemAttributeSetID")))
    return {
        **write_item(evolve(product, variant_name=named), levels, tax_class),
        "itemMatrixID": product.family_id or "0",
        "ItemAttributes": attributes,
    }


def write_matrix(
    product: PosProduct, of: AttributeSet, tags: Sequence[str], tax_class: str
) -> dict[str, Any]:
    """Write a new matrix."""
    return {
        **NEW_MATRIX.write(product),
        **_default_vendor(product),
        **write_tags(tags),
        "itemAttributeSetID": of.id,
        "taxClassID": tax_class,
    }


def write_tags(tags: Sequence[str]) -> dict[str, Any]:
    """Every tag of a record; what is not named is taken off it."""
    return {"Tags": {"tag": [{"name": tag} for tag in tags]}} if tags else {}


def _default_vendor(product: PosProduct) -> dict[str, Any]:
    return {"defaultVendorID": product.suppliers[0].supplier_id} if product.suppliers else {}


@frozen(kw_only=True)
class ItemEdit:
    """Members of an item that are to be set; None leaves one alone."""

    description: str | None = None
    """Name."""
    codes: tuple[ProductCode, ...] | None = None
    """Every code."""
    supplier: ProductSupplier | None = None
    """One vendor's number."""
    cost: Decimal | None = None
    """Default cost."""
    retail_price: Decimal | None = None
    """Retail price."""


def write_edit(edit: ItemEdit, levels: Sequence[str]) -> dict[str, Any]:
    """Write what is to be set; what is left out stays."""
    document: dict[str, Any] = {}
    if edit.description is not None:
        document["description"] = edit.description
    if edit.codes is not None:
        document |= {"upc": "", "ean": "", "customSku": "", **code_places(edit.codes)}
    if edit.supplier is not None:
        document |= _SET_NUMBERS.write_all((edit.supplier,))
    if edit.cost is not None:
        document["defaultCost"] = STATED.write(edit.cost)
    return document | price_rows(edit.retail_price, levels)
