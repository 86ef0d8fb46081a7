"""A small order with everything tables can do, and strategies for its values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import field, fields, frozen
from hypothesis import strategies as st

from po_bridge.mapping import (
    BOOL,
    COUNT,
    DAY,
    DECIMAL,
    ID,
    MOMENT,
    PERCENT,
    TEXT,
    Absent,
    constant,
    gathered,
    optional,
    part,
    rows,
    rule,
    table,
    tuple_of,
    wire_constant,
    words,
)


class Mood(Enum):
    """How an order feels."""

    CALM = "calm"
    CROSS = "cross"
    OTHER = "other"


@frozen(kw_only=True)
class Key:
    """What a line is, from three levels."""

    shop: str
    style: str
    size: str


@frozen(kw_only=True)
class Window:
    """Days, the line's own or the order's."""

    start: date | None = None
    end: date | None = None


@frozen(kw_only=True)
class Line:
    """One element of items[].sizes[]."""

    key: Key
    window: Window
    color: str = ""
    quantity: Decimal
    price: Decimal | None = None
    discount: Decimal = Decimal(0)
    sold_out: bool = False
    place: str = field(default="", eq=False)
    index: int = field(default=0, eq=False)


@frozen(kw_only=True)
class Address:
    """Where it goes."""

    lines: tuple[str, ...] = ()
    city: str = ""
    extra: Mapping[str, Any] = field(factory=dict, eq=False)


@frozen(kw_only=True)
class Order:
    """A document."""

    number: str
    mood: Mood
    mood_word: str = ""
    made_at: datetime | None = None
    buyer: str = ""
    ship_to: Address | None = None
    tags: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    kind: str = "toy"
    channel: str = ""
    extra: Mapping[str, Any] = field(factory=dict, eq=False)


K, W, L, A, R = fields(Key), fields(Window), fields(Line), fields(Address), fields(Order)

KEY = table(
    Key,
    (
        rule(K.shop, read="@shop", codec=TEXT),
        rule(K.style, "^product.id", ID),
        rule(K.size, "size", TEXT),
    ),
)
WINDOW = table(
    Window,
    (
        rule(
            W.start, read=("^start", "^^window.start"), codec=optional(DAY), default=None, absent=Absent.NULL
        ),
        rule(W.end, read=("^end", "^^window.end"), codec=optional(DAY), default=None, absent=Absent.NULL),
    ),
)
WHOLE = words(Mood)
INDEX = COUNT
LINE = table(
    Line,
    (
        part(L.key, ".", KEY),
        part(L.window, ".", WINDOW),
        rule(L.color, "^product.color", TEXT, default=""),
        rule(L.quantity, "quantity", COUNT, label="Quantity"),
        rule(L.price, "price", optional(DECIMAL), default=None, absent=Absent.BLANK, label="Item Price"),
        rule(L.discount, "^discount", PERCENT, default=Decimal(0)),
        rule(L.sold_out, "sold_out", BOOL, required=False),
        rule(L.place, read="#path", codec=TEXT),
    ),
    over=("items", "sizes"),
    ignored=("^retail_string", "surcharges"),
    left_out=(L.index,),
    title="Order line",
)
ADDRESS = table(
    Address,
    (gathered(A.lines, ("line_1", "line_2", "line_3"), TEXT), rule(A.city, "city", TEXT, default="")),
    keep_unknown=A.extra,
)
ORDER = table(
    Order,
    (
        rule(R.number, "number", ID, label="Order Number", note="text, may have a suffix"),
        rule(R.mood, read="mood", codec=words(Mood, fallback=Mood.OTHER)),
        rule(R.mood_word, "mood", TEXT),
        rule(R.made_at, "made_at", optional(MOMENT), default=None, only_on_create=True),
        rule(
            R.buyer,
            read=("retailer.buyer", "creator"),
            write="retailer.buyer",
            codec=TEXT,
            default="",
            absent=Absent.BLANK,
        ),
        part(R.ship_to, "ship_to", ADDRESS, default=None),
        rule(R.tags, "tags", tuple_of(TEXT), default=()),
        rows(R.lines, LINE),
        constant(R.kind, "toy"),
        rule(R.channel, write="channel", codec=TEXT, always_written=True),
    ),
    ignored=("schema_id", "retailer.*"),
    keep_unknown=R.extra,
    wire_constants=(wire_constant("type", "ORDER", only_on_create=True, note="the only kind we make"),),
    note="A toy.",
)
CONTEXT = {"shop": "acme"}


def document(**changes: Any) -> dict[str, Any]:
    """Make a whole document, with changes at its top."""
    return {
        "number": "12",
        "mood": "calm",
        "made_at": "2025-03-01T09:30:00.000Z",
        "retailer": {"buyer": "Ann", "code": "x"},
        "window": {"start": "2025-03-01", "end": "2025-04-30T00:00:00.000Z"},
        "tags": ["new"],
        "items": [
            {
                "product": {"id": "p1", "color": "red"},
                "start": "2025-03-05",
                "sizes": [
                    {"size": "S", "quantity": 2, "price": Decimal("12.5")},
                    {"size": "M", "quantity": 1},
                ],
            },
            {"product": {"id": "p2"}, "discount": 10, "sizes": [{"size": "OS", "quantity": 6, "price": 9}]},
        ],
        **changes,
    }


texts = st.text(st.characters(codec="utf-8"), max_size=8)
ids = texts.filter(lambda text: bool(text.strip()))
counts = st.integers(0, 10**6).map(Decimal)
amounts = st.decimals(min_value=0, max_value=10**6, places=2)
lines = st.builds(
    Line,
    key=st.builds(Key, shop=st.just("acme"), style=ids, size=texts),
    window=st.just(Window()),
    color=texts,
    quantity=counts,
    price=st.none() | amounts,
    discount=st.integers(0, 100).map(Decimal),
    sold_out=st.booleans(),
)
moments = st.datetimes(timezones=st.just(UTC))
addresses = st.builds(Address, lines=st.lists(texts.filter(bool), max_size=3).map(tuple), city=texts)
orders = st.builds(
    Order,
    number=ids,
    mood=st.just(Mood.CALM),
    mood_word=st.just("calm"),
    made_at=st.none() | moments,
    buyer=texts,
    ship_to=st.none() | addresses,
    tags=st.lists(texts, max_size=3).map(tuple),
    lines=st.lists(lines, max_size=6).map(tuple),
)

json_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**4000)
    | st.decimals()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["", "calm", "2025-03-01", "2025-03-01T00:00:00.000Z", "12.5", "1e5", "-0", "ORDER"])
)
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
