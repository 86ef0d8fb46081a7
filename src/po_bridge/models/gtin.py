"""The number of a trade item, one form for all of its written ones."""

from __future__ import annotations

from typing import Any, Final

from attrs import Attribute, field, frozen

from ..errors import Misuse

LENGTHS: Final = (8, 12, 13, 14)
"""Digits of GTIN-8, GTIN-12 (UPC-A), GTIN-13 (EAN-13) and GTIN-14."""

WEIGHTED: Final = bytes((3 * (n // 1000 + n // 10 % 10) + n // 100 % 10 + n % 10) % 10 for n in range(10_000))
"""Weighted sums of four digits modulo 10; weights 3, 1, 3, 1, the same in each four from the right."""

_EIGHT = "0" * 6
_VARIABLE_MEASURE = 9


def is_digits(text: str) -> bool:
    """Tell whether *text* is ASCII digits and nothing else; other scripts' digits are none."""
    return text.isascii() and text.isdecimal()


def check_digit(body: str) -> int:
    """Compute the check digit that belongs behind *body*, by the modulo-10 rule.

    Weights are 3, 1, 3, 1, ... from the right, GS1 General Specifications, section 7.9.1.
    Raises ValueError where *body* is empty or holds anything but ASCII digits.
    """
    if not is_digits(body):
        raise ValueError(f"a check digit is computed over ASCII digits, got {body!r}")
    values = body.encode()
    # Summed as bytes, three times faster than digit by digit; each byte is its digit and 48 more.
    total = 3 * sum(values[::-2]) + sum(values[-2::-2]) - 48 * (len(body) + 2 * ((len(body) + 1) // 2))
    return -total % 10


def ends_with_check_digit(number: int) -> bool:
    """Tell whether the last digit of a number of at most 14 digits is the check digit of the others.

    Leading zeros weigh nothing, so that a GTIN of any length may be asked for. 0 itself is right.
    """
    low = WEIGHTED[number % 10_000] + WEIGHTED[number // 10_000 % 10_000]
    high = WEIGHTED[number // 100_000_000 % 10_000] + WEIGHTED[number // 1_000_000_000_000]
    return (low + high) % 10 == 0


def _right_key(_instance: Any, attribute: Attribute[Any], value: str) -> None:
    """Refuse what is no GTIN-14; raises ValueError."""
    if len(value) != 14 or not is_digits(value):
        raise ValueError(f"{attribute.name} must be 14 ASCII digits, got {value!r}")
    if not ends_with_check_digit(int(value)):
        raise ValueError(
            f"{attribute.name} must end with check digit {check_digit(value[:-1])}, got {value!r}"
        )


@frozen(kw_only=True, order=True)
class Gtin:
    """A Global Trade Item Number, compared by its 14-digit key.

    A GTIN-8, -12 or -13 is the GTIN-14 with leading zeros (GS1 General Specifications, AI (01)),
    so an EAN-13 with a leading zero and the UPC-A without it are equal.
    """

    key: str = field(validator=_right_key)
    """Fourteen ASCII digits with the right check digit."""
    written: str = field(default="", eq=False)
    """What stood in the document, empty where it was not read from one."""

    @classmethod
    def parse(cls, text: str) -> Gtin:
        """Read 8, 12, 13 or 14 digits; raises ValueError for any other length, sign or check digit.

        Eight digits are a GTIN-8 here, never a UPC-E: damaged and ambiguous codes are ``matching``'s work.
        """
        if len(text) not in LENGTHS or not is_digits(text):
            raise ValueError(f"a GTIN is 8, 12, 13 or 14 ASCII digits, got {text!r}")
        return cls(key=text.zfill(14), written=text)

    @classmethod
    def of_number(cls, number: int) -> Gtin:
        """Make the GTIN of an index key; raises ValueError where *number* is none."""
        return cls(key=f"{number:014d}")

    def __str__(self) -> str:
        return self.as_upc or self.as_ean or self.key

    @property
    def number(self) -> int:
        """The key as an integer, as indexes hold it."""
        return int(self.key)

    @property
    def indicator(self) -> int:
        """The first digit: 0 for a base unit, 1 to 8 for a case or other grouping, 9 for variable measure."""
        return int(self.key[0])

    @property
    def is_eight(self) -> bool:
        """Whether the number is a GTIN-8; no longer number begins with so many zeros."""
        return self.key.startswith(_EIGHT)

    @property
    def as_upc(self) -> str | None:
        """The 12 digits of a UPC-A; None where the number has no such form."""
        return self.key[2:] if self.key.startswith("00") and not self.is_eight else None

    @property
    def as_ean(self) -> str | None:
        """The 8 or 13 digits of an EAN; None where the number has an indicator."""
        if self.is_eight:
            return self.key[6:]
        return self.key[1:] if self.indicator == 0 else None

    @property
    def is_case(self) -> bool:
        """Whether it numbers a case or another grouping of a fixed count of eaches."""
        return 0 < self.indicator < _VARIABLE_MEASURE

    def each(self) -> Gtin:
        """Give the number of the each in a case: indicator 0, check digit computed anew.

        An each gives itself. How many eaches a case holds the number does not say.
        A case numbered by GTIN-13 or GTIN-12 of its own cannot be told from an each.
        Raises Misuse for variable measure (indicator 9), which has no each.
        """
        if self.indicator == 0:
            return self
        if not self.is_case:
            raise Misuse(f"GTIN {self.key} is of variable measure (indicator 9) and has no each")
        body = f"0{self.key[1:13]}"
        return Gtin(key=f"{body}{check_digit(body)}", written=self.written)
