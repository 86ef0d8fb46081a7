"""Where the deeds of a scripted life happen, and how they find what they name."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from .deed import Item
from .state import Document, Shelf, State
from .switches import Switches


class ScriptError(LookupError):
    """A script names an order, style, item or parcel that is not there."""


@frozen(kw_only=True)
class Stage:
    """Where and when a deed happens."""

    state: State
    """Everything; changed in place."""
    shelf: Shelf
    """The portal's part of it."""
    switches: Switches
    """The vendor's open questions."""
    now: datetime
    """When the deed happens, aware."""


def lines_with(order: Document, item: Item) -> list[Document]:
    """Find the lines of an item's style and colour."""
    return [line for line in order["line_items"] if _is_style(line["product"], item)]


def entry_with(order: Document, item: Item) -> Document | None:
    """Find the first size entry of an item."""
    entries = (size for line in lines_with(order, item) for size in line.get("sizes", ()))
    return next((size for size in entries if size["size"] == item.size), None)


def style_with(shelf: Shelf, item: Item) -> Document:
    """Find the style document of an item; raises ScriptError."""
    for style in shelf.styles.values():
        if _is_style(style, item):
            return style
    raise ScriptError(f"no style {item.style_number!r} in {item.color!r}")


def _is_style(document: Document, item: Item) -> bool:
    return (document.get("style_number"), document.get("color")) == (item.style_number, item.color)
