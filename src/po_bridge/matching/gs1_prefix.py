"""Which numbers GS1 gives to products, and which it keeps for something else."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from .judgement import Circulation, Coupon, Fit, Judgement, Pattern, Placeholder, Restricted, VariableMeasure


@frozen(kw_only=True)
class Span:
    """A run of three-digit prefixes of a GTIN-13 that name no product."""

    first: int
    """First prefix, as a number."""
    last: int
    """Last prefix, included."""
    judgement: Judgement
    """What these numbers are."""


def _span(first: int, last: int, judgement: Judgement) -> Span:
    return Span(first=first, last=last, judgement=judgement)


# GS1 General Specifications, section 1.4, table of GS1 prefixes. A UPC-A has a zero in front, so that its
# number system 2, 4 and 5 are 02, 04 and 05 here. 985 to 989 are not given out and go with their neighbours.
SPANS: Final = (
    _span(20, 29, Restricted(prefix="02", circulation=Circulation.REGION)),
    _span(40, 49, Restricted(prefix="04", circulation=Circulation.COMPANY)),
    _span(50, 59, Coupon(prefix="05")),
    _span(200, 299, Restricted(prefix="2", circulation=Circulation.REGION)),
    _span(952, 952, Placeholder(pattern=Pattern.EXAMPLE)),
    _span(980, 989, Coupon(prefix="98")),
    _span(990, 999, Coupon(prefix="99")),
)
"""Prefixes of GTIN-12, -13 and -14 (without indicator) that are no identity; all others are."""

EIGHT: Final = {
    "0": Restricted(prefix="0", circulation=Circulation.COMPANY),
    "2": Restricted(prefix="2", circulation=Circulation.COMPANY),
}
"""First digits of a GTIN-8 that are no identity, by the table of GS1-8 prefixes."""

_FIT: Final = Fit()
_VARIABLE: Final = VariableMeasure()
BY_PREFIX: Final = {
    f"{number:03d}": span.judgement for span in SPANS for number in range(span.first, span.last + 1)
}
"""The spans, one entry a prefix."""


def judge_key(key: str) -> Judgement:
    """Judge a 14-digit key with a right check digit by its indicator and prefix.

    The prefix of a case is that of its eaches: the indicator is left out.
    """
    eight = key[1:6] == "00000"
    judgement = EIGHT.get(key[6], _FIT) if eight else BY_PREFIX.get(key[1:4], _FIT)
    return _VARIABLE if key[0] == "9" and judgement == _FIT else judgement
