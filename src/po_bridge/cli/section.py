"""One table of the configuration, read key by key; faults are noted with their paths and stop nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeVar

from ..mapping.seen import MISSING, key_text
from ..models.secret import Secret
from .faults import Faults, Told, variable_of

T = TypeVar("T")

_NAMES: Final = "value"


class Section:
    """A table; ``close`` notes every key that nobody asked for.

    The environment speaks over the file, key by key: a variable holds a text as it is, anything else as TOML.
    """

    def __init__(self, table: Any, path: str, faults: Faults, steps: tuple[str, ...] = ()) -> None:
        self._faults = faults
        self._path = path
        self._steps = steps
        self._table: dict[str, Any] = table if isinstance(table, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(table, dict):
            faults.hide(path, "a table")

    def has(self, key: str) -> bool:
        """Whether a key is there, or a variable in its place."""
        return key in self._table or self._told(key) is not None

    def path(self, key: str) -> str:
        """Where a key stands: its variable where that is set, else its place in the file."""
        steps = (*self._steps, key)
        return variable_of(steps) if self._faults.told(steps) else f"{self._path}{key_text(key)}"

    def _told(self, key: str) -> Told | None:
        return self._faults.told((*self._steps, key))

    def _text(self, key: str) -> Any:
        """What stands there where a text is wanted."""
        self._asked.add(key)
        told = self._told(key)
        return self._table.get(key, MISSING) if told is None else told.text

    def _take(self, key: str) -> Any:
        """What stands there where no text is wanted; a variable is read as TOML."""
        value = self._text(key)
        if self._told(key) is None:
            return value
        try:
            return tomllib.loads(f"{_NAMES} = {value}", parse_float=Decimal)[_NAMES]
        except tomllib.TOMLDecodeError:
            return value

    def _checked(self, key: str, kind: type[T], expected: str, default: T) -> T:
        value = self._take(key)
        if value is MISSING:
            return default
        if type(value) is not kind:
            self._faults.add(self.path(key), value, expected)
            return default
        return value

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self._text(key)
        if value is MISSING:
            return default
        if type(value) is not str:
            self._faults.add(self.path(key), value, "a text")
            return default
        return value

    def needed(self, key: str) -> str:
        """A text that must be there and not be empty."""
        value = self._text(key)
        if type(value) is not str or not value.strip():
            self._faults.add(self.path(key), value, "a text")
            return ""
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return self._checked(key, bool, "true or false", default)

    def maybe(self, key: str) -> bool | None:
        """True, false, or None where nobody knows."""
        value = self._take(key)
        if value is not MISSING and type(value) is not bool:
            self._faults.add(self.path(key), value, "true or false")
        return value if type(value) is bool else None

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        return self._checked(key, int, "a whole number", default)

    def seconds(self, key: str, default: float) -> float:
        """A number of seconds, not negative."""
        value = self._take(key)
        if value is MISSING:
            return default
        if type(value) not in {int, Decimal} or value < 0:
            self._faults.add(self.path(key), value, "a number of seconds")
            return default
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._checked(key, list, "a list of texts", [])
        if any(type(one) is not str for one in value):
            self._faults.add(self.path(key), value, "a list of texts")
            return ()
        return tuple(value)

    def choice(self, key: str, words: Mapping[str, T], default: T) -> T:
        """One of some words."""
        value = self._text(key)
        if value is MISSING:
            return default
        if type(value) is not str or value not in words:
            self._faults.add(self.path(key), value, f"one of {', '.join(map(repr, words))}")
            return default
        return words[value]

    def each(self, key: str, read: Callable[[Section, str], T]) -> dict[str, T]:
        """A table of anything, value by value."""
        inside = self.inside(key)
        return {name: read(inside, name) for name in inside.keys()}  # noqa: SIM118  # not a mapping

    def keys(self) -> tuple[str, ...]:
        """Every key that is there."""
        return tuple(self._table)

    def inside(self, key: str) -> Section:
        """A table inside; an empty one where there is none."""
        value = self._take(key)
        return Section({} if value is MISSING else value, self.path(key), self._faults, (*self._steps, key))

    def sections(self, key: str) -> tuple[Section, ...]:
        """A list of tables."""
        value = self._take(key)
        if value is MISSING:
            return ()
        if type(value) is not list:
            self._faults.hide(self.path(key), "a list of tables")
            return ()
        return tuple(
            Section(one, f"{self.path(key)}[{place}]", self._faults, (*self._steps, key, str(place)))
            for place, one in enumerate(value)
        )

    def amount(self, key: str) -> Decimal:
        """A positive number, also written as a text."""
        value = self._take(key)
        try:
            number = Decimal(value) if type(value) in {int, str, Decimal} else Decimal(0)
        except InvalidOperation:
            number = Decimal(0)
        if not number.is_finite() or number <= 0:
            self._faults.add(self.path(key), value, "a positive number")
            return Decimal(1)
        return number

    def secret(self, key: str, *, inline: bool) -> Secret:
        """A secret: ``{ env = "NAME" }``, or the text itself where *inline* allows it; never shown."""
        told, value, expected = self._told(key), self._text(key), 'a secret, as { env = "NAME" }'
        if told is not None:
            return Secret(told.text)
        if value is MISSING:
            self._faults.add(self.path(key), value, expected)
            return Secret()
        if type(value) is str and value:
            if not inline:
                self._faults.hide(
                    self.path(key), f"{expected}; one for another machine is not kept in a file"
                )
            return Secret(value)
        if type(value) is dict and set(value) == {"env"} and type(value["env"]) is str:
            return self._from_environment(key, value["env"])
        self._faults.hide(self.path(key), expected)
        return Secret()

    def _from_environment(self, key: str, name: str) -> Secret:
        found = self._faults.named(name)
        if self._faults.needs_secrets and not found:
            self._faults.add(self.path(key), MISSING, f"a value in the environment variable {name}")
        return Secret(found)

    def refuse(self, expected: str) -> None:
        """Note that the table as a whole does not do, as a constructor said."""
        self._faults.hide(self._path, expected)

    def fault(self, key: str, expected: str) -> None:
        """Note that a key's value does not do, as a constructor said."""
        self._faults.add(self.path(key), self._table.get(key, MISSING), expected)

    def close(self) -> None:
        """Note every key that nobody asked for; their values are not shown, one may be a misspelt secret."""
        for key in self._table.keys() - self._asked:
            known = ", ".join(sorted(self._asked))
            self._faults.hide(f"{self._path}{key_text(key)}", f"no such key; known here are {known}")
