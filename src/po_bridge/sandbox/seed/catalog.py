"""What the invented brands sell, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from .brand import BRAND, SECOND_BRAND
from .shapes import Shape
from .upc import upc


def _decimal(value: str) -> Decimal:
    return Decimal(value)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


@frozen
class Row:
    """A style number with its colours; each colour is one style document."""

    number: str
    """Style number."""
    name: str
    """Product name, one for all colours."""
    colors: tuple[str, ...] = field(converter=_words)
    """Colours, given in one text."""
    sizes: tuple[str, ...] = field(converter=_words)
    """Sizes, given in one text."""
    wholesale: Decimal = field(converter=_decimal)
    """Price to the shop, US dollars."""
    retail: Decimal = field(converter=_decimal)
    """Suggested retail price, US dollars."""
    shape: Shape
    """What the picture shows."""
    coded: bool = field(default=True, kw_only=True)
    """Whether the sizes have a UPC."""
    pack: int = field(default=1, kw_only=True)
    """Eaches in one unit."""
    old: bool = field(default=False, kw_only=True)
    """Written by an old server: name in lower case, no picture, no retail price."""


_LETTERS = "S, M, L, XL"
_WIDE = "XS, S, M, L, XL"

# Append only: the UPCs follow from the order of rows, colours and sizes.
FENNICK: Final = (
    Row("FR-1001", "Harbour Tee", "Navy, White, Rust", _WIDE, "12.50", "30.00", Shape.TEE),
    Row("FR-1002", "Pocket Tee", "Black, Sage, Oat", _LETTERS, "14.00", "34.00", Shape.TEE),
    Row(
        "FR-1003",
        "Mariner Long Sleeve",
        "Navy/Ecru, Black/Ecru",
        _LETTERS,
        "19.00",
        "48.00",
        Shape.LONG_SLEEVE,
    ),
    Row("FR-1010", "Linen Camp Shirt", "Chalk, Fern, Clay", _LETTERS, "32.50", "82.00", Shape.TEE),
    Row("FR-1011", "Oxford Shirt", "White", _LETTERS, "29.00", "74.00", Shape.LONG_SLEEVE, old=True),
    Row("FR-1020", "Brushed Overshirt", "Moss, Charcoal", _LETTERS, "44.00", "112.00", Shape.JACKET),
    Row("FR-2001", "Cable Cardigan", "Oat, Moss, Garnet", _WIDE, "48.00", "120.00", Shape.LONG_SLEEVE),
    Row(
        "FR-2002",
        "Shetland Crew",
        "Heather Grey, Bottle, Rust",
        _LETTERS,
        "41.00",
        "104.00",
        Shape.LONG_SLEEVE,
    ),
    Row("FR-2003", "Fisherman Rollneck", "Ecru, Navy", _LETTERS, "52.00", "132.00", Shape.LONG_SLEEVE),
    Row("FR-2010", "Fleece Hoodie", "Charcoal, Sage, Plum", _WIDE, "33.00", "84.00", Shape.LONG_SLEEVE),
    Row(
        "FR-3001",
        "Slim Denim",
        "Indigo, Washed Black",
        "30x32, 32x32, 32x34, 34x32, 34x34",
        "38.40",
        "98.00",
        Shape.TROUSERS,
    ),
    Row("FR-3002", "Canvas Work Trouser", "Khaki, Olive", "30, 32, 34, 36", "36.00", "92.00", Shape.TROUSERS),
    Row("FR-3003", "Pleated Skirt", "Navy, Camel", "2, 4, 6, 8, 10", "31.00", "79.00", Shape.SKIRT),
    Row("FR-3010", "Swim Short", "Coral", _LETTERS, "18.00", "46.00", Shape.SHORTS),
    Row("FR-4001", "Wrap Dress", "Poppy, Ink, Olive", "XS, S, M, L", "46.00", "118.00", Shape.DRESS),
    Row("FR-4002", "Linen Shift Dress", "Chalk", "XS, S, M, L", "42.00", "108.00", Shape.DRESS),
    Row("FR-5001", "Field Jacket", "Olive, Stone", _LETTERS, "72.00", "185.00", Shape.JACKET),
    Row("FR-5002", "Quilted Vest", "Ink, Moss", _LETTERS, "51.00", "130.00", Shape.VEST),
    Row("FR-6001", "Canvas Tote", "Natural, Navy", "OS", "9.00", "24.00", Shape.BAG),
    Row("FR-6002", "Waxed Weekender", "Olive, Tan", "OS", "64.00", "165.00", Shape.BAG),
    Row("FR-6003", "Wool Felt Hat", "Camel", "OS", "22.00", "58.00", Shape.HAT),
    Row("FR-6004", "Ribbed Beanie", "Mustard, Navy, Garnet", "OS", "8.50", "22.00", Shape.HAT),
    Row("FR-6005", "Merino Scarf", "Garnet, Fog", "One Size", "17.50", "45.00", Shape.SCARF),
    Row("FR-6010", "Crew Socks", "Oat, Navy", "S/M, L/XL", "4.75", "12.00", Shape.SOCK),
    Row("FR-6011", "Crew Socks Box", "Assorted", "Box of 6", "24.00", "72.00", Shape.BOX, pack=6),
    Row(
        "FR-7001", "Leather Derby", "Chestnut, Black", "7, 7.5, 8, 8.5, 9, 10", "78.00", "198.00", Shape.SHOE
    ),
    Row("FR-7002", "Canvas Plimsoll", "White", "7, 8, 9, 10", "24.00", "62.00", Shape.SHOE),
    Row("FR-8001", "Beeswax Candle", "Fig, Cedar", "OS", "7.00", "18.00", Shape.BOX, coded=False),
    Row("FR-8002", "Stoneware Mug", "Speckle, Slate", "default", "9.50", "26.00", Shape.MUG, coded=False),
)
"""The styles of the first brand: 60 documents."""
BRINDLE: Final = (
    Row("BK-10", "Alpaca Mitten", "Grey", "OS", "16.00", "42.00", Shape.SOCK),
    Row("BK-11", "Alpaca Throw", "Cream", "50x60 in", "58.00", "150.00", Shape.SCARF),
    Row("BK-12", "Cable Cardigan", "Indigo", "S, M, L", "55.00", "140.00", Shape.LONG_SLEEVE),
)
"""The styles of the second brand; one has the name of a style of the first."""

_FIRST_ITEM = {BRAND: 10001, SECOND_BRAND: 90001}


@frozen(kw_only=True)
class Sku:
    """One size of one colour."""

    row: Row
    """The style number it belongs to."""
    color: str
    """Its colour."""
    size: str
    """Its size."""
    upc: str
    """Its UPC, empty where the brand gives none."""


def skus(portal: str, rows: tuple[Row, ...]) -> Iterator[Sku]:
    """Walk through the sizes of a brand; a size without UPC uses up a number all the same."""
    item = _FIRST_ITEM[portal]
    for row in rows:
        for color in row.colors:
            for size in row.sizes:
                yield Sku(row=row, color=color, size=size, upc=upc(item) if row.coded else "")
                item += 1


SKUS: Final = {
    (sku.row.number, sku.color, sku.size): sku
    for portal, rows in ((BRAND, FENNICK), (SECOND_BRAND, BRINDLE))
    for sku in skus(portal, rows)
}
"""Every size by style number, colour and size."""
