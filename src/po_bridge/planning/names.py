"""Names of new families: free in the whole store, inactive and deleted included, and in the plan.

Some systems hold products of equal name to be one family, so a name that is taken is never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

from attrs import define, field

from ..models.keys import OrderKey
from ..models.named_record import name_key
from ..models.one_line import one_line
from .notes import Notes
from .snapshot import Snapshot

_AHEAD = 8
"""Names looked up in one go; few stores have more products of one name and number."""


@define(kw_only=True)
class Names:
    """Chooses names; the style number is appended to one that is taken, and that is shown."""

    snapshot: Snapshot
    """What the POS held."""
    notes: Notes
    """Where questions, losses and deciding fields go."""
    looked: set[str] = field(factory=set)
    """Names the store was asked about."""
    _used: set[str] = field(factory=set)

    def free(self, name: str, style_number: str, order: OrderKey) -> str:
        """Give the name, else the nearest one that is free, with a loss that says so."""
        wanted = _wanted(name, style_number)
        self.looked.update(spellings(name, style_number))
        chosen = next(one for one in _spellings(wanted, style_number) if self._is_free(one))
        self._used.add(name_key(chosen))
        if chosen != wanted:
            what = f"name of {style_number or wanted}"
            self.notes.lose(order, f"{what} {chosen}", wanted, f"taken in the POS; written as {chosen!r}")
        return chosen

    def _is_free(self, name: str) -> bool:
        self.looked.add(name)
        owners = self.snapshot.families.get(name_key(name), ())
        self.notes.rely(f"name {name_key(name)}", "taken" if owners else "free")
        return not owners and name_key(name) not in self._used


def spellings(name: str, style_number: str) -> tuple[str, ...]:
    """Give the first names that a family may get; no more are looked up as long as one of them is free."""
    return tuple(islice(_spellings(_wanted(name, style_number), style_number), _AHEAD))


def _wanted(name: str, style_number: str) -> str:
    return one_line(name) or one_line(style_number) or "Product"


def _spellings(wanted: str, style_number: str) -> Iterator[str]:
    """Yield the name, with the style number, then with a number behind; the style number stands in it once."""
    yield wanted
    number = one_line(style_number)
    stem = wanted if name_key(number) in name_key(wanted) else f"{wanted} {number}"
    if stem != wanted:
        yield stem
    yield from (f"{stem} ({times})" for times in count(2))
