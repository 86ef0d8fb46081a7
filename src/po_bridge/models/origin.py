"""Where a value came from."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Origin:
    """System, record and revision that a value was read from; never part of equality."""

    system: str
    """Label of the system."""
    record: str
    """Id of the record there."""
    revision: str = ""
    """What changes when the record does: a content hash, a version."""
