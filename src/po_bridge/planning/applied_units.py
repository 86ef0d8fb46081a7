"""What was applied of one wholesale order or one ship window of it, by product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import field, frozen

from .book import AppliedLine
from .refs import Known, Ref

ZERO = Decimal(0)


@frozen(kw_only=True)
class AppliedUnits:
    """Units and unit costs by product."""

    counts: Mapping[Ref, Decimal]
    """Units that were ordered."""
    costs: Mapping[Ref, Decimal | None] = field(factory=dict)
    """Cost of one unit; None where it is not known, nothing where no cost was applied by us."""


def applied_of(lines: Iterable[AppliedLine]) -> AppliedUnits:
    """Sum lines by product; a cost that differs between them is not known."""
    counts: dict[Ref, Decimal] = {}
    costs: dict[Ref, Decimal | None] = {}
    for line in lines:
        product = Known(id=line.product_id)
        counts[product] = counts.get(product, ZERO) + line.count
        costs[product] = line.cost if costs.get(product, line.cost) == line.cost else None
    return AppliedUnits(counts=counts, costs=costs)
