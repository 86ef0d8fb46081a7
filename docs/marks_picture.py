# ruff: noqa: INP001  # loaded by the hooks of mkdocs, no package
"""Draws the Mermaid picture of the marks as SVG, at places that were chosen by eye.

It reads the same text that readers of the repository see, so that there is one picture.
A mark without a place stops the build.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

WIDTH, HEIGHT = 940, 560
BOX: Final = (104, 38)

PLACES: Final = MappingProxyType(
    {
        "[*]": (40, 280),
        "intended": (190, 280),
        "not_sent": (390, 328),
        "refused": (410, 160),
        "unknown": (560, 280),
        "split": (330, 50),
        "held": (610, 120),
        "partly": (700, 190),
        "asked": (850, 280),
        "made": (400, 475),
        "done": (610, 530),
        "undoing": (735, 430),
        "undone": (850, 510),
    }
)
"""Middle of each box."""

STYLE: Final = (
    "svg.marks text{font:15px sans-serif;fill:currentColor;text-anchor:middle;dominant-baseline:central}"
    "svg.marks rect,svg.marks path{fill:none;stroke:currentColor}"
    "svg.marks path.arrow{opacity:.75;marker-end:url(#tip)}"
    "svg.marks #tip path,svg.marks circle{fill:currentColor;stroke:none}"
)


def drawn(source: str) -> str:
    """The picture; raises ValueError for a text that is no picture of marks, KeyError for an unknown mark."""
    if not source.startswith("stateDiagram-v2"):
        raise ValueError("the site draws the picture of the marks only; make other pictures with a script")
    labels = dict(re.findall(r"^ +(\w+): (.+)$", source, re.MULTILINE))
    arrows = re.findall(r"^ +(\S+) --> (\S+)$", source, re.MULTILINE)
    told = "; ".join(f"{labels.get(a, 'start')} to {labels[b]}" for a, b in arrows)
    parts = (
        *(_arrow(a, b) for a, b in arrows),
        *(_box(name, text) for name, text in labels.items()),
        _start(),
    )
    return (
        f'<svg class="marks" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Marks: {told}">'
        f"<style>{STYLE}</style>"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z"/></marker></defs>{"".join(parts)}</svg>'
    )


def _start() -> str:
    x, y = PLACES["[*]"]
    return f'<circle cx="{x}" cy="{y}" r="8"/>'


def _box(name: str, text: str) -> str:
    x, y = PLACES[name]
    wide, high = BOX
    return (
        f'<rect x="{x - wide / 2}" y="{y - high / 2}" width="{wide}" height="{high}" rx="8"/>'
        f'<text x="{x}" y="{y}">{text}</text>'
    )


def _arrow(before: str, after: str) -> str:
    if before == after:
        x, y = PLACES[after]
        top = y - BOX[1] / 2
        return f'<path class="arrow" d="M{x - 14} {top}C{x - 40} {top - 46} {x + 40} {top - 46} {x + 14} {top}"/>'
    (x1, y1), (x2, y2) = PLACES[before], PLACES[after]
    length = math.hypot(x2 - x1, y2 - y1)
    bend = min(34.0, length / 7)
    cx, cy = (x1 + x2) / 2 + bend * (y2 - y1) / length, (y1 + y2) / 2 - bend * (x2 - x1) / length
    start, end = _edge(before, cx, cy), _edge(after, cx, cy)
    numbers = (f"{number:.1f}" for number in (*start, cx, cy, *end))
    return '<path class="arrow" d="M{} {}Q{} {} {} {}"/>'.format(*numbers)


def _edge(name: str, cx: float, cy: float) -> Iterator[float]:
    """Where the line from the middle of a box towards a point leaves the box."""
    x, y = PLACES[name]
    wide, high = (20, 20) if name == "[*]" else (BOX[0] + 6, BOX[1] + 6)
    dx, dy = cx - x, cy - y
    share = min(wide / 2 / abs(dx) if dx else math.inf, high / 2 / abs(dy) if dy else math.inf)
    yield x + dx * share
    yield y + dy * share
