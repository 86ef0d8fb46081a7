"""The example connector keeps the contract, survives every crash, and takes an order end to end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from attrs import frozen
from examples.sqlite_pos import SqlitePos, Till

from po_bridge.ports.blocking import blocking
from po_bridge.testing import Gateway, GraphContract, LocalSubject, Subject, TargetContract

T = TypeVar("T")


class GatedTill(Till):
    """A till whose door is a gateway: calls are counted there, and meet faults."""

    def __init__(self) -> None:
        super().__init__()
        self.gateway = Gateway(system="SQLite POS")

    def read(self, what: str, work: Callable[[], T]) -> T:
        """Look, if the gateway lets it through."""
        return self.gateway.call(what, lambda: super(GatedTill, self).read(what, work))

    def write(self, what: str, work: Callable[[], T]) -> T:
        """Change, if the gateway lets it through."""
        return self.gateway.call(what, lambda: super(GatedTill, self).write(what, work), writes=True)


DIGEST = (
    "SELECT list, name FROM named",
    "SELECT name, options, supplier_code, supply_price, active, archived, picture FROM products",
    "SELECT code, archived FROM codes JOIN products ON products.id = product",
    "SELECT number, name, outlet, status, due FROM orders JOIN named ON named.id = supplier",
    "SELECT supplier_code, count, cost FROM lines JOIN products ON products.id = product",
)
"""What a shop would call its own, without ids."""


@frozen
class Remote:
    """The till in the hand of a trial."""

    till: Till

    def snapshot(self) -> bytes:
        """The whole file."""
        return self.till.connection.serialize()

    def restore(self, snapshot: bytes) -> None:
        """Put the file back."""
        self.till.connection.deserialize(snapshot)

    def digest(self) -> str:
        """Every row that a shop would miss, sorted."""
        rows = (str(tuple(row)) for sql in DIGEST for row in self.till.connection.execute(sql))
        return "\n".join(sorted(rows))


def subject_of() -> Subject:
    """The connector over an empty till."""
    till = GatedTill()
    target = blocking(SqlitePos(till=till, store="trial"))
    return LocalSubject(target=target, remote=Remote(till), wire=till.gateway, outlet_id="main")


class TestSqlitePos(TargetContract):
    """Every rule for targets."""

    @pytest.fixture
    def subject(self) -> Subject:
        """The connector over an empty till."""
        return subject_of()


@pytest.mark.no_cover
class TestGraph(GraphContract):
    """The graph of durable states."""

    calls = (1,)  # every step and every probe is one transaction

    @pytest.fixture
    def subject(self) -> Subject:
        """The connector over an empty till."""
        return subject_of()
