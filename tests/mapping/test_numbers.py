from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from po_bridge.mapping import COUNT, DECIMAL, DECIMAL_TEXT, MONEY, PERCENT, Codec, Unreadable, money_text

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=5)
CODECS = {
    "decimal": (DECIMAL, decimals),
    "decimal text": (DECIMAL_TEXT, decimals),
    "money": (MONEY, decimals),
    "money with 4 places": (money_text(4), decimals),
    "count": (COUNT, st.integers(0, 10**14).map(Decimal)),
    "percent": (PERCENT, st.decimals(0, 100, places=4)),
}


@pytest.mark.parametrize("name", CODECS)
@given(data=st.data())
def test_number_is_read_as_written(name: str, data: st.DataObject) -> None:
    """Reading what a number's codec wrote gives an equal number."""
    codec, values = CODECS[name]
    value = data.draw(values)
    assert codec.read(codec.write(value)) == value


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        pytest.param(12, "12", id="whole"),
        pytest.param(Decimal("12.50"), "12.50", id="fraction"),
        pytest.param("84", "84", id="text"),
        pytest.param("187.5", "187.5", id="text with fraction"),
        pytest.param(".5", "0.5", id="no leading zero"),
        pytest.param("-6", "-6", id="negative"),
    ],
)
def test_decimal_reads(wire: Any, value: str) -> None:
    """A JSON number and the digits of one are decimals, digit by digit."""
    assert str(DECIMAL.read(wire)) == value


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param(None, id="null"),
        pytest.param(True, id="flag"),
        pytest.param(12.5, id="float"),
        pytest.param("$28.00", id="display text"),
        pytest.param("1,000", id="thousands"),
        pytest.param("1e5", id="exponent as text"),
        pytest.param("", id="empty"),
        pytest.param(" 1", id="blank before"),
        pytest.param("1\n", id="line end"),
        pytest.param("\uff11\uff12", id="full-width digits"),
        pytest.param("9" * 61, id="endless digits"),
        pytest.param(Decimal("NaN"), id="NaN"),
        pytest.param(Decimal("sNaN"), id="signalling NaN"),
        pytest.param(Decimal("-Infinity"), id="infinity"),
        pytest.param(Decimal("1E+999999"), id="huge exponent"),
        pytest.param(Decimal("0E-999999"), id="tiny zero"),
        pytest.param(10**15, id="beyond any amount"),
        pytest.param(10**5000, id="too long to print"),
        pytest.param([1], id="list"),
    ],
)
@pytest.mark.parametrize("codec", [DECIMAL, COUNT, PERCENT, MONEY], ids=lambda codec: codec.name)
def test_no_number(codec: Codec[Decimal], wire: Any) -> None:
    """What is not exactly a number of reasonable size is refused."""
    with pytest.raises(Unreadable):
        codec.read(wire)


def test_float_is_explained() -> None:
    """A float is refused with the way out, since it has lost digits before we saw it."""
    with pytest.raises(Unreadable, match="parse_json"):
        DECIMAL.read(0.1)


@pytest.mark.parametrize("wire", [-1, "1.5", Decimal("0.1")], ids=str)
def test_no_count(wire: Any) -> None:
    """Counts are whole and not negative."""
    with pytest.raises(Unreadable):
        COUNT.read(wire)


@pytest.mark.parametrize("wire", [-1, 101, "100.01"], ids=str)
def test_no_percent(wire: Any) -> None:
    """Percentages lie between 0 and 100."""
    with pytest.raises(Unreadable):
        PERCENT.read(wire)


@pytest.mark.parametrize(
    ("value", "wire"),
    [("12.5", "12.50"), ("12", "12.00"), ("12.34567", "12.34567"), ("1E+2", "100.00"), ("0", "0.00")],
    ids=["padded", "whole", "longer is kept", "no exponent", "zero"],
)
def test_money_is_padded(value: str, wire: str) -> None:
    """Amounts are written with two decimals at least and never rounded."""
    assert MONEY.write(Decimal(value)) == wire


@pytest.mark.parametrize(
    "codec", [DECIMAL, DECIMAL_TEXT, MONEY, COUNT, PERCENT], ids=lambda codec: codec.name
)
def test_nan_is_not_written(codec: Codec[Decimal]) -> None:
    """A NaN never reaches a wire."""
    with pytest.raises(Unreadable):
        codec.write(Decimal("NaN"))
