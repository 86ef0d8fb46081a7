"""Documents with faults, for fuzzing whatever reads them: missing, null, wrong type, extra, huge, respelt.

Chance is an argument (``random.Random(seed)`` fits), so that a run can be had again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Protocol, TypeVar, assert_never

from attrs import define, field

T = TypeVar("T")

Path = tuple[str | int, ...]
"""Keys and indexes from the document inwards."""


class Chance(Protocol):
    """What is drawn from."""

    def choice(self, seq: Sequence[T], /) -> T:
        """One of several."""
        ...

    def randrange(self, stop: int, /) -> int:
        """A number from 0 up to, but not with, *stop*."""
        ...


class Spoil(Enum):
    """What is done to one place of a document."""

    MISSING = "missing"
    NULL = "null"
    TYPE = "wrong type"
    EXTRA = "extra"
    HUGE = "huge"
    RESPELT = "another spelling"


ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -1,
    7,
    Decimal("1.5"),
    Decimal("-0.000001"),
    Decimal("1E+99999"),
    Decimal("0E-99999"),
    "",
    " ",
    "x",
    "$1.00",
    "12.5",
    "-3",
    "1e5",
    "2025-03-01",
    "2025-03-01T00:00:00.000Z",
    "2025-02-30",
    "9999-12-31T23:59:59-23:00",
    "0001-01-01T00:00:00+23:00",
    "\u202e\x00\uffff",
    [],
    {},
    [[]],
    [{}],
    [None],
    ["a"],
    {"": {}},
    {"a.b": 1},
    {"USD": {"retail": []}},
)
"""Values that stand where others should."""


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


HUGE: Final[tuple[Any, ...]] = (
    10**15,
    10**30,
    10**400,
    -(10**400),
    Decimal("9" * 60),
    Decimal("1E-400"),
    "9" * 5_000,
    "x" * 20_000,
    ["y"] * 2_000,
    {str(number): number for number in range(500)},
    _nested(200),
)
"""Values larger than anybody means."""


@define(kw_only=True)
class Spoiler:
    """Makes faulty copies of one document; the document itself stays as it is."""

    document: Any
    """What is copied."""
    spellings: Mapping[str, str] = field(factory=dict)
    """Other names that keys have elsewhere, as in another generation of the same platform."""
    _places: tuple[Path, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._places = tuple(places(self.document))

    def spoiled(self, chance: Chance, faults: int) -> tuple[Any, tuple[Spoil, ...]]:
        """A copy with up to so many faults, and what was done; a place that an earlier fault took is left out."""
        made, done = self.document, []
        for _ in range(faults):
            path, spoil = chance.choice(self._places), chance.choice(tuple(Spoil))
            try:
                made = self._changed(made, path, spoil, chance)
            except (LookupError, TypeError):
                continue
            done.append(spoil)
        return made, tuple(done)

    def _changed(self, value: Any, path: Path, spoil: Spoil, chance: Chance) -> Any:
        key, *rest = path
        copy: Any = dict(value) if isinstance(value, dict) else list(value)
        if rest:
            copy[key] = self._changed(copy[key], tuple(rest), spoil, chance)
            return copy
        held = copy[key]
        match spoil:
            case Spoil.MISSING:
                del copy[key]
            case Spoil.NULL:
                copy[key] = None
            case Spoil.TYPE:
                copy[key] = chance.choice(ODD)
            case Spoil.HUGE:
                copy[key] = chance.choice(HUGE)
            case Spoil.EXTRA:
                _add(copy, key, chance.choice(ODD))
            case Spoil.RESPELT:
                self._respell(copy, key, held)
            case _:
                assert_never(spoil)
        return copy

    def _respell(self, copy: Any, key: Any, held: Any) -> None:
        """Move a value to its other name; where it has none, write a number as text and text as a number."""
        other = self.spellings.get(key) if isinstance(key, str) else None
        if other is not None:
            del copy[key]
            copy[other] = held
        elif isinstance(held, str):
            copy[key] = Decimal(held) if held.isascii() and held.isdecimal() and len(held) < 40 else [held]
        else:
            copy[key] = str(held)


def _add(copy: Any, key: Any, value: Any) -> None:
    if isinstance(copy, dict):
        copy[f"{key}_2"] = value
    else:
        copy.append(value)


def places(value: Any, at: Path = ()) -> Iterator[Path]:
    """Every place in a document but the whole."""
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for key, inner in inside:
        yield (*at, key)
        yield from places(inner, (*at, key))
