"""Precision of automatic matches, share sent to review and recall, on a store whose truth is known.

Usage: python benchmarks/precision.py [PRODUCTS] [SEED]

A store of 50,000 products of 60 brands is made from variants that are known, then spoiled as stores are: codes
missing, zero-padded, with lost zeros, mistyped, or copied from another size; supplier codes missing, joined in
other ways, or the merchant's own; colours and sizes in other spellings, in one option or in none; names changed;
products twice, deleted, composite, or under codes that an older product still bears. Orders are spoiled too.
One fault is left out: a product that bears nothing but another product's code, since nobody could tell.
A match is right when its product is the variant asked for, alive. Equal seeds give equal figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from po_bridge.matching.demand import Demand, NearHit
from po_bridge.matching.keys_of import keys_of
from po_bridge.matching.ladder import match
from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.matching.near import near_text
from po_bridge.matching.result import Match, Matched, NeedsReview, New
from po_bridge.models.gtin import check_digit
from po_bridge.models.keys import LineKey
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from po_bridge.models.style_document import StyleDocument
from po_bridge.models.wholesale_order import OrderLine

BRANDS = 60
LINES_IN_AN_ORDER = 60
STOCKED = 0.8
NEAR = 5

COLORS = {
    "Black": ("BLK", "black", "Black"),
    "White": ("WHT", "white", "White"),
    "Navy": ("NVY", "navy", "Navy"),
    "Dark Grey": ("DK GRY", "dark gray", "Dark Grey"),
    "Heather Blue": ("HTR BLUE", "heather blue", "Heather-Blue"),
    "Red": ("red", "RED", "Red"),
    "Olive": ("olive", "OLIVE", "Olive"),
    "Light Pink": ("LT PINK", "light pink", "Light Pink"),
}
SIZE_RUNS = (
    {
        "XS": ("x-small", "XS"),
        "S": ("Small", "SM"),
        "M": ("Medium", "MED"),
        "L": ("Large", "LG"),
        "XL": ("X-Large", "XL"),
    },
    {
        "7": ("7.0", "7"),
        "7.5": ("7 1/2", "7.5"),
        "8": ("8.0", "8"),
        "8.5": ("8 1/2", "8.5"),
        "9": ("9", "9.0"),
    },
    {
        "30x32": ("30/32", "W30 L32"),
        "32x32": ("32/32", "32 x 32"),
        "32x34": ("32/34", "W32 L34"),
        "34x34": ("34/34", "34X34"),
    },
    {"OS": ("One Size", "O/S")},
)
NAMES = ("Harbour", "Classic", "Alpine", "Linen", "River", "Urban", "Merino", "Coastal", "Ridge", "Willow")
KINDS = ("Tee", "Shirt", "Jacket", "Trouser", "Coat", "Dress", "Boot", "Belt", "Cardigan", "Short")


class Variant(NamedTuple):
    """One brand product in one size, as it truly is."""

    brand: int
    style: str
    name: str
    color: str
    color_code: str
    size: str
    spellings: tuple[str, ...]
    upc: str


def variants(count: int, chance: random.Random) -> Iterator[Variant]:
    """Make brand products style by style, some brands with bare numbers that begin alike."""
    made = style = 0
    while made < count:
        style += 1
        brand = style % BRANDS
        number = (
            f"{100 + style // BRANDS}"
            if brand % 5 == 0
            else f"{chr(65 + brand % 26)}{chr(65 + brand % 7)}-{1000 + style}"
        )
        name = f"{chance.choice(NAMES)} {chance.choice(NAMES)} {chance.choice(KINDS)}"
        run = chance.choice(SIZE_RUNS)
        for color in chance.sample(sorted(COLORS), 3):
            code = f"{chance.randrange(100, 999)}"
            for size, spellings in run.items():
                body = f"{chance.choice('0678')}{10000 + brand:05d}{made:05d}"[:11]
                upc = f"{body}{check_digit(body)}"
                made += 1
                yield Variant(brand, number, name, color, code, size, spellings, upc)


def pick(chance: random.Random, weighted: dict[str, float]) -> str:
    """Choose a fault by its share in percent; "right" takes the rest."""
    mark = 100 * chance.random()
    for fault, share in weighted.items():
        mark -= share
        if mark < 0:
            return fault
    return "right"


def mistyped(upc: str, chance: random.Random) -> str:
    """Change one digit."""
    place = chance.randrange(1, 11)
    return f"{upc[:place]}{(int(upc[place]) + chance.randrange(1, 9)) % 10}{upc[place + 1 :]}"


def shelf_code(one: Variant, other: Variant, fault: str, chance: random.Random) -> str:
    """Write a variant's code as a store has it."""
    match fault:
        case "missing":
            return ""
        case "counter":
            return f"{chance.randrange(10_000, 99_999)}"
        case "padded":
            return f"0{one.upc}"
        case "lost zeros":
            return one.upc.lstrip("0")
        case "mistyped":
            return mistyped(one.upc, chance)
        case "copied":
            return other.upc
        case _:
            return one.upc


