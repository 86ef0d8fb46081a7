"""The numbers that a product's written codes may be, by how surely they are them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from ..models.checks import frozen_mapping
from .judgement import Fit, NoCode, Placeholder
from .readings import CodeReadings, Reading, ReadingKind

_NO_IDENTITY: Final = {ReadingKind.RESTRICTED, ReadingKind.VARIABLE_MEASURE}


def is_fit(read: CodeReadings) -> bool:
    """Tell whether a written code is a number that is right as it stands."""
    return isinstance(read.judgement, Fit)


def is_own_text(read: CodeReadings) -> bool:
    """Tell whether a written code means something to its writer alone, as an internal SKU does."""
    nothing = isinstance(read.judgement, NoCode | Placeholder)
    return not nothing and all(reading.kind in _NO_IDENTITY for reading in read.readings)


@frozen(kw_only=True)
class CodeNumbers:
    """GTIN keys as integers, each with the reading it was had by."""

    plain: Mapping[int, Reading] = field(factory=dict, converter=frozen_mapping)
    """Codes that are right as they stand."""
    hints: Mapping[int, Reading] = field(factory=dict, converter=frozen_mapping)
    """Other readings, which need a second sign."""
    eaches: Mapping[int, Reading] = field(factory=dict, converter=frozen_mapping)
    """Eaches in the cases that codes name; a person must say how many a case holds."""

    @property
    def all(self) -> tuple[int, ...]:
        """Every number once, sorted."""
        return tuple(sorted({*self.plain, *self.hints, *self.eaches}))


def numbers_of(codes: Iterable[CodeReadings]) -> CodeNumbers:
    """Sort the readings of codes by their sureness; what is no identity is left out."""
    plain: dict[int, Reading] = {}
    hints: dict[int, Reading] = {}
    eaches: dict[int, Reading] = {}
    for read in codes:
        for reading in read.readings:
            if reading.kind.alone:
                plain.setdefault(reading.gtin.number, reading)
            elif reading.kind is ReadingKind.CASE_OF_EACH:
                eaches.setdefault(reading.gtin.number, reading)
            elif reading.kind not in _NO_IDENTITY:
                hints.setdefault(reading.gtin.number, reading)
    return CodeNumbers(plain=plain, hints=hints, eaches=eaches)
