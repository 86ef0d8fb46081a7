"""Precision of automatic matches, share sent to review, and recall by fault, on a store whose truth is known.

Usage: python benchmarks/matching_quality.py [PRODUCTS] [LINES] [SEED]

A store of 50,000 products of 80 brands is filled from an invented market, and spoiled as stores are, each fault by
its own chance, so that faults meet on one product as they do in life. Orders of sixty lines, 6,000 in all, ask for
what the store has and for what it lacks, and are spoiled too. Each line knows its faults, so that the figures are
told fault by fault. A match is right where its product is alive and is the brand product and size asked for; every
other match is wrong, a match of something the store lacks included. Equal arguments give equal figures.
``benchmarks/precision.py`` has other noise, written by another hand; both must come to 0 wrong matches.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from attrs import define, evolve, field, frozen

from po_bridge.matching.demand import Demand, NearHit
from po_bridge.matching.keys_of import keys_of, scopes_of
from po_bridge.matching.ladder import match
from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.matching.near import near_text
from po_bridge.matching.result import Match, Matched, NeedsReview
from po_bridge.models.gtin import check_digit
from po_bridge.models.keys import LineKey
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from po_bridge.models.style_document import StyleDocument, StyleSize
from po_bridge.models.wholesale_order import OrderLine

BRANDS = 80
LINES_IN_AN_ORDER = 60
STOCKED = 0.75
"""Share of the market that the store has; the rest is new to it."""
NEAR = 5

COLORS: Mapping[str, tuple[str, ...]] = {
    "Black": ("BLACK", "Blk", "black"),
    "White": ("White", "WHT", "white "),
    "Navy": ("NAVY", "Nvy", "navy"),
    "Dark Grey": ("Dk Gray", "dark gray", "DARK GREY"),
    "Heather Blue": ("Htr Blue", "heather-blue", "HEATHER BLUE"),
    "Red": ("RED", "red"),
    "Moss": ("MOSS", "moss"),
    "Ecru/Navy": ("Ecru / Navy", "ECRU/NVY"),
}
RUNS: Sequence[Mapping[str, tuple[str, ...]]] = (
    {
        "XS": ("X-Small", "xs"),
        "S": ("Small", "SM"),
        "M": ("Medium", "MED"),
        "L": ("Large", "LG"),
        "XL": ("X Large",),
    },
    {"7": ("7.0",), "7.5": ("7 1/2",), "8": ("8.0",), "8.5": ("8 1/2",), "9": ("9.0",), "10": ("10.0",)},
    {
        "30x32": ("30/32", "W30 L32"),
        "32x32": ("32/32", "32 x 32"),
        "32x34": ("W32 L34",),
        "34x34": ("34X34",),
    },
    {"OS": ("One Size", "O/S", "")},
)
FIRST = (
    "Harbour",
    "Alder",
    "Fenwick",
    "Juniper",
    "Marlow",
    "Quarry",
    "Saltmarsh",
    "Tern",
    "Wexford",
    "Yarrow",
)
SECOND = ("Field", "Cable", "Linen", "Merino", "Oxford", "Quilted", "Ribbed", "Shetland", "Twill", "Waxed")
KINDS = ("Tee", "Shirt", "Jacket", "Trouser", "Coat", "Dress", "Boot", "Belt", "Cardigan", "Rollneck")


class Item(NamedTuple):
    """One brand product in one size, as it truly is."""

    brand: int
    style: str
    name: str
    color: str
    color_code: str
    size: str
    upc: str


Shares = Mapping[str, float]
"""Faults by their share in percent; what is left over is right."""

CODE: Shares = {
    "EAN spelling": 9,
    "UPC missing": 9,
    "lost zero": 4,
    "own counter": 3,
    "second code": 3,
    "wrong check digit": 2,
    "code of another size": 0.7,
}
SUPPLIER_CODE: Shares = {
    "supplier code missing": 22,
    "style number only": 12,
    "joined by space": 8,
    "joined by slash": 6,
    "joined by underscore": 6,
    "run together": 5,
    "color code": 5,
    "short spellings": 6,
    "merchant's own code": 3,
}
OPTIONS: Shares = {"other spellings": 24, "size only": 5, "no options": 5, "one option": 3}
NAME: Shares = {"renamed": 9, "style number in name": 8, "typo in name": 5, "capitals": 10}
SUPPLIER: Shares = {"no supplier": 4, "second supplier": 4, "other supplier": 1.5}
STATE: Shares = {"inactive": 8, "deleted": 2, "deleted twin": 1.5, "archived and twin": 1, "composite": 0.5}
ORDER: Shares = {
    "order: no UPC": 7,
    "order: EAN spelling": 4,
    "order: lost zero": 3,
    "order: decimal ending": 1,
    "order: separators": 2,
    "order: placeholder": 1,
    "order: wrong check digit": 1,
    "order: shortened": 0.7,
    "order: case code": 0.7,
    "order: color spelled": 4,
    "order: size spelled": 4,
    "order: no style document": 3,
}


def drawn(chance: random.Random, shares: Shares) -> str:
    """Choose a fault, empty for none."""
    mark = 100 * chance.random()
    for fault, share in shares.items():
        mark -= share
        if mark < 0:
            return fault
    return ""


# --- the market -----------------------------------------------------------------------------------


def market(count: int, chance: random.Random) -> Iterator[Item]:
    """Make brand products style by style; every fourth brand has bare numbers that other brands have too."""
    made = style = 0
    while made < count:
        style += 1
        brand = style % BRANDS
        bare = brand % 4 == 0
        number = (
            f"{1000 + style // BRANDS}"
            if bare
            else f"{chr(65 + brand % 26)}{chr(65 + brand // 26)}-{style:04}"
        )
        name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(KINDS)}"
        run = chance.choice(RUNS)
        for color in chance.sample(sorted(COLORS), chance.choice((1, 2, 3))):
            code = f"{chance.randrange(100, 999)}"
            for size in run:
                body = f"{chance.choice('0678')}{10000 + brand:05}{made:05}"[:11]
                made += 1
                yield Item(brand, number, name, color, code, size, f"{body}{check_digit(body)}")


def mistyped(upc: str, chance: random.Random) -> str:
    """Change one digit, which breaks the check digit."""
    place = chance.randrange(1, 11)
    return f"{upc[:place]}{(int(upc[place]) + chance.randrange(1, 9)) % 10}{upc[place + 1 :]}"


# --- the store ------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Stored:
    """A product of the store with its faults."""

    product: PosProduct
    faults: tuple[str, ...]


def codes_of(item: Item, other: Item, fault: str, chance: random.Random) -> tuple[str, ...]:
    match fault:
        case "EAN spelling":
            return (f"0{item.upc}",)
        case "UPC missing":
            return ()
        case "lost zero":
            return (item.upc.lstrip("0"),)
        case "own counter":
            return (f"{chance.randrange(10_000, 999_999)}",)
        case "second code":
            return (f"SKU{chance.randrange(10_000, 99_999)}", item.upc)
        case "wrong check digit":
            return (mistyped(item.upc, chance),)
        case "code of another size":
            return (other.upc,)
        case _:
            return (item.upc,)


def supplier_code_of(item: Item, fault: str, chance: random.Random) -> str:
    parts = [item.style, item.color, item.size]
    joins = {"joined by space": " ", "joined by slash": "/", "joined by underscore": "_"}
    match fault:
        case "supplier code missing":
            return ""
        case "style number only":
            return chance.choice((item.style, item.style.lower()))
        case "run together":
            return "".join(parts).replace(" ", "").upper()
        case "color code":
            return f"{item.style}-{item.color_code}-{item.size}"
        case "short spellings":
            return "-".join((item.style, COLORS[item.color][0], spelled_size(item, chance)))
        case "merchant's own code":
            return f"M{chance.randrange(10_000, 99_999)}"
        case _:
            return joins.get(fault, "-").join(parts)


def spelled_size(item: Item, chance: random.Random) -> str:
    run = next(one for one in RUNS if item.size in one)
    return chance.choice(run[item.size])


def options_of(item: Item, fault: str, chance: random.Random) -> tuple[OptionValue, ...]:
    color, size = item.color, item.size
    match fault:
        case "other spellings":
            pairs = [("Colour", chance.choice(COLORS[color])), ("size", spelled_size(item, chance))]
        case "size only":
            pairs = [("Size", size)]
        case "no options":
            pairs = []
        case "one option":
            pairs = [("Variant", f"{color} | {size}")]
        case _:
            pairs = [("Color", color), ("Size", size)]
    return tuple(OptionValue(name=name, value=value) for name, value in pairs if value)


def name_of(item: Item, fault: str, chance: random.Random) -> str:
    match fault:
        case "renamed":
            return f"{chance.choice(('Our', 'Ladies', 'Mens', 'New'))} {item.color} {item.name.split()[-1]}"
        case "style number in name":
            return f"{item.style} {item.name}"
        case "typo in name":
            return item.name[:3] + item.name[4:]
        case "capitals":
            return item.name.upper()
        case _:
            return item.name


def suppliers_of(item: Item, code: str, fault: str) -> tuple[ProductSupplier, ...]:
    own = ProductSupplier(supplier_id=f"s{item.brand}", code=code)
    other = ProductSupplier(supplier_id=f"s{(item.brand + 4) % BRANDS}", code=code)
    return {"no supplier": (), "second supplier": (other, own), "other supplier": (other,)}.get(fault, (own,))


def stored(number: int, item: Item, other: Item, chance: random.Random) -> Stored:
    """Put an item into the store with its faults."""
    drawings = {
        kind: drawn(chance, shares)
        for kind, shares in (
            ("code", CODE),
            ("supplier code", SUPPLIER_CODE),
            ("options", OPTIONS),
            ("name", NAME),
        )
    }
    supplier = drawn(chance, SUPPLIER)
    # a label that was stuck on another size: where nothing else tells the sizes apart, nobody could
    if drawings["code"] == "code of another size" and drawings["options"] in {"size only", "no options"}:
        drawings["options"] = ""
    codes = codes_of(item, other, drawings["code"], chance)
    product = PosProduct(
        id=f"p{number:06}",
        family_id=f"f-{item.brand}-{item.style}",
        name=name_of(item, drawings["name"], chance),
        sku=codes[0] if codes else "",
        codes=tuple(ProductCode(kind=CodeKind.UPC, text=code) for code in codes),
        suppliers=suppliers_of(item, supplier_code_of(item, drawings["supplier code"], chance), supplier),
        brand_id=f"b{item.brand}",
        options=options_of(item, drawings["options"], chance),
    )
    return Stored(product=product, faults=tuple(filter(None, (*drawings.values(), supplier))))


def reused(number: int, item: Item, old: Item, chance: random.Random) -> PosProduct:
    """An old style that bears a new one's UPC, which was legal in apparel until 2019.

    Three in ten say no style number and no options; what is left is another name, of which one word may be shared.
    """
    silent = chance.random() < 0.3
    code = "" if silent else supplier_code_of(old, drawn(chance, SUPPLIER_CODE), chance)
    return PosProduct(
        id=f"o{number:06}",
        name=f"Bygone {chance.choice(SECOND)} Scarf",
        sku=item.upc,
        codes=(ProductCode(kind=CodeKind.UPC, text=item.upc),),
        suppliers=(ProductSupplier(supplier_id=f"s{item.brand}", code=code),),
        brand_id=f"b{item.brand}",
        options=() if silent else options_of(old, drawn(chance, OPTIONS), chance),
    )


@define
class Store:
    """Products, which of them are which item, and the faults of each."""

    products: dict[str, PosProduct] = field(factory=dict)
    owners: dict[Item, set[str]] = field(factory=dict)
    faults: dict[Item, set[str]] = field(factory=dict)

    def put(self, item: Item, product: PosProduct, *faults: str, owns: bool = True) -> None:
        """Take a product in; it is the item's where it can be ordered."""
        self.products[product.id] = product
        self.faults.setdefault(item, set()).update(faults)
        if owns and product.alive and not product.composite:
            self.owners.setdefault(item, set()).add(product.id)


