"""What a store holds, as text: without generated ids, versions and times."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from .product import Product
from .records import Brand, Consignment, Outlet, Supplier, Tag
from .shelf import Shelf
from .state import State


def digest(state: State) -> str:
    """Write the business state as sorted lines; two stores that hold the same things give the same text.

    A record is named by what a person would call it. Codes from the store's sequence count as generated.
    """
    labels = {product.id: _label(state, product) for product in state.products.by_id.values()}
    return "\n".join(
        [
            *_names("supplier", state.suppliers),
            *_names("brand", state.brands),
            *_names("tag", state.tags),
            *sorted(
                f"attribute {each.name!r}{_dead(each.deleted_at)}" for each in state.attributes.by_id.values()
            ),
            *sorted(_family(state, family) for family in state.families),
            *sorted(_order(state, order, labels) for order in state.consignments.by_id.values()),
            *sorted(
                f"stock {labels[key]} at {_called(state.outlets, outlet)}: {_plain(count)}"
                for (key, outlet), count in state.stock.items()
                if count
            ),
        ]
    )


def _plain(value: Decimal | None) -> str:
    return "-" if value is None else f"{value.normalize():f}"


def _dead(deleted_at: object) -> str:
    return "" if deleted_at is None else " deleted"


def _names(noun: str, shelf: Shelf[Supplier] | Shelf[Brand] | Shelf[Tag]) -> list[str]:
    return sorted(
        f"{noun} {each.name!r} {getattr(each, 'description', None)!r}{_dead(each.deleted_at)}"
        for each in shelf.by_id.values()
    )


def _called(shelf: Shelf[Supplier] | Shelf[Brand] | Shelf[Tag] | Shelf[Outlet], key: str | None) -> str:
    record = shelf.get(key) if key else None
    return repr(record.name) if record else "-"


def _label(state: State, product: Product) -> str:
    options = [
        f"{state.attributes.by_id[option.attribute_id].name}={option.value}" for option in product.options
    ]
    codes = ["generated" if code.generated else f"{code.type}:{code.code}" for code in product.codes]
    return f"{product.name!r} {options} {codes}"


def _product(state: State, product: Product) -> str:
    sourcing = [
        f"{_called(state.suppliers, each.supplier_id)}:{each.code}:{_plain(each.price)}"
        for each in product.sourcing
    ]
    images = [state.images.by_id[key] for key in state.pictures.get(product.id, ())]
    facts = {
        "suppliers": sourcing,
        "brand": _called(state.brands, product.brand_id),
        "tags": sorted(_called(state.tags, key) for key in product.tag_ids),
        "price": _plain(product.price_excluding_tax),
        "cost": _plain(product.supply_price),
        "active": product.is_active,
        "description": product.description,
        "source": product.source_id,
        "variant": product.source_variant_id,
        "parts": len(product.composite),
        "images": [f"{image.digest[:12]} {image.status}" for image in images],
        "extra": sorted((name, str(value)) for name, value in product.extra.items()),
    }
    return f"{_label(state, product)} {facts}{_dead(product.deleted_at)}"


def _family(state: State, family: str) -> str:
    return f"family {_joined(_product(state, member) for member in state.members(family))}"


def _order(state: State, order: Consignment, labels: dict[str, str]) -> str:
    lines = state.lines.get(order.id)
    rows = [
        f"{labels[line.id]} count {_plain(line.count)} received {_plain(line.received)}"
        f" at {_plain(line.cost)} {line.status}"
        for line in (lines.all_live() if lines else ())
    ]
    head = [
        order.type,
        order.status,
        order.name,
        order.reference,
        order.supplier_invoice,
        _called(state.outlets, order.outlet_id),
        _called(state.suppliers, order.supplier_id),
        str(order.due_at),
        str(order.consignment_date) if order.dated else "undated",
    ]
    return f"order {head}{_dead(order.deleted_at)}: {_joined(rows)}"


def _joined(rows: Iterable[str]) -> str:
    return "; ".join(sorted(rows))
