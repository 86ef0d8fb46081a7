"""One brand product beside one POS product: every sign, with what it says and the evidence for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from ..models.pos_product import PosProduct
from .code_sign import code_signs
from .demand_facts import DemandFacts
from .near import same_name
from .option_sign import option_signs
from .product_facts import ProductFacts
from .result import Evidence
from .sign import Agreement, Said, Sign, said, unshown
from .style_sign import style_signs
from .words import is_strange

_EQUAL: Final = {Agreement.AGREES, Agreement.NEITHER}


@frozen(kw_only=True)
class Comparison:
    """What every sign says about one pair."""

    product: PosProduct
    """The POS product."""
    signs: Mapping[Sign, Agreement]
    """What each sign says; a sign left out is silent."""
    evidence: tuple[Evidence, ...] = ()
    """For people, in the order of comparison."""

    def says(self, sign: Sign) -> Agreement:
        """What one sign says."""
        return self.signs.get(sign, Agreement.SILENT)

    def agrees(self, *signs: Sign) -> bool:
        """Whether every one of these signs agrees; an option that neither side states agrees too."""
        # a loop: as a generator it would take twice the time, here and below
        for sign in signs:  # noqa: SIM110  # the reason stands above
            if self.signs.get(sign) not in _EQUAL:
                return False
        return True

    def differs(self, signs: Iterable[Sign]) -> bool:
        """Whether any of these signs contradicts."""
        return any(self.says(sign) is Agreement.DIFFERS for sign in signs)

    @property
    def weight(self) -> int:
        """Signs for it less signs against it; ranks candidates and decides nothing."""
        return sum(1 if evidence.agrees else -1 for evidence in self.evidence)


def _supplier(demand: DemandFacts, product: ProductFacts) -> Said:
    """Compare suppliers; a product that names none stands in the scope of its brand."""
    ours = demand.demand.supplier_id
    theirs = [supplier.supplier_id for supplier in product.product.suppliers]
    brand = demand.demand.brand_id
    if not theirs and brand and brand == product.product.brand_id:
        return unshown(Sign.SUPPLIER, Agreement.AGREES)
    if ours is None or not theirs:
        return unshown(Sign.SUPPLIER, Agreement.SILENT)
    return unshown(Sign.SUPPLIER, Agreement.AGREES if ours in theirs else Agreement.DIFFERS)


def _brand(demand: DemandFacts, product: ProductFacts, supplier: Said) -> Said:
    """Compare brands; another brand contradicts only where the supplier is another one too.

    A brand may stand in the POS under its parent's name, so that its name alone says little.
    """
    ours, theirs = demand.demand.brand_id, product.product.brand_id
    if not ours or not theirs:
        return unshown(Sign.BRAND, Agreement.SILENT)
    # brands are known here by their ids, which say nothing to people
    if ours == theirs:
        return unshown(Sign.BRAND, Agreement.AGREES)
    other = supplier.agreement is Agreement.DIFFERS
    agreement = Agreement.DIFFERS if other else Agreement.SILENT
    return said(Sign.BRAND, agreement, "the order's", "another", "the supplier is another too")


def _name(demand: DemandFacts, product: ProductFacts) -> Said:
    """Compare names; another name contradicts nothing, since stores rename what they sell."""
    style = demand.demand.style
    ours, theirs = style.name if style else "", product.product.name
    return said(Sign.NAME, Agreement.AGREES if same_name(ours, theirs) else Agreement.SILENT, ours, theirs)


def _maker(demand: DemandFacts, product: ProductFacts, brand: Said, name: Said) -> Said:
    """Compare brand and name together: a supplier of several brands may have one style number under each."""
    if brand.agreement is Agreement.DIFFERS:
        return unshown(Sign.MAKER, Agreement.DIFFERS)
    ours, theirs = demand.demand.brand_id, product.product.brand_id
    other = bool(ours and theirs and ours != theirs) and name.agreement is not Agreement.AGREES
    agreement = Agreement.DIFFERS if other else Agreement.SILENT
    return said(Sign.MAKER, agreement, "the order's", "another", "the POS names another brand")


_DELETED: Final = Evidence(sign="state", ours="", theirs="deleted", agrees=False)
_COMPOSITE: Final = Evidence(sign="state", ours="", theirs="made of other products", agrees=False)
_INACTIVE: Final = Evidence(
    sign="state", ours="", theirs="inactive", agrees=True, note="a draft or retired; it can be ordered"
)


def _state(product: PosProduct) -> tuple[Evidence, ...]:
    """Give what a person should know of the product itself."""
    if product.deleted:
        return (_DELETED,)
    if product.composite:
        return (_COMPOSITE,)
    return () if product.active else (_INACTIVE,)


def _words(demand: DemandFacts, product: ProductFacts, codes: Iterable[Said]) -> tuple[Said, ...]:
    """Look at names closely only where a code would decide."""
    for one in codes:
        if one.agreement is Agreement.AGREES and is_strange(demand, product):
            return (unshown(Sign.WORDS, Agreement.DIFFERS),)
    return ()


def _all(demand: DemandFacts, product: ProductFacts) -> list[Said]:
    codes = code_signs(demand, product)
    supplier = _supplier(demand, product)
    options = option_signs(demand, product)
    name = _name(demand, product)
    brand = _brand(demand, product, supplier)
    return [
        *codes,
        *_words(demand, product, codes),
        supplier,
        *style_signs(demand, product, (*options, name)),
        *options,
        brand,
        _maker(demand, product, brand, name),
        name,
    ]


def compare(demand: DemandFacts, product: ProductFacts) -> Comparison:
    """Compare a brand product with a POS product by every sign."""
    found = _all(demand, product)
    evidence = [one.evidence for one in found if one.evidence]
    return Comparison(
        product=product.product,
        signs={one.sign: one.agreement for one in found},
        evidence=(*evidence, *_state(product.product)),
    )
