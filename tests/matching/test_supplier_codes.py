"""Style numbers and supplier codes: every separator style found, and no two variants on one sure key."""

# ruff: noqa: RUF001 - look-alike characters are what these tests are about

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from tests.matching.option_strategies import styles, values

from po_bridge.matching.folding import fold, fold_code
from po_bridge.matching.options import NOT_STATED, option_keys, value_key
from po_bridge.matching.style_numbers import loose_style_key, style_key
from po_bridge.matching.supplier_codes import (
    Joining,
    SupplierCodeKey,
    option_key,
    supplier_code,
    supplier_code_key,
    supplier_code_keys,
)

TEE = ("TEE100", {"color": "BLACK", "size": "Medium"})

options = st.fixed_dictionaries({"color": values, "size": values})
variants = st.tuples(styles, options)


def joining_of(code: str, style: str, stated: dict[str, str]) -> Joining | None:
    """Tell how surely a code written in a POS is this variant's; None where it is not."""
    keys = {key.key: key.joining for key in supplier_code_keys(style, stated)}
    return keys.get(supplier_code_key(code))


def parts_of(style: str, stated: dict[str, str]) -> tuple[str, ...]:
    """Give what a supplier code consists of, spelling left aside."""
    values = (value_key(name, value) for name, value in stated.items())
    return (style_key(style), *(value for value in values if value != NOT_STATED))


@pytest.mark.parametrize(
    "spelling", ["AB-123", "ab 123", "AB/123", "Ab_123", "AB.123", " AB - 123 ", "ＡＢ－１２３", "AB–123-"]
)
def test_style_numbers(spelling: str) -> None:
    """Case and kind of separator do not count in a style number."""
    assert style_key(spelling) == "ab-123"


def test_style_numbers_stay_apart() -> None:
    """Whether and where a separator stands counts; without separators a style number is only a hint."""
    assert (
        len({style_key(number) for number in ("1-11", "11-1", "111", "1-1-1", "4156301-4", "41563014")}) == 6
    )
    assert loose_style_key("1-11") == loose_style_key("11-1") == "111"
    assert style_key(" - ") == ""


@pytest.mark.parametrize(
    ("code", "joining"),
    [
        ("TEE100-BLACK-M", Joining.SEPARATED),
        ("TEE100/BLACK/M", Joining.SEPARATED),
        ("tee100_black_m", Joining.SEPARATED),
        ("TEE100.BLACK.M", Joining.SEPARATED),
        ("TEE100 BLACK M", Joining.SEPARATED),
        ("TEE100 - BLACK / Medium", Joining.SEPARATED),
        ("TEE100BLACKM", Joining.RUN_TOGETHER),
        ("TEE100BLACKMEDIUM", Joining.RUN_TOGETHER),
        ("TEE100-BLACKM", None),
        ("TEE100-BLACK-L", None),
        ("TEE100", None),
        ("BLACK-M", None),
    ],
)
def test_separators_found_in_the_wild(code: str, joining: Joining | None) -> None:
    """A code is found with any separator, and without one as a hint only."""
    assert joining_of(code, *TEE) is joining


def test_written_form() -> None:
    """A supplier code is style number and stated options as written, joined by hyphens."""
    assert supplier_code("TEE-100", {"color": "Heather  Grey", "size": "M"}) == "TEE-100-Heather Grey-M"
    assert supplier_code("CAP-7", {"color": "Red", "size": "OS"}) == "CAP-7-Red"
    assert supplier_code("CAP-7", {}) == "CAP-7"


def test_one_and_eleven() -> None:
    """Colour 1 size 11 and colour 11 size 1 meet only on keys that never match alone."""
    first = supplier_code_keys("7", {"color": "1", "size": "11"})
    second = supplier_code_keys("7", {"color": "11", "size": "1"})
    assert {key.joining for key in first & second} == {Joining.RUN_TOGETHER}
    assert {key.key for key in first if key.joining.alone} == {"7-1-11"}
    assert {key.key for key in second if key.joining.alone} == {"7-11-1"}