def filled(items: Sequence[Item], chance: random.Random) -> Store:
    """Fill a store with most of the market."""
    store = Store()
    for number, item in enumerate(items):
        if chance.random() > STOCKED:
            if chance.random() < 0.03:
                old = items[(number * 7 + 101) % len(items)]._replace(style=f"Z{number:05}")
                store.put(item, reused(number, item, old, chance), "UPC reused", owns=False)
            continue
        made = stored(number, item, items[number - 1], chance)
        state = drawn(chance, STATE)
        faults = (*made.faults, *([state] if state else []))
        match state:
            case "inactive":
                store.put(item, evolve(made.product, active=False), *faults)
            case "deleted":
                store.put(item, evolve(made.product, deleted=True), *faults)
            case "deleted twin":
                store.put(item, made.product, *faults)
                store.put(item, evolve(made.product, id=f"d{number:06}", deleted=True))
            case "archived and twin":
                store.put(item, made.product, *faults)
                store.put(item, evolve(made.product, id=f"a{number:06}", active=False))
            case "composite":
                store.put(item, evolve(made.product, composite=True), *faults)
            case _:
                store.put(item, made.product, *faults)
    return store


# --- the orders -----------------------------------------------------------------------------------


def written(item: Item, fault: str, chance: random.Random) -> str | None:
    """The UPC as the order has it."""
    match fault:
        case "order: no UPC":
            return None
        case "order: EAN spelling":
            return f"0{item.upc}"
        case "order: lost zero":
            return item.upc.lstrip("0")
        case "order: decimal ending":
            return f"{item.upc}.0"
        case "order: separators":
            return f"{item.upc[0]} {item.upc[1:6]}-{item.upc[6:11]} {item.upc[11]}"
        case "order: placeholder":
            return chance.choice(("000000000000", "N/A", "123456789012"))
        case "order: wrong check digit":
            return mistyped(item.upc, chance)
        case "order: shortened":
            return f"{item.upc[0]}.{item.upc[1:6]}E+11"
        case "order: case code":
            body = f"10{item.upc[:11]}"
            return f"{body}{check_digit(body)}"
        case _:
            return item.upc


