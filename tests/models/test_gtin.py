"""The 14-digit key and its views."""

# ruff: noqa: RUF001 - look-alike characters are what these tests are about

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from po_bridge.errors import Misuse
from po_bridge.models.gtin import Gtin, check_digit, ends_with_check_digit, is_digits

BODIES = st.text("0123456789", min_size=13, max_size=13)


def made(body: str) -> Gtin:
    """Make a GTIN of 13 digits and their check digit."""
    return Gtin(key=f"{body}{check_digit(body)}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("629104150021", 3),
        ("03600029145", 2),
        ("9638507", 4),
        ("1001234567890", 2),
        ("0", 0),
        ("1", 7),
    ],
    ids=["ean-13", "upc-a", "ean-8", "case", "zero", "one digit"],
)
def test_check_digit(body: str, expected: int) -> None:
    """The check digit follows the modulo-10 rule, whatever the length."""
    assert check_digit(body) == expected


@pytest.mark.parametrize("body", ["", "12a", "１２", "٣", " 1"], ids=repr)
def test_check_digit_wants_ascii_digits(body: str) -> None:
    """Nothing but ASCII digits has a check digit."""
    with pytest.raises(ValueError, match="ASCII digits"):
        check_digit(body)


@given(st.text("0123456789", min_size=1, max_size=13), st.integers(0, 9))
def test_check_digit_both_ways(body: str, last: int) -> None:
    """Computing and testing a check digit agree."""
    assert ends_with_check_digit(int(f"{body}{last}")) == (check_digit(body) == last)


@given(BODIES, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_seen(body: str, place: int, shift: int) -> None:
    """A single mistyped digit never leaves the check digit right."""
    key = made(body).key
    wrong = f"{key[:place]}{(int(key[place]) + shift) % 10}{key[place + 1 :]}"
    with pytest.raises(ValueError, match="check digit"):
        Gtin(key=wrong)


@pytest.mark.parametrize(
    "key",
    ["", "844277097994", "0084427709799４", "00844277097993", "0084427709799X", "000844277097994"],
    ids=["empty", "12 digits", "full-width", "wrong check digit", "letter", "15 digits"],
)
def test_key_is_right_by_construction(key: str) -> None:
    """A key is fourteen ASCII digits with the right check digit, or there is no Gtin."""
    with pytest.raises(ValueError, match="key must"):
        Gtin(key=key)


def test_padding_is_not_identity() -> None:
    """UPC-A, the EAN-13 with a zero in front, and the GTIN-14 with two are one number."""
    upc, ean, long = map(Gtin.parse, ("844277097994", "0844277097994", "00844277097994"))
    assert upc == ean == long
    assert len({upc, ean, long}) == 1
    assert [gtin.written for gtin in (upc, ean, long)] == ["844277097994", "0844277097994", "00844277097994"]


@given(BODIES)
def test_parse_reads_what_str_writes(body: str) -> None:
    """Writing and reading a number keeps its key."""
    assert Gtin.parse(str(made(body))) == made(body)


@given(BODIES)
def test_number_round_trip(body: str) -> None:
    """The integer of an index gives the number back."""
    assert Gtin.of_number(made(body).number) == made(body)


@pytest.mark.parametrize(
    "text", ["", "4277097994", "844 277097994", "844277097993", "８４４２７７０９７９９４"], ids=repr
)
def test_parse_is_strict(text: str) -> None:
    """Parsing takes only clean codes of a GTIN's length; damaged ones are read elsewhere."""
    with pytest.raises(ValueError, match=r"GTIN is|check digit"):
        Gtin.parse(text)


@pytest.mark.parametrize(
    ("text", "upc", "ean", "shown"),
    [
        ("844277097994", "844277097994", "0844277097994", "844277097994"),
        ("6291041500213", None, "6291041500213", "6291041500213"),
        ("96385074", None, "96385074", "96385074"),
        ("000096385074", None, "96385074", "96385074"),
        ("10844277097991", None, None, "10844277097991"),
    ],
    ids=["upc", "ean-13", "ean-8", "ean-8 padded to 12", "case"],
)
def test_views(text: str, upc: str | None, ean: str | None, shown: str) -> None:
    """A number shows itself as UPC or EAN where it has such a form, else with all its digits."""
    gtin = Gtin.parse(text)
    assert (gtin.as_upc, gtin.as_ean, str(gtin)) == (upc, ean, shown)


def test_each_of_a_case() -> None:
    """The each of a case has indicator 0 and a check digit of its own: cutting a digit off is wrong."""
    case = Gtin.parse("10844277097991")
    assert case.is_case
    assert case.indicator == 1
    assert case.each() == Gtin.parse("844277097994")
    assert case.key[1:] != case.each().key[1:]


@given(BODIES.filter(lambda body: body[0] != "9"))
def test_each_of_an_each(body: str) -> None:
    """Asking an each for its each gives itself."""
    each = made(body).each()
    assert each.indicator == 0
    assert not each.is_case
    assert each.each() == each


def test_variable_measure_has_no_each() -> None:
    """Indicator 9 is variable measure: no fixed count of eaches."""
    weighed = made("9084427709799")
    assert not weighed.is_case
    with pytest.raises(Misuse, match="variable measure"):
        weighed.each()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0123", True), ("", False), ("1２", False), ("1 2", False), ("²", False)],
    ids=repr,
)
def test_is_digits(text: str, expected: bool) -> None:
    """Only ASCII digits are digits."""
    assert is_digits(text) is expected
