"""The vocabulary that holds where a merchant states no other: English, clothing and shoes."""

from __future__ import annotations

from typing import Final

from .vocabulary import Shape, Vocabulary, Word


def _word(key: str, *spellings: str) -> Word:
    return Word(key=key, spellings=spellings)


# 1X, 2X and 3X are plus sizes of their own and stay apart from XL, 2XL and 3XL.
_SIZES: Final = (
    _word("3xs", "xxxs", "xxx small", "xxxsmall", "3x small", "3xsmall"),
    _word("2xs", "xxs", "xx small", "xxsmall", "2x small", "2xsmall", "extra extra small"),
    _word("xs", "x small", "xsmall", "xsm", "x sm", "xsml", "extra small"),
    _word("s", "sm", "sml", "small"),
    _word("m", "md", "med", "medium"),
    _word("l", "lg", "lrg", "large"),
    _word("xl", "x l", "x large", "xlarge", "xlg", "x lg", "xlrg", "extra large"),
    _word("2xl", "xxl", "xx l", "2x large", "2xlarge", "xx large", "xxlarge", "2xlg", "extra extra large"),
    _word("3xl", "xxxl", "xxx l", "3x large", "3xlarge", "xxx large", "xxxlarge", "3xlg"),
    _word("4xl", "xxxxl", "4x large", "4xlarge", "4xlg"),
    _word("5xl", "xxxxxl", "5x large", "5xlarge", "5xlg"),
)

_WIDTHS: Final = (
    _word("n", "narrow"),
    _word("m", "med", "medium"),
    _word("w", "wide"),
    _word("xw", "x wide", "extra wide"),
    _word("2e", "ee"),
    _word("3e", "eee"),
    _word("4e", "eeee"),
)

_UNITS: Final = (
    _word("in", '"', "inch", "inches", "ins"),
    _word("cm", "cms", "centimeter", "centimeters", "centimetre", "centimetres"),
    _word("mm", "millimeter", "millimeters", "millimetre", "millimetres"),
)

# 36/38 and 32/34 as two sizes in one share the key of waist and length; no style has both meanings.
_SHAPES: Final = (
    Shape(
        name="waist and length",
        pattern=r'w?([2-5]\d)(?:[w"]?[x/]l?|w?l|w)([23]\d)[l"]?',
        form="{0}x{1}",
    ),
)

DEFAULT: Final = Vocabulary(
    nothing=("", "-", "--", "n/a", "na", "none", "null", "default", "default title", "not applicable"),
    one_size=(
        *("os", "o/s", "o s", "one size", "onesize", "1size", "one sz", "onesz", "osfa", "osfm"),
        *(
            "one size fits all",
            "one size fits most",
            "1size fits all",
            "1size fits most",
            "no size",
            "nosize",
        ),
    ),
    sizes=_SIZES,
    widths=_WIDTHS,
    units=_UNITS,
    shapes=_SHAPES,
    colors=(_word("multicolor", "multi", "multicolour", "multi color", "multi colour", "multicolored"),),
    color_words=(
        _word("and", "&"),
        _word("black", "blk"),
        _word("color", "colour"),
        _word("dark", "dk"),
        _word("gray", "grey", "gry"),
        _word("heather", "htr"),
        _word("light", "lt"),
        _word("navy", "nvy"),
        _word("white", "wht"),
    ),
    color_names=(
        "color",
        "colour",
        "colors",
        "colours",
        "colorway",
        "colourway",
        "color name",
        "colour name",
    ),
    size_names=("size", "sizes"),
)
"""Extend it with ``attrs.evolve(DEFAULT, sizes=(*DEFAULT.sizes, Word(...)))``."""
