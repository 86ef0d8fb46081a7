"""The three indexes beside a plain dict, DuckDB and Polars, on one store and the same orders, in one run.

Usage: python benchmarks/index.py [--cpu] [PRODUCTS] [ENGINE ...]

PRODUCTS is 1,000,000 where left out. --cpu counts processor time instead of time, all threads together,
for a machine that does other work as well. Engines: dict, memory, sqlite, numpy, duckdb, polars; peers that are not
installed are left out. Each engine runs in a process of its own, so that its memory is its own.

Keys are made before: a product has a GTIN (12 % have none, 1 % share one), one key of its supplier code and one
of its style and options; a line asks for one of each, for one in all ("single"), or for what ``keys_of`` asks for,
some 15 keys ("wide"). Ids are UUIDs, a family has twelve members, 2,000 suppliers share the store.
So a build is one from ready keys; what making them takes of a product as the POS states it is printed apart.
The answers of all engines are compared. Times are the best of five or more, after a first one that is printed too.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from po_bridge.catalog import SqliteIndex, open_numpy_index
from po_bridge.catalog.kept_file import open_kept
from po_bridge.catalog.mapped.columns import Columns
from po_bridge.matching.demand import Hits, Keys
from po_bridge.matching.keys_of import ProductKeys, product_keys
from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.models.gtin import check_digit
from po_bridge.models.keys import LineKey
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier

CPU = "--cpu"
MEMBERS = 12
SUPPLIERS = 2_000
ROUNDS, MOST_ROUNDS = 5, 50
SEED = 20261121

WORDS = ("harbour", "classic", "linen", "winter", "alpine", "river", "cotton", "urban", "light", "merino")
KINDS = ("tee", "shirt", "jacket", "trouser", "coat", "dress", "boot", "belt")
SIZES = ("red xs", "red s", "red m", "red l", "red xl", "red 2xl", "navy xs", "navy s", "navy m", "navy l")


class Store(NamedTuple):
    """A store as numbers; 0 is no code."""

    ids: list[str]
    codes: NDArray[np.int64]
    supplier_codes: NDArray[np.int64]
    options: NDArray[np.int64]


def made(count: int, seed: int = SEED) -> Store:
    """Make a store; equal counts and seeds give equal stores."""
    chance = np.random.default_rng(seed)
    halves = chance.integers(0, 256, (count, 16), dtype=np.uint8).tobytes().hex()
    parts = (halves[place : place + 32] for place in range(0, 32 * count, 32))
    ids = [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in parts]
    codes = 10 * (np.arange(count) * 7919 % 10**11) + 20_000_000_000_000
    codes[chance.random(count) < 0.12] = 0
    shared = np.flatnonzero(chance.random(count) < 0.01)
    codes[shared] = codes[np.maximum(shared - 1, 0)]
    wide = (-(2**63), 2**63 - 1)
    return Store(ids, codes, chance.integers(*wide, count), chance.integers(*wide, count))


def rows_of(store: Store) -> list[ProductKeys]:
    """Turn a store into what an index takes in."""
    return [
        ProductKeys(
            product_id=product_id,
            codes=(code,) if code else (),
            supplier_codes=(supplier_code,),
            options=(options,),
            blocks=(f"supplier-{place // MEMBERS % SUPPLIERS}",),
            name=name_of(place // MEMBERS),
            options_text=SIZES[place % len(SIZES)],
        )
        for place, (product_id, code, supplier_code, options) in enumerate(
            zip(store.ids, *(column.tolist() for column in store[1:]), strict=True)
        )
    ]


def name_of(style: int) -> str:
    """Name a style."""
    first, second = WORDS[style % 10], WORDS[style // 10 % 10]
    return f"{first} {second} {KINDS[style // 100 % 8]} {style}"


def columns_of(store: Store) -> Columns:
    """Turn a store into columns."""
    count = len(store.ids)
    places = np.arange(count)
    styles = -(-count // MEMBERS)
    coded = np.flatnonzero(store.codes)
    return Columns(
        ids=store.ids,
        codes=(store.codes[coded], coded),
        supplier_codes=(store.supplier_codes, places),
        options=(store.options, places),
        names=[(f"supplier-{style % SUPPLIERS}", name_of(style)) for style in range(styles)],
        members=(places // MEMBERS, places),
        option_texts=SIZES,
        option_of=places % len(SIZES),
    )


def narrow(store: Store, lines: int, seed: int = 1) -> list[Keys]:
    """Ask for products by one key of each kind: 70 % by code, 15 % by the other keys, 15 % that are not there."""
    chance = np.random.default_rng(seed)
    picked = chance.integers(0, len(store.ids), lines)
    kinds = chance.random(lines)
    away = chance.integers(1, 2**60, (lines, 2)).tolist()
    asked = []
    for line, (place, kind) in enumerate(zip(picked.tolist(), kinds.tolist(), strict=True)):
        code = int(store.codes[place]) if kind < 0.7 else 0
        known = 0.7 <= kind < 0.85
        asked.append(
            Keys(
                key=LineKey(portal="p", style_id=f"{line}", color="", size=""),
                codes=(code,) if code else (),
                supplier_codes=(int(store.supplier_codes[place]) if known else away[line][0],),
                options=(int(store.options[place]) if known else away[line][1],),
            )
        )
    return asked


def single(store: Store, lines: int) -> list[Keys]:
    """Ask by one key a line: its code, and options only where it has none."""
    return [
        Keys(key=keys.key, codes=keys.codes, options=() if keys.codes else keys.options)
        for keys in narrow(store, lines)
    ]


def wide(store: Store, lines: int) -> list[Keys]:
    """Ask as ``keys_of`` does: five supplier codes and nine options beside the code."""
    chance = np.random.default_rng(2)
    asked = []
    for keys in narrow(store, lines):
        more = chance.integers(1, 2**60, 12).tolist()
        asked.append(
            Keys(
                key=keys.key,
                codes=keys.codes,
                supplier_codes=(*keys.supplier_codes, *more[:4]),
                options=(*keys.options, *more[4:]),
            )
        )
    return asked


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Time one run."""
    clock = time.process_time if CPU in sys.argv else time.perf_counter
    begun = clock()
    result = work()
    return clock() - begun, result


