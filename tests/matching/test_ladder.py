from __future__ import annotations

import pytest
from attrs import evolve
from tests.matching.corpus import Case, cases, demand_of, matched, product_of

from po_bridge.matching.candidates import shown_name
from po_bridge.matching.demand import Hits
from po_bridge.matching.ladder import match
from po_bridge.matching.result import Choice, Match, Matched, NeedsReview, New, Reason, Rung, Skipped, Verdict
from po_bridge.matching.rungs import LADDER, ORDER, ladder_text
from po_bridge.models.pos_product import PosProduct

UPC = "844277100014"
CASES = tuple(cases())


def one(demand_row: dict[str, object], *products: PosProduct, near: float | None = None) -> Match:
    """Match one line with a store."""
    demand = demand_of(demand_row)
    ids = tuple(product.id for product in products)
    hits = {demand.key: Hits(key=demand.key, by_options=ids)}
    return match((demand,), hits, {product.id: product for product in products}, {}, {})[demand.key]


def results_of(case: Case) -> list[Match]:
    """Match a case of the corpus."""
    return list(matched(case).values())


@pytest.mark.parametrize("reason", list(Reason), ids=lambda reason: reason.name)
def test_every_reason_comes_up(reason: Reason) -> None:
    """Each reason for review is met by a fault of the corpus and stands in the ladder."""
    reviews = [one for case in CASES for one in results_of(case) if isinstance(one, NeedsReview)]
    assert any(reason in review.reasons for review in reviews)
    assert any(reason in rule.reasons for rule in LADDER)


@pytest.mark.parametrize("rung", [rung for rung in Rung if rung is not Rung.NEAR], ids=lambda rung: rung.name)
def test_every_rung_matches(rung: Rung) -> None:
    """Each rung but the last decides a fault of the corpus."""
    assert any(one.rung is rung for case in CASES for one in results_of(case) if isinstance(one, Matched))


def test_near_never_matches() -> None:
    """No signs make a product answer on the last rung."""
    near = LADDER[-1]
    assert near.rung is Rung.NEAR
    assert not near.needs


def test_ladder_is_in_the_order_of_the_rungs() -> None:
    """Rows stand in the order in which rungs are declared."""
    assert tuple(Rung) == ORDER


def test_ladder_prints() -> None:
    """The printed ladder has a row a rule, with when it matches and every reason."""
    rows = ladder_text().splitlines()
    assert len(rows) == 2 + len(LADDER)
    assert all(rule.when in row for rule, row in zip(LADDER, rows[2:], strict=True))
    assert all(reason.value in "\n".join(rows) for reason in Reason)


def test_hit_is_compared_before_it_is_believed() -> None:
    """A product that an index names and that has no sign of the line is no answer."""
    stranger = product_of({"id": "p1", "code": "ZZ", "upc": "072314100158"})
    assert isinstance(one({"upc": UPC}, stranger), New)


def test_case_names_its_factor() -> None:
    """A case on the order and its each in the POS show how many the pack holds, by the order."""
    result = one({"upc": "10844277100011", "pack": 12}, product_of({"id": "p1", "upc": UPC}))
    assert isinstance(result, NeedsReview)
    (case,) = [evidence for evidence in result.candidates[0].evidence if evidence.sign == "case"]
    assert "12 in a pack" in case.note


def test_case_without_factor_says_so() -> None:
    """Where the order states no pack, the evidence says that the number is not known."""
    result = one({"upc": "10844277100011"}, product_of({"id": "p1", "upc": UPC}))
    assert isinstance(result, NeedsReview)
    assert "not stated" in result.candidates[0].evidence[0].note


def test_unfit_code_is_reported_beside_a_match() -> None:
    """A line matched by supplier code still reports that its code is damaged."""
    result = one({"upc": "844277100012"}, product_of({"id": "p1", "code": "AB100-Red-M"}))
    assert isinstance(result, Matched)
    assert any("check digit" in evidence.note for evidence in result.evidence)


def test_new_says_what_was_looked_for() -> None:
    """A new product shows the code and the style number that nothing answered to."""
    result = one({"upc": UPC})
    assert isinstance(result, New)
    assert {evidence.ours for evidence in result.evidence} == {UPC, "AB100"}


def test_inactive_product_is_shown() -> None:
    """A match with a draft says that it is inactive."""
    result = one({"upc": UPC}, product_of({"id": "p1", "upc": UPC, "inactive": True}))
    assert isinstance(result, Matched)
    assert any(evidence.theirs == "inactive" for evidence in result.evidence)


def test_candidates_come_by_rung_then_by_signs_then_by_id() -> None:
    """A person sees first what answers on the highest rung, then what more signs speak for."""
    products = (
        product_of({"id": "c", "code": "AB100-Red-M"}),
        product_of({"id": "b", "upc": UPC}),
        product_of({"id": "a", "upc": UPC, "options": {"Color": "Red", "Size": "M"}}),
        product_of({"id": "d", "upc": UPC}),
    )
    result = one({"upc": UPC}, *products)
    assert isinstance(result, NeedsReview)
    assert [candidate.product_id for candidate in result.candidates] == ["a", "b", "d", "c"]


def test_missing_product_of_a_code_is_a_dead_one() -> None:
    """An id that an index has under a code and that the store no longer knows is a deleted product."""
    demand = demand_of({"upc": UPC})
    hits = {demand.key: Hits(key=demand.key, by_code=("gone",))}
    result = match((demand,), hits, {}, {}, {})[demand.key]
    assert isinstance(result, NeedsReview)
    assert result.reasons == (Reason.DEAD_PRODUCT,)


def test_skip_keeps_the_words() -> None:
    """A skipped line carries what the person said."""
    demand = demand_of({})
    verdict = Verdict(choice=Choice.SKIP, why="arrives later", by="ana")
    assert match((demand,), {}, {}, {}, {demand.key: verdict})[demand.key] == Skipped(
        why="arrives later", by="ana"
    )


def test_decision_names_who_made_it() -> None:
    """A match by decision shows who decided, and why."""
    demand = demand_of({})
    verdict = Verdict(choice=Choice.LINK, product_id="p1", why="same shirt", by="ana")
    products = {"p1": product_of({"id": "p1"})}
    result = match((demand,), {}, products, {}, {demand.key: verdict})[demand.key]
    assert isinstance(result, Matched)
    assert (result.evidence[0].ours, result.evidence[0].note) == ("ana", "same shirt")


def test_candidate_is_named_as_the_store_names_it() -> None:
    """A variant's own name is shown, else name and options, else SKU, else id."""
    assert shown_name(evolve(product_of({"id": "p"}), variant_name="Tee / Red")) == "Tee / Red"
    assert shown_name(product_of({"id": "p", "options": {"Size": "M"}})) == "Tee / M"
    assert shown_name(product_of({"id": "p", "name": "", "sku": "10013"})) == "10013"
    assert shown_name(product_of({"id": "p", "name": ""})) == "p"


def test_first_lines_of_many_are_named() -> None:
    """Where one code stands on a thousand lines, a review names the first few and counts the others."""
    demands = tuple(demand_of({"size": str(number), "upc": UPC}) for number in range(30, 60))
    result = match(demands, {}, {}, {}, {})[demands[-1].key]
    assert isinstance(result, NeedsReview)
    lines = [evidence for evidence in result.evidence if evidence.sign == "line"]
    assert len(lines) == 5
    assert "24 more" in lines[0].note
