"""What a purchase order has no field for is named, never dropped silently."""

from __future__ import annotations

from datetime import date

from tests.planning.test_windows import applied, priced
from tests.planning.wholesale import line, order

from po_bridge.models.setup import WindowRule
from po_bridge.models.wholesale_order import ShipWindow, WholesaleOrder
from po_bridge.planning.book import Applied, Book
from po_bridge.planning.losses import lose_all
from po_bridge.planning.notes import Notes
from po_bridge.planning.windows import placed_parts

FEB, APR = date(2027, 2, 28), date(2027, 4, 30)


def lost(
    case: WholesaleOrder, rule: WindowRule = WindowRule.LAST, before: Applied | None = None
) -> dict[str, str]:
    """Losses by field."""
    notes = Notes(book=Book())
    lose_all(case, placed_parts(case, priced(*case.lines), rule, before), notes)
    return {loss.what: loss.value for loss in notes.losses()}


def test_made_to_order_lines() -> None:
    """A customisation is named with its line, in the brand's words."""
    case = order(line("MUG", "OS", customizations=("engraving: Ann", "gift box")), line("CUP"))
    assert lost(case) == {"made to order: MUG Black OS": "engraving: Ann; gift box"}


def test_other_dates_of_one_purchase_order() -> None:
    """Undivided, every date but the one that is written is lost."""
    case = order(line("A", ends=FEB), line("B", ends=APR), window=ShipWindow(end=APR))
    assert lost(case) == {"ship windows": "2027-02-28"}


def test_divided_order_loses_no_date() -> None:
    """One purchase order per window keeps every date."""
    assert lost(order(line("A", ends=FEB), line("B", ends=APR)), WindowRule.EACH) == {}


def test_moved_date_of_an_applied_order() -> None:
    """A date that moved after the purchase order was made is named, since the POS keeps its own."""
    case = order(line("A", ends=APR))
    assert lost(case, before=applied(po1=FEB)) == {"delivery date moved from 2027-02-28": "2027-04-30"}
    assert lost(case, before=applied(po1=APR)) == {}
