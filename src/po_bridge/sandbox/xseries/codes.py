"""Product codes: made, generated, and unique in the whole store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .call import Call
from .product import Code
from .refusal import Refusal, rejected
from .state import State


def codes_of(state: State, entry: Mapping[str, Any]) -> tuple[Code, ...]:
    """Make the codes of a new product; the first one is its SKU.

    A `sku` is put before the other codes. Where it is left out, the store's sequence gives one; with the
    sequence off the first code serves.
    """
    codes = [
        Code(id=state.new_id(), type=each.get("type", "CUSTOM"), code=each["code"])
        for each in entry.get("product_codes", ())
    ]
    sku = entry.get("sku")
    if sku:
        same = [code for code in codes if code.code == sku]
        first = same[0] if same else Code(id=state.new_id(), type="CUSTOM", code=sku)
        return (first, *(code for code in codes if code.code != sku))
    if state.retailer.sku_sequence:
        return (_generated(state), *codes)
    if not codes:
        raise rejected("a product needs a sku or a product code")
    return tuple(codes)


def _generated(state: State) -> Code:
    while state.by_code.get(str(state.next_sku)):
        state.next_sku += 1
    code = str(state.next_sku)
    state.next_sku += 1
    return Code(id=state.new_id(), type="CUSTOM", code=code, generated=True)


def check_free(call: Call, codes: Iterable[Code], own: str = "") -> None:
    """Refuse codes that stand twice in the request or on another product.

    Whether codes of deleted products count is a switch, and so is the status of the answer.
    """
    seen: set[str] = set()
    for code in codes:
        holders = call.state.holders(code.code, dead=not call.switches.deleted_codes_free)
        if code.code in seen or any(holder.id != own for holder in holders):
            raise Refusal(call.switches.duplicate_status, f"the product code {code.code!r} is taken")
        seen.add(code.code)
