"""Reading an order of 1,000 lines by a table, beside hand-written constructors, in one run.

Usage: python benchmarks/reading.py [LINES]

Both make the same models from the same parsed document; the constructors check nothing and name no path.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import field, fields, frozen

from po_bridge.mapping import (
    COUNT,
    DAY,
    DECIMAL,
    ID,
    TEXT,
    Absent,
    optional,
    parse_json,
    part,
    rows,
    rule,
    table,
    write_json,
)

TARGET = 2.5
ROUNDS = 40


def finite(_instance: Any, _attribute: Any, value: Decimal | None) -> None:
    """Refuse what is no amount, as the real models do."""
    if value is not None and not value.is_finite():
        raise ValueError(value)


@frozen(kw_only=True)
class Key:
    """What a line is."""

    portal: str
    style_id: str
    color: str
    size: str


@frozen(kw_only=True)
class Window:
    """When it ships."""

    start: date | None = None
    end: date | None = None


@frozen(kw_only=True)
class Line:
    """One style, colour and size."""

    key: Key
    style_number: str
    season: str = ""
    quantity: Decimal
    unit_price: Decimal | None = field(default=None, validator=finite)
    original_price: Decimal | None = field(default=None, validator=finite)
    retail_price: Decimal | None = field(default=None, validator=finite)
    upc: str | None = None
    window: Window
    warehouse: str = ""


@frozen(kw_only=True)
class Order:
    """An order."""

    number: str
    currency: str
    lines: tuple[Line, ...]
    extra: Mapping[str, Any] = field(factory=dict, eq=False)


K, W, L, R = fields(Key), fields(Window), fields(Line), fields(Order)

KEY = table(
    Key,
    (
        rule(K.portal, read="@portal", codec=TEXT),
        rule(K.style_id, "^product._id", ID),
        rule(K.color, "^product.color", TEXT),
        rule(K.size, "size", TEXT),
    ),
)
WINDOW = table(
    Window,
    (
        rule(W.start, read=("^ship_start", "^^start_ship"), codec=optional(DAY), default=None),
        rule(W.end, read=("^ship_end", "^^end_ship"), codec=optional(DAY), default=None),
    ),
)
LINE = table(
    Line,
    (
        part(L.key, ".", KEY),
        rule(L.style_number, "^product.style_number", TEXT),
        rule(L.season, "^product.season", TEXT, default=""),
        rule(L.quantity, "quantity", COUNT),
        rule(L.unit_price, "price", optional(DECIMAL), default=None),
        rule(L.original_price, "original_price", optional(DECIMAL), default=None),
        rule(L.retail_price, "retail", optional(DECIMAL), default=None, absent=Absent.BLANK),
        rule(L.upc, "upc", optional(TEXT), default=None),
        part(L.window, ".", WINDOW),
        rule(L.warehouse, "^warehouse", TEXT, default=""),
    ),
    over=("line_items", "sizes"),
    ignored=("discounts", "surcharges", "^surcharges", "^applied", "^retail_string"),
)
ORDER = table(
    Order,
    (rule(R.number, "order_number", ID), rule(R.currency, "currency_code", TEXT), rows(R.lines, LINE)),
    keep_unknown=R.extra,
)


def document(lines: int) -> bytes:
    """Make an order: four sizes a style, prices with cents, one code in eight missing."""
    chance = random.Random(7)
    items = []
    for style in range(lines // 4):
        sizes = []
        for size in "S", "M", "L", "XL":
            entry: dict[str, Any] = {
                "size": size,
                "quantity": chance.randint(1, 24),
                "price": Decimal(chance.randint(400, 9900)) / 100,
                "original_price": Decimal(chance.randint(400, 9900)) / 100,
                "retail": Decimal(chance.randint(900, 19900)) / 100,
                "discounts": {"total_discount": 0, "applied": []},
                "surcharges": {"total_surcharge": "0", "applied": []},
            }
            if chance.random() > 0.125:
                entry["upc"] = f"{chance.randint(10**11, 10**12 - 1)}"
            sizes.append(entry)
        items.append(
            {
                "product": {
                    "_id": f"{style:024x}",
                    "style_number": f"ST-{style}",
                    "color": "BLACK",
                    "season": "SS25",
                },
                "ship_start": "2025-03-01T00:00:00.000Z",
                "ship_end": "2025-03-31T00:00:00.000Z",
                "retail_string": "$30.00",
                "applied": [],
                "surcharges": {"total_surcharge": "0", "applied": []},
                "warehouse": "default",
                "sizes": sizes,
            }
        )
    return write_json(
        {
            "order_number": "131803493",
            "currency_code": "USD",
            "start_ship": "2025-03-01T00:00:00.000Z",
            "end_ship": "2025-04-30T00:00:00.000Z",
            "line_items": items,
        }
    )


def amount(value: Any) -> Decimal | None:
    """Make a Decimal of a JSON number."""
    return None if value is None else Decimal(value)


def by_hand(parsed: dict[str, Any]) -> Order:
    """Read the order as one would write it down for this shape alone."""
    lines = []
    for item in parsed["line_items"]:
        product = item["product"]
        window = Window(
            start=date.fromisoformat((item.get("ship_start") or parsed["start_ship"])[:10]),
            end=date.fromisoformat((item.get("ship_end") or parsed["end_ship"])[:10]),
        )
        lines += [
            Line(
                key=Key(portal="acme", style_id=product["_id"], color=product["color"], size=size["size"]),
                style_number=product["style_number"],
                season=product.get("season", ""),
                quantity=Decimal(size["quantity"]),
                unit_price=amount(size.get("price")),
                original_price=amount(size.get("original_price")),
                retail_price=amount(size.get("retail")),
                upc=size.get("upc"),
                window=window,
                warehouse=item.get("warehouse", ""),
            )
            for size in item["sizes"]
        ]
    return Order(number=parsed["order_number"], currency=parsed["currency_code"], lines=tuple(lines))


def milliseconds(*works: Callable[[], object]) -> list[float]:
    """Return the best time of each call, taken in turns so that all meet the same machine."""
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for index, work in enumerate(works):
            start = time.perf_counter()
            work()
            best[index] = min(best[index], time.perf_counter() - start)
    return [seconds * 1000 for seconds in best]


def main() -> int:
    """Print the figures; returns 1 where the target is missed."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    raw = document(lines)
    parsed = parse_json(raw)
    context = {"portal": "acme"}
    if ORDER.read(parsed, context=context) != by_hand(parsed):
        print("the two ways differ")
        return 1
    parse, hand, by_table = milliseconds(
        lambda: parse_json(raw), lambda: by_hand(parsed), lambda: ORDER.read(parsed, context=context)
    )
    ratio = by_table / hand
    print(f"order of {lines} lines, {len(raw) / 1000:.0f} kB, best of {ROUNDS}")
    print(f"  parse_json              {parse:7.2f} ms")
    print(f"  hand-written            {hand:7.2f} ms   1.00")
    print(f"  by table                {by_table:7.2f} ms   {ratio:.2f}   target {TARGET}")
    print(f"  bytes to models         {(parse + by_table) / (parse + hand):19.2f}")
    return 0 if ratio <= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
