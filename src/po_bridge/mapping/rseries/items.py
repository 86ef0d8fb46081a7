"""Wire tables of items as they are read: standard products, and the variants of a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import evolve, field, fields, frozen

from ...models.checks import finite
from ...models.pos_product import (
    CodeKind,
    OptionValue,
    PosImage,
    PosProduct,
    ProductCode,
    ProductSupplier,
)
from ..rule import part, rows, rule
from ..table import table
from ..words import TEXT, literals
from .attribute_sets import SLOTS, AttributeSet, option_id
from .collections import rows_of
from .wire_form import AMOUNT, BLANK, FLAG, ID, REF, STATED, origin_by

_PP: Final = fields(PosProduct)
_PS: Final = fields(ProductSupplier)
_PI: Final = fields(PosImage)

DEFAULT_LEVEL: Final = "Default"
"""Name of the price level that is the retail price."""
CODE_PLACES: Final = {"upc": CodeKind.UPC, "ean": CodeKind.EAN, "customSku": CodeKind.CUSTOM}
"""Members that hold a code, with its kind."""

SUPPLIERS: Final = table(
    ProductSupplier,
    (
        rule(_PS.supplier_id, "vendorID", ID),
        rule(_PS.code, "value", TEXT, default="", absent=BLANK, label="Vendor ID"),
        rule(
            _PS.price,
            "cost",
            STATED,
            default=None,
            absent=BLANK,
            note="0 where vendor costs are switched off",
        ),
    ),
    over=("ItemVendorNums.ItemVendorNum",),
    ignored=("*",),
    title="Vendor number of an item",
    note="One a vendor, never empty.",
)
"""Vendor numbers of an item."""


@frozen(kw_only=True)
class Price:
    """One price of an item."""

    level: str
    """Name of the price level."""
    amount: Decimal = field(validator=finite)
    """Zero where nobody stated one."""


_PR: Final = fields(Price)

PRICES: Final = table(
    Price,
    (
        rule(_PR.level, "useType", TEXT, default="", absent=BLANK),
        rule(_PR.amount, "amount", AMOUNT, label="Retail Price"),
    ),
    over=("Prices.ItemPrice",),
    ignored=("useTypeID",),
    title="Price of an item",
)
"""Prices of an item by level."""

_COMPOSITE: Final = literals(
    "item type",
    {"box": True, "assembly": True, "serialized_assembly": True, "default": False},
    gives=(bool,),
    fallback=False,
)

_IMAGES: Final = table(
    PosImage,
    (
        rule(_PI.image_id, read="imageID", codec=ID),
        rule(_PI.address, read="publicID", codec=TEXT, default="", absent=BLANK),
    ),
    over=("Images.Image",),
    ignored=("*",),
)

ITEM: Final = table(
    PosProduct,
    (
        rule(_PP.id, read="itemID", codec=ID),
        rule(
            _PP.family_id,
            read="itemMatrixID",
            codec=REF,
            default=None,
            absent=BLANK,
            note="the matrix of a variant",
        ),
        rule(
            _PP.variant_name,
            read="description",
            codec=TEXT,
            default="",
            absent=BLANK,
            note="of a variant: the description of the matrix, then the values of its attributes",
        ),
        rule(_PP.deleted, read="archived", codec=FLAG, default=False, absent=BLANK),
        rule(_PP.composite, read="itemType", codec=_COMPOSITE, default=False, absent=BLANK),
        rule(_PP.sku, read=("customSku", "systemSku"), codec=TEXT, default="", absent=BLANK),
        rows(_PP.suppliers, SUPPLIERS, default=(), label="Vendor ID"),
        rule(_PP.brand_id, read="manufacturerID", codec=REF, default=None, absent=BLANK, label="Brand"),
        rule(
            _PP.supply_price,
            read="defaultCost",
            codec=STATED,
            default=None,
            absent=BLANK,
            label="Default Cost",
        ),
        rows(_PP.images, _IMAGES, default=(), label="Images"),
        part(_PP.origin, ".", origin_by("itemID")),
    ),
    over=("Item",),
    ignored=("Prices.*", "Tags.*", "ItemAttributes.*", "*"),
    left_out=(
        _PP.name,
        _PP.description,
        _PP.active,
        _PP.codes,
        _PP.tag_ids,
        _PP.options,
        _PP.retail_price,
        _PP.source_id,
    ),
    title="Item",
    note=(
        "Codes stand in upc, ean and customSku, each in its own member. Option names are those of the attribute set."
    ),
)
"""A list of items."""


def read_items(document: Any, sets: Iterable[AttributeSet], system: str) -> tuple[PosProduct, ...]:
    """Read a list of items, archived ones included; raises BadDocument."""
    listed = rows_of(document, "Item")
    read = ITEM.read_all(listed, name="items", context={"system": system})
    by_id = {one.id: one for one in sets}
    return tuple(_completed(product, row, by_id) for product, row in zip(read, listed["Item"], strict=True))


def sets_used(document: Any) -> frozenset[str]:
    """Ids of the attribute sets that a list of items names."""
    rows_ = rows_of(document, "Item")["Item"]
    named = (_attributes(row).get("itemAttributeSetID") for row in rows_ if isinstance(row, dict))
    return frozenset(one for one in named if isinstance(one, str) and one not in {"", "0"})


def _attributes(row: Mapping[str, Any]) -> Mapping[str, Any]:
    found = row.get("ItemAttributes")
    return found if isinstance(found, dict) else {}


def _completed(product: PosProduct, row: Mapping[str, Any], sets: Mapping[str, AttributeSet]) -> PosProduct:
    """What stands in several members, or under names of the store's own."""
    options = tuple(_options(_attributes(row), sets))
    prices = PRICES.read_all(row, name="prices") if "Prices" in row else ()
    tags = row["Tags"].get("tag", ()) if isinstance(row.get("Tags"), dict) else ()
    return evolve(
        product,
        name=_name(product, options),
        codes=tuple(_codes(row)),
        tag_ids=tuple(tag for tag in tags if isinstance(tag, str)),
        options=options,
        suppliers=_suppliers(product, row),
        retail_price=next((one.amount for one in prices if one.level == DEFAULT_LEVEL), None) or None,
        images=tuple(_addressed(product.images, row)),
    )