class Line(NamedTuple):
    """One line of an order, with what is wrong with it."""

    item: Item
    demand: Demand
    fault: str


def ordered(item: Item, chance: random.Random, *, reused: bool) -> Line:
    """Order an item.

    Where an old product bears its UPC the brand states its name: without it nobody could tell the two apart.
    """
    fault = drawn(chance, ORDER)
    if reused and fault == "order: no style document":
        fault = ""
    color = chance.choice(COLORS[item.color]) if fault == "order: color spelled" else item.color
    size = spelled_size(item, chance) if fault == "order: size spelled" else item.size
    key = LineKey(portal=f"brand {item.brand}", style_id=f"{item.style}/{item.color}", color=color, size=size)
    upc = written(item, fault, chance)
    line = OrderLine(
        key=key,
        style_number=item.style,
        color_code=item.color_code,
        quantity=Decimal(chance.randrange(1, 12)),
        upc=upc,
    )
    style = StyleDocument(
        portal=key.portal,
        style_id=key.style_id,
        number=item.style,
        name=item.name,
        color=color,
        color_code=item.color_code,
        sizes=(StyleSize(size=size, upc=upc),),
    )
    demand = Demand(
        key=key,
        lines=(line,),
        style=None if fault == "order: no style document" else style,
        supplier_id=f"s{item.brand}",
        brand_id=f"b{item.brand}",
    )
    return Line(item, demand, fault)


