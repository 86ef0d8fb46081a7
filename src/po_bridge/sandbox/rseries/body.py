"""Request bodies: scalars come as text or as JSON values, what is not known is ignored and noted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from .refusal import malformed

_TOO_LARGE = Decimal(10) ** 12


class Body:
    """One object of a request; remembers which of its members were asked for."""

    def __init__(self, members: object, where: str = "") -> None:
        """Take a JSON value; raises Refusal with 400 when it is no object."""
        if not isinstance(members, dict):
            raise malformed(f"{where or 'body'} must be an object")
        self.members: Mapping[str, Any] = members
        self.where = where
        self._known: set[str] = set()
        self._parts: list[Body] = []

    def __contains__(self, name: str) -> bool:
        """Tell whether a member is there."""
        self._known.add(name)
        return name in self.members

    @property
    def ignored(self) -> tuple[str, ...]:
        """Paths of the members that nobody asked for, here and below."""
        own = [self._path(name) for name in self.members if name not in self._known]
        return (*own, *(path for part in self._parts for path in part.ignored))

    def raw(self, name: str) -> Any:
        """Give a member as it came, None when it is absent."""
        self._known.add(name)
        return self.members.get(name)

    def text(self, name: str, default: str = "") -> str:
        """Read a text; null clears it."""
        if name not in self:
            return default
        value = self.members[name]
        if isinstance(value, dict | list):
            raise malformed(f"{self._path(name)} must be text")
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)

    def number(self, name: str, default: Decimal = Decimal(0)) -> Decimal:
        """Read a number, as text or as JSON; empty or null is zero."""
        if name not in self:
            return default
        written = self.text(name)
        try:
            value = Decimal(written or 0)
        except InvalidOperation as error:
            raise malformed(f"{self._path(name)}: {written!r} is not a number") from error
        if not value.is_finite() or abs(value) >= _TOO_LARGE:
            raise malformed(f"{self._path(name)}: {written!r} is out of range")
        return value

    def whole(self, name: str, default: int = 0) -> int:
        """Read a whole number."""
        value = self.number(name, Decimal(default))
        if value != value.to_integral_value():
            raise malformed(f"{self._path(name)}: {value} is not a whole number")
        return int(value)

    def flag(self, name: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002 - a value as any other
        """Read true or false, as text or as JSON."""
        if name not in self:
            return default
        written = self.text(name).lower()
        if written not in ("", "true", "false", "1", "0"):
            raise malformed(f"{self._path(name)} must be true or false")
        return written in ("true", "1")

    def part(self, name: str) -> Body | None:
        """Read a nested object; absent, null and empty text are none."""
        value = self.raw(name)
        if value is None or value in ("", []):
            return None
        return self.nested(value, self._path(name))

    def parts(self, wrapper: str, entity: str) -> list[Body] | None:
        """Read a collection such as `Prices.ItemPrice`, one or many; None when it is absent."""
        if wrapper not in self:
            return None
        outer = self.part(wrapper)
        if outer is None:
            return []
        rows = outer.raw(entity)
        if rows is None or rows == "":
            return []
        listed = rows if isinstance(rows, list) else [rows]
        return [outer.nested(row, f"{self._path(wrapper)}.{entity}") for row in listed]

    def nested(self, value: object, where: str) -> Body:
        """Take a value below as a body of its own, whose unknown members count with these."""
        made = Body(value, where)
        self._parts.append(made)
        return made

    def _path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name
