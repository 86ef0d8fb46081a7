"""Rows of leases, with the fence that grows for good."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from ..errors import LeaseLost
from ..planning.exact import MOMENT
from ..ports.leases import Holder, Lease
from ..sqlite import Connection
from .grant import Grant

_READ: Final = """
    SELECT key, fence, host, pid, started, worker, since, until FROM lease
    WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key
"""
_PUT: Final = """
    REPLACE INTO lease (key, fence, host, pid, started, worker, since, until)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


def read_grants(connection: Connection, keys: Iterable[str]) -> tuple[Grant, ...]:
    """Read who holds which of the keys."""
    return tuple(
        Grant(
            key=key,
            fence=fence,
            holder=Holder(host=host, pid=pid, started=started, worker=worker),
            since=MOMENT.read(since),
            until=MOMENT.read(until),
        )
        for key, fence, host, pid, started, worker, since, until in connection.execute(
            _READ, (json.dumps(list(keys)),)
        )
    )


def next_fence(connection: Connection) -> int:
    """Count one up; no number is ever given twice."""
    connection.execute("UPDATE fence SET last = last + 1")
    fence: int = connection.execute("SELECT last FROM fence").fetchone()[0]
    return fence


def put_grants(connection: Connection, grants: Iterable[Grant]) -> None:
    """Write who holds which keys from now on, in the place of whoever held them."""
    connection.executemany(_PUT, map(_row, grants))


def _row(grant: Grant) -> tuple[str | int, ...]:
    holder = grant.holder
    since, until = MOMENT.write(grant.since), MOMENT.write(grant.until)
    return (grant.key, grant.fence, holder.host, holder.pid, holder.started, holder.worker, since, until)


def check_fence(connection: Connection, lease: Lease) -> None:
    """Refuse a lease of which any key was taken over or given back; raises LeaseLost."""
    held = connection.execute("SELECT count(*) FROM lease WHERE fence = ?", (lease.fence,)).fetchone()[0]
    if held != len(lease.keys):
        ours = {grant.key for grant in read_grants(connection, lease.keys) if grant.fence == lease.fence}
        raise LeaseLost(", ".join(key for key in lease.keys if key not in ours))


def set_until(connection: Connection, lease: Lease) -> None:
    """Write how long a lease lasts."""
    connection.execute("UPDATE lease SET until = ? WHERE fence = ?", (MOMENT.write(lease.until), lease.fence))


def delete_grants(connection: Connection, lease: Lease) -> None:
    """Give back what is left of a lease."""
    connection.execute("DELETE FROM lease WHERE fence = ?", (lease.fence,))
