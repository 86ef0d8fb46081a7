"""What the vendor leaves unsaid, as choices; each holds for one store."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class BodyForm(Enum):
    """How bodies of purchase orders and their lines are sent; bulk lines are a bare list everywhere."""

    BARE = "bare"
    """Members at the top, as in the vendor's tutorial and published collection."""
    WRAPPED = "wrapped"
    """Members in ``data``, as in the vendor's OpenAPI documents."""
    UNKNOWN = "unknown"
    """Bare first; after 400 or 422 the other form, and what was taken is remembered."""


@frozen(kw_only=True)
class Settings:
    """Choices about open questions; None is not known."""

    body: BodyForm = BodyForm.UNKNOWN
    """Form of the bodies of purchase orders."""
    create_as_sent: bool = False
    """Whether an order may be created as SENT; a status change of its own is used either way."""
    bulk_atomic: bool | None = None
    """True where a refused bulk call is known to have written nothing; otherwise the lines are read again."""
    line_moves_version: bool | None = None
    """Whether a changed line gives its order a new version; True saves the lines of unmoved orders."""
    deleted_codes_free: bool | None = None
    """Whether codes of deleted products may be used again; unless True, planners treat them as taken."""
    settle: float = 60.0
    """Seconds after sending before *absent* counts."""
