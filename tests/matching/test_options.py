"""Colours and sizes: what is equal, what stays apart, and what says nothing."""

# ruff: noqa: RUF001 - look-alike characters are what these tests are about

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, strategies as st
from tests.matching.option_strategies import colors, sizes

from po_bridge.matching.options import (
    COLOR,
    NOT_STATED,
    SIZE,
    color_key,
    is_stated,
    name_key,
    option_keys,
    size_key,
    value_key,
)

SAME_SIZES = {
    "medium": ("M", "m", " M ", "Medium", "MED", "Med.", "MD", "medium"),
    "extra small": ("XS", "X-Small", "x small", "XSmall", "Extra Small", "extra-small", "XSM"),
    "double extra large": ("2XL", "XXL", "XX-Large", "2X-Large", "XXLarge", "2 XL", "Extra Extra Large"),
    "five extra large": ("5XL", "XXXXXL", "5X-Large"),
    "two sizes": ("S/M", "S-M", "s / m", "Small/Medium", "SM/MED"),
    "waist and length": (
        *("32x34", "32/34", "32 x 34", "32X34", "32×34", "W32 L34", "W32/L34", "W32-L34", "w32l34"),
        *("32W x 34L", "32W/34L", "32W 34L", '32" x 34"', "32″ × 34″"),
    ),
    "half": ("9.5", "9.50", "9 1/2", "9-1/2", "9½", "9 ½"),
    "whole": ("9", "9.0", " 9 "),
    "third": ("42 2/3", "42-2/3", "42⅔"),
    "eighth": ("7 3/8", "7.375", "7⅜"),
    "width": ("10.5D", "10.5 D", "10.5-d", "10 1/2 D", "10½D", "10.50D"),
    "wide width": ("10 EE", "10EE", "10 2E", "10-EE"),
    "width as a word": ("8 W", "8W", "8 Wide", "8-wide"),
    "inches": ('10"', "10 in", "10in", "10 inch", "10 Inches", "10''", "10″", "10-inch"),
    "centimetres": ("80 cm", "80cm", "80 CM", "80 centimeters"),
    "range": ("8-10 Years", "8 - 10 years", "8–10 Years", "8-10years"),
    "holds colon and slash": ("XS: 80/86 cm", "xs:80/86cm", "XS : 80 / 86 CM"),
    "nothing": ("", "OS", "O/S", "One Size", "ONESIZE", "one-size", "1 Size", "default", "N/A", "n / a", "-"),
}

LONG = "9" * 5000

# One row a kind; sizes hold every sign but the bar.
APART = """\
XS|S|M|L|XL|2XL|3XL|4XL|5XL|2XS|1X|2X|3X|XL Tall|S/M|M/L|S M L
0|00|000|1|01|11|111|1-11|11-1|1 11|11 1|1/11|1,11|1.11
9|9.5|95|9,5|9-5|9 5|9/5|9.5D|9.5E|9.5 EE|9.5 EEE|95D|10 2E|102E
-1.5|+1.5|1.5|SPH -2.00|SPH 2.00|SPH +2.00|7 1/8|7 1/4|7 3/8|71/8|5 6/7|5 6/8|5 3/4|5 7/4
32x34|34x32|3234|32-34|32 34|32|34|32W|32L|32"|32cm
80|86|80/86|86/80|80/86 cm|XS: 80/86 cm|XS 80/86 cm|XS, 80/86 cm|S: 80/86 cm
20x20|20x20 Set 4|20x20 Set 14|Case of 12|Case of 1 2|12M|12|2T|T2|2/3T|5'10|5'1|5"
A/B|AB|A B|32A|32AA|32DD|34A"""
DIFFERENT_SIZES = (*APART.replace("\n", "|").split("|"), LONG, f"{LONG} 1/2", f"9 {LONG}/2", f"9.{LONG}")


@pytest.mark.parametrize("spellings", SAME_SIZES.values(), ids=SAME_SIZES)
def test_same_size(spellings: tuple[str, ...]) -> None:
    """Spellings of one size have one key."""
    assert {size_key(spelling) for spelling in spellings} == {size_key(spellings[0])}


def test_different_sizes() -> None:
    """Sizes that differ in meaning never share a key."""
    shared = [pair for pair in combinations(DIFFERENT_SIZES, 2) if size_key(pair[0]) == size_key(pair[1])]
    assert shared == []


@pytest.mark.parametrize(
    "spellings",
    [
        ("Heather Grey", "HEATHER GRAY", "heather-grey", "Htr Gry", " Heather  Gray "),
        ("TURQUOISE, RED", "Turquoise/Red", "turquoise-red", "Turquoise  Red"),
        ("Black & White", "black and white", "BLK&WHT", "Black&White"),
        ("Multi", "Multicolour", "multi-color", "Multi Colour"),
        ("Blue (Light)", "blue light", "Blue / Lt"),
    ],
    ids=lambda spellings: str(spellings[0]),
)
def test_same_color(spellings: tuple[str, ...]) -> None:
    """Spellings of one colour have one key."""
    assert len({color_key(spelling) for spelling in spellings}) == 1