def _options(attributes: Mapping[str, Any], sets: Mapping[str, AttributeSet]) -> Iterator[OptionValue]:
    used = sets.get(str(attributes.get("itemAttributeSetID", "")))
    for slot in SLOTS if used else ():
        value = attributes.get(f"attribute{slot}")
        if used and isinstance(value, str) and value.strip():
            name = used.named(slot) or f"Attribute {slot}"
            yield OptionValue(name=name, value=value, option_id=option_id(used, slot))


def _name(product: PosProduct, options: Iterable[OptionValue]) -> str:
    """The name of the family: the store puts the values of its attributes behind it."""
    whole = product.variant_name
    behind = "".join(f" {option.value}" for option in options)
    return whole.removesuffix(behind) if product.family_id and behind else whole


def _codes(row: Mapping[str, Any]) -> Iterator[ProductCode]:
    for place, kind in CODE_PLACES.items():
        text = row.get(place)
        if isinstance(text, str) and text.strip():
            yield ProductCode(kind=kind, text=text)


def _suppliers(product: PosProduct, row: Mapping[str, Any]) -> tuple[ProductSupplier, ...]:
    """The default vendor first; the item's cost is its price, where it states none of its own."""
    default = REF.read(row.get("defaultVendorID"))
    if default is None:
        return product.suppliers
    own = next((one for one in product.suppliers if one.supplier_id == default), None)
    first = own or ProductSupplier(supplier_id=default)
    if first.price is None:
        first = evolve(first, price=product.supply_price)
    return (first, *(one for one in product.suppliers if one is not own))


def _addressed(images: Iterable[PosImage], row: Mapping[str, Any]) -> Iterator[PosImage]:
    shown = row["Images"]["Image"] if isinstance(row.get("Images"), dict) else ()
    for image, one in zip(images, shown, strict=False):
        base = one.get("baseImageURL") if isinstance(one, dict) else None
        address = f"{base}{image.address}.jpg" if isinstance(base, str) and image.address else ""
        yield evolve(image, address=address)
