"""Signs by which a brand product and a POS product are compared, and what each can say."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import NamedTuple

from .result import Evidence


class Sign(Enum):
    """What is compared; the words are for people."""

    # Members are single objects, and the hash of their names would cost a tenth of every comparison.
    __hash__ = object.__hash__

    CODE = "code"
    READING = "code in another reading"
    CASE = "case"
    SUPPLIER = "supplier"
    SUPPLIER_CODE = "supplier code"
    STYLE = "style number"
    COLOR = "color"
    SIZE = "size"
    OTHER = "other options"
    BRAND = "brand"
    NAME = "name"
    WORDS = "words of the name"
    MAKER = "brand with name"
    TEXT = "code that is no identity"


class Agreement(Enum):
    """What one comparison says; the words are for people."""

    __hash__ = object.__hash__

    AGREES = "both state it and agree"
    DIFFERS = "both state it and differ"
    UNCLEAR = "both state it, and it cannot be told whether they agree"
    SILENT = "one side does not state it"
    NEITHER = "neither side states it"


class Said(NamedTuple):
    """What one sign says."""

    sign: Sign
    """The sign."""
    agreement: Agreement
    """What it says."""
    evidence: Evidence | None = None
    """For people; None where there is nothing to show."""


@cache
def unshown(sign: Sign, agreement: Agreement) -> Said:
    """Make a sign without evidence; most signs of most pairs are such, so each is made once."""
    return Said(sign, agreement)


def said(sign: Sign, agreement: Agreement, ours: str, theirs: str, note: str = "") -> Said:
    """Make a sign, with evidence where both sides state something."""
    if agreement is Agreement.SILENT or agreement is Agreement.NEITHER:
        return unshown(sign, agreement)
    if agreement is Agreement.UNCLEAR:
        note = note or agreement.value
    agrees = agreement is Agreement.AGREES
    return Said(
        sign, agreement, Evidence(sign=sign.value, ours=ours, theirs=theirs, agrees=agrees, note=note)
    )
