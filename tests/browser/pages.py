"""The pages that are opened in a browser: each report once, over the invented shop and with hostile text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
from tests.report import made
from tests.report.hostile import hostile
from tests.stand import Stand, linked, seeded

from po_bridge import Bridge, Synced, Timeline
from po_bridge.execution.status import OrderState, OrderStatus
from po_bridge.mapping.business import DEFAULT_TABLES
from po_bridge.models.keys import OrderKey
from po_bridge.planning.review import Review
from po_bridge.report import html_report
from po_bridge.report.html import html_fragment
from po_bridge.report.part import review_part, tables_part
from po_bridge.sandbox.seed import PORTALS
from po_bridge.sandbox.seed.living_order import LIFE
from po_bridge.sandbox.seed.order_rows import DEMO_ORDER, LIVING_ORDER
from po_bridge.testing.subject import TrialClock

AT: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BRANDS: Final = tuple(portal.name for portal in PORTALS)

_TOLD: Final = {
    OrderState.ATTENTION: ("add 12 line(s): the store answered 422; mend the supplier and resume the plan",),
    OrderState.CHANGED: ("edited since it was applied; review it again",),
    OrderState.SYNCING: ("a run was interrupted; resume the plan",),
}


def every_page() -> Mapping[str, str]:
    """Each page by the name of its file."""
    return dict(_pages())


def _pages() -> Iterator[tuple[str, str]]:
    clock = TrialClock(moment=AT)
    stand = seeded(clock)
    with stand.bridge() as bridge:
        asked = bridge.review(DEMO_ORDER)
        seen = pictures(stand, asked)
        plan = bridge.plan(linked(bridge, asked))
        yield "review", html_report(made_at=AT, review=asked, plan=bridge.plan(asked), pictures=seen)
        yield "plan", html_report(made_at=AT, plan=plan)
        outcome = bridge.apply(plan)
        yield "outcome", html_report(made_at=AT, outcome=outcome, review=asked, plan=plan, pictures=seen)
        several = bridge.review("240118", "240119-1", "240119-2")
        seen = pictures(stand, several)
        yield (
            "several",
            html_report(made_at=AT, review=several, plan=bridge.plan(several), pictures=seen),
        )
        yield "orders", html_report(made_at=AT, orders=bridge.orders())
        fragments = html_fragment(review_part(several, seen), "a-") + html_fragment(
            tables_part(DEFAULT_TABLES), "b-"
        )
        yield (
            "notebook",
            f'<!DOCTYPE html><html lang="en"><title>Notebook</title><main><h1>Notebook</h1>{fragments}</main></html>',
        )
    yield "status", html_report(made_at=AT, status=statuses())
    yield "timeline", html_report(made_at=AT, timeline=timeline())
    for name, word in (("every-field", made.plain), ("hostile", hostile)):
        yield name, everything(word)


def everything(word: made.Word) -> str:
    """One page of everything, every foreign text made by one function."""
    return html_report(
        made_at=AT,
        review=made.review(word),
        plan=made.plan(word),
        outcome=made.outcome(word, "https://store.example/order/1"),
        status=made.status_rows(word),
        timeline=made.timeline(word),
        orders=made.order_rows(word),
        notes=(word("page-note"),),
    )


def pictures(stand: Stand, review: Review) -> Mapping[str, bytes]:
    """The pictures of a review's styles, as the emulator has them."""
    with httpx.Client(transport=stand.transport) as client:
        addresses = {style.images[0] for style in review.styles.values() if style and style.images}
        return {address: client.get(address).content for address in sorted(addresses)}


def statuses() -> tuple[OrderStatus, ...]:
    """Sixty orders of a season in every state."""
    states = (OrderState.ATTENTION, OrderState.CHANGED, OrderState.SYNCING, OrderState.UNDONE)
    return tuple(
        _status(number, states[number // 3 % 4] if number % 3 == 0 else OrderState.SYNCED)
        for number in range(60)
    )


def _status(number: int, state: OrderState) -> OrderStatus:
    brand = BRANDS[number % len(BRANDS)]
    there = state in {OrderState.SYNCED, OrderState.ATTENTION, OrderState.CHANGED}
    return OrderStatus(
        order=OrderKey(portal=brand, order_id=f"6a5d0000000000000000{number:04x}"),
        number=str(240100 + number),
        state=state,
        plan=f"{number * 7919:064x}"[::-1],
        at=AT - timedelta(hours=5 * number),
        purchase_orders=(f"02dcd191-ae2b-11e7-f130-{number:012x}",) if there else (),
        reasons=_TOLD.get(state, ()),
    )


def timeline() -> Timeline:
    """The living order's timeline on the fifth day: taken over, shipped and delivered in part, partly received."""
    clock = TrialClock(moment=AT)
    stand = seeded(clock)
    stand.nuorder.schedule(LIFE, BRANDS[0])
    with stand.bridge() as bridge:
        clock.sleep(7200)
        purchase = _synced(bridge)
        clock.moment = AT + timedelta(hours=124)
        lines = stand.xseries.state.lines[purchase].all_live()
        stand.xseries.merchant.split_receipt(purchase, {line.id: 3 for line in lines})
        return bridge.watch(LIVING_ORDER)


def _synced(bridge: Bridge) -> str:
    outcome = bridge.apply(bridge.plan(linked(bridge, bridge.review(LIVING_ORDER))))
    (one,) = outcome.orders.values()
    assert isinstance(one, Synced), one
    return one.purchase_orders[0]
