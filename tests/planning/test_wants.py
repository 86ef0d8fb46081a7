"""What an order wants of each product: units summed, cost weighted by count, odd prices asked about."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.planning.wholesale import dec, line, order

from po_bridge.models.setup import PortalRules, PriceReading, Setup
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.book import Book, Decision
from po_bridge.planning.notes import Notes
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.wants import Want, priced_lines, wants_of


def wanted(
    case: WholesaleOrder, setup: Setup | None = None, book: Book | None = None, rate: str = "1"
) -> tuple[tuple[Want, ...], tuple[Question, ...]]:
    """Wants and questions of an order."""
    notes, choices = Notes(book=book or Book()), setup or Setup()
    priced = priced_lines(case, {}, choices, notes)
    return wants_of(case, priced, choices, Decimal(rate), notes), notes.questions()


def test_lines_of_one_product_are_summed() -> None:
    """Two lines of one product, for two windows at two prices, are one want with the weighted cost."""
    (want,), questions = wanted(order(line(quantity=3, price=10), line(quantity=1, price=14), total=44))
    assert (want.units, want.cost, len(want.lines)) == (dec(4), dec(11), 2)
    assert questions == ()


def test_weighted_cost_keeps_five_decimals() -> None:
    """A cost that does not come out even is rounded to five decimals."""
    (want,), _ = wanted(order(line(quantity=2, price=1), line(quantity=1, price=2), total=4))
    assert want.cost == dec("1.33333")


def test_rate() -> None:
    """Costs are in the store's currency."""
    (want,), _ = wanted(order(line(quantity=2, price=10), total=20), rate="1.1")
    assert want.cost == dec(11)


def test_no_units_are_no_want() -> None:
    """A line of no units is left out without a word."""
    assert wanted(order(line("A", quantity=0), line("B"), total=10))[0][0].key.style_id == "s-B"


def test_a_return_is_never_ordered() -> None:
    """Negative units wait for a person and are not ordered."""
    wants, (question,) = wanted(order(line("A", quantity=-2), line("B", quantity=3), total=10))
    assert [want.key.style_id for want in wants] == ["s-B"]
    assert (question.stops, question.answers) == (Stops.LINE, ("leave out",))


def test_unknown_price_is_written_without_a_cost() -> None:
    """A price that nobody states makes no cost, stops nothing, and is told."""
    (want,), (question,) = wanted(order(line(price=None)))
    assert want.cost is None
    assert question.stops is Stops.NOTHING


@pytest.mark.parametrize(
    ("case", "setup"),
    [
        (order(line(price=0), total=0), Setup(portals={"Acme": PortalRules(zero_price=True)})),
        (order(line(price=10, discount_percent=100), total=0), Setup()),
        (order(line(price=10), total=0, discount_percent=100), Setup()),
    ],
    ids=["rule", "line given away", "order given away"],
)
def test_explained_zero(case: WholesaleOrder, setup: Setup) -> None:
    """A cost of zero that a rule or a full discount explains is no question."""
    (want,), questions = wanted(case, setup)
    assert (want.cost, questions) == (dec(0), ())


def test_unexplained_zero() -> None:
    """A price of zero for no reason is asked about."""
    _, (question,) = wanted(order(line(price=0), total=0))
    assert (question.stops, question.answers) == (Stops.LINE, ("free",))


def test_money_that_nobody_can_place() -> None:
    """An open money question offers its readings; the answer is taken, and holds for that total."""
    case = order(line(quantity=10), total=77, discount_percent=20)
    (want,), (question,) = wanted(case)
    assert want.cost == dec(10)
    assert question.answers == (PriceReading.AS_IS.value, PriceReading.LESS_ORDER.value)
    said = Decision(
        key=question.key, answer=PriceReading.LESS_ORDER.value, at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    book = Book(decisions={question.key: said})
    (want,), questions = wanted(case, book=book)
    assert (want.cost, questions) == (dec(8), ())
    assert wanted(order(line(quantity=10), total=76, discount_percent=20), book=book)[1] != ()
