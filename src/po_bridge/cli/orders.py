"""``orders``: what can be taken over, and where each stands."""

from __future__ import annotations

from ..models.wholesale_order import WholesaleStatus
from ..ports.source import OrderFilter
from ..report import orders_text
from .desk import desk
from .exit_code import ExitCode
from .json_form import orders_json
from .options import DEFAULT, Options
from .printing import show

_LISTED = tuple(status for status in WholesaleStatus if status is not WholesaleStatus.OTHER)


def orders(*, any_status: bool = False, portal: tuple[str, ...] = (), options: Options = DEFAULT) -> ExitCode:
    """List the wholesale orders and where each stands here.

    Parameters
    ----------
    any_status
        List orders of every status; those not offered are taken over only with the same option.
    portal
        Only orders of this portal; may be given several times.
    """
    statuses = _LISTED if any_status else OrderFilter().statuses
    with desk(options) as at:
        rows = at.bridge.orders(OrderFilter(statuses=statuses, portals=portal))
    show(options, orders_text(rows), orders_json(rows))
    return ExitCode.DONE
