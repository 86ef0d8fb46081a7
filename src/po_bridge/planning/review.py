"""What a person sees before there is a plan: every line matched, to be reviewed, or new."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from attrs import field, frozen

from ..errors import Misuse
from ..mapping.business import DEFAULT_TABLES, BusinessTables
from ..matching.demand import Demand
from ..matching.explain import explain
from ..matching.result import Match, Matched, NeedsReview, New, Skipped
from ..models.capabilities import Capabilities
from ..models.checks import frozen_mapping
from ..models.keys import LineKey, OrderKey
from ..models.pos_product import PosProduct
from ..models.store import StoreFacts
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine, WholesaleOrder
from .book import Book
from .refs import Known, Ref
from .snapshot import Snapshot

StyleKey = tuple[str, str]
"""Portal and style id."""


@frozen(kw_only=True)
class ReviewLine:
    """One brand product in one size on one order, summed over the order's lines."""

    order: OrderKey
    """The order."""
    key: LineKey
    """Identity of the brand product and size."""
    lines: tuple[OrderLine, ...]
    """The order's lines of it; more than one are summed and shown."""
    match: Match
    """What matching says."""
    style: StyleDocument | None = None
    """Its style document, None where the source has none."""
    product: PosProduct | None = None
    """The POS product of a match."""

    @property
    def units(self) -> Decimal:
        """Units on the order's lines."""
        return sum((line.quantity for line in self.lines), Decimal(0))

    @property
    def name(self) -> str:
        """Name with colour and size, for people; a matched product lends its name where no style was read."""
        named = self.style.name if self.style else self.product.name if self.product else ""
        named = named or self.lines[0].style_number
        return " / ".join(filter(None, (named or self.key.style_id, self.key.color, self.key.size)))


@frozen(kw_only=True)
class Review:
    """Orders, matches and everything a plan is made from."""

    source: str
    """Label of the wholesale platform."""
    orders: tuple[WholesaleOrder, ...]
    """The orders, as asked for."""
    styles: Mapping[StyleKey, StyleDocument | None] = field(converter=frozen_mapping, repr=False)
    """Style documents by portal and style id; None where the source has none."""
    demands: tuple[Demand, ...] = field(repr=False)
    """What was matched, over all orders."""
    matches: Mapping[LineKey, Match] = field(converter=frozen_mapping, repr=False)
    """What matching says of each."""
    snapshot: Snapshot = field(repr=False)
    """What the POS held."""
    book: Book = field(repr=False)
    """What the journal adds up to."""
    facts: StoreFacts
    """Facts of the store."""
    capabilities: Capabilities = field(repr=False)
    """Grain and limits of the target."""
    tables: BusinessTables = field(default=DEFAULT_TABLES, repr=False, eq=False)
    """The business tables."""

    def explain(self, key: LineKey) -> str:
        """Say in a few lines why a line was judged as it was, and what would change it.

        Plain text; values are as written, so a page must escape them. Raises ``Misuse`` for an unknown line.
        """
        demand = next((one for one in self.demands if one.key == key), None)
        if demand is None:
            raise Misuse(f"this review has no line {key}")
        return explain(demand, self.matches[key], self.snapshot.products)

    def product_name(self, product: Ref) -> str:
        """What people call a product of the store; its id where it was not read."""
        known = self.snapshot.products.get(product.id) if isinstance(product, Known) else None
        return (known.variant_name or known.name if known else "") or str(product)

    def round_of(self, order: OrderKey) -> int:
        """Number of the next plan for an order, from 1."""
        return self.book.rounds.get(order, 0) + 1

    @cached_property
    def lines(self) -> tuple[ReviewLine, ...]:
        """Every brand product of every order, in the orders' order."""
        return tuple(line for order in self.orders for line in self._of(order))

    def _of(self, order: WholesaleOrder) -> tuple[ReviewLine, ...]:
        found: dict[LineKey, list[OrderLine]] = {}
        for line in order.lines:
            found.setdefault(line.key, []).append(line)
        return tuple(self._line(order.key, key, tuple(lines)) for key, lines in found.items())

    def _line(self, order: OrderKey, key: LineKey, lines: tuple[OrderLine, ...]) -> ReviewLine:
        match = self.matches[key]
        product = self.snapshot.products.get(match.product_id) if isinstance(match, Matched) else None
        style = self.styles.get((key.portal, key.style_id))
        return ReviewLine(order=order, key=key, lines=lines, match=match, style=style, product=product)

    @cached_property
    def matched(self) -> tuple[ReviewLine, ...]:
        """Lines with exactly one product."""
        return tuple(line for line in self.lines if isinstance(line.match, Matched))

    @cached_property
    def needs_review(self) -> tuple[ReviewLine, ...]:
        """Lines a person must decide."""
        return tuple(line for line in self.lines if isinstance(line.match, NeedsReview))

    @cached_property
    def new(self) -> tuple[ReviewLine, ...]:
        """Lines that nothing in the POS resembles."""
        return tuple(line for line in self.lines if isinstance(line.match, New))

    @cached_property
    def skipped(self) -> tuple[ReviewLine, ...]:
        """Lines a person left out."""
        return tuple(line for line in self.lines if isinstance(line.match, Skipped))
