"""What a look at a connected store found: what works and what is missing, in words."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Right(Enum):
    """How a trial turned out."""

    WORKS = "works"
    MISSING = "missing"
    UNKNOWN = "not known"


@frozen(kw_only=True)
class Trial:
    """One thing that po_bridge needs, tried."""

    what: str
    """As ``read outlets``."""
    right: Right
    """How it turned out."""
    words: str
    """What was seen, or who must do what."""

    def __str__(self) -> str:
        return f"{self.what}: {self.right.value} ({self.words})"


@frozen(kw_only=True)
class Preflight:
    """What a look at a store found."""

    store: str
    """Identity of the store."""
    trials: tuple[Trial, ...]
    """In the order tried."""

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return all(trial.right is not Right.MISSING for trial in self.trials)

    def __str__(self) -> str:
        verdict = "can be used" if self.ready else "cannot be used yet"
        return "\n  ".join((f"store {self.store} {verdict}", *map(str, self.trials)))
