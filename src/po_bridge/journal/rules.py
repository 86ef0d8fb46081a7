"""What every journal refuses, and what follows from what it is told."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime

from ..errors import BadDocument, ForeignPlan, Issue, Misuse, UsedPlan
from ..models.keys import LineKey, OrderKey
from ..planning.book import Applied, Link, line_decision, style_decision
from ..planning.canonical import sealed
from ..planning.history import Entry
from ..planning.mark import Mark, may_follow
from ..planning.plan import Plan
from ..planning.sighting import Sighting

SCOPES = ("line", "style")
"""First words of decision keys that concern some lines only; any other key is read with every review."""

_UNDONE = "undone"


def rounds_of(plan: Plan) -> Mapping[OrderKey, int]:
    """Give the round of each of a plan's orders."""
    return {goal.order: goal.round for goal in plan.goals}


def check_seal(plan: Plan) -> None:
    """Refuse a plan whose seal does not fit; raises ForeignPlan."""
    needed = sealed(plan).digest
    if plan.digest != needed:
        raise ForeignPlan(plan.digest, needed, "seal")


def check_round(plan: Plan, opened: Mapping[OrderKey, Sequence[str]]) -> None:
    """Refuse a plan whose round was opened, or is not the next one; *opened* has the digests by round.

    Raises UsedPlan.
    """
    for order, number in rounds_of(plan).items():
        so_far = opened.get(order, ())
        if number <= len(so_far):
            raise UsedPlan(
                plan.digest, f"round {number} of order {order} was opened as plan {so_far[number - 1][:12]}"
            )
        if number > len(so_far) + 1:
            raise UsedPlan(
                plan.digest, f"it is for round {number} of order {order}, and {len(so_far)} were opened here"
            )


def check_latest(plan: Plan, opened: Mapping[OrderKey, Sequence[str]]) -> None:
    """Refuse a plan that a later one of the same order replaced and that stands; raises UsedPlan."""
    for order, number in rounds_of(plan).items():
        if len(opened.get(order, ())) > number:
            raise UsedPlan(plan.digest, f"a later plan of order {order} was opened")


def standing(
    opened: Mapping[OrderKey, Sequence[str]], applied: Mapping[OrderKey, Applied], unfinished: Container[str]
) -> Mapping[OrderKey, Sequence[str]]:
    """Leave out the plans that came after the one in force and are closed: they were taken back."""
    found: dict[OrderKey, Sequence[str]] = {}
    for order, digests in opened.items():
        in_force = applied[order].plan if order in applied else ""
        last = len(digests)
        while in_force in digests[: last - 1] and digests[last - 1] not in unfinished:
            last -= 1
        found[order] = digests[:last]
    return found


def check_open(digest: str, closed_at: str | datetime | None) -> None:
    """Refuse a plan that was closed; raises UsedPlan."""
    if closed_at is not None:
        raise UsedPlan(digest, f"it was closed at {closed_at}")


def check_unfolded(digest: str, folded_at: str | datetime | None) -> None:
    """Refuse to open a compacted plan again: how it went is no longer known; raises UsedPlan."""
    if folded_at is not None:
        raise UsedPlan(digest, f"its entries were compacted at {folded_at}, so it cannot be taken back")


def check_empty(*, empty: bool) -> None:
    """Refuse to load an export where anything is held; raises Misuse."""
    if not empty:
        raise Misuse("the journal is not empty; an export is loaded only into a new journal")


def check_sound(faults: tuple[str, ...]) -> None:
    """Refuse an export that no journal could have given; raises BadDocument."""
    if faults:
        issues = (Issue(path="$", seen=fault, expected="a sound journal") for fault in faults)
        raise BadDocument("journal export", tuple(issues))


def unopened(digest: str) -> Misuse:
    """Make the error for a plan that the journal does not hold."""
    return Misuse(f"plan {digest[:12]} was not opened in this journal; open it first")


def check_successions(last: Mapping[str, Mark | None], entries: Iterable[Entry]) -> None:
    """Refuse entries that the table of marks does not allow after the last marks; raises Misuse."""
    now = dict(last)
    for entry in entries:
        before = now.get(entry.step)
        if not may_follow(before, entry.mark):
            was = before.value if before else "nothing"
            raise Misuse(f"step {entry.step}: {entry.mark.value} may not follow {was}; nothing was written")
        now[entry.step] = entry.mark


def in_time(
    sightings: Iterable[Sighting], kept: Mapping[OrderKey, int]
) -> tuple[tuple[Sighting, ...], tuple[OrderKey, ...]]:
    """Part sightings into those that follow the kept revision of their order, and orders of those that do not."""
    last = dict(kept)
    next_ones: list[Sighting] = []
    late: list[OrderKey] = []
    for sighting in sightings:
        if sighting.revision == last.get(sighting.order, 0) + 1:
            next_ones.append(sighting)
            last[sighting.order] = sighting.revision
        else:
            late.append(sighting.order)
    return tuple(next_ones), tuple(late)


def new_links(plan: Plan, applied: Iterable[Applied], at: datetime) -> tuple[Link, ...]:
    """Make the links of the lines that were ordered, so that a later order needs no signs to find them.

    An order that was taken back ties nothing, and one that an earlier plan made is tied already.
    """
    orders = (order for order in applied if order.status != _UNDONE and order.plan == plan.digest)
    pairs = {line.line: line.product_id for order in orders for line in order.lines}
    return tuple(
        Link(line=line, product_id=product_id, at=at, by=f"plan {plan.digest}")
        for line, product_id in pairs.items()
    )


def links_to_make(
    links: Iterable[Link], in_force: Mapping[LineKey, Link], taken_back: Iterable[tuple[LineKey, str]]
) -> tuple[Link, ...]:
    """Leave out the links that are in force already, and those that a person took back once."""
    known = {(link.line, link.product_id) for link in in_force.values()} | set(taken_back)
    return tuple(link for link in links if (link.line, link.product_id) not in known)


def line_of(key: str) -> LineKey | None:
    """Give the line that a decision key is about, None for any other key."""
    scope, _, name = key.partition(":")
    if scope != SCOPES[0]:
        return None
    try:
        return LineKey.parse(name)
    except ValueError:
        return None


def concerning(lines: Iterable[LineKey]) -> frozenset[str]:
    """Give the keys of the decisions that may exist about lines and their styles."""
    return frozenset(
        key for line in lines for key in (line_decision(line), style_decision(line.portal, line.style_id))
    )


def is_general(key: str) -> bool:
    """Whether a decision concerns every review: an answer to a question, a rule."""
    return key.partition(":")[0] not in SCOPES
