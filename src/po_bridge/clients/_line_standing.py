"""Where the lines of an addition stand against what an order holds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import evolve, frozen

from ..planning.receipt import Rest
from ..planning.refs import Ids, resolve
from ..planning.write import AddLines, LineAdd, SetLine


@frozen(kw_only=True)
class LineStanding:
    """Lines that are not at the count they are to have."""

    write: AddLines
    """The addition."""
    missing: tuple[LineAdd, ...]
    """At the count before, or gone: to be added."""
    odd: tuple[SetLine, ...]
    """At a count that is neither before nor after: to be set."""

    @property
    def complete(self) -> bool:
        """Whether every line is at the count it is to have."""
        return not self.missing and not self.odd

    @property
    def untouched(self) -> bool:
        """Whether none of the lines moved."""
        return self.missing == self.write.lines

    def rest(self, lines_per_call: int) -> Rest:
        """What is left to be done, so many lines added at once."""
        starts = range(0, len(self.missing), lines_per_call)
        again = (evolve(self.write, lines=self.missing[start : start + lines_per_call]) for start in starts)
        return Rest(writes=(*again, *self.odd))


def line_standing(write: AddLines, counts: Mapping[str, Decimal], ids: Ids) -> LineStanding:
    """Hold an addition against the counts of an order by product id."""
    missing: list[LineAdd] = []
    odd: list[SetLine] = []
    for line in write.lines:
        seen = counts.get(resolve(line.product, ids))
        if seen == line.count:
            continue
        if seen is None or seen == line.before:
            missing.append(line if seen is not None else evolve(line, before=Decimal(0)))
        else:
            setting = SetLine(
                order=write.order, product=line.product, before=seen, count=line.count, cost=line.cost
            )
            odd.append(setting)
    return LineStanding(write=write, missing=tuple(missing), odd=tuple(odd))
