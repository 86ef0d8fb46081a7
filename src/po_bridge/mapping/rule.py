"""A rule: one attribute of a model, where it stands on the wire and how it is written there.

Every rule is data: it can be listed, inverted, rendered and replaced.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, overload

from attrs import Attribute, field, frozen

from ..errors import Misuse
from .codec import Codec
from .path import Path, Place, parse_path, parse_place, parse_places

if TYPE_CHECKING:
    from .table import Table

T = TypeVar("T")
M = TypeVar("M")
Paths: TypeAlias = str | tuple[str, ...]


class Unset(Enum):
    """Tells *no default* from the default None."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET


class Absent(Enum):
    """Which wire values count as a missing key."""

    KEY = "a missing key"
    """Null goes to the codec."""
    NULL = "a missing key or null"
    BLANK = "a missing key, null or empty text"


@frozen(kw_only=True)
class Field:
    """One attribute with one codec."""

    attribute: Attribute[Any] = field(repr=lambda attribute: attribute.name)
    """Of the model."""
    codec: Codec[Any]
    """How the value is written."""
    reads: tuple[Place, ...] = ()
    """The first one present is read; none: the attribute is only written."""
    writes: Path | None = None
    """Where it is written; None: it is only read."""
    two_way: bool = False
    """Reading undoes writing; the table is checked for it. ``read=`` and ``write=`` claim nothing."""
    default: Any = UNSET
    """The value where nothing is present; UNSET: see ``required``."""
    required: bool = True
    """False with an UNSET default: the model's own default."""
    absent: Absent = Absent.KEY
    """What counts as missing."""
    all_present: bool = False
    """The attribute is the tuple of everything present at the paths, in their order."""
    only_on_create: bool = False
    """Left out when an existing record is written."""
    always_written: bool = False
    """Written even where it is the default; otherwise the default is written by leaving the key out."""
    label: str | None = None
    """What people call it."""
    note: str | None = None
    """What the table cannot say, for the rendered page."""


@frozen(kw_only=True)
class Part:
    """An attribute that is a model of its own, read by a table of its own from an object, or beside it."""

    attribute: Attribute[Any] = field(repr=lambda attribute: attribute.name)
    """Of the model."""
    table: Table[Any]
    """Reads and writes the part."""
    at: Path
    """The object; ``.`` where the part's fields stand beside the others."""
    default: Any = UNSET
    """The value where the object is missing or null; UNSET: its fields are missing then."""
    label: str | None = None
    """What people call it."""
    note: str | None = None
    """For the rendered page."""


@frozen(kw_only=True)
class Rows:
    """An attribute that is a tuple of models, one for each innermost element the table walks over."""

    attribute: Attribute[Any] = field(repr=lambda attribute: attribute.name)
    """Of the model."""
    table: Table[Any]
    """Reads and writes one of them; walks over the lists."""
    default: Any = UNSET
    """The value where the outermost list is missing or null; UNSET: that is an issue."""
    label: str | None = None
    """What people call it."""
    note: str | None = None
    """For the rendered page."""


@frozen(kw_only=True)
class Constant:
    """An attribute that the wire does not tell, the same for every value of the table."""

    attribute: Attribute[Any] = field(repr=lambda attribute: attribute.name)
    """Of the model."""
    value: Any
    """Its value."""
    label: str | None = None
    """What people call it."""
    note: str | None = None
    """For the rendered page."""


@frozen(kw_only=True)
class WireConstant:
    """A wire value that stands in every document written, and in no attribute."""

    writes: Path
    """Where."""
    value: Any
    """As on the wire."""
    only_on_create: bool = False
    """Left out when an existing record is written."""
    note: str | None = None
    """For the rendered page."""


Rule: TypeAlias = Field | Part | Rows | Constant


