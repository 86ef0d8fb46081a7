"""``status``: what made it across, what is in flight, what needs a person, each with what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from po_bridge.cli.emulators import Stand
from po_bridge.cli.standing import Place, Standing, Standings, standings_json, standings_text
from po_bridge.execution.status import OrderState, OrderStatus
from po_bridge.models.keys import OrderKey
from po_bridge.sandbox import Fault, FaultKind

EASY, OTHER = "240119-2", "240119-1"


def standing(
    state: OrderState, *, steps: int = 0, number: str = "1", reasons: tuple[str, ...] = ()
) -> Standing:
    """An order that stands somewhere."""
    row = OrderStatus(
        order=OrderKey(portal="A", order_id=f"id-{number}"),
        number=number,
        state=state,
        plan="0123456789abcdef",
        at=datetime(2027, 1, 1, tzinfo=UTC),
        reasons=reasons,
    )
    return Standing(status=row, done=min(steps, 1), steps=steps)


@pytest.mark.parametrize(
    ("state", "steps", "place", "next_"),
    [
        (OrderState.SYNCED, 0, Place.ACROSS, ""),
        (OrderState.UNDONE, 0, Place.BACK, ""),
        (OrderState.SYNCING, 3, Place.FLIGHT, "po-bridge resume 0123456789ab"),
        (OrderState.ATTENTION, 3, Place.ATTENTION, "po-bridge resume 0123456789ab"),
        (OrderState.ATTENTION, 0, Place.ATTENTION, "po-bridge review A/id-1"),
        (OrderState.CHANGED, 0, Place.ATTENTION, "po-bridge review A/id-1"),
    ],
)
def test_place(state: OrderState, steps: int, place: Place, next_: str) -> None:
    """Each state has its heading, and the command that goes on."""
    found = standing(state, steps=steps)
    assert (found.place, found.next) == (place, next_)


def test_every_state_has_a_heading() -> None:
    """A new state cannot be forgotten."""
    assert {standing(state).place for state in OrderState} == set(Place)


def test_what_needs_a_person_comes_first() -> None:
    """The list begins with what needs attention, with its reasons; hostile text is made safe."""
    found = Standings(
        orders=[
            standing(OrderState.SYNCED, number="1"),
            standing(OrderState.ATTENTION, number="2", reasons=("mend\x1b[31m it",)),
            standing(OrderState.SYNCING, number="3", steps=4),
        ]
    )
    text = standings_text(found)
    assert text.index("needs attention (1)") < text.index("in flight (1)") < text.index("made it across (1)")
    assert "1 of 4 steps done" in text
    assert "\x1b" not in text
    assert standings_json(found)["counts"] == {"attention": 1, "flight": 1, "across": 1, "back": 0}
    assert not found.calm


def test_list_of_real_orders(run: Run, config: Path, stand: Stand) -> None:
    """One order made it across and one is held: the list says how far it got, why, and what to do."""
    for number in (EASY, OTHER):
        assert run("plan", number, "--out", config.parent / number, "--config", config).code == 0
    assert run("apply", config.parent / OTHER, "--config", config).code == 0
    refusal = Fault(kind=FaultKind.REFUSE, method="POST", path="*/consignments/*/bulk", times=100)
    stand.emulators.xseries.inject(refusal)
    assert run("apply", config.parent / EASY, "--config", config).code == 1
    text = run("status", "--config", config)
    assert text.code == 1
    assert text.out.startswith("1 needs attention, 1 made it across")
    assert "steps done" in text.out
    assert "next: po-bridge resume" in text.out
    (held,) = (row for row in run("status", "--config", config, "--json").json["orders"] if row["reasons"])
    assert held["place"] == "attention"
    page = config.parent / "orders.html"
    assert run("status", "--report", page, "--config", config).code == 1
    written = page.read_text(encoding="utf-8")
    assert all(f">{number} <" in written for number in (EASY, OTHER))
    rehearsed = run("resume", "--dry-run", "--config", config)
    assert (rehearsed.code, "done before: create purchase order" in rehearsed.out) == (0, True)
    assert "would write: add 3 line(s)" in rehearsed.out
