"""Every problem po_bridge reports, branched by who must act.

::

    PoBridgeError
    ├── CallerError      the program that calls po_bridge used it wrongly
    ├── DocumentError    the sender of a document wrote something we cannot read
    ├── RemoteError      a remote system refused, is busy, is gone or talks nonsense
    └── OperatorError    a person must look: stale plan, held lease, damaged journal

Attributes come first, the message is derived from them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import frozen


class PoBridgeError(Exception):
    """Root of every error that po_bridge raises on purpose."""


class CallerError(PoBridgeError):
    """The calling program asked for something that cannot be done as asked."""


class DocumentError(PoBridgeError):
    """A document cannot be read; whoever sends it must mend it."""


class RemoteError(PoBridgeError):
    """A remote system did not do what was asked."""


class OperatorError(PoBridgeError):
    """A person must look before anything else happens."""


class Misuse(CallerError):
    """A call that makes no sense in the state the object is in."""


class MissingExtra(CallerError):
    """An optional part of po_bridge is needed and not installed."""

    def __init__(self, extra: str, needs: str) -> None:
        self.extra = extra
        """Name of the extra, as in ``pip install "po-bridge[extra]"``."""
        self.needs = needs
        """The module that could not be imported."""
        super().__init__(f'{needs} is not installed; install it with: pip install "po-bridge[{extra}]"')


class AmbiguousNumber(CallerError):
    """One order number was found under several keys, so the caller must name the key."""

    def __init__(self, number: str, keys: tuple[str, ...]) -> None:
        self.number = number
        """The number that was asked for."""
        self.keys = keys
        """The order keys that bear it, as text."""
        super().__init__(
            f"order number {number!r} exists {len(keys)} times; ask for one of: {', '.join(keys)}"
        )


class UnknownOrder(CallerError):
    """No order bears the number or key that was asked for."""

    def __init__(self, number: str, where: str) -> None:
        self.number = number
        """The number or key that was asked for."""
        self.where = where
        """Label of the source that was searched."""
        super().__init__(
            f"no order {number!r} in {where}; check the number, or list orders with --any-status"
        )


class NotOffered(CallerError):
    """The order exists, but its status is not one that is taken over by default."""

    def __init__(self, number: str, status: str) -> None:
        self.number = number
        """The order's number."""
        self.status = status
        """Its status word."""
        super().__init__(
            f"order {number!r} has status {status!r}; approved, processed and shipped orders are taken over; "
            "pass any_status=True (--any-status) to take it all the same"
        )


class OpenQuestions(CallerError):
    """A plan with questions that stop it was about to be applied."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        self.questions = questions
        """Every question that stops the plan, as text."""
        listed = "\n".join(f"  - {question}" for question in questions)
        super().__init__(
            f"{len(questions)} open question(s) stop this plan; decide them, then plan again:\n{listed}"
        )


class ForeignPlan(CallerError):
    """A plan was made for another store or with another seal than its content has."""

    def __init__(self, seen: str, expected: str, what: str) -> None:
        self.seen = seen
        """The value the plan carries."""
        self.expected = expected
        """The value it would need."""
        self.what = what
        """Which property differs: ``store``, ``seal`` or ``format``."""
        super().__init__(
            f"this plan is foreign: its {what} is {seen!r}, expected {expected!r}; plan again here"
        )


class UsedPlan(CallerError):
    """A plan that was applied before, or that a later plan replaced."""

    def __init__(self, digest: str, why: str) -> None:
        self.digest = digest
        """Digest of the plan."""
        self.why = why
        """What happened to it, for people."""
        super().__init__(f"plan {digest[:12]} was used: {why}; review and plan the order again")


@frozen(kw_only=True)
class Issue:
    """One bad place in a document."""

    path: str
    """Where, as ``$.line_items[3].sizes[0].price``."""
    seen: str
    """What stands there, as ``repr``; ``'nothing'`` where the key is missing."""
    expected: str
    """What should stand there, in words."""

    def __str__(self) -> str:
        return f"{self.path}: {self.seen}, expected {self.expected}"


class BadDocument(DocumentError):
    """One document with everything that is wrong in it."""

    def __init__(self, document: str, issues: tuple[Issue, ...]) -> None:
        self.document = document
        """What the document is, as ``order 131803493``."""
        self.issues = issues
        """Every bad place, in the order of the table that read it."""
        listed = "\n".join(f"  {issue}" for issue in issues)
        super().__init__(f"{document} cannot be read, {len(issues)} bad field(s):\n{listed}")


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


def remote_words(body: Any, limit: int = 500) -> str:
    """Shorten what a remote said to something a person can read.

    Takes text, bytes or a parsed JSON value; keeps at most *limit* characters on one line.
    """
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    return " ".join(text.split())[:limit]
