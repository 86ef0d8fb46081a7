"""What an adapter has learned about its portals since it was made; all that it remembers."""

from __future__ import annotations

from attrs import define, field

from .portal import Portal
from .scheme import Scheme


@define(kw_only=True)
class Habits:
    """Grows by what answers tell; losing it costs a few calls and nothing else."""

    _schemes: dict[str, Scheme] = field(factory=dict, init=False)
    _without_numbers: set[str] = field(factory=set, init=False)
    _without_days: set[str] = field(factory=set, init=False)
    _without_stock: set[str] = field(factory=set, init=False)

    def scheme(self, portal: Portal) -> Scheme:
        """The way to sign for a portal: the one that worked, else the configured one."""
        return self._schemes.get(portal.name, portal.scheme)

    def settled(self, portal: Portal) -> bool:
        """Whether a signature was accepted before, so that the other scheme is not worth a call."""
        return portal.name in self._schemes

    def settle(self, portal: Portal, scheme: Scheme) -> None:
        """Remember the scheme whose signature was accepted."""
        self._schemes[portal.name] = scheme

    def finds_numbers(self, portal: Portal) -> bool:
        """Whether reading by number is worth a call."""
        return portal.name not in self._without_numbers

    def no_numbers(self, portal: Portal) -> None:
        """Remember that the portal's host does not read by number."""
        self._without_numbers.add(portal.name)

    def lists_days(self, portal: Portal) -> bool:
        """Whether listing by day is worth a call."""
        return portal.name not in self._without_days

    def no_days(self, portal: Portal) -> None:
        """Remember that the portal's host does not list by day."""
        self._without_days.add(portal.name)

    def tells_stock(self, portal: Portal) -> bool:
        """Whether asking for inventory is worth a call."""
        return portal.name not in self._without_stock

    def no_stock(self, portal: Portal) -> None:
        """Remember that the portal's host does not tell inventory."""
        self._without_stock.add(portal.name)
