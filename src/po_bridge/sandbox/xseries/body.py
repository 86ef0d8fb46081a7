"""Checks of request bodies: which members may stand where, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from .refusal import malformed

Check = Callable[[Any, str], None]
"""Raises a Refusal with 400 that names the member; returns nothing when all is well."""

_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_FIVE = Decimal("0.00001")
_TOO_LARGE = Decimal(10) ** 12


def text(value: Any, where: str) -> None:
    """Ask for a string."""
    if not isinstance(value, str):
        raise malformed(f"{where} must be a string")


def word(value: Any, where: str) -> None:
    """Ask for a string that is not empty."""
    if not isinstance(value, str) or not value:
        raise malformed(f"{where} must be a string that is not empty")


def flag(value: Any, where: str) -> None:
    """Ask for true or false."""
    if not isinstance(value, bool):
        raise malformed(f"{where} must be true or false")


def number(value: Any, where: str) -> None:
    """Ask for a JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise malformed(f"{where} must be a number")
    if abs(Decimal(value)) >= _TOO_LARGE:
        raise malformed(f"{where} is too large")


def amount(value: Any, where: str) -> None:
    """Ask for a number that is not negative, as number or as text: examples and schema disagree."""
    number(Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value, where)


def anything(value: Any, where: str) -> None:
    """Take whatever comes."""


def nullable(check: Check) -> Check:
    """Ask for null or for what another check asks for."""

    def run(value: Any, where: str) -> None:
        if value is not None:
            check(value, where)

    return run


def one_of(*values: str) -> Check:
    """Ask for one of some words."""

    def run(value: Any, where: str) -> None:
        if value not in values:
            raise malformed(f"{where} must be one of {', '.join(values)}")

    return run


def each(check: Check, least: int = 0) -> Check:
    """Ask for a list of things that pass another check."""

    def run(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise malformed(f"{where} must be a list")
        if len(value) < least:
            raise malformed(f"{where} must hold at least {least}")
        for place, entry in enumerate(value):
            check(entry, f"{where}[{place}]")

    return run


def members(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *,
    closed: bool = True,
    least: int = 0,
) -> Check:
    """Ask for an object; in a closed one, members that are not named are refused."""
    needed = dict(required or {})
    known = {**needed, **(optional or {})}

    def run(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise malformed(f"{where} must be an object")
        if len(value) < least:
            raise malformed(f"{where}: at least one field must be given")
        for name in needed:
            if name not in value:
                raise malformed(f"{where}.{name} is required")
        for name, entry in value.items():
            if name in known:
                known[name](entry, f"{where}.{name}")
            elif closed:
                raise malformed(f"{where}.{name} is not known")

    return run


def moment(value: Any, where: str) -> datetime:
    """Read an ISO 8601 date with time; without a zone it is UTC."""
    text(value, where)
    try:
        read = datetime.fromisoformat(value)
    except ValueError as error:
        raise malformed(f"{where} must be a date with time, not {value!r}") from error
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def five(value: Any) -> Decimal:
    """Give a number or numeric text with five decimals."""
    return Decimal(value).quantize(_FIVE)
