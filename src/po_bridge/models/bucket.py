"""What a remote counts calls in."""

from __future__ import annotations

from attrs import field, frozen

from .checks import filled


@frozen(kw_only=True)
class Bucket:
    """A count of calls that a remote keeps: so many in a window, and no more until the window turns."""

    name: str = field(validator=filled)
    """Who shares it, as a store and an application; without secrets."""
    limit_header: str
    """Header of an answer that tells the calls of a whole window, in lower case."""
    left_header: str
    """Header of an answer that tells the calls left in the window, in lower case."""
    window: float
    """Length of a window in seconds; it begins with the first call after the last one ended."""
    size: int
    """Calls of a window at least, for as long as no answer has told."""
