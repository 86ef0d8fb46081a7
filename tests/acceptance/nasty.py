"""Orders with one thing wrong, as documents, and a stand that holds them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attrs import define, field
from tests.stand import Stand, empty

from po_bridge import Bridge, MemoryJournal, Outcome, Plan, Review, answer, create_new
from po_bridge.planning.question import Stops
from po_bridge.sandbox.xseries import XSeriesSandbox

UPC, EAN = "036000291452", "4006381333931"
NUMBER = "1001"
STYLE = "6b00000000000000000000a1"


def size(name: str, units: Any = 2, price: Any = 10, upc: Any = None) -> dict[str, Any]:
    """One size of a line."""
    code = {} if upc is None else {"upc": upc}
    return {"size": name, "quantity": units, "price": price, "retail": 25, **code}


def line(*sizes: dict[str, Any], **members: Any) -> dict[str, Any]:
    """One line of the only style."""
    product = {"_id": STYLE, "style_number": "A1", "color": "RED", "season": "AW26"}
    return {
        "product": product,
        "ship_start": "2027-03-01T00:00:00.000Z",
        "ship_end": "2027-03-31T00:00:00.000Z",
        "sizes": list(sizes),
        **members,
    }


def plain() -> dict[str, Any]:
    """Two sizes with good codes."""
    return line(size("S", 2, 10, UPC), size("M", 1, 10, EAN))


def order(*lines: dict[str, Any], **members: Any) -> dict[str, Any]:
    """An approved order whose total is met by its lines."""
    total = sum(Decimal(str(one["quantity"] * one["price"])) for each in lines for one in each["sizes"])
    return {
        "_id": "6a0000000000000000000001",
        "order_number": NUMBER,
        "status": "approved",
        "currency_code": "USD",
        "created_on": "2026-06-01T10:00:00.000Z",
        "line_items": list(lines),
        "total": str(total),
        **members,
    }


def style(**members: Any) -> dict[str, Any]:
    """The document of the only style."""
    return {"_id": STYLE, "style_number": "A1", "color": "RED", "name": "Tee", "sizes": [], **members}


@define(kw_only=True)
class Trial:
    """One order, a store of one outlet, and a Bridge between them."""

    document: dict[str, Any]
    described: dict[str, Any] = field(factory=style)
    stand: Stand = field(factory=empty)
    bridge: Bridge = field(init=False)
    store: XSeriesSandbox = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.stand.nuorder.add_style(self.described)
        self.becomes(self.document)
        self.store = self.stand.xseries
        self.bridge = self.stand.bridge(MemoryJournal())

    def becomes(self, document: dict[str, Any]) -> None:
        """The brand edits the order."""
        self.stand.nuorder.add_order(document)

    def review(self) -> Review:
        """Review the order in any status."""
        return self.bridge.review(NUMBER, any_status=True)

    def plan(self, **chosen: str) -> Plan:
        """Plan with *chosen* answers by the kind of question; lines in doubt are created."""
        review = self.review()
        rulings = {one.key: create_new() for one in review.needs_review}
        review = self.bridge.decide(review, rulings) if rulings else review
        asked = self.bridge.plan(review).questions
        answers = {
            one.key: answer(text)
            for one in asked
            for kind, text in chosen.items()
            if one.key.startswith(f"{kind.replace('_', ' ')}:")
        }
        return self.bridge.plan(self.bridge.decide(review, answers) if answers else review)

    def sync(self, **chosen: str) -> Outcome:
        """Review, answer, plan and apply."""
        return self.bridge.apply(self.plan(**chosen))

    @property
    def purchase(self) -> str:
        """Id of the only purchase order."""
        (one,) = self.stand.orders
        return str(one["id"])

    @property
    def lines(self) -> dict[str, tuple[Decimal | None, Decimal | None]]:
        """Count and cost of each line of the only purchase order, by size."""
        shelf = self.store.state.lines[self.purchase]
        return {self._size(one.id): (one.count, one.cost) for one in shelf.all_live()}

    def product(self, name: str) -> str:
        """Id of the product of a size."""
        shelf = self.store.state.lines[self.purchase]
        return next(one.id for one in shelf.all_live() if self._size(one.id) == name)

    def _size(self, product_id: str) -> str:
        return self.store.state.products.by_id[product_id].options[-1].value


def kinds(plan: Plan, stops: Stops | None = None) -> list[str]:
    """Kinds of the open questions."""
    return [one.key.partition(":")[0] for one in plan.questions if stops is None or one.stops is stops]
