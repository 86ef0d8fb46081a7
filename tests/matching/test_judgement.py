"""The words a merchant reads for each judgement, and the GS1 prefixes behind them."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.matching.code_strategies import finished

from po_bridge.matching.gs1_prefix import SPANS, judge_key
from po_bridge.matching.judgement import (
    Circulation,
    Coupon,
    Doubtful,
    Fit,
    Judgement,
    NoCode,
    NotACode,
    Pattern,
    Placeholder,
    Restricted,
    Rounded,
    Scientific,
    VariableMeasure,
    WrongCheckDigit,
    WrongLength,
    explain,
)

WORDS: dict[Judgement, str] = {
    Fit(): "a valid code",
    Doubtful(): "it can be read, but not for sure; style, colour and size must agree too",
    WrongCheckDigit(
        seen=3, expected=4
    ): "the check digit is 3 and should be 4: a digit is mistyped; ask the brand",
    Restricted(
        prefix="04", circulation=Circulation.COMPANY
    ): "codes that begin with 04 mean something only inside one company; others use them too",
    Restricted(
        prefix="2", circulation=Circulation.REGION
    ): "codes that begin with 2 mean something only inside one region; others use them too",
    Coupon(prefix="99"): "codes that begin with 99 are coupons, vouchers or receipts, not products",
    Placeholder(pattern=Pattern.ZEROS): "a placeholder: it is all zeros; ask the brand for the code",
    Rounded(zeros=6): "it ends in 6 zeros: a spreadsheet rounded the last digits away; ask the brand",
    Scientific(): (
        "a spreadsheet shortened it and the last digits are lost; ask the brand for the code as text"
    ),
    VariableMeasure(): "it begins with 9: sold by weight or length, so the code does not name one fixed unit",
    WrongLength(digits=24): "24 digits; a code has 8, 12, 13 or 14",
    NotACode(): "text, no UPC or EAN; perhaps the brand's own article number",
    NoCode(): "no code was given",
}


@pytest.mark.parametrize(("judgement", "words"), WORDS.items(), ids=lambda value: type(value).__name__)
def test_words(judgement: Judgement, words: str) -> None:
    """Each judgement says what it means and, where somebody can mend it, who."""
    assert explain(judgement) == words


def test_every_judgement_has_words() -> None:
    """No judgement is forgotten above."""
    assert {type(judgement) for judgement in WORDS} == set(get_args(Judgement))


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.first}-{span.last}")
def test_spans_end_where_they_end(span: object) -> None:
    """A prefix is refused from the first of its span to the last, not beside it, as each and as case."""
    first, last, judgement = (getattr(span, name) for name in ("first", "last", "judgement"))
    for indicator in "01":
        inside = {
            prefix: judge_key(finished(f"{indicator}{prefix:03d}123456789")) for prefix in (first, last)
        }
        assert set(inside.values()) == {judgement}
        beside = judge_key(finished(f"{indicator}{first - 1:03d}123456789"))
        assert beside != judgement


def test_refused_prefixes() -> None:
    """Refused are 02, 04, 05, 2, 952, 98 and 99 of the GS1 prefix table, and nothing else."""
    judged = {prefix for prefix in range(1000) if judge_key(finished(f"0{prefix:03d}111111119")) != Fit()}
    assert judged == {*range(20, 30), *range(40, 60), *range(200, 300), 952, *range(980, 1000)}


@pytest.mark.parametrize("indicator", "01")
@pytest.mark.parametrize(
    ("digit", "fits"), [("0", False), ("1", True), ("2", False), ("3", True), ("9", True)]
)
def test_short_numbers(indicator: str, digit: str, fits: bool) -> None:
    """A GTIN-8 that begins with 0 or 2 means something inside one company only, as does its case."""
    judgement = judge_key(finished(f"{indicator}00000{digit}654123"))
    assert (judgement == Fit()) is fits


def test_weighed_and_restricted() -> None:
    """Restricted circulation counts before variable measure: both are no identity, the first says more."""
    assert judge_key(finished("9200123456789")) == Restricted(prefix="2", circulation=Circulation.REGION)
