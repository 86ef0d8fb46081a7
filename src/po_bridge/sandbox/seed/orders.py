"""The orders of the invented shop."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from attrs import evolve

from ..nuorder import NuOrderSandbox, rendered
from ..nuorder.dates import moment
from ..nuorder.life import perform
from ..nuorder.order_entry import entered_order
from ..nuorder.stage import Stage
from .brand import BUYER, BUYER_EMAIL, COMPANY_CODE, REP, company
from .order_rows import ROWS, Line, Row

_MORNING: Final = time(9, 30, tzinfo=UTC)


def seed_orders(sandbox: NuOrderSandbox) -> None:
    """Enter the orders of all rows as the brands' people would have; styles and companies must be there."""
    for portal in sandbox.portals:
        sandbox.add_company(company(), portal.name)
    for row in ROWS:
        _enter(sandbox, row)


def _enter(sandbox: NuOrderSandbox, row: Row) -> None:
    shelf, created = sandbox.shelf(row.portal), datetime.combine(row.created, _MORNING)
    order = entered_order(_body(row), shelf, sandbox.state, created)
    order |= {
        "status": row.status,
        "creator_name": BUYER,
        "rep_name": REP,
        "rep_email": "jonas@fennick.example",
        "modified_on": moment(created + timedelta(hours=2)),
        **row.more,
    }
    sandbox.add_order(rendered(order, row.generation), row.portal)
    stage = Stage(state=sandbox.state, shelf=shelf, switches=sandbox.switches, now=created)
    for days, deed in enumerate(row.past, start=1):
        perform(deed, evolve(stage, now=created + timedelta(days=days)))


def _body(row: Row) -> dict[str, Any]:
    first, last = row.window
    return {
        "order_number": row.number,
        "customer_po_number": row.customer_po,
        "currency_code": "USD",
        "ship_start": first,
        "ship_end": last,
        "discount": row.discount,
        "retailer": {"retailer_code": COMPANY_CODE, "buyer_email": BUYER_EMAIL},
        "billing_address": {"code": "TK-OLD"},
        "shipping_address": {"code": row.ship_to},
        "shipping_information": {"final_amount": row.freight} if row.freight else {},
        "order_type": "Booking",
        "line_items": [_line(line) for line in row.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    price = {} if line.price is None else {"price": line.price}
    return {
        "product": {"style_number": line.number, "color": line.color, "season": "SS27"},
        "sizes": [{"size": size, "quantity": count, **price} for size, count in line.sizes.items()],
        **line.more,
    }
