"""Product codes: made, generated, and unique in the whole store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count, islice
from typing import Any

from ..message import Response
from .call import Call, data
from .family_body import GENERATE
from .product import Code
from .refusal import Refusal, malformed, rejected
from .state import State

MAX_GENERATED = 200
"""Codes that one request may ask for."""


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


def generate(call: Call) -> Response:
    """Answer codes that nothing has, at most 200 in all; they are given out and not kept.

    Without a prefix they are the next of the store's sequence.
    """
    wanted = call.read(GENERATE)["codes"]
    if sum(int(each["count"]) for each in wanted) > MAX_GENERATED or any(
        each["count"] < 1 for each in wanted
    ):
        raise malformed(f"ask for 1 to {MAX_GENERATED} codes")
    return data([{"codes": list(islice(_free(call.state, each), int(each["count"])))} for each in wanted])


def _free(state: State, wanted: Mapping[str, Any]) -> Iterator[str]:
    if "prefix" not in wanted:
        while True:
            yield _generated(state).code
    numbered = chain([""], map(str, count(1)))
    yield from (code for mark in numbered if not state.by_code.get(code := f"{wanted['prefix']}{mark}"))
