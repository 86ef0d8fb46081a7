"""What a person must look at."""

from __future__ import annotations

from datetime import datetime

from .root import OperatorError


class StalePlan(OperatorError):
    """A field that decided the plan has another value now."""

    def __init__(self, digest: str, moved: tuple[str, ...]) -> None:
        self.digest = digest
        """Digest of the plan."""
        self.moved = moved
        """Each deciding field that moved: where, then, now."""
        listed = "\n".join(f"  - {line}" for line in moved)
        super().__init__(f"plan {digest[:12]} is stale, nothing was written; review again:\n{listed}")


class LeaseHeld(OperatorError):
    """Another worker holds an order, or something it shares."""

    def __init__(self, key: str, holder: str, since: datetime) -> None:
        self.key = key
        """What is held."""
        self.holder = holder
        """Host, pid and start of the holder."""
        self.since = since
        """Since when, aware UTC."""
        super().__init__(
            f"{key} is held by {holder} since {since.isoformat()}; wait for it, or stop that worker"
        )


class LeaseLost(OperatorError):
    """Our lease ran out or was taken over, so nothing more may be written."""

    def __init__(self, key: str) -> None:
        self.key = key
        """What was leased."""
        super().__init__(f"the lease for {key} was lost; nothing more was written; resume to go on")


class JournalDamaged(OperatorError):
    """The journal file cannot be trusted or used."""

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        """The file."""
        self.why = why
        """What is wrong with it."""
        super().__init__(f"journal {path}: {why}; nothing was written to the remote")


class CacheDamaged(OperatorError):
    """The cache file cannot be used; nothing is lost when it is deleted."""

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        """The file."""
        self.why = why
        """What is wrong with it."""
        super().__init__(f"cache {path}: {why}; or delete it, everything in it is read again")
