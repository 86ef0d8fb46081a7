r"""Where a value stands on the wire.

A *place* is written as text:

============== ==================================================================================
``vendor.code`` the key ``code`` of the object ``vendor`` of the element that is read
``^end``        the key ``end`` one list further out; ``^^end`` two lists further out
``.``           the element itself (only for a part)
``@portal``     not in the document: the value named ``portal`` that the caller of ``read`` passes
``#index``      the element's place in its list; ``#key`` its key, where the list is an object's entries
``#path``       where the element stands, as ``$.line_items[3].sizes[0]``
============== ==================================================================================

A dot inside a key is written ``\.``; ``#`` places take ``^`` too.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, TypeAlias

from attrs import frozen

from ..errors import Misuse

_STEP: Final = re.compile(r"(?:[^.\\]|\\.)+")
_ENTRIES: Final = "{}"


class Spot(Enum):
    """What can be known of an element besides what it holds."""

    INDEX = "index"
    """Place in its list, from 0."""
    KEY = "key"
    """Key in its object."""
    PATH = "path"
    """Path in the document."""


@frozen
class Path:
    """Keys inside the document."""

    keys: tuple[str, ...] = ()
    """Keys from the element inwards; none is the element itself."""
    up: int = 0
    """Lists further out."""

    def __str__(self) -> str:
        return "^" * self.up + (dotted(self.keys) or ".")


@frozen
class Given:
    """A value that the caller of ``read`` passes."""

    name: str
    """Its name."""

    def __str__(self) -> str:
        return f"@{self.name}"


@frozen
class Position:
    """Where the element stands."""

    spot: Spot
    """Which fact of it."""
    up: int = 0
    """Lists further out."""

    def __str__(self) -> str:
        return f"{'^' * self.up}#{self.spot.value}"


Place: TypeAlias = Path | Given | Position


@frozen
class Over:
    """One list that a table walks, or the entries of an object."""

    keys: tuple[str, ...] = ()
    """Keys to it from the level outside; none: the document itself is the list."""
    entries: bool = False
    """The entries of an object instead of the elements of a list."""

    def __str__(self) -> str:
        return (dotted(self.keys) or ".") + (_ENTRIES if self.entries else "")


def dotted(keys: tuple[str, ...]) -> str:
    """Write keys as one text, a dot between them."""
    return ".".join(key.replace("\\", "\\\\").replace(".", "\\.") for key in keys)


def _keys(text: str, whole: str) -> tuple[str, ...]:
    if text == ".":
        return ()
    steps = _STEP.findall(text)
    if not steps or ".".join(steps) != text:
        raise Misuse(f"{whole!r} is no path: keys with a dot between them are expected")
    return tuple(re.sub(r"\\(.)", r"\1", step) for step in steps)


def parse_place(text: str) -> Place:
    """Read what ``str`` of a place writes; raises Misuse for anything else."""
    inner = text.lstrip("^")
    up = len(text) - len(inner)
    if inner.startswith("@") and up == 0 and len(inner) > 1:
        return Given(inner[1:])
    if inner.startswith("#"):
        found = {spot.value: spot for spot in Spot}.get(inner[1:])
        if found is None:
            raise Misuse(f"{text!r} is no path: only #index, #key and #path are known of an element")
        return Position(found, up)
    return Path(_keys(inner, text), up)


def parse_path(text: str) -> Path:
    """Read a place that is a key of the document; raises Misuse for any other."""
    place = parse_place(text)
    if not isinstance(place, Path) or not place.keys:
        raise Misuse(f"{text!r} is no key of a document")
    return place


def parse_places(text: str | tuple[str, ...]) -> tuple[Place, ...]:
    """Read one path or several; raises Misuse for none at all."""
    texts = (text,) if isinstance(text, str) else text
    if not texts:
        raise Misuse("a rule needs at least one path")
    return tuple(parse_place(one) for one in texts)


def parse_over(text: str) -> Over:
    """Read ``line_items``, ``data.items``, ``pricing{}`` (an object's entries) or ``.``; raises Misuse."""
    entries = text.endswith(_ENTRIES)
    return Over(_keys(text.removesuffix(_ENTRIES) or ".", text), entries)
