"""What a worker leases before it writes: the orders of a plan and everything the plan makes."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from attrs import define

from ..planning.plan import Plan
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.leases import Holder, Lease, Leases
from .keeping import kept
from .runner import LEASE_SECONDS

T = TypeVar("T")


@define(kw_only=True)
class Keeper:
    """Renews a lease while its holder reads, and while it waits for the rate budget."""

    leases: Leases
    """Where it was taken."""
    lease: Lease
    """The lease as it is now."""

    def during(self, exchange: Exchange[T]) -> Exchange[T]:
        """The same exchange, under the lease; raises ``LeaseLost`` where it was taken over."""
        return kept(exchange, self.keep)

    def keep(self) -> Exchange[None]:
        """Renew the lease where half of it is over."""
        moment = yield from now()
        if (self.lease.until - moment).total_seconds() < LEASE_SECONDS / 2:
            renewed = partial(self.leases.renew, self.lease, moment, LEASE_SECONDS)
            self.lease = yield from run(renewed, Lane.JOURNAL)


def lease_for(plan: Plan, leases: Leases, holder: Holder) -> Exchange[Lease]:
    """Lease all or nothing; raises ``LeaseHeld``."""
    shared = {f"{plan.store}/{slot}" for slot in plan.agenda.makers}
    keys = tuple(sorted({f"{plan.store}/order {key}" for key in plan.orders} | shared))
    moment = yield from now()
    return (yield from run(partial(leases.take, keys, holder, moment, LEASE_SECONDS), Lane.JOURNAL))
