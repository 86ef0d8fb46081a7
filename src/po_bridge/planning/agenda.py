"""A plan's steps, indexed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from .refs import Slot
from .refs_of import made_by
from .step import Step


@frozen(kw_only=True)
class Agenda:
    """Steps in order, by key, and which of them makes what."""

    steps: tuple[Step, ...]
    """In an order in which every step comes after what it needs."""
    by_key: Mapping[str, Step] = field(eq=False, repr=False)
    """The steps by key."""
    makers: Mapping[Slot, str] = field(eq=False, repr=False)
    """The step that makes a slot."""
    making: frozenset[str] = field(eq=False, repr=False)
    """Steps that make anything."""

    @classmethod
    def of(cls, steps: tuple[Step, ...]) -> Agenda:
        """Index steps."""
        makers = {slot: step.key for step in steps for slot in made_by(step.write)}
        by_key = {step.key: step for step in steps}
        return cls(steps=steps, by_key=by_key, makers=makers, making=frozenset(makers.values()))

    def child_needs(self, parent: Step, used: Sequence[Slot]) -> tuple[str, ...]:
        """Of the parent's needs: the makers of what a child uses, and those that only set the order."""
        needed = {self.makers[slot] for slot in used if slot in self.makers}
        return tuple(key for key in parent.needs if key in needed or key not in self.making)
