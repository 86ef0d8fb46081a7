"""What a worker leases before it writes: the orders of a plan and everything the plan makes."""

from __future__ import annotations

from functools import partial

from ..planning.plan import Plan
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.leases import Holder, Lease, Leases
from .runner import LEASE_SECONDS


def lease_for(plan: Plan, leases: Leases, holder: Holder) -> Exchange[Lease]:
    """Lease all or nothing; raises ``LeaseHeld``."""
    shared = {f"{plan.store}/{slot}" for slot in plan.agenda.makers}
    keys = tuple(sorted({f"{plan.store}/order {key}" for key in plan.orders} | shared))
    moment = yield from now()
    return (yield from run(partial(leases.take, keys, holder, moment, LEASE_SECONDS), Lane.JOURNAL))
