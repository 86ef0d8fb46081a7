"""What the calling program did wrong."""

from __future__ import annotations

from .root import CallerError


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
