"""The numbers that a product's written codes may be, by how surely they are them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from .judgement import Fit, NoCode, Placeholder
from .readings import CodeReadings, Reading, ReadingKind

_NONE: Final[Mapping[int, Reading]] = MappingProxyType({})

_NO_IDENTITY: Final = {ReadingKind.RESTRICTED, ReadingKind.VARIABLE_MEASURE}


def is_fit(read: CodeReadings) -> bool:
    """Tell whether a written code is a number that is right as it stands."""
    return isinstance(read.judgement, Fit)


def is_own_text(read: CodeReadings) -> bool:
    """Tell whether a written code means something to its writer alone, as an internal SKU does."""
    # asked of every code several times, and nearly all are fit
    if isinstance(read.judgement, (Fit, NoCode, Placeholder)):
        return False
    return all(reading.kind in _NO_IDENTITY for reading in read.readings)


@frozen(kw_only=True)
class CodeNumbers:
    """GTIN keys as integers, each with the reading it was had by."""

    plain: Mapping[int, Reading] = _NONE
    """Codes that are right as they stand."""
    hints: Mapping[int, Reading] = _NONE
    """Other readings, which need a second sign."""
    eaches: Mapping[int, Reading] = _NONE
    """Eaches in the cases that codes name; a person must say how many a case holds."""

    @property
    def all(self) -> tuple[int, ...]:
        """Every number once, sorted."""
        return tuple(sorted({*self.plain, *self.hints, *self.eaches}))


def _kind(reading: Reading) -> str:
    """Name the field of ``CodeNumbers`` that a reading belongs to; empty for none."""
    if reading.kind is ReadingKind.PLAIN:
        return "plain"
    if reading.kind is ReadingKind.CASE_OF_EACH:
        return "eaches"
    return "" if reading.kind in _NO_IDENTITY else "hints"


def numbers_of(codes: Iterable[CodeReadings]) -> CodeNumbers:
    """Sort the readings of codes by their sureness; what is no identity is left out."""
    found: dict[str, dict[int, Reading]] = {}
    for read in codes:
        for reading in read.readings:
            kind = _kind(reading)
            if kind:
                found.setdefault(kind, {}).setdefault(reading.gtin.number, reading)
    return CodeNumbers(**found)
