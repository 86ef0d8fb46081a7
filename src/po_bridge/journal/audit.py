"""What may be wrong with what a journal holds, all of it at once; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from ..errors import BadDocument, ForeignPlan, JournalDamaged, UsedPlan
from ..models.keys import OrderKey
from ..planning.book import Applied, Opened
from ..planning.history import Entry, History
from ..planning.sighting import Sighting
from .record import Decided, Folded, Kept, Record, Tied, Written
from .rules import check_round, rounds_of

_BY_PLAN = "plan "
"""How a link begins that a plan made, before the plan's digest."""
_DIGEST = 64


def faults_in(records: Iterable[Record]) -> tuple[str, ...]:
    """Name every fault: seals, rounds, successions, and what points to a plan that is not there."""
    held = tuple(records)
    plans = tuple(record for record in held if isinstance(record, Kept))
    opened: dict[str, Opened] = {}
    return (*_plan_faults(plans, opened), *_entry_faults(held, plans), *_tie_faults(held, plans, opened))


def _plan_faults(plans: tuple[Kept, ...], opened: dict[str, Opened]) -> Iterator[str]:
    """Read each plan; those that can be read are put into *opened*."""
    rounds: dict[OrderKey, list[str]] = {}
    for kept in plans:
        name = f"plan {kept.digest[:12]}"
        if kept.digest in opened:
            yield f"{name} is stored twice"
            continue
        try:
            opened[kept.digest] = kept.opened()
        except (BadDocument, ForeignPlan, ValueError) as error:
            yield f"{name} cannot be read: {error}"
            continue
        plan = opened[kept.digest].plan
        try:
            check_round(plan, rounds)
        except UsedPlan as error:
            yield f"{name}: {error.why}"
        for order in rounds_of(plan):
            rounds.setdefault(order, []).append(kept.digest)


def _entry_faults(held: tuple[Record, ...], plans: tuple[Kept, ...]) -> Iterator[str]:
    closed = {kept.digest: kept.closed_at is not None for kept in plans}
    written = [record for record in held if isinstance(record, Written)]
    by_plan: dict[str, list[Entry]] = {}
    for record in written:
        by_plan.setdefault(record.plan, []).append(record.entry)
    for plan, entries in by_plan.items():
        if plan not in closed:
            yield f"{len(entries)} entries belong to plan {plan[:12]}, which is not stored"
        try:
            History.of(entries)
        except JournalDamaged as error:
            yield f"the entries of plan {plan[:12]} contradict each other: {error.why}"
    for folded in (record for record in held if isinstance(record, Folded)):
        if not closed.get(folded.plan, False):
            yield f"plan {folded.plan[:12]} was folded, and is no closed plan that is stored"
        if folded.plan in by_plan:
            yield f"plan {folded.plan[:12]} was folded, and has entries all the same"


def _tie_faults(
    held: tuple[Record, ...], plans: tuple[Kept, ...], opened: Mapping[str, Opened]
) -> Iterator[str]:
    stored = {kept.digest for kept in plans}
    for record in held:
        match record:
            case Applied():
                yield from _applied_faults(record, stored, opened)
            case Tied() if _maker(record.link.by) not in {None, *stored}:
                link = record.link
                yield f"the link of line {link.line} names {link.by[:17]}, which is not stored"
            case Sighting(order=order, plan=plan) if plan and plan not in stored:
                yield f"what looks at order {order} found names plan {plan[:12]}, which is not stored"
            case _:
                pass
    keys = [f"link of line {one.link.line}" for one in held if isinstance(one, Tied) and one.end is None]
    keys += [f"decision {one.decision.key}" for one in held if isinstance(one, Decided) and one.end is None]
    keys += [f"sighting of order {one.order}" for one in held if isinstance(one, Sighting)]
    for key, same in groupby(sorted(keys)):
        if len(tuple(same)) > 1:
            yield f"more than one {key} is in force"


def _applied_faults(applied: Applied, stored: set[str], opened: Mapping[str, Opened]) -> Iterator[str]:
    name = f"what was applied to order {applied.order}"
    if applied.plan not in stored:
        yield f"{name} names plan {applied.plan[:12]}, which is not stored"
    elif applied.plan in opened and applied.order not in opened[applied.plan].plan.orders:
        yield f"{name} names plan {applied.plan[:12]}, which is not for that order"


def _maker(by: str) -> str | None:
    """Give the digest of the plan that made a link, None where a person did."""
    digest = by.removeprefix(_BY_PLAN)
    return digest if by != digest and len(digest) == _DIGEST else None
