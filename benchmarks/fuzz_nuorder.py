"""Faulty documents through the whole way in: 120,000 of them, of every shape and generation.

Each is a copy of a document that reads, with one to four faults: a place missing, null, of the wrong type, huge, with
an unknown neighbour, or spelt as another generation spells it. It goes through JSON text, the answer's judgement and
the wire tables; what can be read goes on through pricing, windows, losses and the timeline.
Every document must be read or be refused by one of the documented errors; anything else ends the run with a trace.

Usage: python benchmarks/fuzz_nuorder.py [DOCUMENTS [SEED]]
"""

from __future__ import annotations

import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.errors import BadDocument, DocumentError, RemoteError
from po_bridge.mapping.json_text import write_json
from po_bridge.models.keys import OrderKey
from po_bridge.models.setup import Setup, WindowRule
from po_bridge.planning.book import Book
from po_bridge.planning.losses import lose_all
from po_bridge.planning.notes import Notes
from po_bridge.planning.timeline import Seen, timeline_of
from po_bridge.planning.wants import priced_lines, wants_of
from po_bridge.planning.windows import placed_parts
from po_bridge.ports.exchange import Call, Exchange, Now, Response
from po_bridge.sandbox.nuorder import Generation, NuOrderSandbox, rendered
from po_bridge.sandbox.seed import PORTALS, seed_nuorder
from po_bridge.testing.spoil import Spoiler

DOCUMENTS = 120_000
SEED = 20270301
AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "reference" / "samples" / "nuorder"
SPELLINGS = {
    "start_ship": "ship_start",
    "end_ship": "ship_end",
    "ship_start": "start_ship",
    "ship_end": "end_ship",
    "price": "price_precise",
    "price_precise": "price",
    "quantity": "display_quantity",
    "sizes": "__sizes",
    "size": "__size",
    "upc": "upc_code",
    "pricing": "__pricing",
    "images": "__images",
    "_id": "id",
    "id": "_id",
    "order_number": "number",
    "shipments": "order_shipments",
    "retailer": "company",
    "ref": "_ref",
}
SOURCE = NuOrder(
    portals=(Portal(name="Acme", consumer_key="k", consumer_secret="s", token="t", token_secret="ts"),)  # noqa: S106 - opens nothing
)


@frozen
class Shape:
    """Documents of one kind, and what is done with one."""

    name: str
    documents: list[Any]
    read: Callable[[Any], Exchange[Any]]
    go_on: Callable[[Any], object]


def answered(exchange: Exchange[Any], body: bytes) -> Any:
    """Run an exchange; every call is answered with the same body."""
    response = Response(status=200, headers={"content-type": "application/json"}, body=body, at=AT)
    given: Any = None
    while True:
        try:
            ask = exchange.send(given)
        except StopIteration as stop:
            return stop.value
        given = AT if isinstance(ask, Now) else response
        if not isinstance(ask, Call | Now):
            raise TypeError(f"a source asked for {ask}")


def planned(tracked: Any) -> object:
    """What planning and watching make of an order."""
    order, setup = tracked.order, Setup(windows=WindowRule.EACH)
    notes = Notes(book=Book())
    priced = priced_lines(order, {}, setup, notes)
    places = placed_parts(order, priced, setup.windows, None)
    for placed in places:
        wants_of(order, placed.part.lines, setup, Decimal("1.1"), notes)
    lose_all(order, places, notes)
    seen = Seen(
        order=order,
        source="NuORDER",
        target="POS",
        shipping=tracked.shipping,
        book=Book(),
        purchases=(),
        at=AT,
    )
    return (notes.questions(), notes.losses(), notes.basis(), str(timeline_of(seen, setup)))


def key_of(document: Any) -> OrderKey:
    """The key that an order is asked for by; the document's own, so that it is not taken for another one."""
    id = document.get("_id") if isinstance(document, dict) else None
    return OrderKey(portal="Acme", order_id=id if isinstance(id, str) and id.strip() else "66")


def style_id_of(document: Any) -> str:
    """The same for a style."""
    id = document.get("_id") if isinstance(document, dict) else None
    return id if isinstance(id, str) and id.strip() else "66"


