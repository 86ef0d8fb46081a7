"""Small pictures in PNG, written with the standard library."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from zlib import compress, crc32

Color = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""
Polygon = Sequence[tuple[int, int]]
"""Corners in pixels, x and y."""

SIDE = 128
"""Width and height of every picture."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTE = 3
_BITS = 2


def png(layers: Iterable[tuple[Polygon, int]], palette: Sequence[Color]) -> bytes:
    """Draw polygons, later ones on top, each in one of at most four colours; the first is the background."""
    rows = [[0] * SIDE for _ in range(SIDE)]
    for polygon, color in layers:
        _fill(rows, polygon, color)
    head = struct.pack(">IIBBBBB", SIDE, SIDE, _BITS, _PALETTE, 0, 0, 0)
    colors = b"".join(bytes(color) for color in palette)
    lines = b"".join(b"\0" + _packed(row) for row in rows)
    body = ((b"IHDR", head), (b"PLTE", colors), (b"IDAT", compress(lines, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in body)


def _fill(rows: list[list[int]], polygon: Polygon, color: int) -> None:
    # Even-odd rule at the middle of each pixel row.
    for y, row in enumerate(rows):
        cuts = sorted(_cuts(polygon, y + 0.5))
        for left, right in zip(cuts[::2], cuts[1::2], strict=True):
            for x in range(max(0, round(left)), min(SIDE, round(right))):
                row[x] = color


def _cuts(polygon: Polygon, y: float) -> Iterable[float]:
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y1 <= y) != (y2 <= y):
            yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _packed(row: list[int]) -> bytes:
    return bytes(row[at] << 6 | row[at + 1] << 4 | row[at + 2] << 2 | row[at + 3] for at in range(0, SIDE, 4))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc32(name + content))
