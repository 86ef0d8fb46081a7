"""Written codes as they come: right, damaged and dressed up."""

from __future__ import annotations

from hypothesis import strategies as st

from po_bridge.models.gtin import Gtin, check_digit

DIGITS = "0123456789"
SEPARATORS = (" ", "-", "\t", "\u00a0", "\u2013", "\u200b", "\uff0d")


def finished(body: str) -> str:
    """Add the check digit."""
    return f"{body}{check_digit(body)}"


def bodies(*lengths: int) -> st.SearchStrategy[str]:
    """Digits that still lack their check digit; zeros in front and behind are as likely as in real life."""
    return st.sampled_from(lengths).flatmap(
        lambda length: st.one_of(
            st.text(DIGITS, min_size=length, max_size=length),
            st.integers(0, 10**6).map(lambda number: f"{number:0{length}d}"),
            st.integers(1, 10**6).map(lambda number: f"{number}".ljust(length, "0")),
        )
    )


right = bodies(7, 11, 12, 13).map(finished)
"""Digits of a GTIN's length that end with the right check digit."""

digits = st.one_of(right, st.text(DIGITS, max_size=16), bodies(6, 9, 10, 11, 12))
"""Digits, right or not."""


@st.composite
def dressed(draw: st.DrawFn, inner: st.SearchStrategy[str] = digits) -> tuple[str, str]:
    """Digits, and the same with separators, spreadsheet marks or decimals around them."""
    bare = text = draw(inner)
    if draw(st.booleans()):
        gaps = (draw(st.sampled_from(("", "", *SEPARATORS))) for _ in text[1:])
        text = text[:1] + "".join(f"{gap}{digit}" for gap, digit in zip(gaps, text[1:], strict=True))
    mark = draw(st.sampled_from(("{}", "{}", "{}.0", "{},00", "'{}", '="{}"', "(01){}", " {}\t")))
    text = mark.format(text) if bare else text
    wide = str.maketrans(DIGITS, "".join(chr(0xFF10 + digit) for digit in range(10)))
    return bare, text.translate(wide) if draw(st.integers(0, 9)) == 0 else text


words = st.sampled_from(("", " ", "N/A", "TBD", "none", "SPREE-T-SHIRT", "8.44277E+11", "1E5", "#N/A", "?"))

written = st.one_of(dressed().map(lambda pair: pair[1]), digits, words, st.text(max_size=20))
"""Anything that may stand in a code field."""

gtins = bodies(13).map(lambda body: Gtin(key=finished(body)))
"""Any GTIN."""