def shapes() -> Iterator[Shape]:
    """Orders of each generation with parcels, styles, inventories; beside them what was recorded."""
    sandbox = NuOrderSandbox(clock=lambda: AT, portals=PORTALS)
    seed_nuorder(sandbox)
    shelf = sandbox.shelf()
    orders = list(shelf.orders.values())
    for generation in Generation:
        documents = [{**rendered(one, generation), "shipments": one.get("shipments", [])} for one in orders]
        yield Shape(f"orders {generation.value}", documents, lambda one: SOURCE.track(key_of(one)), planned)
    styles = list(shelf.styles.values())
    yield Shape("styles", styles, lambda one: SOURCE.style("Acme", style_id_of(one)), lambda style: style)
    sizes = [{"size": "S", "quantity": 20, "upc": "012345000010"}, {"size": "M", "quantity": None}]
    wip = [{"name": "immediate", "sizes": sizes}, {"name": "2027/05/01", "sizes": sizes}]
    stock = [{"inventory": [{"warehouse": "east", "prebook": False, "wip": wip}] * 2}]
    yield Shape("inventories", stock, lambda _: SOURCE.stock("Acme", "66"), str)
    recorded = list(recordings())
    if recorded:
        yield Shape("recorded orders", recorded, lambda one: SOURCE.track(key_of(one)), planned)


def recordings() -> Iterator[Any]:
    """Recorded orders, where they are beside this checkout."""
    for path in sorted((*SAMPLES.glob("order_*.json"), *SAMPLES.glob("reconstructed/order_2025*.json"))):
        value = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "line_items" in one:
                yield one


def run(documents: int, seed: int, out: Callable[[str], object] = print) -> Counter[str]:
    """Fuzz so many documents, told by shape; gives the totals."""
    chance = random.Random(seed)
    kinds = list(shapes())
    totals: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    out(f"{'shape':<18}{'documents':>11}{'read':>9}{'refused':>9}{'fields named':>14}")
    for place, shape in enumerate(kinds):
        share = documents // len(kinds) + (place < documents % len(kinds))
        counted = fuzz(shape, share, chance, faults)
        totals += counted
        cells = (counted["documents"], counted["read"], counted["refused"], counted["named"])
        out(f"{shape.name:<18}{cells[0]:>11,}{cells[1]:>9,}{cells[2]:>9,}{cells[3]:>14,}")
    out(
        f"{'all':<18}{totals['documents']:>11,}{totals['read']:>9,}{totals['refused']:>9,}{totals['named']:>14,}"
    )
    out("faults: " + ", ".join(f"{name} {count:,}" for name, count in sorted(faults.items())))
    return totals


def fuzz(shape: Shape, documents: int, chance: random.Random, faults: Counter[str]) -> Counter[str]:
    """Fuzz the documents of one shape; raises what nobody documented."""
    spoilers = [Spoiler(document=one, spellings=SPELLINGS) for one in shape.documents]
    counted: Counter[str] = Counter()
    for _ in range(documents):
        made, done = chance.choice(spoilers).spoiled(chance, 1 + chance.randrange(4))
        faults.update(spoil.value for spoil in done)
        counted["documents"] += 1
        try:
            found = answered(shape.read(made), write_json(made))
        except (DocumentError, RemoteError) as refused:
            counted["refused"] += 1
            counted["named"] += len(refused.issues) if isinstance(refused, BadDocument) else 0
            str(refused)
            continue
        shape.go_on(found)
        counted["read"] += 1
    return counted


def main() -> int:
    given = [int(text) for text in sys.argv[1:]]
    documents, seed = (*given, *(DOCUMENTS, SEED)[len(given) :])[:2]
    begun = time.perf_counter()
    try:
        totals = run(documents, seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is what this script looks for
        traceback.print_exc()
        print("something else was raised")
        return 1
    seconds = time.perf_counter() - begun
    print(
        f"nothing else was raised; seed {seed}, {seconds:.0f} s, {totals['documents'] / seconds:,.0f} a second"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
