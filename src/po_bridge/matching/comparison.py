"""One brand product beside one POS product: every sign, with what it says and the evidence for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from ..models.pos_product import PosProduct
from .code_sign import code_signs
from .demand_facts import DemandFacts
from .near import same_name
from .option_sign import option_signs
from .product_facts import ProductFacts
from .result import Evidence
from .sign import Agreement, Said, Sign, said
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
        return all(self.signs.get(sign) in _EQUAL for sign in signs)

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
        return Said(sign=Sign.SUPPLIER, agreement=Agreement.AGREES)
    if ours is None or not theirs:
        return Said(sign=Sign.SUPPLIER, agreement=Agreement.SILENT)
    agreement = Agreement.AGREES if ours in theirs else Agreement.DIFFERS
    return Said(sign=Sign.SUPPLIER, agreement=agreement)


def _brand(demand: DemandFacts, product: ProductFacts, supplier: Said) -> Said:
    """Compare brands; another brand contradicts only where the supplier is another one too.

    A brand may stand in the POS under its parent's name, so that its name alone says little.
    """
    ours, theirs = demand.demand.brand_id, product.product.brand_id
    if not ours or not theirs:
        return said(Sign.BRAND, Agreement.SILENT, "", "")
    # brands are known here by their ids, which say nothing to people
    if ours == theirs:
        return Said(sign=Sign.BRAND, agreement=Agreement.AGREES)
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
        return Said(sign=Sign.MAKER, agreement=Agreement.DIFFERS)
    ours, theirs = demand.demand.brand_id, product.product.brand_id
    other = bool(ours and theirs and ours != theirs) and name.agreement is not Agreement.AGREES
    agreement = Agreement.DIFFERS if other else Agreement.SILENT
    return said(Sign.MAKER, agreement, "the order's", "another", "the POS names another brand")


def _state(product: PosProduct) -> Iterator[Evidence]:
    """Yield what a person should know of the product itself."""
    if product.deleted:
        yield Evidence(sign="state", ours="", theirs="deleted", agrees=False)
    elif product.composite:
        yield Evidence(sign="state", ours="", theirs="made of other products", agrees=False)
    elif not product.active:
        yield Evidence(
            sign="state",
            ours="",
            theirs="inactive",
            agrees=True,
            note="a draft or retired; it can be ordered",
        )


def _all(demand: DemandFacts, product: ProductFacts) -> Iterator[Said]:
    codes = tuple(code_signs(demand, product))
    yield from codes
    # names are looked at closely only where a code would decide
    if any(one.agreement is Agreement.AGREES for one in codes) and is_strange(demand, product):
        yield Said(sign=Sign.WORDS, agreement=Agreement.DIFFERS)
    supplier = _supplier(demand, product)
    options = tuple(option_signs(demand, product))
    name = _name(demand, product)
    yield supplier
    yield from style_signs(demand, product, (*options, name))
    yield from options
    brand = _brand(demand, product, supplier)
    yield brand
    yield _maker(demand, product, brand, name)
    yield name


def compare(demand: DemandFacts, product: ProductFacts) -> Comparison:
    """Compare a brand product with a POS product by every sign."""
    found = tuple(_all(demand, product))
    evidence = tuple(one.evidence for one in found if one.evidence)
    return Comparison(
        product=product.product,
        signs={one.sign: one.agreement for one in found},
        evidence=(*evidence, *_state(product.product)),
    )
