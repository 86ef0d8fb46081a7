"""Products and families of 2026-10: read through the table of products, written member by member.

Sources: the vendor's 2026-10 guides; shapes of answers from one live consumer, so everything but ids may be missing.
Money is text both ways. A family has no place for the id of a source record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from ...models.pos_product import PosProduct, ProductSupplier
from ...models.store import TaxForm
from .product_writes import ProductEdit, write_codes
from .products import read_products

_PRICE: Final = {TaxForm.INCLUSIVE: "price_including_tax", TaxForm.EXCLUSIVE: "price_excluding_tax"}


SHARED: Final = frozenset(
    {
        "id",
        "name",
        "description",
        "classification",
        "brand_id",
        "category_id",
        "tag_ids",
        "track_inventory",
        "variant_attribute_ids",
        "composite_components",
        "images",
        "products",
        "version",
        "created_at",
        "updated_at",
        "deleted_at",
    }
)
"""Members of a family that are known, those that nothing is read from too."""

MEMBERS: Final = frozenset(
    {
        "id",
        "family_id",
        "sku",
        "variant_name",
        "variant_attributes",
        "codes",
        "prices",
        "cost",
        "active",
        "suppliers",
        "measurements",
        "outlet_taxes",
        "account_code_sale",
        "account_code_purchase",
        "images",
        "version",
        "created_at",
        "updated_at",
        "deleted_at",
    }
)
"""The same of a product in a family."""


# --- reading ----------------------------------------------------------------------------------


def read_family(document: Mapping[str, Any], system: str) -> tuple[PosProduct, ...]:
    """Read an answer that holds one family with its products, deleted ones included; raises BadDocument."""
    family = _object(document.get("data"))
    names = _names(document.get("includes"))
    members = [_object(member) for member in family.get("products") or ()]
    return read_products({"data": [_row(family, member, names) for member in members]}, system)


def read_rows(document: Mapping[str, Any], system: str) -> tuple[tuple[PosProduct, ...], tuple[str, ...]]:
    """Read a page of list rows: products told whole, and ids of families that must be read for the others."""
    includes = _object(document.get("includes"))
    families = {each.get("id"): each for each in map(_object, includes.get("families") or ())}
    names, rows = _names(includes), [_object(row) for row in document.get("data") or ()]
    whole = [row for row in rows if "codes" in row and row.get("family_id") in families]
    thin = [row for row in rows if row not in whole]
    read = read_products({"data": [_row(families[row["family_id"]], row, names) for row in whole]}, system)
    return read, tuple(dict.fromkeys(str(row.get("family_id") or "") for row in thin))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _names(includes: Any) -> Mapping[str, str]:
    listed = _object(includes).get("variant_attributes") or ()
    return {one["id"]: one.get("name") or "" for one in map(_object, listed) if "id" in one}


def _row(family: Mapping[str, Any], member: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A product of a family in the words of the product table; lists may be null, and members missing."""
    prices, active = _object(member.get("prices")), member.get("active")
    keys, values = family.get("variant_attribute_ids") or (), member.get("variant_attributes") or ()
    options = [
        {"id": key, "name": names.get(key, ""), "value": value}
        for key, value in zip(keys, values, strict=False)
    ]
    name = family.get("name") or ""
    return {
        **{key: member.get(key) for key in ("id", "sku", "deleted_at", "version") if key in member},
        "variant_parent_id": family.get("id") if options else None,
        "name": name,
        "variant_name": " / ".join([name, *(option["value"] for option in options)]),
        "description": family.get("description"),
        "is_active": _object(active).get("in_store") if active else None,
        "is_composite": family.get("classification") == "COMPOSITE",
        "product_codes": member.get("codes") or [],
        "product_suppliers": member.get("suppliers") or [],
        "brand_id": family.get("brand_id"),
        "tag_ids": family.get("tag_ids"),
        "variant_options": options,
        "supply_price": _supply_price(member),
        "price_including_tax": prices.get("price_including_tax"),
        "price_excluding_tax": prices.get("price_excluding_tax"),
        "images": [
            {"id": one["id"], "url": one.get("url")}
            for one in map(_object, family.get("images") or ())
            if "id" in one and not one.get("deleted_at")
        ],
    }


def _supply_price(member: Mapping[str, Any]) -> Any:
    """The default supplier's price; whether the cost of a product is that is not stated, so it comes second."""
    prices = [_object(supplier).get("price") for supplier in (member.get("suppliers") or ())[:1]]
    return next((price for price in prices if price is not None), member.get("cost"))


# --- writing ----------------------------------------------------------------------------------


def write_new_family(
    family: PosProduct, members: Sequence[PosProduct], option_ids: Sequence[str], form: TaxForm
) -> dict[str, Any]:
    """Write a new family with its first products; without options it is a standard product."""
    shared: dict[str, Any] = {
        "name": family.name,
        "classification": "VARIANT" if option_ids else "STANDARD",
        "description": family.description,
        "brand_id": family.brand_id,
        "tag_ids": list(family.tag_ids),
        "variant_attribute_ids": list(option_ids),
    }
    kept = {name: value for name, value in shared.items() if value}
    return {**kept, "products": [write_new_member(member, form) for member in members]}


def write_new_member(product: PosProduct, form: TaxForm) -> dict[str, Any]:
    """Write one product of a family; its codes are obligatory."""
    written: dict[str, Any] = {
        "variant_attributes": [option.value for option in product.options],
        "codes": write_codes(product.codes, {}),
        "prices": _prices(product.retail_price, form),
        "suppliers": _suppliers(product.suppliers),
        "active": {"in_store": product.active},
    }
    return {name: value for name, value in written.items() if value}


def write_product_patch(edit: ProductEdit, form: TaxForm) -> dict[str, Any]:
    """Write what is a product's own; nothing where all of it stays."""
    written: dict[str, Any] = {}
    if edit.active is not None:
        written["active"] = {"in_store": edit.active}
    if edit.codes is not None:
        written["codes"] = write_codes(edit.codes, edit.kinds)
    if edit.suppliers is not None:
        written["suppliers"] = _suppliers(edit.suppliers)
    if edit.retail_price is not None:
        written["prices"] = _prices(edit.retail_price, form)
    return written


def write_family_patch(edit: ProductEdit) -> dict[str, Any]:
    """Write what the products of a family share; nothing where all of it stays."""
    written = {"name": edit.name, "description": edit.description}
    return {name: value for name, value in written.items() if value is not None}


def _prices(price: Decimal | None, form: TaxForm) -> dict[str, Any]:
    return {} if price is None else {_PRICE[form]: f"{price:f}"}


def _suppliers(suppliers: Iterable[ProductSupplier]) -> list[dict[str, Any]]:
    """A list that is set whole: what is left out of an entry is none."""
    return [
        {
            "supplier_id": one.supplier_id,
            **({"code": one.code} if one.code else {}),
            **({} if one.price is None else {"price": f"{one.price:f}"}),
        }
        for one in suppliers
    ]