def test_different_colors() -> None:
    """Colours that differ in words, their order or their numbers never share a key."""
    row = "Red|Turquoise, Red|Red, Turquoise|Navy|Navy Blue|Blue|Light Blue|Dark Blue|Black/White"
    row += "|Black & White|Blue 1.5|Blue 15|Blue 1 5|1-11|11-1|111|Café|Cafe"
    distinct = row.split("|")
    shared = [pair for pair in combinations(distinct, 2) if color_key(pair[0]) == color_key(pair[1])]
    assert shared == []


@pytest.mark.parametrize("value", ["", " ", "N/A", "default", "Default Title", "none", "-"], ids=repr)
def test_nothing_is_no_option(value: str) -> None:
    """Empty values and words for nothing state nothing, whatever the option."""
    assert color_key(value) == size_key(value) == NOT_STATED
    assert not is_stated("Fabric", value)


def test_one_size_is_no_color() -> None:
    """OS says nothing as a size and something as a colour."""
    assert not is_stated("Size", "OS")
    assert is_stated("Color", "OS")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Color", COLOR),
        ("COLOUR", COLOR),
        ("Size", SIZE),
        ("sizes", SIZE),
        ("Inseam", "inseam"),
        ("Shoe-Width", "shoe width"),
    ],
)
def test_option_names(name: str, key: str) -> None:
    """Colour and size are known by their usual names, other options by their own."""
    assert name_key(name) == key


def test_options_are_compared_by_name() -> None:
    """The order of options does not count, which option holds a value does."""
    assert option_keys({"Size": "Medium", "Colour": "Grey"}) == option_keys({"color": "GRAY", "size": "M"})
    assert option_keys({"color": "1", "size": "11"}) != option_keys({"color": "11", "size": "1"})
    assert option_keys({"color": "Red", "size": "OS"}) == (("color", "red"),)


def test_other_options_are_read_as_sizes() -> None:
    """Inseam and width are numbers as sizes are; colour is read by its words."""
    assert value_key("Inseam", "9 1/2") == "9.5"
    assert value_key("Colour", "9 1/2") != "9.5"


@given(sizes)
def test_a_size_key_is_its_own_key(size: str) -> None:
    """Reading a key again changes nothing."""
    assert size_key(size_key(size)) == size_key(size)


@given(colors)
def test_a_color_key_is_its_own_key(color: str) -> None:
    """Reading a key again changes nothing."""
    assert color_key(color_key(color)) == color_key(color)


@given(sizes, st.sampled_from((str.upper, str.lower, str.title)), st.sampled_from(("", " ", "\t", "\u00a0")))
def test_case_and_outer_spaces_never_matter(size: str, cased: object, space: str) -> None:
    """A size means the same in capitals and with spaces around."""
    assert callable(cased)
    if size.isascii():
        assert size_key(f"{space}{cased(size)}{space}") == size_key(size)


numbers = st.decimals(0, 60, places=2, allow_nan=False)


@given(numbers, numbers)
def test_numbers_stay_apart(first: Decimal, second: Decimal) -> None:
    """Two numbers share a key exactly where they are equal."""
    assert (size_key(str(first)) == size_key(str(second))) == (first == second)


@given(
    st.tuples(st.integers(20, 59), st.integers(20, 39)), st.tuples(st.integers(20, 59), st.integers(20, 39))
)
def test_waists_and_lengths_stay_apart(first: tuple[int, int], second: tuple[int, int]) -> None:
    """Waist and length are two numbers in their order, however they are joined."""
    keys = [size_key(f"W{waist} L{length}") for waist, length in (first, second)]
    assert keys[0] == size_key(f"{first[0]}/{first[1]}") == size_key(f"{first[0]} X {first[1]}")
    assert (keys[0] == keys[1]) == (first == second)


@given(st.text("0123456789 -/.:,x", max_size=12), st.text("0123456789 -/.:,x", max_size=12))
def test_digits_never_run_together(first: str, second: str) -> None:
    """Equal keys come from the same digits in the same order: no separator is dropped between two of them."""
    if "/" not in first + second and size_key(first) == size_key(second) != NOT_STATED:
        assert [Decimal(part) for part in runs(first)] == [Decimal(part) for part in runs(second)]


def runs(text: str) -> list[str]:
    """Divide a text into its numbers; a point with no digit behind it is none."""
    text = re.sub(r"\.(?!\d)", "", text)
    spaced = "".join(character if character.isdecimal() or character == "." else " " for character in text)
    return [part.strip(".") or "0" for part in spaced.split() if part.strip(".").count(".") < 2]
