"""Trade item numbers of invented goods."""

from __future__ import annotations

EXAMPLE_PREFIX = "614141"
"""Company prefix that GS1 US uses for the made-up goods of its own documents; it circulates everywhere."""


def check_digit(digits: str) -> str:
    """Give the check digit of GS1 General Specifications section 7.9: weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def upc(item: int) -> str:
    """Make the UPC-A of an item reference, 0 to 99999."""
    digits = f"{EXAMPLE_PREFIX}{item:05d}"
    return digits + check_digit(digits)