def matched(lines: Sequence[Line], index: MemoryIndex, store: Store) -> Mapping[LineKey, Match]:
    """Match one order as a review does: keys, then resemblance where nothing answered or a person must look."""
    demands = tuple(line.demand for line in lines)
    hits = {hit.key: hit for hit in index.lookup([keys_of(one) for one in demands])}
    first = match(demands, hits, store.products, {}, {})
    near: dict[LineKey, tuple[NearHit, ...]] = {}
    for one in demands:
        if not isinstance(first[one.key], Matched):
            scopes = scopes_of(one.supplier_id, one.brand_id)
            found = {
                hit.product_id: hit for scope in scopes for hit in index.near(scope, near_text(one), NEAR)
            }
            near[one.key] = tuple(sorted(found.values(), key=lambda hit: (-hit.score, hit.product_id))[:NEAR])
    return match(demands, hits, store.products, {}, {}, near)


# --- the figures ----------------------------------------------------------------------------------

RIGHT, WRONG, SHOWN, UNSHOWN, MISSED = "matched", "WRONG", "review, shown", "review, not shown", "called new"
NEW, DOUBT = "new", "review of something new"


def judged(result: Match, owners: set[str]) -> str:
    """Say what became of a line; the first five are about products that are there."""
    if isinstance(result, Matched):
        return RIGHT if result.product_id in owners else WRONG
    if isinstance(result, NeedsReview):
        candidates = {candidate.product_id for candidate in result.candidates}
        return DOUBT if not owners else SHOWN if owners & candidates else UNSHOWN
    return MISSED if owners else NEW


