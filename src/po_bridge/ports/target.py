"""The target port: what po_bridge needs of a POS."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast

from ..models.capabilities import Capabilities
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..planning.receipt import Probed, Receipt, Rest
from ..planning.refs import Ids
from ..planning.seen import Found
from ..planning.snapshot import Collection, Page, Positions, Snapshot, Wanted
from ..planning.step import Step
from ..planning.write import Write
from .exchange import Exchange


class Target(Protocol):
    """A POS that plans are applied to."""

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

    def facts(self) -> Exchange[StoreFacts]:
        """Tax form, currency, zone and outlets of the store."""
        ...

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        """One page of records that changed after a position; an empty position starts at the beginning."""
        ...

    def look(self, wanted: Wanted, since: Positions) -> Exchange[Snapshot]:
        """Read the named products and orders afresh; records that are gone are left out."""
        ...

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do one step with at most one mutating request; reads around it are free.

        Raises ``Refused`` where the remote said no and nothing changed (``again=True`` where the same step may be
        sent again, as after a fresh token); returns ``Rest`` where it took a part.
        Any other error after the mutating request left makes the outcome unknown.
        """
        ...

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        """Ask whether a step happened; never writes."""
        ...

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        """A purchase order with all its lines, for verification; raises ``NotFound``."""
        ...

    def calls(self, write: Write) -> int:
        """Requests that performing a write takes, reads included, when nothing goes wrong."""
        ...


class ReadsBack(Protocol):
    """A target whose receipts may be ``unread``: one look reads back what many steps made; others need none."""

    def read_back(self, steps: tuple[Step, ...], ids: Ids, since: Positions) -> Exchange[Found]:
        """Products that these steps made or set, told apart by codes that were known before, never by their place.

        Pictures are told by their slots, each that is shown at least; asked of one step, also what is wrong with it.
        What is not found is left out, deleted ones may be told; never writes. *since* is where the cursors stood
        before the plan's first write, *ids* is all that is known, of these steps too.
        """
        ...

    def reads(self, writes: Iterable[Write]) -> int:
        """Requests that reading all of these back at once takes, when nobody else changes products."""
        ...


def reader_of(target: Target) -> ReadsBack | None:
    """The target as one that reads back, None where it is none; one that stands in for another is as that one is."""
    return cast("ReadsBack", target) if callable(getattr(target, "read_back", None)) else None
