"""UPC and EAN: 11 to 14 digits, each on one item only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .call import Call
from .goods import Item
from .refusal import Refusal, malformed
from .state import State
from .switches import Switches

_DIGITS = re.compile(r"\d{11,14}", re.ASCII)


def holders(state: State, item: Item, switches: Switches) -> list[Item]:
    """List the other items that hold a code of this one."""
    found: list[Item] = []
    for name in ("upc", "ean"):
        for other in _holding(state, getattr(item, name), switches):
            same = getattr(other, name) == getattr(item, name) or switches.codes_cross
            free = other.archived and switches.archived_codes_free
            if same and not free and other.id != item.id and other not in found:
                found.append(other)
    return found


def _holding(state: State, code: str, switches: Switches) -> Iterable[Item]:
    if not code:
        return []
    spellings = {code, f"0{code}", code.removeprefix("0")} if switches.codes_cross else {code}
    return [state.items.by_id[key] for each in spellings for key in state.by_code.get(each, ())]


def check_codes(call: Call, item: Item, said: str) -> None:
    """Raise 400 for a code of another form, and the vendor's refusal for one that is taken."""
    old = call.state.items.get(item.id)
    for name in ("upc", "ean"):
        code = getattr(item, name)
        kept = old is not None and getattr(old, name) == code
        if code and not kept and call.switches.odd_codes_refused and not _DIGITS.fullmatch(code):
            raise malformed(f"{said} {name} must have 11 to 14 digits.")
    if not call.switches.duplicates_refused or (old and (old.upc, old.ean) == (item.upc, item.ean)):
        return
    if holders(call.state, item, call.switches):
        status = call.switches.duplicate_update_status if item.id else call.switches.duplicate_create_status
        raise Refusal(status, f"{said} An Item with this UPC or EAN already exists.")