@define
class Figures:
    """What became of all lines, and of those with each fault."""

    all: Counter[str] = field(factory=Counter)
    by_fault: dict[str, Counter[str]] = field(factory=dict)
    wrong: list[tuple[Line, Match]] = field(factory=list)

    @property
    def there(self) -> int:
        """Lines whose product is in the store, alive and to be ordered."""
        return sum(self.all[kind] for kind in (RIGHT, SHOWN, UNSHOWN, MISSED))

    @property
    def precision(self) -> float:
        """Right automatic matches among all automatic matches."""
        return self.all[RIGHT] / max(self.all[RIGHT] + self.all[WRONG], 1)

    @property
    def reviewed(self) -> float:
        """Share of all lines that a person is asked about."""
        return sum(self.all[kind] for kind in (SHOWN, UNSHOWN, DOUBT)) / max(self.all.total(), 1)

    @property
    def recall(self) -> float:
        """Share of the lines with a product that are matched automatically."""
        return self.all[RIGHT] / max(self.there, 1)

    @property
    def found(self) -> float:
        """Share of the lines with a product that are matched, or sent to review with the product shown."""
        return (self.all[RIGHT] + self.all[SHOWN]) / max(self.there, 1)

    def count(self, line: Line, result: Match, owners: set[str], faults: Sequence[str]) -> None:
        """Count a line under each of its faults."""
        kind = judged(result, owners)
        self.all[kind] += 1
        for fault in faults or ("nothing wrong",):
            self.by_fault.setdefault(fault, Counter())[kind] += 1
        if kind == WRONG:
            self.wrong.append((line, result))


def evaluated(products: int, lines: int, seed: int) -> Figures:
    """Make a market, a store and orders, match them, and count."""
    chance = random.Random(seed)
    items = tuple(market(int(products / STOCKED), chance))
    store = filled(items, chance)
    index = MemoryIndex()
    index.upsert(store.products.values())
    figures = Figures()
    wanted = chance.sample(items, min(lines, len(items)))
    # an order is of one brand, so that clashes within a style come up
    wanted.sort(key=lambda item: (item.brand, item.style, item.color, item.size))
    for start in range(0, len(wanted), LINES_IN_AN_ORDER):
        some = wanted[start : start + LINES_IN_AN_ORDER]
        order = [ordered(item, chance, reused="UPC reused" in store.faults.get(item, ())) for item in some]
        results = matched(order, index, store)
        for line in order:
            faults = [*sorted(store.faults.get(line.item, ())), *([line.fault] if line.fault else [])]
            figures.count(line, results[line.demand.key], store.owners.get(line.item, set()), faults)
    return figures


def table(figures: Figures) -> Iterator[str]:
    """The figures by fault as a Markdown table."""
    kinds = (RIGHT, SHOWN, UNSHOWN, MISSED, NEW, DOUBT, WRONG)
    yield f"| fault | lines | {' | '.join(kinds)} | recall |"
    yield f"| --- {'| ---: ' * (len(kinds) + 2)}|"
    for fault, counts in sorted(figures.by_fault.items()):
        there = sum(counts[kind] for kind in (RIGHT, SHOWN, UNSHOWN, MISSED))
        recall = f"{counts[RIGHT] / there:.1%}" if there else "-"
        yield f"| {fault} | {counts.total():,} | {' | '.join(f'{counts[kind]:,}' for kind in kinds)} | {recall} |"


def main() -> None:
    """Print the figures; ends with 1 where a match was wrong."""
    products, lines, seed = (
        int(text) for text in (*sys.argv[1:], *("50000", "6000", "1")[len(sys.argv) - 1 :])
    )
    figures = evaluated(products, lines, seed)
    counts = figures.all
    print(f"about {products:,} products, {counts.total():,} lines, seed {seed}")
    print(f"automatic matches    {counts[RIGHT] + counts[WRONG]:,}, wrong: {counts[WRONG]}")
    print(f"precision            {figures.precision:.4%}")
    print(f"sent to review       {figures.reviewed:.2%}")
    print(
        f"recall               {figures.recall:.2%} matched of the {figures.there:,} lines whose product is there"
    )
    print(f"found                {figures.found:.2%} matched, or shown to a person")
    print(f"called new wrongly   {counts[MISSED] / counts.total():.2%}")
    print("\n".join(table(figures)))
    for line, result in figures.wrong[:10]:
        print("WRONG", line.item, line.fault, result)
    if figures.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
