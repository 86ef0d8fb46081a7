"""Sizes, colours and style numbers as brands write them, and text of any kind."""

# ruff: noqa: RUF001 - look-alike characters are what these tests are about

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = (
    "XS",
    "x-small",
    "Medium",
    "L",
    "2XL",
    "One Size",
    "OS",
    "Set",
    "EE",
    "W",
    "in",
    '"',
    "cm",
    "Years",
    "½",
    "1/2",
)
_SIGNS = ("", " ", "-", " - ", "/", ", ", ": ", "x", " x ", ".", "_", "(", ")", "+", "×", "–", "'")

sizes = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.one_of(st.sampled_from(_WORDS), st.sampled_from(_SIGNS), st.integers(0, 120).map(str)), max_size=6
    ).map("".join),
)
"""Sizes, sensible and not."""

colors = st.one_of(
    st.text(max_size=12),
    st.lists(st.sampled_from(("Red", "GREY", "lt", "Blk", "Multi", "colour", "&", *_SIGNS)), max_size=6).map(
        "".join
    ),
)
"""Colours, sensible and not."""

styles = st.text("AB1-/ _.", min_size=1, max_size=6)
"""Style numbers of few letters, so that they meet often."""

values = st.text("AB1-/ ", max_size=4)
"""Option values of few letters, so that they meet often."""
