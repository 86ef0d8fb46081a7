"""What a write made or set, against what the POS says of it when it is read back.

What the POS does not tell, as a cost that the token may not see, is unknown and no difference.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final

from attrs import fields

from ..models.named_record import name_key
from ..models.pos_product import PosProduct, ProductCode, ProductSupplier
from .outcome import Difference
from .refs import Ids, Ref, Slot, resolve
from .write import AddMembers, AttachImage, CreateFamily, Member, ProductFields, UpdateProduct, Write


class PictureStatus(Enum):
    """What became of a picture that the POS took and went on processing."""

    SHOWN = "shown"
    """Its product shows it."""
    PROCESSING = "processing"
    """The POS still works on it."""
    BROKEN = "broken"
    """The POS could not use it."""


Found = Mapping[Ref, PosProduct | PictureStatus]
"""Products and pictures by what the plan calls them."""

_TAG: Final = re.compile(r"<[^>]*>")


def wanted_by(write: Write) -> tuple[Ref, ...]:
    """Products that are read back once the write is there."""
    match write:
        case CreateFamily() | AddMembers():
            return tuple(member.slot for member in write.members)
        case UpdateProduct():
            return (write.product,)
        case _:
            return ()


def absent_from(write: Write, found: Found) -> tuple[Ref, ...]:
    """Products that are read back and are not there, or not any more."""
    products = ((ref, product_of(found, ref)) for ref in wanted_by(write))
    return tuple(ref for ref, product in products if product is None or product.deleted)


def product_of(found: Found, ref: Ref) -> PosProduct | None:
    """One product, None where it was not found."""
    one = found.get(ref)
    return one if isinstance(one, PosProduct) else None


def picture_of(write: AttachImage, found: Found) -> PictureStatus | None:
    """What became of the picture; None where the POS does not tell."""
    one = found.get(write.slot)
    return one if isinstance(one, PictureStatus) else None


def made_of(write: Write, found: Found) -> dict[Slot, str]:
    """Remote ids of what the write made, as far as its products tell."""
    made: dict[Slot, str] = {}
    for ref in wanted_by(write):
        product = product_of(found, ref)
        if isinstance(ref, Slot) and product is not None and not isinstance(write, UpdateProduct):
            made[ref] = product.id
            if isinstance(write, CreateFamily):
                made.setdefault(write.slot, product.family_id or product.id)
    return made


def differences(write: Write, found: Found, ids: Ids) -> tuple[Difference, ...]:
    """Every field that reads otherwise than it was written; *ids* holds what the write made, too."""
    match write:
        case CreateFamily() | AddMembers():
            there = ((member, product_of(found, member.slot)) for member in write.members)
            each = (_of_member(write, member, product, ids) for member, product in there if product)
            return tuple(difference for some in each for difference in some)
        case UpdateProduct():
            product = product_of(found, write.product)
            return tuple(_of_update(write, product)) if product else ()
        case _:
            return ()


# --- new products -----------------------------------------------------------------------------


def _of_member(
    write: CreateFamily | AddMembers, member: Member, product: PosProduct, ids: Ids
) -> Iterator[Difference]:
    supplier = resolve(write.supplier, ids)
    planned: dict[str, Any] = {"supplier": supplier, **_shared(write, ids)}
    planned |= {
        "active": write.active,
        "codes": _texts(member.codes),
        "supplier code": member.supplier_code or None,
        "supplier price": member.supply_price,
        "retail price": member.retail_price,
        "family": _family(write, ids),
        "options": tuple(map(_plain, member.values)),
    }
    now = {**_now(product, supplier), "options": _options(write, product, ids)}
    named = _name(write)
    where = f"product {' / '.join((named, *member.values))}"
    return _compared(where, planned, now)


def _name(write: CreateFamily | AddMembers) -> str:
    return write.name if isinstance(write, CreateFamily) else write.family_name


def _shared(write: CreateFamily | AddMembers, ids: Ids) -> dict[str, Any]:
    """What the members of a new family share; additions leave it as it is."""
    if isinstance(write, AddMembers):
        return {}
    return {
        "name": write.name,
        "description": write.description or None,
        "brand": resolve(write.brand, ids) if write.brand else None,
        "tags": frozenset(resolve(tag, ids) for tag in write.tags) or None,
    }


def _family(write: CreateFamily | AddMembers, ids: Ids) -> str | None:
    """The family that members must be in; a product without options stands alone."""
    if isinstance(write, AddMembers):
        return resolve(write.family, ids)
    return ids.get(write.slot) if write.options else None


def _options(write: CreateFamily | AddMembers, product: PosProduct, ids: Ids) -> tuple[str, ...] | None:
    """Values in the order of the write; None where the POS tells none of them."""
    by_id = {option.option_id: option.value for option in product.options}
    by_name = {name_key(option.name): option.value for option in product.options}
    told = [by_id.get(resolve(one.ref, ids), by_name.get(name_key(one.name))) for one in write.options]
    return tuple(_plain(value or "") for value in told)


# --- fields that were set ---------------------------------------------------------------------


def _of_update(write: UpdateProduct, product: PosProduct) -> Iterator[Difference]:
    after = write.after
    planned: dict[str, Any] = {
        attribute.name.replace("_", " "): getattr(after, attribute.name)
        for attribute in fields(ProductFields)
        if attribute.name != "supplier_id"
    }
    planned["codes"] = None if after.codes is None else _texts(after.codes)
    planned["supplier price"] = planned.pop("supply price")
    where = f"product {product.variant_name or product.name or product.id}"
    return _compared(where, planned, _now(product, after.supplier_id))


# --- comparing --------------------------------------------------------------------------------


def _now(product: PosProduct, supplier_id: str | None) -> dict[str, Any]:
    own = supplier_of(product, supplier_id)
    return {
        "name": product.name,
        "description": product.description,
        "brand": product.brand_id or "none",
        "tags": frozenset(product.tag_ids),
        "family": product.family_id or "none",
        "active": product.active,
        "codes": _texts(product.codes) | {product.sku},
        "supplier": own.supplier_id if own else "none",
        "supplier code": own.code if own else "",
        "supplier price": own.price if own and own.price is not None else product.supply_price,
        "retail price": product.retail_price,
    }


def supplier_of(product: PosProduct, supplier_id: str | None) -> ProductSupplier | None:
    """What one supplier calls a product, the default one where none is named; None where it has none."""
    if supplier_id is None:
        return product.suppliers[0] if product.suppliers else None
    return next((each for each in product.suppliers if each.supplier_id == supplier_id), None)


def _texts(codes: Iterable[ProductCode]) -> frozenset[str]:
    return frozenset(code.text for code in codes)


def _compared(where: str, planned: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Fields that differ; None is not planned, or not told."""
    for name, wanted in planned.items():
        has = now[name]
        if wanted is not None and has is not None and not _same(wanted, has):
            yield Difference(where=f"{where} {name}", planned=_told(wanted), found=_told(has))


def _same(wanted: Any, has: Any) -> bool:
    """Whether two values say the same: lists may hold more, and text may be laid out otherwise."""
    if isinstance(wanted, frozenset):
        return wanted.issubset(has)
    return bool(_plain(wanted) == _plain(has)) if isinstance(wanted, str) else bool(wanted == has)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _told(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(filter(None, value))) or "none"
    return " / ".join(value) if isinstance(value, tuple) else str(value)
