"""Orders that were one when they were submitted: split by rule, told apart by a suffix or tied by a group.

Siblings are independent orders with a life of their own each; that they belong together is only shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ..models.keys import OrderKey
from ..models.wholesale_order import WholesaleOrder

_SUFFIX: Final = re.compile(r"(?P<base>\d+)-\d{1,2}(-[A-Z])?", re.ASCII)


def base_number(number: str) -> str:
    """The number without the suffix that splitting adds, as ``-1``, ``-2`` or ``-1-A``."""
    found = _SUFFIX.fullmatch(number)
    return found["base"] if found else number


def is_part_of(number: str, whole: str) -> bool:
    """Whether a number is another one with a suffix that splitting adds."""
    return number.startswith(f"{whole}-") and base_number(number) == base_number(whole)


def are_siblings(one: WholesaleOrder, other: WholesaleOrder) -> bool:
    """Whether two orders of one portal were split from one: by their group, or by number where one has none."""
    if one.key == other.key or one.key.portal != other.key.portal:
        return False
    if one.group and other.group:
        return one.group == other.group
    split = one.number != other.number
    return split and base_number(one.number) == base_number(other.number)


def siblings_in(orders: Iterable[WholesaleOrder]) -> Mapping[OrderKey, tuple[OrderKey, ...]]:
    """The siblings of each order among the others, in their order; orders without any are left out."""
    listed = tuple(orders)
    by_base: dict[tuple[str, str], list[WholesaleOrder]] = {}
    by_group: dict[tuple[str, str], list[WholesaleOrder]] = {}
    for order in listed:
        by_base.setdefault((order.key.portal, base_number(order.number)), []).append(order)
        if order.group:
            by_group.setdefault((order.key.portal, order.group), []).append(order)
    found: dict[OrderKey, tuple[OrderKey, ...]] = {}
    for order in listed:
        near = {one.key: one for one in by_base[(order.key.portal, base_number(order.number))]}
        near |= {one.key: one for one in by_group.get((order.key.portal, order.group), ())}
        siblings = tuple(key for key, one in near.items() if are_siblings(order, one))
        if siblings:
            found[order.key] = siblings
    return found
