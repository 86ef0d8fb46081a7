from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hypothesis import given, settings, strategies as st
from tests.matching.store_strategies import orders, stores

from po_bridge.matching.demand import Demand, Hits
from po_bridge.matching.keys_of import keys_of
from po_bridge.matching.ladder import match
from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.matching.result import Match, Matched, NeedsReview, New
from po_bridge.models.keys import LineKey
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier

UNRELATED = PosProduct(
    id="unrelated",
    name="Garden Gnome",
    sku="GNOME-0001",
    codes=(ProductCode(kind=CodeKind.EAN, text="4006381333931"),),
    suppliers=(ProductSupplier(supplier_id="s-garden", code="GN-0001-Green-XL"),),
    options=(OptionValue(name="Color", value="Green"), OptionValue(name="Size", value="XL")),
    brand_id="b-garden",
)


def hits_of(demands: Sequence[Demand], products: Iterable[PosProduct]) -> Mapping[LineKey, Hits]:
    """Look demands up in a store."""
    index = MemoryIndex()
    index.upsert(products)
    return {found.key: found for found in index.lookup([keys_of(demand) for demand in demands])}


def run(
    demands: Sequence[Demand],
    products: Sequence[PosProduct],
    links: Mapping[LineKey, str] | None = None,
) -> Mapping[LineKey, Match]:
    """Match demands with a store."""
    return match(demands, hits_of(demands, products), {one.id: one for one in products}, links or {}, {})


@given(st.data(), orders, stores())
@settings(max_examples=100)
def test_order_does_not_count(
    data: st.DataObject, demands: tuple[Demand, ...], products: tuple[PosProduct, ...]
) -> None:
    """The order of products and of lines changes no result, evidence and candidates included."""
    lines = data.draw(st.permutations(demands))
    shelf = data.draw(st.permutations(products))
    assert run(demands, products) == run(lines, shelf)


@given(orders, stores())
@settings(max_examples=100)
def test_unrelated_product_changes_nothing(
    demands: tuple[Demand, ...], products: tuple[PosProduct, ...]
) -> None:
    """A product that shares nothing with the order leaves every result as it was, evidence included."""
    assert run(demands, products) == run(demands, (*products, UNRELATED))


@given(orders, stores())
@settings(max_examples=100)
def test_matching_twice(demands: tuple[Demand, ...], products: tuple[PosProduct, ...]) -> None:
    """Once a match is confirmed as a link, the same product is matched again."""
    before = run(demands, products)
    links = {key: one.product_id for key, one in before.items() if isinstance(one, Matched)}
    after = run(demands, products, links)
    again = {key: one.product_id for key in links if isinstance(one := after[key], Matched)}
    assert again == links


@given(orders, stores())
@settings(max_examples=100)
def test_matched_product_can_be_ordered(
    demands: tuple[Demand, ...], products: tuple[PosProduct, ...]
) -> None:
    """A matched product is in the store, alive and no composite."""
    good = {one.id for one in products if one.alive and not one.composite}
    results = run(demands, products).values()
    assert {one.product_id for one in results if isinstance(one, Matched)} <= good


@given(orders, stores())
@settings(max_examples=100)
def test_index_misses_nothing_that_matches(
    demands: tuple[Demand, ...], products: tuple[PosProduct, ...]
) -> None:
    """What is matched, or new, by the index's hits is no other when every product is compared with every line."""
    ids = tuple(sorted(one.id for one in products))
    every = {demand.key: Hits(key=demand.key, by_options=ids) for demand in demands}
    whole = match(demands, every, {one.id: one for one in products}, {}, {})
    for key, result in run(demands, products).items():
        if isinstance(result, Matched):
            assert isinstance(whole[key], Matched)
            assert whole[key] == result


@given(orders, stores())
@settings(max_examples=100)
def test_review_names_reasons_and_sound_candidates(
    demands: tuple[Demand, ...], products: tuple[PosProduct, ...]
) -> None:
    """A review has a reason, each once and in order, and candidates that are alive, each once."""
    alive = {one.id for one in products if one.alive}
    for result in run(demands, products).values():
        if isinstance(result, NeedsReview):
            ids = [candidate.product_id for candidate in result.candidates]
            assert result.reasons
            assert set(ids) <= alive
            assert len(ids) == len(set(ids))
        else:
            assert isinstance(result, Matched | New)
