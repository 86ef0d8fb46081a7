"""The style documents of the invented brands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from ..nuorder import NuOrderSandbox
from .brand import BRAND, SECOND_BRAND
from .catalog import BRINDLE, FENNICK, SKUS, Row
from .shapes import picture

WAREHOUSE: Final = "6a5d00c0000000000000fa01"
"""Id of the brands' only warehouse."""

_HUES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Assorted": "9a8f80",
        "Black": "2b2b2d",
        "Black/Ecru": "3a3836",
        "Bottle": "1f4a3a",
        "Camel": "b98b57",
        "Cedar": "8a5a3c",
        "Chalk": "dcd8cc",
        "Charcoal": "4a4c50",
        "Chestnut": "6f3d25",
        "Clay": "b0674a",
        "Coral": "e5735c",
        "Cream": "e6dcc3",
        "Ecru": "dccfb4",
        "Fern": "6b8a58",
        "Fig": "5d3f55",
        "Fog": "a9b1b5",
        "Garnet": "7d2233",
        "Grey": "8c9094",
        "Heather Grey": "9b9ea3",
        "Indigo": "2f3f6b",
        "Ink": "22304a",
        "Khaki": "a8976a",
        "Moss": "5f6b3c",
        "Mustard": "d1a02f",
        "Natural": "d6c7a5",
        "Navy": "26375e",
        "Navy/Ecru": "31436c",
        "Oat": "cdbb98",
        "Olive": "6a6a3a",
        "Plum": "5b3152",
        "Poppy": "d2452f",
        "Rust": "a8512b",
        "Sage": "8fa183",
        "Sky": "87aed0",
        "Slate": "5c6670",
        "Speckle": "b7ada0",
        "Stone": "b3a994",
        "Tan": "b5835a",
        "Washed Black": "3d3f44",
        "White": "efeeea",
    }
)


def seed_styles(sandbox: NuOrderSandbox) -> None:
    """Put the style documents, their pictures and their stock into both portals."""
    place = 0
    for portal, rows in ((BRAND, FENNICK), (SECOND_BRAND, BRINDLE)):
        for row, color in ((each, color) for each in rows for color in each.colors):
            place += 1
            images = [] if row.old else [sandbox.add_picture(picture(row.shape, _HUES[color]))]
            style = _style(place, portal, row, color, images)
            sandbox.add_style(style, portal)
            for replenishment in _stock(style, place):
                sandbox.add_replenishment(replenishment, portal)


def _style(place: int, portal: str, row: Row, color: str, images: list[str]) -> dict[str, Any]:
    style: dict[str, Any] = {
        "_id": f"6a5d00e0{place:016x}",
        "schema_id": "6a5d00c00000000000005c01",
        "style_number": row.number,
        "season": "SS27",
        "seasons": ["SS27"],
        "color": color,
        "color_code": "",
        "name": row.name,
        "brand_id": f"{row.number}_{color}".lower().replace(" ", "-").replace("/", "-"),
        "department": "Accessories" if row.number >= "FR-6" else "Apparel",
        "category": row.shape.value,
        "description": f"<p>{row.name} in {color.lower()}.</p><p>Made in small runs; care label inside.</p>",
        "active": True,
        "archived": False,
        "cancelled": False,
        "available_now": True,
        "available_from": "2027-01-15T00:00:00.000Z",
        "available_until": "",
        "order_closing": "",
        "images": images,
        "size_groups": [],
        "warehouses": [WAREHOUSE],
        "pricing": {"USD": {"wholesale": row.wholesale, "retail": row.retail, "disabled": False}},
        "sizes": [_size(place, number, row, color, size) for number, size in enumerate(row.sizes)],
        "unique_key": f"{row.number}_SS27_{color.upper()}",
        "__brand_name": portal,
        "__size_run": ",".join(row.sizes),
        "created_on": "2026-09-14T08:00:00.000Z",
        "modified_on": "2026-10-20T08:00:00.000Z",
    }
    return _aged(style) if row.old else style


def _size(place: int, number: int, row: Row, color: str, size: str) -> dict[str, Any]:
    code = SKUS[row.number, color, size].upc
    return {
        "_id": f"6a5d00f0{place:012x}{number:04x}",
        "size": size,
        **({"upc": code} if code else {}),
        **({"units_per_pack": row.pack} if row.pack > 1 else {}),
    }


def _aged(style: dict[str, Any]) -> dict[str, Any]:
    # As the recordings of 2014: lower-case name, an empty text for no retail price.
    new = ("__brand_name", "__size_run", "unique_key", "archived", "color_code", "brand_id")
    kept = {name: value for name, value in style.items() if name not in new}
    wholesale: Decimal = style["pricing"]["USD"]["wholesale"]
    return {
        **kept,
        "name": style["name"].lower(),
        "description": "",
        "pricing": {"USD": {"wholesale": wholesale, "retail": ""}},
        "seasons": ["undefined"],
    }


def _stock(style: dict[str, Any], place: int) -> Iterator[dict[str, Any]]:
    # One style in five has no row at all: unlimited. Of the others one size is sold out, one waits for goods.
    if place % 5 == 0:
        return
    for number, size in enumerate(style["sizes"]):
        kind = ("immediate", "immediate", "future", "Prebook")[(place + number) % 4]
        yield {
            "warehouse_id": WAREHOUSE,
            "sku_id": size["_id"],
            "display_name": kind,
            "prebook": kind == "Prebook",
            "period_start": 1803859200000 if kind == "future" else 1799107200000,
            "period_end": None,
            "quantity": None if kind == "Prebook" else (place * 37 + number * 11) % 120,
            "active": True,
        }
