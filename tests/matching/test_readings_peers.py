"""Agreement with python-stdnum and biip wherever they accept a code; every difference has a reason here.

- Both accept coupons, placeholders and rounded numbers, and numbers of restricted circulation: they judge
  form, not identity. Ours has no plain reading for them.
- Both accept full-width digits; biip then gives a key in two scripts. Ours converts them, with a note.
- Both take eight digits with a leading 0 for a GTIN-8, one of one company. Ours reads a UPC-E first.
- stdnum takes spaces and hyphens out silently, biip refuses hyphens. Ours takes them out, with a note.
- biip reads a UPC-E of six digits and one of seven without check digit. Ours does not: style numbers look so.
- Neither reads a lost zero, a missing check digit or a decimal ending. Ours does, as a hint or with a note.
"""

# ruff: noqa: RUF001 - look-alike characters are what these tests are about

from __future__ import annotations

import biip
import pytest
from biip.gtin import Gtin as BiipGtin
from biip.upc import Upc
from hypothesis import given, settings
from stdnum import ean
from tests.matching.code_strategies import SEPARATORS, bodies, digits, finished, right

from po_bridge.matching.judgement import (
    Coupon,
    Doubtful,
    Fit,
    Judgement,
    Placeholder,
    Restricted,
    Rounded,
    VariableMeasure,
)
from po_bridge.matching.readings import ReadingKind, read_code
from po_bridge.models.gtin import Gtin

FORM_WITHOUT_IDENTITY = (Coupon, Doubtful, Placeholder, Restricted, Rounded, VariableMeasure)


def biip_key(text: str) -> str:
    """Give the 14 digits that biip reads, empty where it refuses."""
    try:
        return BiipGtin.parse(text).as_gtin_14()
    except biip.ParseError:
        return ""


def biip_upc_key(text: str) -> str:
    """Give the 14 digits that biip reads from a UPC, empty where it refuses."""
    try:
        return Upc.parse(text).as_gtin_14()
    except biip.ParseError:
        return ""


def is_listed(text: str, judgement: Judgement) -> bool:
    """Tell whether the docstring above says why a peer accepts what is not plain here."""
    if isinstance(judgement, Doubtful):
        return len(text) == 8 and text.startswith("0")
    return isinstance(judgement, FORM_WITHOUT_IDENTITY)


@given(digits)
@settings(max_examples=500)
def test_agrees_with_stdnum(text: str) -> None:
    """What stdnum accepts is plain here or refused for a listed reason; what is plain here stdnum accepts."""
    code = read_code(text)
    if ean.is_valid(text):
        assert isinstance(code.judgement, Fit) or is_listed(text, code.judgement)
    else:
        assert code.plain is None


@given(digits)
@settings(max_examples=500)
def test_agrees_with_biip(text: str) -> None:
    """What biip accepts is plain here with the same 14 digits, or refused for a listed reason."""
    code = read_code(text)
    key = biip_key(text)
    if not key:
        assert code.plain is None
    elif code.plain is None:
        assert is_listed(text, code.judgement)
    else:
        assert code.plain.key == key


@given(bodies(7).map(lambda body: body[:7]).map(finished) | bodies(8))
def test_agrees_on_upc_e(text: str) -> None:
    """Eight digits that biip reads as UPC-E expand to the same number here, unless that names no product."""
    key = biip_upc_key(text)
    found = {reading.gtin.key for reading in read_code(text).readings if reading.kind is ReadingKind.UPC_E}
    if found:
        assert found == {key}
    elif key:
        assert read_code(key).plain is None or isinstance(read_code(text).judgement, Placeholder)


@given(right)
def test_restricted_as_biip_says(text: str) -> None:
    """A number without a usable GS1 prefix at biip is never plain here."""
    code = read_code(text)
    if code.plain is not None and not code.plain.is_eight:
        usage = getattr(BiipGtin.parse(text).prefix, "usage", None) or ""
        assert "Restricted" not in usage
        assert "oupon" not in usage
        assert "demonstration" not in usage


def test_full_width_digits_at_the_peers() -> None:
    """Full-width digits become a key of two scripts at biip, and an ASCII key with a note here."""
    text = "８４４２７７０９７９９４"
    assert not biip_key(text).isascii()
    assert ean.is_valid(text)
    assert read_code(text).plain == Gtin.parse("844277097994")


@pytest.mark.parametrize("separator", SEPARATORS[:2], ids=["space", "hyphen"])
def test_separators_at_the_peers(separator: str) -> None:
    """Separators are stripped by stdnum and refused by biip; here they are stripped with a note."""
    text = separator.join(("8", "44277", "09799", "4"))
    assert ean.is_valid(text)
    assert not biip_key(text)
    assert read_code(text).readings[0].notes


@pytest.mark.parametrize("text", ["425261", "0425261"], ids=["six digits", "seven digits"])
def test_short_upc_e_is_not_read(text: str) -> None:
    """A UPC-E without check digit is read by biip only: six and seven digits are style numbers more often."""
    assert biip_upc_key(text) == "00042100005264"
    assert read_code(text).readings == ()


@pytest.mark.parametrize("text", ["63850700148", "844277097994.0"], ids=["lost zero", "decimal ending"])
def test_spreadsheet_faults_are_read_here_only(text: str) -> None:
    """What a spreadsheet did to a code is refused by both peers without a hint."""
    assert not ean.is_valid(text)
    assert not biip_key(text)
    assert read_code(text).readings
