"""What every index must do, for authors of one: inherit, and say how an empty one is made.

::

    class TestMyIndex(IndexContract):
        @pytest.fixture
        def make_index(self, tmp_path: Path) -> Callable[[], Index]: ...

Needs the extra ``testing``; the tests of resemblance are skipped without the extra ``fast``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from ..matching.demand import Hits, Keys
from ..matching.keys_of import product_keys
from ..models.keys import LineKey
from ..models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from ..ports.index import Index

# The fixture makes a new index for each example, and subclasses run the suite in their own names.
_INHERITED = (HealthCheck.function_scoped_fixture, HealthCheck.differing_executors)

MakeIndex = Callable[[], Index]
"""Makes an empty index; each one is apart from the others."""

_CODES = ("072314100158", "072314100165", "844277100014", "84427710001", "10844277100011", "INT-100-RED")
_NAMES = ("Harbour Tee", "Harbor Tee", "Parka", "")


def index_product(
    product_id: str,
    *,
    code: str = "072314100158",
    supplier: str = "s-1",
    supplier_code: str = "AB100",
    color: str = "Red",
    size: str = "M",
    name: str = "Harbour Tee",
    deleted: bool = False,
) -> PosProduct:
    """Make a product for an index; what is empty is left out."""
    options = (("Color", color), ("Size", size))
    return PosProduct(
        id=product_id,
        name=name,
        codes=(ProductCode(kind=CodeKind.UPC, text=code),) if code else (),
        suppliers=(ProductSupplier(supplier_id=supplier, code=supplier_code),) if supplier else (),
        options=tuple(OptionValue(name=option, value=value) for option, value in options if value),
        deleted=deleted,
    )


def asked(product: PosProduct, number: int = 0) -> Keys:
    """Make the question that finds a product by all its keys."""
    keys = product_keys(product)
    line = LineKey(portal="p", style_id=f"style-{number}", color="", size="")
    return Keys(key=line, codes=keys.codes, supplier_codes=keys.supplier_codes, options=keys.options)


def answer(keys: Keys, products: Iterable[PosProduct]) -> Hits:
    """Answer a question the slow way: every product is looked at."""
    stored = [product_keys(product) for product in products]

    def ids(wanted: Sequence[int], own: str) -> tuple[str, ...]:
        found = {one.product_id for one in stored if not set(wanted).isdisjoint(getattr(one, own))}
        return tuple(sorted(found))

    return Hits(
        key=keys.key,
        by_code=ids(keys.codes, "codes"),
        by_supplier_code=ids(keys.supplier_codes, "supplier_codes"),
        by_options=ids(keys.options, "options"),
    )


@st.composite
def _products(draw: st.DrawFn) -> PosProduct:
    return index_product(
        draw(st.sampled_from(("a", "b", "c", "0f8fad5b-d9cb-469f-a165-70867728950e", "ü/1"))),
        code=draw(st.sampled_from(("", *_CODES))),
        supplier=draw(st.sampled_from(("s-1", "s-2", ""))),
        supplier_code=draw(st.sampled_from(("AB100", "AB-100-Red-M", ""))),
        color=draw(st.sampled_from(("Red", ""))),
        size=draw(st.sampled_from(("M", "L"))),
        name=draw(st.sampled_from(_NAMES)),
        deleted=draw(st.booleans()),
    )


_changes = st.lists(
    st.one_of(st.lists(_products(), max_size=4), st.sampled_from(("a", "b", "c"))), max_size=8
)
"""Batches of products that come in, and ids that are forgotten."""


class IndexContract:
    """Inherit in a test class and give the fixture ``make_index``."""

    @pytest.fixture
    def make_index(self) -> MakeIndex:
        """Makes empty indexes."""
        raise NotImplementedError("a contract suite needs the fixture `make_index`")

    @pytest.fixture
    def index(self, make_index: MakeIndex) -> Index:
        """An empty index."""
        return make_index()

    def test_empty_index_answers_every_question(self, index: Index) -> None:
        """An empty index gives an empty answer for each question, in their order."""
        questions = [asked(index_product("a"), number) for number in range(3)]
        assert index.lookup(questions) == tuple(Hits(key=keys.key) for keys in questions)
        assert index.lookup(()) == ()

    @pytest.mark.parametrize("part", ["codes", "supplier_codes", "options"])
    def test_each_kind_of_key_finds(self, index: Index, part: str) -> None:
        """A product is found by any one of its codes, supplier codes and options."""
        product = index_product("a")
        index.upsert([product, index_product("b", code="844277100014", supplier="s-2", size="L")])
        whole = asked(product)
        own = {
            name: getattr(whole, name) if name == part else ()
            for name in ("codes", "supplier_codes", "options")
        }
        (hits,) = index.lookup([Keys(key=whole.key, **own)])
        assert hits.product_ids == ("a",)

    def test_answers_come_in_the_order_of_the_questions(self, index: Index) -> None:
        """Each answer belongs to the question at its place, even when a question is asked twice."""
        products = [index_product("b", size="L", code=""), index_product("a", size="S", code="")]
        index.upsert(products)
        questions = [asked(products[0], 1), asked(products[1], 2), asked(products[0], 3)]
        assert index.lookup(questions) == tuple(answer(keys, products) for keys in questions)

    def test_several_products_under_one_key(self, index: Index) -> None:
        """Every product under a key answers, sorted by id."""
        index.upsert([index_product(name) for name in ("c", "a", "b")])
        (hits,) = index.lookup([asked(index_product("x"))])
        assert hits.by_code == ("a", "b", "c")
        assert hits.by_options == ("a", "b", "c")

    def test_products_of_several_codes(self, index: Index) -> None:
        """The products under several codes answer sorted and each once, also where a code is asked for twice."""
        products = [index_product("b"), index_product("a", code="844277100014")]
        index.upsert(products)
        keys = Keys(key=asked(products[0]).key, codes=(72314100158, 5, 844277100014, 72314100158))
        assert index.lookup([keys])[0].by_code == ("a", "b")

    def test_dead_products_answer(self, index: Index) -> None:
        """A deleted product is found, since its codes may stay taken."""
        index.upsert([index_product("a", deleted=True)])
        (hits,) = index.lookup([asked(index_product("x"))])
        assert hits.product_ids == ("a",)

    def test_replaced_product_leaves_no_trace(self, index: Index) -> None:
        """A product that comes in again is found by its new keys only."""
        old = index_product("a")
        new = index_product("a", code="844277100014", supplier="s-2", supplier_code="ZZ9", name="Parka")
        index.upsert([old])
        index.upsert([new])
        before, after = index.lookup([asked(old), asked(new)])
        assert before.product_ids == ()
        assert after == answer(asked(new), [new])
        assert index.near("s-1", "harbour tee", 5) == ()

    def test_last_of_equal_ids_counts(self, index: Index) -> None:
        """Of two products with one id in one batch the later one counts."""
        new = index_product("a", code="844277100014")
        index.upsert([index_product("a"), new])
        assert index.lookup([asked(new)]) == (answer(asked(new), [new]),)

    def test_removed_product_is_forgotten(self, index: Index) -> None:
        """A removed product answers no more; an id that nobody knows is no error."""
        product = index_product("a")
        index.upsert([product])
        index.remove(["a", "nobody"])
        index.remove(["a"])
        assert index.lookup([asked(product)]) == (Hits(key=asked(product).key),)
        assert index.near("s-1", "harbour tee", 5) == ()
        index.upsert([product])
        assert index.lookup([asked(product)]) == (answer(asked(product), [product]),)

    def test_many_changes(self, index: Index) -> None:
        """An index that changed many times answers as one that was made at once."""
        products = [index_product(f"id-{number}", supplier_code=f"AB{number % 7}") for number in range(400)]
        for part in range(0, 400, 50):
            index.upsert(products[part : part + 50])
            index.upsert(products[:part:3])
        for _ in range(12):
            index.upsert(products[:200])
        index.remove([f"id-{number}" for number in range(300, 400)])
        questions = [asked(product, number) for product, number in zip(products, count(), strict=False)][::37]
        assert index.lookup(questions) == tuple(answer(keys, products[:300]) for keys in questions)

    @given(changes=_changes, questions=st.lists(_products(), max_size=4))
    @settings(max_examples=60, deadline=None, suppress_health_check=_INHERITED)
    def test_any_history(
        self,
        make_index: MakeIndex,
        changes: list[list[PosProduct] | str],
        questions: list[PosProduct],
    ) -> None:
        """After any changes in any order, every answer is what looking at every product gives."""
        index = make_index()
        store: dict[str, PosProduct] = {}
        for change in changes:
            if isinstance(change, str):
                store.pop(change, None)
                index.remove([change])
            else:
                store.update({product.id: product for product in change})
                index.upsert(change)
        keys = [asked(product, number) for product, number in zip(questions, count(), strict=False)]
        assert index.lookup(keys) == tuple(answer(one, store.values()) for one in keys)

    def test_resembling_names(self, index: Index) -> None:
        """Live products of the supplier asked for answer, the best first, as many as wanted."""
        pytest.importorskip("rapidfuzz")
        index.upsert(
            [
                index_product("best", name="Harbour Tee"),
                index_product("good", name="Harbor Tee"),
                index_product("none", name="Woollen Socks"),
                index_product("dead", deleted=True),
                index_product("elsewhere", supplier="s-2"),
            ]
        )
        found = index.near("s-1", "harbour tee", 5)
        assert [hit.product_id for hit in found] == ["best", "good"]
        assert found[0].score > found[1].score
        assert index.near("s-1", "harbour tee", 1) == found[:1]
        assert index.near("s-9", "harbour tee", 5) == ()

    def test_resembling_options(self, index: Index) -> None:
        """Among members of one name the one with the options asked for comes first, equal ones by id."""
        pytest.importorskip("rapidfuzz")
        sizes = ("S", "L", "M")
        index.upsert(
            index_product(f"{size}{number}", size=size, code="") for size in sizes for number in (2, 1)
        )
        found = index.near("s-1", "harbour tee | red l", 3)
        assert [hit.product_id for hit in found[:2]] == ["L1", "L2"]
        assert len(found) == 3

    @given(changes=_changes, text=st.sampled_from(("harbour tee | red m", "harbor tee", "parka | l", "")))
    @settings(max_examples=40, deadline=None, suppress_health_check=_INHERITED)
    def test_resemblance_has_no_history(
        self, make_index: MakeIndex, changes: list[list[PosProduct] | str], text: str
    ) -> None:
        """What resembles depends on the products alone, not on the way they came in."""
        lived, fresh = make_index(), make_index()
        store: dict[str, PosProduct] = {}
        for change in changes:
            if isinstance(change, str):
                store.pop(change, None)
                lived.remove([change])
            else:
                store.update({product.id: product for product in change})
                lived.upsert(change)
        fresh.upsert(sorted(store.values(), key=lambda product: product.id))
        for supplier in ("s-1", "s-2"):
            assert lived.near(supplier, text, 3) == fresh.near(supplier, text, 3)
