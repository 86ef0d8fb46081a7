"""A target whose calls are coroutines: an async library that sends its own requests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol, TypeVar

from attrs import field, frozen

from ..models.capabilities import Capabilities
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..planning.receipt import Probed, Receipt, Rest
from ..planning.refs import Ids
from ..planning.snapshot import Collection, Page, Positions, Snapshot, Wanted
from ..planning.step import Step
from ..planning.write import Write
from .exchange import Await, Exchange
from .target import Target

T = TypeVar("T")


class AwaitingTarget(Protocol):
    """What ``Target`` says, with coroutines instead of conversations.

    Errors are those of ``Target``: translate what the library raises. What is raised of another kind ends the run
    like a crash, which is safe, but tells the merchant nothing.
    """

    @property
    def store(self) -> str:
        """Identity of the store, stable and without secrets; plans are bound to it."""
        ...

    @property
    def label(self) -> str:
        """Name of the system, for people."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """Grain and limits."""
        ...

    async def facts(self) -> StoreFacts:
        """Tax form, currency, zone and outlets of the store."""
        ...

    async def changes(self, collection: Collection, since: str) -> Page:
        """One page of records that changed after a position; an empty position starts at the beginning."""
        ...

    async def look(self, wanted: Wanted, since: Positions) -> Snapshot:
        """Read the named products and orders afresh; records that are gone are left out."""
        ...

    async def perform(self, step: Step, ids: Ids) -> Receipt | Rest:
        """Do one step with at most one mutating request; all that it raises but ``Refused`` is an unknown outcome.

        ``Unreachable`` with ``sent=False`` says that nothing left.
        """
        ...

    async def probe(self, step: Step, ids: Ids, since: Positions) -> Probed:
        """Look whether a step happened; never writes."""
        ...

    async def read_order(self, order_id: str) -> PurchaseOrder:
        """A purchase order with all its lines, for verification; raises ``NotFound``."""
        ...

    def calls(self, write: Write) -> int:
        """Requests that performing a write takes, reads included, when nothing goes wrong."""
        ...


def awaiting(target: AwaitingTarget) -> Target:
    """The same as a target for ``AsyncBridge``; a Bridge refuses it with ``Misuse``."""
    return _Awaiting(plain=target)


@frozen(kw_only=True)
class _Awaiting:
    plain: AwaitingTarget = field()

    @property
    def store(self) -> str:
        return self.plain.store

    @property
    def label(self) -> str:
        return self.plain.label

    @property
    def capabilities(self) -> Capabilities:
        return self.plain.capabilities

    def facts(self) -> Exchange[StoreFacts]:
        return _awaited(self.plain.facts)

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        return _awaited(partial(self.plain.changes, collection, since))

    def look(self, wanted: Wanted, since: Positions) -> Exchange[Snapshot]:
        return _awaited(partial(self.plain.look, wanted, since))

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        return _awaited(partial(self.plain.perform, step, ids), writes=True)

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        return _awaited(partial(self.plain.probe, step, ids, since))

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        return _awaited(partial(self.plain.read_order, order_id))

    def calls(self, write: Write) -> int:
        return self.plain.calls(write)


def _awaited(fn: Callable[[], Awaitable[T]], *, writes: bool = False) -> Exchange[T]:
    result: T = yield Await(fn=fn, writes=writes)
    return result
