from __future__ import annotations

import pytest
from tests.matching.corpus import Case, cases, matched, said

from po_bridge.matching.explain import explain
from po_bridge.matching.result import NeedsReview

CASES = tuple(cases())


def test_corpus_is_large() -> None:
    """The corpus has at least eighty faults, each named once."""
    names = {case.name for case in CASES}
    assert len(names) == len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_fault(case: Case) -> None:
    """Every line of every fault comes to the expected result; no match is wrong."""
    results = matched(case)
    assert tuple(said(results[demand.key]) for demand in case.demands) == case.expected


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_explanation(case: Case) -> None:
    """Every result is explained in a few lines that name the reasons and what to do."""
    products = {product.id: product for product in case.products}
    for demand in case.demands:
        result = matched(case)[demand.key]
        text = explain(demand, result, products)
        assert "To change it:" in text or "To settle it:" in text
        assert not isinstance(result, NeedsReview) or all(reason.value in text for reason in result.reasons)
