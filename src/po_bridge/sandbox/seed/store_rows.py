"""What the invented shop has in its store already, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from .brand import BRAND
from .catalog import SKUS

OTHER_SUPPLIER: Final = "Saltmarsh Goods"
"""A supplier of the shop that sells elsewhere."""


@frozen
class Row:
    """One product of the store."""

    sku: str
    """Its SKU."""
    name: str
    """Its name; products of one name are one family."""
    price: str
    """Retail price without tax, US dollars."""
    options: Mapping[str, str] = field(factory=dict)
    """Values by option."""
    codes: tuple[tuple[str, str], ...] = ()
    """Further codes: type and code."""
    supplier: str = BRAND
    """Who supplies it."""
    supplier_code: str | None = None
    """The supplier's own code."""
    cost: str = "0"
    """Supply price, US dollars."""
    active: bool = True
    """Whether it is on sale."""


def _code(number: str, color: str, size: str, kind: str = "UPC") -> tuple[str, str]:
    # An EAN-13 of a UPC-A has a zero in front; both are the same number.
    text = SKUS[number, color, size].upc
    return (kind, f"0{text}" if kind == "EAN" else text)


def _tees() -> tuple[Row, ...]:
    # The M of either colour is written as EAN-13, all others as UPC-A.
    return tuple(
        Row(
            f"HT-{color[:3].upper()}-{size}",
            "Harbour Tee",
            "30.00",
            {"Color": color, "Size": size},
            (_code("FR-1001", color, size, "EAN" if size == "M" else "UPC"),),
            BRAND,
            f"FR-1001-{color}-{size}",
            "12.00",
        )
        for color in ("Navy", "White")
        for size in ("S", "M", "L", "XL")
    )


ROWS: Final = (
    *_tees(),
    Row(
        "TOTE-NAT",
        "Canvas Tote",
        "24.00",
        {},
        (_code("FR-6001", "Natural", "OS", "EAN"),),
        BRAND,
        "FR-6001",
        "9.00",
    ),
    # One number in two spellings, which a store takes for two codes.
    Row(
        "SCARF-GAR",
        "Merino Scarf",
        "45.00",
        {},
        (_code("FR-6005", "Garnet", "One Size"),),
        BRAND,
        "FR-6005",
        "17.50",
    ),
    Row(
        "SCARF-OLD",
        "Wool Scarf Red (old)",
        "39.00",
        {},
        (_code("FR-6005", "Garnet", "One Size", "EAN"),),
        BRAND,
    ),
    # The black M bears the code of the sage M.
    Row(
        "PT-SAG-S",
        "Pocket Tee",
        "34.00",
        {"Color": "Sage", "Size": "S"},
        (_code("FR-1002", "Sage", "S"),),
        BRAND,
        "FR-1002-Sage-S",
        "14.00",
    ),
    Row(
        "PT-BLK-M",
        "Pocket Tee",
        "34.00",
        {"Color": "Black", "Size": "M"},
        (_code("FR-1002", "Sage", "M"),),
        BRAND,
        "FR-1002-Black-M",
        "14.00",
    ),
    Row(
        "PT-SAG-L",
        "Pocket Tee",
        "34.00",
        {"Color": "Sage", "Size": "Large"},
        (_code("FR-1002", "Sage", "L", "CUSTOM"),),
        BRAND,
        "FR-1002-Sage-L",
        "14.00",
    ),
    # Known by the supplier's code alone.
    Row(
        "SC-RST-S",
        "Shetland Crew",
        "104.00",
        {"Color": "Rust", "Size": "S"},
        (),
        BRAND,
        "FR-2002-Rust-S",
        "41.00",
    ),
    Row(
        "SC-RST-M",
        "Shetland Crew",
        "104.00",
        {"Color": "Rust", "Size": "M"},
        (),
        BRAND,
        "FR-2002-Rust-M",
        "41.00",
    ),
    Row(
        "SD-IND-3032",
        "Slim Denim",
        "98.00",
        {"Color": "Indigo", "Size": "30/32"},
        (_code("FR-3001", "Indigo", "30x32"),),
        BRAND,
        "FR-3001",
        "38.40",
    ),
    Row(
        "SD-IND-3232",
        "Slim Denim",
        "98.00",
        {"Color": "Indigo", "Size": "32/32"},
        (_code("FR-3001", "Indigo", "32x32"),),
        BRAND,
        "FR-3001",
        "38.40",
    ),
    Row(
        "ML-NVY-S",
        "Mariner Long Sleeve",
        "48.00",
        {"Color": "Navy/Ecru", "Size": "S"},
        (_code("FR-1003", "Navy/Ecru", "S"),),
        BRAND,
        "FR-1003-Navy/Ecru-S",
        "19.00",
    ),
    Row(
        "ML-NVY-M",
        "Mariner Long Sleeve",
        "48.00",
        {"Color": "Navy/Ecru", "Size": "M"},
        (_code("FR-1003", "Navy/Ecru", "M"),),
        BRAND,
        "FR-1003-Navy/Ecru-M",
        "19.00",
    ),
    # The brand's code is the second of its own.
    Row(
        "BEANIE-MUS",
        "Ribbed Beanie",
        "22.00",
        {"Color": "Mustard"},
        (("CUSTOM", "KETTLE-0417"), _code("FR-6004", "Mustard", "OS")),
        BRAND,
        "FR-6004",
        "8.50",
    ),
    Row(
        "PLIM-WHT-8",
        "Canvas Plimsoll",
        "62.00",
        {"Size": "8"},
        (_code("FR-7002", "White", "8"),),
        BRAND,
        "FR-7002",
        "24.00",
        active=False,
    ),
    # Another supplier's product bears the name of a style that is new here.
    Row("SG-FJ-M", "Field Jacket", "149.00", {"Size": "M"}, (), OTHER_SUPPLIER, "FJ-9", "60.00"),
    Row("SG-FJ-L", "Field Jacket", "149.00", {"Size": "L"}, (), OTHER_SUPPLIER, "FJ-9", "60.00"),
    Row("SG-KETTLE", "Enamel Kettle", "48.00", {}, (), OTHER_SUPPLIER, "EK-1", "19.00"),
    Row("SG-LEAD", "Rope Dog Lead", "28.00", {}, (), OTHER_SUPPLIER, "RL-2", "10.00"),
    Row("SG-SOAP", "Seaweed Soap", "9.00", {}, (), OTHER_SUPPLIER, "SS-4", "3.20"),
    Row("SG-TOWEL", "Waffle Towel", "36.00", {}, (), OTHER_SUPPLIER, "WT-3", "14.00"),
    Row("GIFTCARD", "Gift Card", "25.00", {}, (), ""),
)
"""The store's products, each with what it is there for."""
