"""The orders of the invented shop, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from ..nuorder import Deed, Deliver, Edit, Generation, Item, Ship
from .brand import BRAND, SECOND_BRAND

DEMO_ORDER: Final = "240117"
"""Against the seeded store: matched lines, one that needs review, and new products."""
LIVING_ORDER: Final = "240120"
"""The pending order whose life the seed's script tells."""
SPLIT_ORDER: Final = "240118"
"""The order that is split on the way: a suffix ends the numbers of its parts."""


@frozen
class Line:
    """A style and colour with its sizes."""

    number: str
    """Style number."""
    color: str
    """Colour."""
    sizes: Mapping[str, int]
    """Quantity by size."""
    more: Mapping[str, Any] = field(factory=dict, kw_only=True)
    """Further members of the line in the create body."""
    price: int | None = field(default=None, kw_only=True)
    """A price other than the style's."""


@frozen(kw_only=True)
class Row:
    """One order."""

    number: str
    """Order number."""
    status: str
    """Its status."""
    created: date
    """Day of its creation."""
    lines: tuple[Line, ...]
    """What is ordered."""
    portal: str = BRAND
    """With whom."""
    window: tuple[date, date] = (date(2027, 2, 15), date(2027, 3, 15))
    """Ship window."""
    ship_to: str = "TK-OLD"
    """Code of the shipping address."""
    customer_po: str = ""
    """The shop's own number."""
    generation: Generation = Generation.Y2025
    """Age of the document."""
    discount: int = 0
    """Order discount in percent."""
    freight: int = 0
    """Freight in the total, US dollars."""
    more: Mapping[str, Any] = field(factory=dict)
    """Further members of the stored document."""
    past: tuple[Deed, ...] = ()
    """What has happened to it already."""


def item(number: str, color: str, size: str, units: int) -> Item:
    """Make an item of a deed."""
    return Item(style_number=number, color=color, size=size, units=units)


_GROUP: Final = MappingProxyType({"order_group_id": "6a5d00c00000000000006a01"})
_SPRING: Final = (date(2027, 4, 1), date(2027, 4, 30))

