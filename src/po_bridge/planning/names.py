"""Names of new families: free in the whole store, inactive and deleted included, and in the plan.

Some systems hold of equal name to be one family, so a name that is taken is never written.
"""

from __future__ import annotations

from attrs import define, field

from ..models.keys import OrderKey
from ..models.named_record import name_key
from .notes import Notes
from .snapshot import Snapshot


@define(kw_only=True)
class Names:
    """Chooses names; the style number is appended to one that is taken, and that is shown."""

    snapshot: Snapshot
    notes: Notes
    _used: set[str] = field(factory=set)

    def free(self, name: str, style_number: str, order: OrderKey) -> str:
        """The name, or the nearest one that is free."""
        wanted = " ".join(name.split()) or style_number or "Product"
        candidate, number = wanted, 1
        while self._taken(candidate):
            candidate = (
                f"{wanted} {style_number}".strip() if number == 1 and style_number else f"{wanted} {number}"
            )
            number += 1
        self._used.add(name_key(candidate))
        if candidate != wanted:
            self.notes.lose(
                order, f"name of {style_number or wanted}", wanted, f"taken; written as {candidate!r}"
            )
        return candidate

    def _taken(self, name: str) -> bool:
        owners = self.snapshot.families.get(name_key(name), ())
        self.notes.rely(f"name {name_key(name)}", "taken" if owners else "free")
        return bool(owners) or name_key(name) in self._used
