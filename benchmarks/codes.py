"""Written codes read a second, in bulk and one by one, beside python-stdnum and biip in the same run.

Two columns of 300,000 codes: *plain* holds right UPC-A and EAN-13 only; in *mixed* a fifth has the faults
that catalogues have: empty, hyphens, lost zeros, mistyped digits, words, decimal endings, short numbers.
Processor time, best of five; one by one a tenth is read. Ours judges, and read_code keeps every reading;
stdnum and biip say whether a code is valid.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import biip
from biip.gtin import Gtin as BiipGtin
from stdnum import ean

from po_bridge.matching.bulk import Engine, read_codes
from po_bridge.matching.readings import read_code
from po_bridge.models.gtin import check_digit

CODES = 300_000
RUNS = 5
TARGET = 1_000_000

Read = Callable[[Sequence[str]], object]


def gtin(chance: random.Random, length: int) -> str:
    body = chance.choice("678") + "".join(chance.choices("0123456789", k=length - 2))
    return f"{body}{check_digit(body)}"


def mixed(chance: random.Random) -> str:
    code = gtin(chance, 12)
    faults = {
        "": 4,
        f"{code[0]}-{code[1:6]}-{code[6:11]}-{code[11]}": 4,
        code[1:]: 2,
        f"{code[:-1]}{(int(code[-1]) + 1) % 10}": 2,
        chance.choice(("N/A", "TBD", "none")): 2,
        f"SKU-{chance.randrange(10**5)}": 1,
        f"{code}.0": 1,
        f"1{gtin(chance, 13)}": 1,
        gtin(chance, 8): 1,
        f"4{code[1:]}": 1,
        "8.44E+11": 1,
        gtin(chance, chance.choice((12, 12, 13))): 80,
    }
    return chance.choices(list(faults), list(faults.values()))[0]


def columns() -> Iterator[tuple[str, list[str]]]:
    chance = random.Random(1)
    yield "plain", [gtin(chance, chance.choice((12, 13))) for _ in range(CODES)]
    yield "mixed", [mixed(chance) for _ in range(CODES)]


def each(read: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        read(text)


def biip_valid(text: str) -> bool:
    try:
        BiipGtin.parse(text)
    except biip.ParseError:
        return False
    return True


def speed(read: Read, texts: Sequence[str]) -> float:
    best = float("inf")
    for run in range(RUNS):
        # Texts of their own for each run: what the last one left in a cache must not help.
        copies = [f"{text}{' ' * run if not text.isdecimal() else ''}" for text in texts]
        start = time.process_time()
        read(copies)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def main() -> None:
    ours: dict[str, Read] = {
        "read_codes, numpy": partial(read_codes, engine=Engine.NUMPY),
        "read_codes, Python": partial(read_codes, engine=Engine.PYTHON),
    }
    singles: dict[str, Read] = {
        "read_code": partial(each, read_code),
        "stdnum ean.is_valid": partial(each, ean.is_valid),
        "biip Gtin.parse": partial(each, biip_valid),
    }
    for name, texts in columns():
        figures = {label: speed(read, texts) for label, read in ours.items()}
        figures |= {label: speed(read, texts[::10]) for label, read in singles.items()}
        print(f"\n{name:<22}{'codes/s':>12}{'to stdnum':>11}{'to biip':>9}")
        for label, figure in figures.items():
            to_stdnum, to_biip = (figure / figures[peer] for peer in list(singles)[1:])
            print(f"{label:<22}{figure:>12,.0f}{to_stdnum:>10.1f}x{to_biip:>8.1f}x")
        bulk = figures["read_codes, numpy"]
        verdict = "met" if bulk >= TARGET else "MISSED"
        print(f"target {TARGET:,} codes/s in bulk: {verdict} ({bulk / TARGET:.1f}x)")


if __name__ == "__main__":
    main()