ROWS: Final = (
    Row(
        number=DEMO_ORDER,
        status="approved",
        created=date(2026, 11, 3),
        customer_po="TK-2051",
        lines=(
            Line("FR-1001", "Navy", {"S": 6, "M": 8, "L": 8, "XL": 4}),
            Line("FR-6001", "Natural", {"OS": 12}),
            Line("FR-6005", "Garnet", {"One Size": 6}),
            Line("FR-2001", "Oat", {"XS": 2, "S": 4, "M": 6, "L": 4}),
            Line("FR-6003", "Camel", {"OS": 5}),
        ),
    ),
    Row(
        number="240118",
        status="approved",
        created=date(2026, 11, 4),
        generation=Generation.Y2023,
        lines=(
            Line("FR-1002", "Sage", {"S": 4, "M": 6, "L": 6}),
            Line("FR-2002", "Rust", {"S": 3, "M": 5}),
            Line("FR-2002", "Bottle", {"S": 3, "M": 5}),
            Line("FR-3001", "Indigo", {"30x32": 2, "32x32": 4}),
            Line("FR-5001", "Olive", {"M": 2, "L": 2}),
            Line("FR-8001", "Fig", {"OS": 24}),
        ),
    ),
    Row(
        number="240119-1",
        status="approved",
        created=date(2026, 11, 5),
        customer_po="TK-2052-A",
        lines=(Line("FR-2010", "Charcoal", {"S": 4, "M": 6, "L": 6}),),
        more=_GROUP,
    ),
    Row(
        number="240119-2",
        status="approved",
        created=date(2026, 11, 5),
        customer_po="TK-2052-B",
        window=_SPRING,
        lines=(
            Line("FR-1020", "Moss", {"M": 3, "L": 3}),
            Line("FR-6004", "Mustard", {"OS": 10}),
        ),
        more=_GROUP,
    ),
    Row(
        number=LIVING_ORDER,
        status="pending",
        created=date(2026, 11, 10),
        customer_po="TK-2053",
        lines=(
            Line("FR-3001", "Washed Black", {"30x32": 3, "32x32": 5, "34x32": 3}),
            Line("FR-6010", "Navy", {"S/M": 12, "L/XL": 12}),
        ),
    ),
    Row(
        number="240121",
        status="review",
        created=date(2026, 11, 11),
        ship_to="TK-HBR",
        lines=(Line("FR-4001", "Poppy", {"S": 2, "M": 3}),),
        more={"buyer_submitted": True},
    ),
    Row(
        number="240122",
        status="draft",
        created=date(2026, 11, 12),
        lines=(Line("FR-6004", "Navy", {"OS": 6}),),
    ),
    Row(
        number="240123",
        status="cancelled",
        created=date(2026, 10, 2),
        lines=(Line("FR-7001", "Chestnut", {"8": 2, "9": 2}),),
        more={"__includes_cancelled": True},
    ),
    Row(
        number="240124",
        status="shipped",
        created=date(2026, 10, 1),
        window=(date(2026, 11, 1), date(2026, 11, 30)),
        ship_to="TK-HBR",
        lines=(
            Line("FR-1003", "Navy/Ecru", {"S": 3, "M": 4, "L": 3}),
            Line("FR-6004", "Garnet", {"OS": 8}),
        ),
        past=(
            Ship(
                order="240124",
                items=(
                    item("FR-1003", "Navy/Ecru", "S", 3),
                    item("FR-1003", "Navy/Ecru", "M", 4),
                    item("FR-6004", "Garnet", "OS", 8),
                ),
                carrier="UPS Ground",
                tracking="1Z0000000000000017",
            ),
            Deliver(order="240124", tracking="1Z0000000000000017"),
            Ship(
                order="240124",
                items=(item("FR-1003", "Navy/Ecru", "L", 3),),
                carrier="FedEx Home Delivery",
                tracking="000000000017",
            ),
        ),
    ),
    Row(
        number="240125",
        status="approved",
        created=date(2026, 11, 13),
        discount=10,
        freight=18,
        lines=(
            Line("FR-1010", "Fern", {"S": 2, "M": 4, "L": 4}),
            Line("FR-3002", "Khaki", {"32": 3, "34": 3}),
        ),
    ),
    Row(
        number="240126",
        status="approved",
        created=date(2026, 11, 14),
        lines=(
            Line("FR-6011", "Assorted", {"Box of 6": 4}),
            Line("FR-7002", "White", {"8": 1}, price=0, more={"notes": "sample"}),
            Line("FR-6010", "Oat", {"S/M": 6}),
        ),
        past=(Edit(order="240126", item=item("FR-6010", "Oat", "S/M", 9), by="Jonas Vale"),),
    ),
    Row(
        number="240127",
        status="processed",
        created=date(2026, 11, 15),
        window=(date(2027, 2, 15), date(2027, 4, 30)),
        lines=(
            Line(
                "FR-2003",
                "Ecru",
                {"M": 4, "L": 4},
                more=dict.fromkeys(("ship_start", "ship_end"), "2027/02/28"),
            ),
            Line("FR-2003", "Ecru", {"M": 2}, more={"ship_start": "2027/04/01", "prebook": True}),
            Line("FR-3003", "Navy", {"4": 2, "6": 2}, more={"ship_start": "2027/04/01"}),
        ),
    ),
    Row(
        number="100512",
        status="processed",
        created=date(2025, 9, 19),
        window=(date(2025, 9, 19), date(2025, 10, 19)),
        generation=Generation.Y2014,
        lines=(
            Line("FR-1011", "White", {"M": 2, "L": 2}),
            Line("FR-6001", "Navy", {"OS": 6}),
        ),
    ),
    Row(
        number="240125",
        status="approved",
        created=date(2026, 11, 6),
        portal=SECOND_BRAND,
        lines=(
            Line("BK-10", "Grey", {"OS": 8}),
            Line("BK-11", "Cream", {"50x60 in": 3}),
            Line("BK-12", "Indigo", {"S": 2, "M": 3, "L": 2}),
        ),
    ),
)
"""All orders of the seed, as they stand in the portals' lists."""
