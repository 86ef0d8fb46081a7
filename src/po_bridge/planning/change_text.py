"""One change in words, as rows of before and after: for the terminal, for HTML, for whoever shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, assert_never

from attrs import frozen

from ..models.pos_product import ProductCode
from .change import (
    Change,
    LineSet,
    MoreMembers,
    NewFamily,
    NewOrder,
    NewPicture,
    NewRecord,
    OrderRevision,
    ProductChange,
)
from .refs import Known, Ref
from .write import FamilyOption, LineAdd, Member, ProductFields

Names = Mapping[Ref, str]
"""Names of records that a change mentions only by reference."""

NO_NAMES: Final[Names] = MappingProxyType({})


@frozen(kw_only=True)
class Row:
    """One field of a change."""

    what: str
    """The field, or the line or variant it speaks of."""
    before: str
    """What is there now; empty where nothing is."""
    after: str
    """What is to be there; empty where it is removed."""


@frozen(kw_only=True)
class ChangeText:
    """A change in words."""

    title: str
    """What is done, as ``new draft product Cable Cardigan``."""
    rows: tuple[Row, ...]
    """Every field, in the order people look at them; not escaped for any medium."""


def amount(value: Decimal | None) -> str:
    """Write an amount with at least two decimals and no idle zeros; *unknown* for None."""
    if value is None:
        return "unknown"
    cents = f"{value:.2f}"
    return cents if Decimal(cents) == value else f"{value.normalize():f}"


def count(value: Decimal) -> str:
    """Write a count of units without idle zeros."""
    return f"{value.normalize():f}"


def describe(change: Change, names: Names = NO_NAMES) -> ChangeText:
    """Put a change into words; *names* tells what the records that it refers to are called."""
    match change:
        case NewRecord():
            return _made(f"new {change.slot.kind.value}", change.name, (("name", change.name),))
        case NewFamily():
            kind = "product" if change.active else "draft product"
            return _made(f"new {kind}", change.name, _family(change, names))
        case MoreMembers():
            word = "variant" if change.active else "draft variant"
            return _made(f"more {word}s of", change.family_name, _members(change.members, change.options))
        case ProductChange():
            return ChangeText(title=f"product {change.name}", rows=tuple(_fields(change)))
        case NewPicture():
            return _made("picture of", change.name, (("picture", change.image.address),))
        case NewOrder():
            return _made("new purchase order", change.draft.number, _order(change))
        case OrderRevision():
            return ChangeText(title=f"purchase order {change.number}", rows=tuple(_revision(change)))
        case _:
            assert_never(change)


def _made(kind: str, name: str, pairs: Iterable[tuple[str, str]]) -> ChangeText:
    rows = tuple(Row(what=what, before="", after=after) for what, after in pairs if after)
    return ChangeText(title=f"{kind} {name}", rows=rows)


def _ref(ref: Ref, names: Names) -> str:
    if isinstance(ref, Known):
        return f"{names[ref]} (there already)" if ref in names else f"id {ref.id} (there already)"
    return names.get(ref, ref.name)


def _family(change: NewFamily, names: Names) -> Iterator[tuple[str, str]]:
    yield "name", change.name
    yield "supplier", _ref(change.supplier, names)
    yield "brand", _ref(change.brand, names) if change.brand else ""
    yield "tags", ", ".join(_ref(tag, names) for tag in change.tags)
    yield "description", change.description
    yield "picture", ", ".join(image.address for image in change.images)
    yield "on sale", "yes" if change.active else "no, a draft"
    yield from _members(change.members, change.options)


def _members(members: Iterable[Member], options: tuple[FamilyOption, ...]) -> Iterator[tuple[str, str]]:
    for member in members:
        values = " / ".join(
            f"{option.name} {value}" for option, value in zip(options, member.values, strict=False)
        )
        told = (
            f"{'SKU of the store, ' if member.sku_from_store else ''}{_codes(member.codes)}",
            f"supplier code {member.supplier_code}" if member.supplier_code else "",
            f"supplier price {amount(member.supply_price)}",
            f"retail price {amount(member.retail_price)}",
        )
        yield f"variant {values}" if values else "product", "; ".join(part for part in told if part)


def _codes(codes: Iterable[ProductCode]) -> str:
    return ", ".join(f"{code.kind.value} {code.text}" for code in codes)


def _fields(change: ProductChange) -> Iterator[Row]:
    before, after = _field_texts(change.before), _field_texts(change.after)
    for what, value in after.items():
        yield Row(what=what, before=before.get(what, ""), after=value)


def _field_texts(fields: ProductFields) -> dict[str, str]:
    """Texts of the fields that are touched; None leaves a field alone."""
    texts = {
        "on sale": None if fields.active is None else ("yes" if fields.active else "no"),
        "name": fields.name,
        "description": fields.description,
        "codes": None if fields.codes is None else _codes(fields.codes),
        "supplier code": fields.supplier_code,
        "supplier price": None if fields.supply_price is None else amount(fields.supply_price),
        "retail price": None if fields.retail_price is None else amount(fields.retail_price),
    }
    return {what: text for what, text in texts.items() if text is not None}


def _order(change: NewOrder) -> Iterator[tuple[str, str]]:
    draft = change.draft
    yield "order number", draft.number
    yield "supplier", draft.supplier
    yield "outlet", change.outlet or change.outlet_id
    yield "created", draft.created_at.date().isoformat() if draft.created_at else ""
    yield "delivery", draft.due_on.isoformat() if draft.due_on else ""
    yield "note", draft.note
    yield "ordered by", f"{draft.ordered_by} (kept on our record)" if draft.ordered_by else ""
    yield "status", change.status.value
    for line in change.lines:
        yield f"line {line.name}", _line(line.count, line.cost)
    yield "total quantity", count(draft.total_quantity)
    yield "total cost", amount(draft.total_cost)
    yield "freight", amount(change.charges.freight) if change.charges.freight else ""
    yield "surcharge", amount(change.charges.surcharge) if change.charges.surcharge else ""


def _line(units: Decimal, cost: Decimal | None) -> str:
    return f"{count(units)} at {amount(cost)}"


def _revision(change: OrderRevision) -> Iterator[Row]:
    for line, name in zip(change.added, change.names, strict=True):
        yield _added(line, name)
    for setting in change.changed:
        before = _line(setting.before, setting.cost_before)
        yield Row(what=f"line {setting.name}", before=before, after=_line(setting.count, _cost(setting)))
    for removal in change.removed:
        yield Row(what=f"line {removal.name}", before=_line(removal.before, removal.cost_before), after="")


def _added(line: LineAdd, name: str) -> Row:
    before = _line(line.before, line.cost) if line.before else ""
    return Row(what=f"line {name}", before=before, after=_line(line.count, line.cost))


def _cost(setting: LineSet) -> Decimal | None:
    return setting.cost_before if setting.cost is None else setting.cost
