"""What a written code is worth as an identity, and why, in words for people."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from attrs import frozen


class Circulation(Enum):
    """How far a number of restricted circulation means anything."""

    COMPANY = "inside one company"
    REGION = "inside one region"


@frozen(kw_only=True)
class Fit:
    """A number with the right check digit that GS1 gives to one product for the whole world."""


@frozen(kw_only=True)
class Doubtful:
    """It can be read, but only in a way that needs a second sign."""


@frozen(kw_only=True)
class WrongCheckDigit:
    """The last digit does not belong to the others; any digit may be the wrong one, so none is changed."""

    seen: int
    """The digit that stands there."""
    expected: int
    """The digit that the others ask for."""


@frozen(kw_only=True)
class Restricted:
    """A number of restricted circulation: others use the same one for other things."""

    prefix: str
    """The digits that say so, as in the GS1 prefix table."""
    circulation: Circulation
    """How far it means anything."""


@frozen(kw_only=True)
class Coupon:
    """A coupon, voucher or refund receipt, no product."""

    prefix: str
    """The digits that say so, as in the GS1 prefix table."""


class Pattern(Enum):
    """What makes a number a placeholder."""

    ZEROS = "it is all zeros"
    REPEATED = "it is one digit again and again"
    COUNTING = "it counts up or down"
    EXAMPLE = "its prefix 952 is kept by GS1 for examples"


@frozen(kw_only=True)
class Placeholder:
    """A number somebody typed because the field wanted one."""

    pattern: Pattern
    """What gives it away."""


@frozen(kw_only=True)
class Rounded:
    """A number that ends in so many zeros that a spreadsheet must have rounded it."""

    zeros: int
    """How many zeros stand at the end."""


@frozen(kw_only=True)
class Scientific:
    """A number in scientific notation: its last digits are gone."""


@frozen(kw_only=True)
class VariableMeasure:
    """A trade item of variable measure (indicator 9), whose quantity differs from piece to piece."""


@frozen(kw_only=True)
class WrongLength:
    """Digits, but not as many as any code has."""

    digits: int
    """How many there are."""


@frozen(kw_only=True)
class NotACode:
    """Text that is no trade item number, as an internal SKU; it may still be a code of its own in the POS."""


@frozen(kw_only=True)
class NoCode:
    """Nothing, or a word for nothing."""


Judgement = (
    Fit
    | Doubtful
    | WrongCheckDigit
    | Restricted
    | Coupon
    | Placeholder
    | Rounded
    | Scientific
    | VariableMeasure
    | WrongLength
    | NotACode
    | NoCode
)
"""The closed judgements of a written code."""


def explain(judgement: Judgement) -> str:
    """Say what a judgement means and who can mend it, for a merchant."""
    match judgement:
        case Fit():
            return "a valid code"
        case Doubtful():
            return "it can be read, but not for sure; style, colour and size must agree too"
        case WrongCheckDigit(seen=seen, expected=expected):
            return f"the check digit is {seen} and should be {expected}: a digit is mistyped; ask the brand"
        case Restricted(prefix=prefix, circulation=circulation):
            return (
                f"codes that begin with {prefix} mean something only {circulation.value}; others use them too"
            )
        case Coupon(prefix=prefix):
            return f"codes that begin with {prefix} are coupons, vouchers or receipts, not products"
        case Placeholder(pattern=pattern):
            return f"a placeholder: {pattern.value}; ask the brand for the code"
        case Rounded(zeros=zeros):
            return f"it ends in {zeros} zeros: a spreadsheet rounded the last digits away; ask the brand"
        case Scientific():
            return (
                "a spreadsheet shortened it and the last digits are lost; ask the brand for the code as text"
            )
        case VariableMeasure():
            return "it begins with 9: sold by weight or length, so the code does not name one fixed unit"
        case WrongLength(digits=digits):
            return f"{digits} digits; a code has 8, 12, 13 or 14"
        case NotACode():
            return "text, no UPC or EAN; perhaps the brand's own article number"
        case NoCode():
            return "no code was given"
        case _:
            assert_never(judgement)
