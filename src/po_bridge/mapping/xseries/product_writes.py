"""Wire tables of products as they are written up to version 2026-07."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve, field, fields, frozen

from ...models.pos_product import PosProduct, ProductCode, ProductSupplier
from ...models.store import TaxForm
from ..codec import optional, tuple_of
from ..rule import Rule, rows, rule
from ..table import Table, table
from ..words import BOOL, ID, OPTIONAL_TEXT, TEXT
from .products import CODES, SUPPLIERS, option_values
from .wire_form import AMOUNT

_PP: Final = fields(PosProduct)
_PS: Final = fields(ProductSupplier)


def _written(title: str, *rules: Rule) -> Table[PosProduct]:
    ruled = {each.attribute.name for each in rules} | {"id"}
    rest = tuple(attribute for attribute in _PP if attribute.name not in ruled)
    return table(PosProduct, (rule(_PP.id, read="id", codec=ID), *rules), left_out=rest, title=title)


def _retail(form: TaxForm) -> Rule:
    key = {TaxForm.INCLUSIVE: "price_including_tax", TaxForm.EXCLUSIVE: "price_excluding_tax"}[form]
    return rule(_PP.retail_price, codec=optional(AMOUNT), write=key, default=None, label="Retail Price")


_ACTIVE: Final = rule(_PP.active, codec=BOOL, write="is_active")
_CODES: Final = rows(_PP.codes, CODES, default=(), label="UPC")
_SUPPLIERS: Final = rows(_PP.suppliers, SUPPLIERS, default=(), label="Supplier Code")
_SHARED: Final[tuple[Rule, ...]] = (
    rule(_PP.name, codec=TEXT, write="name", label="Name"),
    rule(_PP.description, codec=TEXT, write="description", default="", label="Description"),
    rule(_PP.brand_id, codec=OPTIONAL_TEXT, write="brand_id", default=None, label="Brand"),
    rule(_PP.tag_ids, codec=tuple_of(ID), write="tag_ids", default=()),
    rule(_PP.source_id, codec=TEXT, write="source_id", default=""),
    _ACTIVE,
    _SUPPLIERS,
)
_OWN: Final[tuple[Rule, ...]] = (
    rule(_PP.sku, codec=TEXT, write="sku", default=""),
    rule(
        _PP.supply_price, codec=optional(AMOUNT), write="supply_price", default=None, label="Supplier Price"
    ),
    _CODES,
)

NEW_PRODUCT: Final = {form: _written("New product", *_SHARED, *_OWN, _retail(form)) for form in TaxForm}
"""A standard product, by tax form: both prices together are refused."""

NEW_FAMILY: Final = _written("New family", *_SHARED)
"""What the variants of a new family share."""

NEW_VARIANT: Final = {
    form: _written(
        "Variant of a new family",
        *_OWN,
        _SUPPLIERS,
        _retail(form),
        rows(_PP.options, option_values("variant_definitions", "attribute_id", "value")),
    )
    for form in TaxForm
}
"""One variant of a new family, by tax form."""

ADDED_VARIANT: Final = {
    form: _written(
        "Variant added to a family",
        _ACTIVE,
        _CODES,
        _SUPPLIERS,
        _retail(form),
        rows(_PP.options, option_values("variant_attribute_values", "attribute_id", "attribute_value")),
    )
    for form in TaxForm
}
"""One variant that the 2.1 call adds to a family, by tax form."""

# Left out, a code would stay; an empty one removes it.
_SUPPLIERS_SET: Final = SUPPLIERS.replaced(rule(_PS.code, "code", TEXT, default="", always_written=True))


def write_family(family: PosProduct, variants: tuple[PosProduct, ...], form: TaxForm) -> dict[str, Any]:
    """Write a new family with its first variants."""
    entries = [NEW_VARIANT[form].write(variant) for variant in variants]
    return {**NEW_FAMILY.write(family), "variants": entries}


def write_added(variant: PosProduct, form: TaxForm) -> dict[str, Any]:
    """Write one more variant; the family is named, since the call knows no id."""
    return {"common": {"name": variant.name}, "details": ADDED_VARIANT[form].write(variant)}


@frozen(kw_only=True)
class ProductEdit:
    """Members of a product that are to be set; None leaves one alone, lists are set whole."""

    name: str | None = None
    """Name of the family."""
    description: str | None = None
    """Description of the family."""
    active: bool | None = None
    """Whether it is sold."""
    codes: tuple[ProductCode, ...] | None = None
    """Every code, the SKU first."""
    kinds: Mapping[str, str] = field(factory=dict)
    """Kinds that no table knows, as they were told, by code: they are written back so."""
    suppliers: tuple[ProductSupplier, ...] | None = None
    """Every supplier of this product with code and price."""
    family_suppliers: bool = False
    """Whether the family does not know all of these suppliers yet."""
    retail_price: Any = None
    """Retail price in the store's tax form, a Decimal."""


def write_edit(edit: ProductEdit, form: TaxForm) -> dict[str, Any]:
    """Write what the family shares as ``common`` and what is the product's own as ``details``."""
    common: dict[str, Any] = {"name": edit.name, "description": edit.description}
    details: dict[str, Any] = {"is_active": edit.active}
    if edit.codes is not None:
        details |= {"product_codes": write_codes(edit.codes, edit.kinds)}
    if edit.suppliers is not None:
        details |= _SUPPLIERS_SET.write_all(edit.suppliers)
        if edit.family_suppliers:
            bare = tuple(evolve(supplier, code="", price=None) for supplier in edit.suppliers)
            common |= SUPPLIERS.write_all(bare)
    if edit.retail_price is not None:
        priced = PosProduct(id="-", retail_price=edit.retail_price)
        details |= _PRICE[form].write(priced)
    parts = {"common": _stated(common), "details": _stated(details)}
    return {name: members for name, members in parts.items() if members}


def write_codes(codes: Iterable[ProductCode], kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    """Write every code with its kind, one of a later year in the store's own word."""
    return [{"type": kinds.get(code.text, code.kind.value), "code": code.text} for code in codes]


_PRICE: Final = {form: _written("Retail price", _retail(form)) for form in TaxForm}


def _stated(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
