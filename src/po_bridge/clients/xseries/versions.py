"""Versions of the API: quarterly, supported for twelve months, then answered silently by another.

Source: the vendor's versioning guide. A request to an expired version is no error there, so it is one here.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

from attrs import frozen

from ...errors import OperatorError


class ApiVersion(Enum):
    """A version this adapter can speak."""

    V2026_07 = "2026-07"
    """Products the old way: a family is products of one name."""
    V2026_10 = "2026-10"
    """Product families as a resource of their own."""


RELEASED: Final = {ApiVersion.V2026_07: date(2026, 7, 1), ApiVersion.V2026_10: date(2026, 10, 1)}
"""First day of each version."""
ENDS: Final = {ApiVersion.V2026_07: date(2027, 7, 1), ApiVersion.V2026_10: date(2027, 10, 1)}
"""First day on which each version need not be answered any more: twelve months after its release."""


@frozen(kw_only=True)
class VersionAge:
    """How old a version is on a day."""

    version: ApiVersion
    """Which one."""
    months: int
    """Whole months since its release; below zero before it."""
    days_left: int
    """Days until its support ends; zero or less: it has expired."""

    @property
    def expired(self) -> bool:
        """Whether another version may answer in its place."""
        return self.days_left <= 0

    def __str__(self) -> str:
        end = ENDS[self.version].isoformat()
        state = f"expired on {end}" if self.expired else f"supported until {end}, {self.days_left} days more"
        return f"X-Series API {self.version.value}, {self.months} months old, {state}"


class ExpiredVersion(OperatorError):
    """A version that the vendor no longer answers as itself was about to be asked."""

    def __init__(self, age: VersionAge) -> None:
        self.age = age
        """Version and age."""
        super().__init__(
            f"{age}; the vendor would answer with another version without saying so: upgrade po_bridge, "
            "or choose a newer version in the adapter's settings"
        )


def version_age(version: ApiVersion, today: date) -> VersionAge:
    """Age and remaining support of a version on a day."""
    since = RELEASED[version]
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    return VersionAge(version=version, months=months, days_left=(ENDS[version] - today).days)