def shelf_supplier_code(one: Variant, fault: str, chance: random.Random) -> str:
    """Write a supplier code as a store has it."""
    join = chance.choice("- /_")
    match fault:
        case "missing":
            return ""
        case "style":
            return chance.choice((one.style, one.style.lower()))
        case "together":
            return f"{one.style}{one.color}{one.size}".replace(" ", "").upper()
        case "color code":
            return join.join((one.style, one.color_code, one.size))
        case "own":
            return f"Z{chance.randrange(10_000, 99_999)}"
        case "short":
            return join.join((one.style, COLORS[one.color][0], one.spellings[0]))
        case _:
            return join.join((one.style, one.color, one.size))


def shelf_options(one: Variant, fault: str, chance: random.Random) -> tuple[OptionValue, ...]:
    """Write options as a store has them."""
    color, size = chance.choice(COLORS[one.color]), chance.choice(one.spellings)
    pair: tuple[tuple[str, str], ...] = (("Color", one.color), ("Size", one.size))
    match fault:
        case "none":
            pair = ()
        case "size only":
            pair = (("Size", size),)
        case "one option":
            pair = (("Title", f"{one.color} / {one.size}"),)
        case "spelled":
            pair = (("Colour", color), ("size", size))
        case _:
            pass
    return tuple(OptionValue(name=name, value=value) for name, value in pair)


CODE_FAULTS = {
    "missing": 7.0,
    "counter": 5.0,
    "padded": 4.0,
    "lost zeros": 3.0,
    "mistyped": 1.0,
    "copied": 0.5,
}
SUPPLIER_CODE_FAULTS = {
    "missing": 25.0,
    "style": 20.0,
    "together": 5.0,
    "color code": 5.0,
    "own": 3.0,
    "short": 5.0,
}
OPTION_FAULTS = {"none": 6.0, "size only": 4.0, "one option": 2.0, "spelled": 25.0}
NAME_FAULTS = {"renamed": 10.0, "style number": 10.0, "mistyped": 5.0}


def product(number: int, one: Variant, other: Variant, chance: random.Random) -> PosProduct:
    """Put a variant into the store, with its faults."""
    code_fault = pick(chance, CODE_FAULTS)
    option_fault = pick(chance, OPTION_FAULTS)
    if code_fault == "copied" and option_fault in {"none", "size only"}:
        option_fault = "right"
    name = {
        "renamed": f"{one.color} {KINDS[number % 10]}",
        "style number": f"{one.style} {one.name}",
        "mistyped": one.name[1:],
    }
    code = shelf_code(one, other, code_fault, chance)
    supplier_code = shelf_supplier_code(one, pick(chance, SUPPLIER_CODE_FAULTS), chance)
    return PosProduct(
        id=f"p{number}",
        name=name.get(pick(chance, NAME_FAULTS), one.name),
        sku=code,
        codes=(ProductCode(kind=CodeKind.UPC, text=code),) if code else (),
        suppliers=(ProductSupplier(supplier_id=f"s{one.brand}", code=supplier_code),),
        options=shelf_options(one, option_fault, chance),
        brand_id=f"b{one.brand}",
        deleted=chance.random() < 0.02,
        composite=chance.random() < 0.003,
        active=chance.random() < 0.9,
    )


def reused(number: int, one: Variant, chance: random.Random) -> PosProduct:
    """Put an old product into the store that bears a new one's code."""
    return PosProduct(
        id=f"old{number}",
        name=f"Old {chance.choice(KINDS)}",
        sku=one.upc,
        codes=(ProductCode(kind=CodeKind.UPC, text=one.upc),),
        suppliers=(ProductSupplier(supplier_id=f"s{one.brand}", code=f"OLD-{number}"),),
        brand_id=f"b{one.brand}",
    )


LINE_FAULTS = {
    "missing": 8.0,
    "lost zeros": 3.0,
    "mistyped": 1.0,
    "scientific": 0.5,
    "placeholder": 1.0,
    "case": 0.5,
    "restricted": 0.5,
    "padded": 3.0,
    "decimals": 1.0,
}


def line_code(one: Variant, fault: str, chance: random.Random) -> str | None:
    """Write a variant's code as an order has it."""
    match fault:
        case "missing":
            return None
        case "lost zeros":
            return one.upc.lstrip("0")
        case "mistyped":
            return mistyped(one.upc, chance)
        case "scientific":
            return f"{one.upc[0]}.{one.upc[1:6]}E+11"
        case "placeholder":
            return chance.choice(("000000000000", "TBD", "123456789012"))
        case "case":
            body = f"10{one.upc[:11]}"
            return f"{body}{check_digit(body)}"
        case "restricted":
            body = f"2{one.upc[1:11]}"
            return f"{body}{check_digit(body)}"
        case "padded":
            return f"00{one.upc}"
        case "decimals":
            return f"{one.upc}.0"
        case _:
            return one.upc