@pytest.mark.parametrize(
    ("style", "stated"),
    [
        ("4156301-4", {"size": "S"}),
        ("4156301", {"color": "4", "size": "S"}),
        ("4156301", {"size": "4/S"}),
        ("4156301", {"color": "4", "size": "-S"}),
    ],
    ids=["in the style", "in no part", "in the size", "in front of the size"],
)
def test_a_separator_inside_a_part_is_marked(style: str, stated: dict[str, str]) -> None:
    """4156301-4-S can be divided in several places; only the division without inner separators is sure."""
    sure = joining_of("4156301-4-S", style, stated)
    assert sure is (
        Joining.SEPARATED if style == "4156301" and stated.get("size") == "S" else Joining.SPLITTABLE
    )


def test_only_separated_matches_alone() -> None:
    """Of all joinings only the fully separated one may match by itself."""
    assert [joining for joining in Joining if joining.alone] == [Joining.SEPARATED]


def test_no_style_no_code() -> None:
    """Options without a style number make no supplier code."""
    assert supplier_code_keys("-", {"color": "Red"}) == frozenset()


def test_style_alone_is_a_code() -> None:
    """A standard product's supplier code is its style number."""
    assert supplier_code_keys("CAP7", {"size": "OS"}) == {SupplierCodeKey(key="cap7")}


@given(variants)
def test_the_written_form_is_found(variant: tuple[str, dict[str, str]]) -> None:
    """The code we write is among the keys of its variant, wherever every part has letters or digits."""
    style, stated = variant
    spoken = [style, *(value for name, value in stated.items() if value_key(name, value) != NOT_STATED)]
    if all(fold_code(part) for part in spoken):
        assert joining_of(supplier_code(style, stated), style, stated) is not None


@st.composite
def divided_twice(draw: st.DrawFn) -> tuple[tuple[str, dict[str, str]], tuple[str, dict[str, str]]]:
    """Two variants that are one row of pieces, each divided in its own way into style number and options."""
    pieces = draw(st.lists(st.sampled_from(("A", "1", "11", "b", "")), min_size=3, max_size=5))
    joints = st.sampled_from(("-", "/", "", " "))

    def divided() -> tuple[str, dict[str, str]]:
        cuts = sorted(draw(st.tuples(*[st.integers(1, len(pieces))] * 2)))
        parts = (pieces[: cuts[0]], pieces[cuts[0] : cuts[1]], pieces[cuts[1] :])
        style, color, size = (draw(joints).join(part) for part in parts)
        return style, {"color": color, "size": size}

    return divided(), divided()


@settings(max_examples=1000)
@given(st.one_of(st.tuples(variants, variants), divided_twice()))
def test_sure_keys_stay_apart(pair: tuple[tuple[str, dict[str, str]], tuple[str, dict[str, str]]]) -> None:
    """Two variants that share a key that may match alone consist of the same parts."""
    first, second = pair
    shared = supplier_code_keys(*first) & supplier_code_keys(*second)
    if any(key.joining.alone for key in shared):
        assert parts_of(*first) == parts_of(*second)


@given(st.sampled_from(("s1", "s2", "")), variants, st.sampled_from(("s1", "s2", "")), variants)
def test_option_keys_stay_apart(
    supplier: str, first: tuple[str, dict[str, str]], other: str, second: tuple[str, dict[str, str]]
) -> None:
    """The index key is equal exactly where supplier, style key and options are."""
    same = (supplier, style_key(first[0]), option_keys(first[1])) == (
        other,
        style_key(second[0]),
        option_keys(second[1]),
    )
    assert (option_key(supplier, *first) == option_key(other, *second)) == same


def test_option_key_is_stable() -> None:
    """The index key is the same in every process and fits a signed 64-bit column."""
    key = option_key("b8ca3a6e", "TEE-100", {"color": "Heather Grey", "size": "Medium"})
    assert key == option_key("b8ca3a6e", "tee 100", {"Size": "M", "Colour": "heather gray"})
    assert key == STABLE
    assert -(2**63) <= key < 2**63


def test_option_key_takes_any_text() -> None:
    """A lone surrogate, which JSON can carry, is no reason to stop."""
    assert option_key("s", "\ud800", {"size": "\udfff"}) != option_key("s", "\ud800", {"size": ""})


STABLE = -7658279137379254615


@given(st.text(max_size=12))
def test_folding_settles(text: str) -> None:
    """Folding a folded text or code changes nothing."""
    assert fold(fold(text)) == fold(text)
    assert fold_code(fold_code(text)) == fold_code(text)
