"""A target whose calls simply return: a library, a file, a database, anything that is not asked by requests of ours."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from attrs import field, frozen

from ..models.capabilities import Capabilities
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..planning.receipt import Probed, Receipt, Rest
from ..planning.refs import Ids
from ..planning.snapshot import Collection, Page, Positions, Snapshot, Wanted
from ..planning.step import Step
from ..planning.write import Write
from .exchange import Exchange, Lane, run
from .target import Target


class BlockingTarget(Protocol):
    """What ``Target`` says, with methods that work and return instead of conversations.

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

    def facts(self) -> StoreFacts:
        """Tax form, currency, zone and outlets of the store."""
        ...

    def changes(self, collection: Collection, since: str) -> Page:
        """One page of records that changed after a position; an empty position starts at the beginning."""
        ...

    def look(self, wanted: Wanted, since: Positions) -> Snapshot:
        """Read the named products and orders afresh; records that are gone are left out."""
        ...

    def perform(self, step: Step, ids: Ids) -> Receipt | Rest:
        """Do one step with at most one mutating request; all that it raises but ``Refused`` is an unknown outcome.

        ``Unreachable`` with ``sent=False`` says that nothing left.
        """
        ...

    def probe(self, step: Step, ids: Ids, since: Positions) -> Probed:
        """Look whether a step happened; never writes."""
        ...

    def read_order(self, order_id: str) -> PurchaseOrder:
        """A purchase order with all its lines, for verification; raises ``NotFound``."""
        ...

    def calls(self, write: Write) -> int:
        """Requests that performing a write takes, reads included, when nothing goes wrong."""
        ...


def blocking(target: BlockingTarget) -> Target:
    """The same as a target that both kinds of Bridge can drive.

    Its methods are called one at a time. A Bridge calls them on its caller's thread, an AsyncBridge on a thread of
    its own, always the same one: what may be used by one thread only is opened at the first call.
    """
    return _Blocking(plain=target)


@frozen(kw_only=True)
class _Blocking:
    plain: BlockingTarget = field()

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
        return run(self.plain.facts, Lane.TARGET)

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        return run(partial(self.plain.changes, collection, since), Lane.TARGET)

    def look(self, wanted: Wanted, since: Positions) -> Exchange[Snapshot]:
        return run(partial(self.plain.look, wanted, since), Lane.TARGET)

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        return run(partial(self.plain.perform, step, ids), Lane.TARGET, writes=True)

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        return run(partial(self.plain.probe, step, ids, since), Lane.TARGET)

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        return run(partial(self.plain.read_order, order_id), Lane.TARGET)

    def calls(self, write: Write) -> int:
        return self.plain.calls(write)
