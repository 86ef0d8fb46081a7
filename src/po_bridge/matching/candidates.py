"""Products that a person may choose, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..models.pos_product import PosProduct
from .comparison import Comparison
from .result import Candidate, Rung
from .rungs import LADDER, ORDER
from .sign import Agreement, Sign


def shown_name(product: PosProduct) -> str:
    """Give a product's name with its options, else its SKU, else its id."""
    if product.variant_name:
        return product.variant_name
    parts = (product.name, *(option.value for option in product.options))
    return " / ".join(filter(None, parts)) or product.sku or product.id


def rung_of(comparison: Comparison) -> Rung:
    """Give the first rung that a product answers on, else the one it comes closest to."""
    for rule in LADDER:
        if rule.answered_by(comparison):
            return rule.rung
    if any(comparison.says(sign) is Agreement.AGREES for sign in (Sign.READING, Sign.CASE, Sign.TEXT)):
        return Rung.CODE
    # Another size of the style has its number too, and is further away than what states no size.
    styled = comparison.says(Sign.STYLE) is Agreement.AGREES
    return Rung.STYLE_OPTIONS if styled and not comparison.differs((Sign.COLOR, Sign.SIZE)) else Rung.NEAR


def candidate_of(comparison: Comparison, rung: Rung | None = None) -> Candidate:
    """Make a candidate of a compared product."""
    product = comparison.product
    return Candidate(
        product_id=product.id,
        name=shown_name(product),
        rung=rung or rung_of(comparison),
        evidence=comparison.evidence,
    )


def candidates_of(comparisons: Iterable[Comparison], near: Mapping[str, float]) -> tuple[Candidate, ...]:
    """Rank products that can be linked: by rung, then by signs, then by resemblance, then by id."""

    def rank(pair: tuple[Comparison, Candidate]) -> tuple[int, int, float, str]:
        comparison, candidate = pair
        score = near.get(candidate.product_id, 0.0)
        return ORDER.index(candidate.rung), -comparison.weight, -score, candidate.product_id

    pairs = ((one, candidate_of(one)) for one in comparisons if one.product.alive)
    return tuple(candidate for _, candidate in sorted(pairs, key=rank))
