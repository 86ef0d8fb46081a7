"""The life of an order with the brand: a script of deeds, played by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from .deed import CancelUnits, Deed, Deliver, Edit, Scene, SetStatus, Ship, Split
from .edits import cancel, edit, split
from .orders import order_with_number
from .parcels import deliver, ship
from .stage import ScriptError, Stage
from .state import Due, State
from .switches import Switches


def schedule(state: State, scenes: Iterable[Scene], portal: str, start: datetime) -> None:
    """Put scenes into the script of a state; of two at one moment the one scheduled first comes first."""
    state.script += [Due(at=start + scene.after, portal=portal, deed=scene.deed) for scene in scenes]
    state.script.sort(key=lambda due: due.at)


def play(state: State, switches: Switches, now: datetime) -> None:
    """Do every deed whose hour has come, each at its own hour; raises ScriptError when one cannot be done."""
    while state.script and state.script[0].at <= now:
        due = state.script.pop(0)
        stage = Stage(state=state, shelf=state.shelves[due.portal], switches=switches, now=due.at)
        perform(due.deed, stage)


def perform(deed: Deed, stage: Stage) -> None:
    """Do one deed; raises ScriptError when what it names is not there."""
    order = order_with_number(stage.shelf, deed.order)
    if order is None:
        raise ScriptError(f"no order has the number {deed.order!r}")
    match deed:
        case SetStatus():
            order["status"] = deed.status
        case Edit():
            edit(order, deed, stage)
        case Split():
            split(order, deed, stage)
        case CancelUnits():
            cancel(order, deed, stage)
        case Ship():
            ship(order, deed, stage)
        case Deliver():
            deliver(order, deed, stage)
        case _:
            assert_never(deed)
