"""What a remote system did not do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .root import RemoteError


class Unreachable(RemoteError):
    """No answer was had from a host.

    ``sent`` tells whether the request may have left: a write with ``sent=True`` has an unknown outcome.
    """

    def __init__(self, host: str, why: str, *, sent: bool) -> None:
        self.host = host
        """Host and port that were called, without credentials."""
        self.why = why
        """The reason the transport gave."""
        self.sent = sent
        """False only where the connection itself could not be made."""
        super().__init__(
            f"{host} cannot be reached ({why}); check the address and the network, then try again"
        )


class Refused(RemoteError):
    """A remote answered and said no."""

    def __init__(
        self,
        system: str,
        status: int,
        words: str,
        *,
        what: str,
        mend: str,
        again: bool = False,
        retry_at: datetime | None = None,
    ) -> None:
        self.system = system
        """Label of the system that refused."""
        self.status = status
        """HTTP status, or 0 where the system has none."""
        self.words = words
        """The remote's own words, shortened to 500 characters."""
        self.what = what
        """What was asked, as ``POST /products``; never with credentials."""
        self.mend = mend
        """Who must do what."""
        self.again = again
        """True where the same step may be sent again as a new attempt (other body form, fresh token, 429)."""
        self.retry_at = retry_at
        """Not before this moment, where the remote said so."""
        super().__init__(f"{system} refused {what} with {status}: {words!r}; {mend}")


class Unauthorized(Refused):
    """The credentials are wrong, expired or revoked."""


class Forbidden(Refused):
    """The credentials are right but a scope or right is missing."""


class NotFound(Refused):
    """The thing asked for does not exist at the remote."""


class Busy(Refused):
    """The remote asks to come back later (429)."""


class Broken(RemoteError):
    """The remote failed on its side (5xx) or its answer cannot be read."""

    def __init__(self, system: str, status: int, words: str, *, what: str) -> None:
        self.system = system
        """Label of the system."""
        self.status = status
        """HTTP status."""
        self.words = words
        """Beginning of the body."""
        self.what = what
        """What was asked."""
        super().__init__(
            f"{system} failed at {what} with {status}: {words!r}; try again later, or ask its support"
        )


def remote_words(body: Any, limit: int = 500) -> str:
    """Shorten what a remote said to something a person can read.

    Takes text, bytes or a parsed JSON value; keeps at most *limit* characters on one line.
    """
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    return " ".join(text.split())[:limit]
