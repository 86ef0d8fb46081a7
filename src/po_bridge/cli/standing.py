"""Where every order stands, sorted as a merchant asks: what made it across, what is in flight, what needs a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, assert_never

from attrs import field, frozen

from ..execution.status import OrderState, OrderStatus, status_of
from ..planning.book import Opened
from ..planning.progress import Progress, State
from ..planning.text import printable
from ..ports.journal import Journal
from ..report.columns import columns
from .json_form import value_json


class Place(Enum):
    """Under which heading an order is listed."""

    ATTENTION = "needs attention"
    FLIGHT = "in flight"
    ACROSS = "made it across"
    BACK = "taken back"


@frozen(kw_only=True)
class Standing:
    """One order."""

    status: OrderStatus
    """What the journal says."""
    done: int = 0
    """Steps of an unfinished plan that are done."""
    steps: int = 0
    """Steps of an unfinished plan; 0 where none is unfinished."""

    @property
    def place(self) -> Place:
        """Its heading."""
        match self.status.state:
            case OrderState.SYNCED:
                return Place.ACROSS
            case OrderState.UNDONE:
                return Place.BACK
            case OrderState.SYNCING | OrderState.READY:
                return Place.FLIGHT
            case OrderState.ATTENTION | OrderState.CHANGED | OrderState.NEEDS_REVIEW | OrderState.NOT_SYNCED:
                return Place.ATTENTION
            case _:
                assert_never(self.status.state)

    @property
    def next(self) -> str:
        """The command that goes on; empty where nothing is to be done."""
        match self.place:
            case Place.ATTENTION | Place.FLIGHT if self.steps:
                return f"po-bridge resume {self.status.plan[:12]}"
            case Place.ATTENTION:
                return f"po-bridge review {self.status.order}"
            case _:
                return ""


@frozen(kw_only=True)
class Standings:
    """Every order the journal knows."""

    orders: tuple[Standing, ...] = field(converter=tuple[Standing, ...])
    """By number."""

    @property
    def calm(self) -> bool:
        """Whether nothing is in flight and nobody is needed."""
        return all(one.place in {Place.ACROSS, Place.BACK} for one in self.orders)

    def of(self, place: Place) -> tuple[Standing, ...]:
        """The orders under a heading."""
        return tuple(one for one in self.orders if one.place is place)


def standings(journal: Journal) -> Standings:
    """Read where every order stands, from the journal alone."""
    unfinished = {opened.plan.digest: opened for opened in journal.unfinished()}
    rows = status_of(journal.applied(), tuple(unfinished.values()), journal.sightings().values())
    return Standings(orders=[_standing(row, unfinished.get(row.plan), journal) for row in rows])


def _standing(row: OrderStatus, opened: Opened | None, journal: Journal) -> Standing:
    if opened is None:
        return Standing(status=row)
    progress = Progress(agenda=opened.plan.agenda, history=journal.read(row.plan))
    done = sum(progress.state(step) is State.DONE for step in opened.plan.agenda.steps)
    return Standing(status=row, done=done, steps=len(opened.plan.steps))


def standings_text(found: Standings) -> str:
    """Write the list, what needs a person first; empty headings are left out."""
    blocks = ("\n".join(_block(place, found.of(place))) for place in Place if found.of(place))
    counted = ", ".join(f"{len(found.of(place))} {place.value}" for place in Place if found.of(place))
    return "\n\n".join((counted, *blocks)) if counted else "the journal knows no order yet"


def _block(place: Place, orders: Sequence[Standing]) -> Iterator[str]:
    yield f"{place.value} ({len(orders)})"
    rows = [
        (
            one.status.number,
            one.status.order.portal,
            f"{one.status.at:%Y-%m-%d %H:%M}",
            _how_far(one),
            one.status.plan[:12],
        )
        for one in orders
    ]
    for one, row in zip(orders, columns(rows), strict=True):
        yield f"  {row}"
        yield from (f"      - {printable(reason)}" for reason in one.status.reasons)
        if one.next:
            yield f"      next: {printable(one.next)}"


def _how_far(one: Standing) -> str:
    if one.steps:
        return f"{one.done} of {one.steps} steps done"
    return f"purchase order {', '.join(one.status.purchase_orders) or '-'}"


def standings_json(found: Standings) -> dict[str, Any]:
    """The list as a document: every order with its heading and what to do next."""
    return {
        "counts": {place.name.lower(): len(found.of(place)) for place in Place},
        "orders": [
            {
                **value_json(one.status),
                "place": one.place.name.lower(),
                "steps_done": one.done,
                "steps": one.steps,
                "next": one.next,
            }
            for one in found.orders
        ],
    }
