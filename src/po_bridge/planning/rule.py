"""Rules: what a person decides for every line that looks alike, of this order and of later ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from attrs import Attribute, field, frozen

from ..matching.options import color_key, size_key
from ..matching.style_numbers import style_key
from ..models.checks import filled
from ..models.keys import LineKey, quoted, unquoted
from ..models.named_record import name_key
from ..models.wholesale_order import OrderLine

PREFIX: Final = "rule:"
"""What the key of a rule begins with."""


class LineField(Enum):
    """What a rule looks at; all of it stands on the order line, so no style document is needed."""

    SEASON = "season"
    STYLE_NUMBER = "style number"
    COLOR = "colour"
    SIZE = "size"


_FOLDS: Final[MappingProxyType[LineField, Callable[[str], str]]] = MappingProxyType(
    {
        LineField.SEASON: name_key,
        LineField.STYLE_NUMBER: style_key,
        LineField.COLOR: color_key,
        LineField.SIZE: size_key,
    }
)
"""How the values of a field are compared: as matching compares them."""


@frozen(kw_only=True)
class Condition:
    """One field of a line equals a value."""

    what: LineField
    """The field."""
    value: str = field(converter=name_key, validator=filled)
    """The value, trimmed and case-folded, so that a rule written twice is one rule."""

    def holds(self, key: LineKey, line: OrderLine) -> bool:
        """Whether a line has the value; spellings that mean the same colour or size are equal."""
        fold = _FOLDS[self.what]
        return fold(_value(self.what, key, line)) == fold(self.value)

    def __str__(self) -> str:
        return f"{self.what.value} is {self.value!r}"


def _value(name: LineField, key: LineKey, line: OrderLine) -> str:
    values = {
        LineField.SEASON: line.season,
        LineField.STYLE_NUMBER: line.style_number,
        LineField.COLOR: key.color,
        LineField.SIZE: key.size,
    }
    return values[name]


def _in_order(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    fields = tuple(LineField)
    return tuple(sorted(set(conditions), key=lambda one: (fields.index(one.what), one.value)))


def _each_once(_instance: Any, attribute: Attribute[Any], value: tuple[Condition, ...]) -> None:
    """Refuse a rule that looks at nothing, or at one field twice; raises ValueError."""
    fields = [condition.what for condition in value]
    if not fields or len(set(fields)) < len(fields):
        raise ValueError(f"{attribute.name} must name at least one field, and each field once")


@frozen(kw_only=True)
class Rule:
    """Every line of a brand portal on which all conditions hold; what is decided stands in the decision."""

    portal: str = field(validator=filled)
    """Name of the brand portal."""
    when: tuple[Condition, ...] = field(converter=_in_order, validator=_each_once)
    """What must hold, each field at most once; kept in the order of the fields."""

    @property
    def key(self) -> str:
        """What the decision is stored under; equal rules have equal keys, ``parse`` reads it back."""
        conditions = (f"{one.what.name.lower()}={quoted(one.value)}" for one in self.when)
        return PREFIX + "/".join((quoted(self.portal), *conditions))

    @classmethod
    def parse(cls, key: str) -> Rule:
        """Read what ``key`` gives; raises ValueError for anything else."""
        portal, *conditions = key.removeprefix(PREFIX).split("/")
        if not key.startswith(PREFIX) or not conditions:
            raise ValueError(f"the key of a rule is rule:portal/field=value, got {key!r}")
        return cls(portal=unquoted(portal), when=tuple(map(_condition, conditions)))

    def applies(self, key: LineKey, lines: Sequence[OrderLine]) -> bool:
        """Whether it holds for a brand product and size: on every order line of it."""
        return key.portal == self.portal and all(one.holds(key, line) for one in self.when for line in lines)

    def is_narrower(self, other: Rule) -> bool:
        """Whether it asks for everything that another rule asks for, and for more."""
        return self.portal == other.portal and set(other.when) < set(self.when)

    def __str__(self) -> str:
        return f"every line of {self.portal} whose {' and '.join(map(str, self.when))}"


def _condition(text: str) -> Condition:
    name, sign, value = text.partition("=")
    by_name = {one.name.lower(): one for one in LineField}
    if not sign or name not in by_name:
        raise ValueError(
            f"a condition is one of {', '.join(by_name)}, a sign of equality and a value; got {text!r}"
        )
    return Condition(what=by_name[name], value=unquoted(value))


def every_line(
    portal: str, *, season: str = "", style_number: str = "", color: str = "", size: str = ""
) -> Rule:
    """Make a rule for every line of a portal whose fields equal what is given; an empty one does not count.

    Raises ValueError where nothing is given.
    """
    given = zip(LineField, (season, style_number, color, size), strict=True)
    return Rule(
        portal=portal, when=tuple(Condition(what=name, value=value) for name, value in given if value)
    )