def best(work: Callable[[], Any]) -> str:
    """Time a first and some more runs, as ``best (first)`` in milliseconds."""
    first, second = seconds(work)[0], seconds(work)[0]
    # what is over in a millisecond is repeated longer, since neighbours come and go
    rounds = max(ROUNDS, min(MOST_ROUNDS, int(0.2 / max(second, 1e-4))))
    rest = min(second, *(seconds(work)[0] for _ in range(rounds)))
    return f"{rest * 1e3:.2f} ({first * 1e3:.1f})"


def resident() -> int:
    """Bytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def answers(hits: Sequence[Hits]) -> list[tuple[str, ...]]:
    """Product ids a line."""
    return [hit.product_ids for hit in hits]


def key_making(count: int = 20_000) -> float:
    """Microseconds that the keys of a product take: twelve variants a style, each with code, supplier code, options."""
    products = [
        PosProduct(
            id=f"{number}",
            name=name_of(number // MEMBERS),
            codes=(ProductCode(kind=CodeKind.UPC, text=f"{(body := f'85{number:09}')}{check_digit(body)}"),),
            suppliers=(ProductSupplier(supplier_id="s", code=f"AB{number // MEMBERS}-{color}-{size}"),),
            options=(OptionValue(name="Color", value=color), OptionValue(name="Size", value=size)),
        )
        for number in range(count)
        for color, size in [SIZES[number % len(SIZES)].split()]
    ]
    return min(seconds(lambda: [product_keys(one) for one in products])[0] for _ in range(3)) / count * 1e6


# --- engines: each gives (figures, answers to 1,000 lines) ----------------------------------------

Figures = dict[str, str]


def plain_dict(store: Store, _folder: Path) -> tuple[Figures, list[tuple[str, ...]]]:
    """Three dictionaries from keys to rows; what a script would do."""
    before = resident()

    def build() -> list[dict[int, list[int]]]:
        tables: list[dict[int, list[int]]] = [{}, {}, {}]
        for table, column in zip(tables, store[1:], strict=True):
            for row, key in enumerate(column.tolist()):
                if key:
                    table.setdefault(key, []).append(row)
        return tables

    built, (codes, supplier_codes, options) = seconds(build)
    held = resident() - before
    ids = store.ids

    def lookup(asked: Sequence[Keys]) -> list[tuple[str, ...]]:
        found = []
        for keys in asked:
            rows = {row for key in keys.codes for row in codes.get(key, ())}
            rows |= {row for key in keys.supplier_codes for row in supplier_codes.get(key, ())}
            rows |= {row for key in keys.options for row in options.get(key, ())}
            found.append(tuple(sorted(ids[row] for row in rows)))
        return found

    return {
        "build s": f"{built:.1f}",
        "bytes": f"{held / len(ids):.0f} + ids",
        **lookups(store, lookup),
    }, lookup(narrow(store, 1_000))


def lookups(store: Store, lookup: Callable[[Sequence[Keys]], Any]) -> Figures:
    """Time orders of several lengths."""
    one, few, many, real = (
        single(store, 1_000),
        narrow(store, 1_000),
        narrow(store, 100_000),
        wide(store, 1_000),
    )
    return {
        "1,000 single ms": best(lambda: lookup(one)),
        "1,000 ms": best(lambda: lookup(few)),
        "100,000 ms": best(lambda: lookup(many)),
        "wide ms": best(lambda: lookup(real)),
    }


LOOKUPS = ("1,000 single ms", "1,000 ms", "100,000 ms", "wide ms")


def ratios(figures: Figures, plain: Figures) -> str:
    """Times of look-ups as parts of those of the plain dict."""
    parts = (
        (name, float(figures[name].split()[0]) / float(plain[name].split()[0]))
        for name in LOOKUPS
        if name in figures
    )
    return "; ".join(f"{name.removesuffix(' ms')}: {part:.2f}" for name, part in parts)


def changed(store: Store) -> list[ProductKeys]:
    """Ten thousand products of a store with new keys."""
    count = min(10_000, len(store.ids))
    step = len(store.ids) // count
    other = made(count, SEED + 1)
    return rows_of(other._replace(ids=store.ids[::step][:count]))


def near_of(index: Any) -> str:
    """Time 500 lines with near candidates."""
    if find_spec("rapidfuzz") is None:
        return "-"
    texts = [(f"supplier-{n % SUPPLIERS}", f"{name_of(n)[1:]} | red m") for n in range(0, 500_000, 1_000)]
    spent, found = seconds(lambda: [index.near(block, text, 5) for block, text in texts])
    return f"{spent * 1e3:.0f} ({sum(map(bool, found))} found)"


def memory(store: Store, _folder: Path) -> tuple[Figures, list[tuple[str, ...]]]:
    """MemoryIndex."""
    rows = rows_of(store)
    before = resident()
    index = MemoryIndex()
    built, _ = seconds(lambda: index.upsert_keys(rows))
    held = resident() - before
    figures = {"build s": f"{built:.1f}", "bytes": f"{held / len(rows):.0f}", **lookups(store, index.lookup)}
    found = answers(index.lookup(narrow(store, 1_000)))
    figures["500 near ms"] = near_of(index)
    new = changed(store)
    figures["10,000 changes ms"] = f"{seconds(lambda: index.upsert_keys(new))[0] * 1e3:.0f}"
    return figures, found


def sqlite(store: Store, folder: Path) -> tuple[Figures, list[tuple[str, ...]]]:
    """SqliteIndex."""
    database = open_kept(folder / "cache.db", busy_seconds=1)
    index = SqliteIndex(database)
    rows = rows_of(store)
    built, _ = seconds(lambda: index.upsert_keys(rows))
    database.close()
    size = sum(file.stat().st_size for file in folder.glob("cache.db*"))
    opened, database = seconds(lambda: open_kept(folder / "cache.db", busy_seconds=1))
    index = SqliteIndex(database)
    figures = {
        "build s": f"{built:.1f}",
        "bytes": f"{size / len(rows):.0f} on disk",
        "open ms": f"{opened * 1e3:.1f}",
    }
    figures |= lookups(store, index.lookup)
    found = answers(index.lookup(narrow(store, 1_000)))
    figures["500 near ms"] = near_of(index)
    new = changed(store)
    figures["10,000 changes ms"] = f"{seconds(lambda: index.upsert_keys(new))[0] * 1e3:.0f}"
    database.close()
    return figures, found


def numpy(store: Store, folder: Path) -> tuple[Figures, list[tuple[str, ...]]]:
    """NumpyIndex."""
    columns = columns_of(store)
    path = folder / "cache.index"
    index = open_numpy_index(path)
    built, _ = seconds(lambda: index.fill(columns))
    saved, _ = seconds(index.save)
    size = path.stat().st_size
    for_near = index.bytes_of_texts
    opened, index = seconds(lambda: open_numpy_index(path))
    figures = {
        "build s": f"{built:.1f} + {saved:.1f} saved",
        "bytes": f"{(size - for_near) / len(store.ids):.1f} + {for_near / len(store.ids):.1f} texts",
        "open ms": f"{opened * 1e3:.1f}",
        **lookups(store, index.lookup),
    }
    found = answers(index.lookup(narrow(store, 1_000)))
    figures["500 near ms"] = near_of(index)
    new = changed(store)
    figures["10,000 changes ms"] = f"{seconds(lambda: index.upsert_keys(new))[0] * 1e3:.0f}"
    few = narrow(store, 1_000)
    figures["1,000 after changes ms"] = best(lambda: index.lookup(few))
    figures["merge and save s"] = f"{seconds(index.save)[0]:.1f}"
    return figures, found


def frame(asked: Sequence[Keys]) -> tuple[list[int], list[int], list[int]]:
    """Lay an order into columns of line, kind and key."""
    rows = [
        (line, kind, key)
        for line, keys in enumerate(asked)
        for kind, group in enumerate((keys.codes, keys.supplier_codes, keys.options))
        for key in group
    ]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def grouped(pairs: Sequence[tuple[int, str]], lines: int) -> list[tuple[str, ...]]:
    """Gather ids a line."""
    found: list[set[str]] = [set() for _ in range(lines)]
    for line, product_id in pairs:
        found[line].add(product_id)
    return [tuple(sorted(ids)) for ids in found]


def polars(store: Store, _folder: Path) -> tuple[Figures, list[tuple[str, ...]]]:
    """A Polars frame of keys, joined with the order."""
    import polars as pl  # noqa: PLC0415 - a peer that may be missing

    before = resident()

    def build() -> Any:
        parts = [
            pl.DataFrame(
                {"kind": np.full(len(store.ids), kind, dtype=np.int8), "key": column, "id": store.ids}
            )
            for kind, column in enumerate(store[1:])
        ]
        return pl.concat(parts).filter(pl.col("key") != 0)

    built, table = seconds(build)
    held = resident() - before

    def lookup(asked: Sequence[Keys]) -> list[tuple[str, ...]]:
        lines, kinds, keys = frame(asked)
        order = pl.DataFrame({"line": lines, "kind": np.array(kinds, dtype=np.int8), "key": keys})
        joined = order.join(table, on=["kind", "key"])
        return grouped(list(zip(joined["line"], joined["id"], strict=True)), len(asked))

    figures = {"build s": f"{built:.1f}", "bytes": f"{held / len(store.ids):.0f}", **lookups(store, lookup)}
    return figures, lookup(narrow(store, 1_000))


def duckdb(store: Store, _folder: Path) -> tuple[Figures, list[tuple[str, ...]]]:
    """A DuckDB table of keys in memory, joined with the order."""
    import duckdb as db  # noqa: PLC0415 - a peer that may be missing

    connection = db.connect()
    before = resident()

    def build() -> None:
        connection.execute("CREATE TABLE key (kind TINYINT, key BIGINT, row INTEGER)")
        connection.execute("CREATE TABLE product (row INTEGER, id VARCHAR)")
        rows = np.arange(len(store.ids))
        for kind, column in enumerate(store[1:]):
            part = {"key": column, "row": rows}
            connection.register("part", part)
            connection.execute(f"INSERT INTO key SELECT {kind}, key, row FROM part WHERE key <> 0")  # noqa: S608
            connection.unregister("part")
        connection.register("part", {"row": rows, "id": np.array(store.ids, dtype=object)})
        connection.execute("INSERT INTO product SELECT row, id FROM part")
        connection.unregister("part")

    built, _ = seconds(build)
    held = resident() - before

    def lookup(asked: Sequence[Keys]) -> list[tuple[str, ...]]:
        lines, kinds, keys = map(np.array, frame(asked))
        connection.register("wanted", {"line": lines, "kind": kinds, "key": keys})
        pairs = connection.execute(
            "SELECT line, id FROM wanted JOIN key USING (kind, key) JOIN product USING (row)"
        ).fetchall()
        connection.unregister("wanted")
        return grouped(pairs, len(asked))

    figures = {"build s": f"{built:.1f}", "bytes": f"{held / len(store.ids):.0f}", **lookups(store, lookup)}
    return figures, lookup(narrow(store, 1_000))


ENGINES: Mapping[str, Callable[[Store, Path], tuple[Figures, list[tuple[str, ...]]]]] = {
    "dict": plain_dict,
    "memory": memory,
    "sqlite": sqlite,
    "numpy": numpy,
    "duckdb": duckdb,
    "polars": polars,
}


def run(engine: str, count: int, send: Any) -> None:
    """Measure one engine in this process."""
    with tempfile.TemporaryDirectory() as folder:
        send.send(ENGINES[engine](made(count), Path(folder)))


def measured(engine: str, count: int) -> tuple[Figures, list[tuple[str, ...]]]:
    """Measure one engine in a process of its own."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    worker = context.Process(target=run, args=(engine, count, send))
    worker.start()
    send.close()
    figures: tuple[Figures, list[tuple[str, ...]]] = receive.recv()
    worker.join()
    return figures


def main() -> None:
    """Print a table of engines, and whether they agree."""
    arguments = [argument for argument in sys.argv[1:] if argument != CPU]
    count = int(arguments[0]) if arguments else 1_000_000
    engines = arguments[1:] or [
        name for name in ENGINES if name not in {"duckdb", "polars"} or find_spec(name)
    ]
    kind = "processor times" if CPU in sys.argv else "times"
    print(f"{count:,} products; {kind} in ms are the best of {ROUNDS} or more, the first in brackets")
    making = key_making()
    print(
        f"making the keys of a product: {making:.0f} µs, {making * count / 1e6:.0f} s for all of them, once"
    )
    agreed: list[tuple[str, ...]] | None = None
    plain: Figures = {}
    for engine in engines:
        figures, found = measured(engine, count)
        print(f"{engine:8}", "; ".join(f"{name}: {value}" for name, value in figures.items()), flush=True)
        plain = plain or (figures if engine == "dict" else {})
        if plain and engine != "dict":
            print(f"{'':8} to the dict: {ratios(figures, plain)}", flush=True)
        agreed = agreed or found
        if found != agreed:
            print(f"{engine} gives other answers than {engines[0]}")
            raise SystemExit(1)
    print("all engines gave the same answers")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