def demand(one: Variant, chance: random.Random) -> Demand:
    """Order a variant, with the order's faults."""
    key = LineKey(
        portal=f"brand{one.brand}", style_id=f"{one.style}/{one.color}", color=one.color, size=one.size
    )
    line = OrderLine(
        key=key,
        style_number=one.style,
        color_code=one.color_code,
        quantity=Decimal(chance.randrange(1, 12)),
        upc=line_code(one, pick(chance, LINE_FAULTS), chance),
    )
    style = StyleDocument(portal=key.portal, style_id=key.style_id, number=one.style, name=one.name)
    return Demand(key=key, lines=(line,), style=style, supplier_id=f"s{one.brand}", brand_id=f"b{one.brand}")


class Store(NamedTuple):
    """Products, and which of them are which variant."""

    products: dict[str, PosProduct]
    owners: dict[Variant, set[str]]


def stored(all_variants: Sequence[Variant], chance: random.Random) -> Store:
    """Fill a store; one in a hundred stands there twice, one in two hundred left its code to another."""
    store = Store({}, {one: set() for one in all_variants})
    for number, one in enumerate(all_variants):
        other = all_variants[number - 1]
        if chance.random() < STOCKED:
            for copy in range(1 + (chance.random() < 0.01)):
                made = product(2 * number + copy, one, other, chance)
                store.products[made.id] = made
                if made.alive:
                    store.owners[one].add(made.id)
        elif chance.random() < 0.025:
            made = reused(number, one, chance)
            store.products[made.id] = made
    return store


def verdict(result: Match, owners: set[str]) -> str:
    """Say whether a result is right."""
    match result:
        case Matched():
            return "matched right" if result.product_id in owners else "matched WRONG"
        case NeedsReview():
            found = owners & {candidate.product_id for candidate in result.candidates}
            return (
                "review, product shown"
                if found
                else "review, nothing to show"
                if not owners
                else "review, product not shown"
            )
        case New():
            return "new, though it is there" if owners else "new right"
        case _:
            return "skipped"


def order_of(
    wanted: Sequence[Variant], index: MemoryIndex, store: Store, chance: random.Random
) -> Iterator[tuple[Variant, Match]]:
    """Match one order as a review does: keys, then resemblance for what nothing answers."""
    demands = {one: demand(one, chance) for one in wanted}
    hits = {hit.key: hit for hit in index.lookup([keys_of(one) for one in demands.values()])}
    first = match(tuple(demands.values()), hits, store.products, {}, {})
    near: dict[LineKey, tuple[NearHit, ...]] = {
        one.key: index.near(one.supplier_id or "", near_text(one), NEAR)
        for one in demands.values()
        if not isinstance(first[one.key], Matched)
    }
    results = match(tuple(demands.values()), hits, store.products, {}, {}, near)
    yield from ((variant, results[one.key]) for variant, one in demands.items())


def report(counts: Counter[str], reasons: Counter[str], rungs: Counter[str]) -> None:
    """Print the figures."""
    lines = counts.total()
    there = lines - counts["new right"] - counts["review, nothing to show"]
    automatic = counts["matched right"] + counts["matched WRONG"]
    reviewed = sum(count for kind, count in counts.items() if kind.startswith("review"))
    print(f"automatic matches  {automatic:,} of {lines:,} lines, wrong: {counts['matched WRONG']}")
    print(f"precision          {counts['matched right'] / max(automatic, 1):.4%}")
    print(
        f"recall             {counts['matched right'] / max(there, 1):.2%} of the lines whose product is there"
    )
    print(f"sent to review     {reviewed / lines:.2%}")
    print(f"called new wrongly {counts['new, though it is there'] / lines:.2%}")
    for title, table in (("results", counts), ("rungs", rungs), ("reasons", reasons)):
        print(f"{title}: " + "; ".join(f"{name} {count:,}" for name, count in table.most_common()))


def counted(
    count: int, seed: int, show: Callable[[Variant, Match, set[str]], None] | None = None
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Make a store, order all of its variants once, and count results, rungs and reasons."""
    chance = random.Random(seed)
    every = tuple(variants(int(count / STOCKED), chance))
    store = stored(every, chance)
    index = MemoryIndex()
    index.upsert(store.products.values())
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    rungs: Counter[str] = Counter()
    for first in range(0, len(every), LINES_IN_AN_ORDER):
        for one, result in order_of(every[first : first + LINES_IN_AN_ORDER], index, store, chance):
            counts[verdict(result, store.owners[one])] += 1
            if isinstance(result, NeedsReview):
                reasons.update(reason.value for reason in result.reasons)
            if isinstance(result, Matched):
                rungs[result.rung.value] += 1
            if show:
                show(one, result, store.owners[one])
    return counts, reasons, rungs


def main() -> None:
    """Print the figures; ends with 1 where a match was wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts, reasons, rungs = counted(count, seed)
    print(f"about {count:,} products, {counts.total():,} lines, seed {seed}")
    report(counts, reasons, rungs)
    if counts["matched WRONG"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
