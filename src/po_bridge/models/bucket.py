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


@frozen(kw_only=True)
class LeakyBucket:
    """A level that a remote keeps: each call raises it by its cost, it falls by itself, and no call is served above it.

    The call that crosses the size is served. A second limit counts calls in windows of one second.
    """

    name: str = field(validator=filled)
    """Who shares it, as a store and an application; without secrets."""
    level_header: str
    """Header of an answer that tells level and size, as ``12.35/90``, in lower case."""
    burst_header: str
    """Header of an answer that tells calls and limit of the second, as ``1/20``, in lower case."""
    drip_header: str
    """Header of an answer that tells by how much the level falls in a second, in lower case."""
    size: int
    """Size at least, for as long as no answer has told."""
    drip: float
    """Fall of the level in a second at least, for as long as no answer has told."""
    burst: int
    """Calls of a second at least, for as long as no answer has told."""
    cost: float = 1.0
    """What the call costs that is reckoned with; one that nobody knows yet costs so much on average."""

    @property
    def window(self) -> float:
        """Seconds in which a full bucket empties."""
        return self.size / self.drip


RateBucket = Bucket | LeakyBucket
"""Either way of counting."""