@overload
def rule(
    attribute: Attribute[T],
    path: Paths,
    codec: Codec[T],
    *,
    default: T | Unset = ...,
    required: bool = ...,
    absent: Absent = ...,
    only_on_create: bool = ...,
    always_written: bool = ...,
    label: str | None = ...,
    note: str | None = ...,
) -> Field: ...
@overload
def rule(
    attribute: Attribute[T],
    *,
    codec: Codec[T],
    read: Paths | None = ...,
    write: str | None = ...,
    default: T | Unset = ...,
    required: bool = ...,
    absent: Absent = ...,
    only_on_create: bool = ...,
    always_written: bool = ...,
    label: str | None = ...,
    note: str | None = ...,
) -> Field: ...
def rule(
    attribute: Attribute[Any],
    path: Paths | None = None,
    codec: Codec[Any] | None = None,
    *,
    read: Paths | None = None,
    write: str | None = None,
    **flags: Any,
) -> Field:
    """Say where an attribute stands: ``rule(fields(Order).note, "notes", TEXT, label="Note")``.

    A tuple of paths reads the first one present and writes the first.
    ``read=`` and ``write=`` instead of *path* are two ways that may differ; one alone is one way.
    A missing key is an issue unless there is a *default*, or ``required=False`` for the model's own default.
    Raises Misuse for a path that is none.
    """
    if codec is None:
        raise Misuse(f"the rule for {attribute.name} names no codec")
    reads, writes = _ways(attribute, path, read, write)
    return Field(
        attribute=attribute, codec=codec, reads=reads, writes=writes, two_way=path is not None, **flags
    )


def gathered(
    attribute: Attribute[tuple[T, ...]],
    paths: tuple[str, ...],
    codec: Codec[T],
    *,
    absent: Absent = Absent.BLANK,
    label: str | None = None,
    note: str | None = None,
) -> Field:
    """Say that an attribute is the tuple of what stands at several paths, as the lines of an address.

    Paths with nothing are passed over; values are written to the paths in their order.
    """
    places = parse_places(paths)
    return Field(
        attribute=attribute,
        codec=codec,
        reads=places,
        writes=_written_to(attribute, places[0]),
        two_way=True,
        default=(),
        absent=absent,
        all_present=True,
        label=label,
        note=note,
    )


def part(
    attribute: Attribute[M] | Attribute[M | None],
    at: str,
    table: Table[M],
    *,
    default: M | Unset | None = UNSET,
    label: str | None = None,
    note: str | None = None,
) -> Part:
    """Say that an attribute is a model of its own; raises Misuse for a path outside the element."""
    place = parse_place(at)
    if not isinstance(place, Path) or place.up:
        raise Misuse(f"the part {attribute.name} must stand in its own element, not at {at!r}")
    if not place.keys and default is not UNSET:
        raise Misuse(f"the part {attribute.name} stands beside its owner's fields and is never missing")
    return Part(attribute=attribute, at=place, table=table, default=default, label=label, note=note)


def rows(
    attribute: Attribute[tuple[M, ...]] | Attribute[tuple[M, ...] | None],
    table: Table[M],
    *,
    default: tuple[M, ...] | Unset | None = UNSET,
    label: str | None = None,
    note: str | None = None,
) -> Rows:
    """Say that an attribute holds one value for each innermost element that *table* walks over."""
    return Rows(attribute=attribute, table=table, default=default, label=label, note=note)


def constant(
    attribute: Attribute[T], value: T, *, label: str | None = None, note: str | None = None
) -> Constant:
    """Say that an attribute is the same for every value of the table and on no wire."""
    return Constant(attribute=attribute, value=value, label=label, note=note)


def argument(attribute: Attribute[Any]) -> str:
    """Name the argument of the model that takes an attribute."""
    return attribute.alias or attribute.name


def wire_constant(
    path: str, value: Any, *, only_on_create: bool = False, note: str | None = None
) -> WireConstant:
    """Say that every document written holds *value* at *path*; reading does not look at it."""
    return WireConstant(writes=parse_path(path), value=value, only_on_create=only_on_create, note=note)


def _ways(
    attribute: Attribute[Any], path: Paths | None, read: Paths | None, write: str | None
) -> tuple[tuple[Place, ...], Path | None]:
    """Sort out the two ways of a rule."""
    if path is not None:
        if read is not None or write is not None:
            raise Misuse(
                f"the rule for {attribute.name} has a path for both ways: read= and write= are too much"
            )
        places = parse_places(path)
        return places, _written_to(attribute, places[0])
    if read is None and write is None:
        raise Misuse(f"the rule for {attribute.name} needs a path, read= or write=")
    reads = () if read is None else parse_places(read)
    return reads, None if write is None else parse_path(write)


def _written_to(attribute: Attribute[Any], place: Place) -> Path:
    if not isinstance(place, Path) or not place.keys:
        raise Misuse(f"{attribute.name} cannot be written to {place}, no key of a document; use read=")
    return place
