"""What the type checker must find in a table; checked, never run.

mypy fails where one of the ignored errors is no longer reported; pyright sees ``fields`` as Any.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import fields, frozen

from po_bridge.mapping import COUNT, OPTIONAL_TEXT, TEXT, optional, part, rows, rule, table


@frozen(kw_only=True)
class Part:
    """A part."""

    text: str


@frozen(kw_only=True)
class Whole:
    """A whole."""

    count: Decimal
    maybe: str | None = None
    part: Part | None = None
    parts: tuple[Part, ...] = ()


P, W = fields(Part), fields(Whole)
PART = table(Part, (rule(P.text, "text", TEXT),))
PARTS = table(Part, (rule(P.text, "text", TEXT),), over=("parts",))
WHOLE = table(
    Whole,
    (
        rule(W.count, "count", COUNT, default=Decimal(0)),
        rule(W.maybe, "maybe", OPTIONAL_TEXT, default=None),
        part(W.part, "part", PART, default=None),
        rows(W.parts, PARTS),
    ),
)
whole: Whole = WHOLE.read({})

rule(W.cuont, "count", COUNT)  # type: ignore[attr-defined]  # a misspelt attribute
rule(W.count, "count", TEXT)  # type: ignore[misc]  # a codec of another type
rule(W.maybe, "maybe", TEXT)  # type: ignore[misc]  # a codec that cannot write None
rule(W.count, "count", optional(COUNT))  # type: ignore[misc]  # a codec that may give None
rule(W.count, "count", COUNT, default="0")  # type: ignore[misc]  # a default of another type
part(W.part, "part", WHOLE)  # type: ignore[arg-type]  # a table of another model
rows(W.parts, WHOLE)  # type: ignore[misc]  # a table of another model
part(W.count, "count", PART)  # type: ignore[misc]  # an attribute that is no part
wrong: Part = WHOLE.read({})  # type: ignore[assignment]  # another model
