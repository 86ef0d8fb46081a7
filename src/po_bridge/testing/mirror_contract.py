"""What every cache must do with a store's records, for authors of one: inherit, and say how an empty one is made.

::

    class TestMyCache(MirrorContract):
        @pytest.fixture
        def make_cache(self, tmp_path: Path) -> Callable[[], Cache]: ...

Needs the extra ``testing``. What is expected is computed by looking at every record, so that all caches that pass
give the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st

from ..errors import CacheDamaged, Misuse
from ..models.named_record import NamedRecord, name_key
from ..models.origin import Origin
from ..models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from ..models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from ..models.store import Outlet, StoreFacts, TaxForm
from ..models.style_document import StyleDocument, StyleSize
from ..planning.snapshot import Collection, Page, Record
from ..ports.cache import Cache, Extent, KeptFacts, KeptStyle, Mirror
from .index_contract import asked

MakeCache = Callable[[], Cache]
"""Makes an empty cache; each one is apart from the others."""

AT = datetime(2026, 8, 3, 9, 30, tzinfo=UTC)

_INHERITED = (HealthCheck.function_scoped_fixture, HealthCheck.differing_executors)
"""One test in several classes, each with a fixture that makes what is tried anew."""

_NAMES = ("Harbour Tee", "harbour  TEE", "Parka", "")
_CODES = ("072314100158", "4006381333931", "HT-1", "ht-1")
_RECORDS = ("s-1", "s-2", "b-1", "t-1")


def product(product_id: str = "a", **fields: Any) -> PosProduct:
    """Make a product with a code and a supplier."""
    plain: dict[str, Any] = {
        "name": "Harbour Tee",
        "codes": (ProductCode(kind=CodeKind.UPC, text="072314100158"),),
        "suppliers": (ProductSupplier(supplier_id="s-1", code="HT-1", price=Decimal("12.50")),),
        "brand_id": "b-1",
        "tag_ids": ("t-1",),
        "options": (OptionValue(name="Size", value="M", option_id="o-1"),),
        "origin": Origin(system="a POS", record=product_id, revision="7"),
    }
    return PosProduct(id=product_id, **(plain | fields))


def page(*records: Record, position: str = "1", more: bool = False) -> Page:
    """Make a page."""
    return Page(records=records, position=position, more=more)


def _products() -> st.SearchStrategy[PosProduct]:
    return st.builds(
        lambda key, name, codes, sku, uses, deleted, family: product(
            key,
            name=name,
            codes=tuple(ProductCode(kind=CodeKind.CUSTOM, text=code) for code in codes),
            sku=sku,
            suppliers=(ProductSupplier(supplier_id=uses),),
            brand_id=None,
            tag_ids=(),
            options=(),
            deleted=deleted,
            family_id=family,
        ),
        st.sampled_from("abcd"),
        st.sampled_from(_NAMES),
        st.lists(st.sampled_from(_CODES), max_size=2),
        st.sampled_from((*_CODES, "")),
        st.sampled_from(_RECORDS),
        st.booleans(),
        st.sampled_from(("a", "b", None)),
    )


def taken_in(mirror: Mirror, collection: Collection, *records: Record) -> None:
    """Have a mirror take in records as the next page of a collection."""
    since = mirror.positions().get(collection, "")
    position = str(int(since or 0) + 1)
    assert mirror.absorb(collection, page(*records, position=position), since)


def _by(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: tuple(sorted(values)) for key, values in found.items()}


class MirrorContract:
    """Records, index, style documents and facts."""

    @pytest.fixture
    def cache(self, make_cache: MakeCache) -> Cache:
        """An empty cache."""
        return make_cache()

    @pytest.fixture
    def mirror(self, cache: Cache) -> Mirror:
        """Its mirror."""
        return cache.mirror

    def test_empty(self, mirror: Mirror) -> None:
        """Nothing was read, and nothing is there."""
        assert mirror.positions() == {}
        assert mirror.products(["a"]) == {}
        assert mirror.named(Collection.SUPPLIERS) == ()
        assert mirror.orders(["1"], ["o"]) == {}
        assert mirror.facts() is None
        assert mirror.extent(Collection.PRODUCTS) == Extent(records=0, complete=False)

    def test_record_and_position_come_together(self, mirror: Mirror) -> None:
        """A page is there with its records and its position."""
        assert mirror.absorb(Collection.PRODUCTS, page(product(), position="27561000001", more=True), "")
        assert mirror.positions() == {Collection.PRODUCTS: "27561000001"}
        assert mirror.products(["a", "nobody"]) == {"a": product()}
        assert mirror.extent(Collection.PRODUCTS) == Extent(records=1, complete=False)

    def test_every_field_comes_back(self, mirror: Mirror) -> None:
        """A product is given back as it was taken in, digits of prices and its origin included."""
        taken_in(mirror, Collection.PRODUCTS, product())
        found = mirror.products(["a"])["a"]
        assert found == product()
        assert found.origin == product().origin
        assert str(found.suppliers[0].price) == "12.50"

    def test_page_that_came_too_late(self, mirror: Mirror) -> None:
        """A page read after a position that is no longer the collection's changes nothing."""
        taken_in(mirror, Collection.PRODUCTS, product(name="New"))
        assert not mirror.absorb(Collection.PRODUCTS, page(product(name="Old"), position="9"), "")
        assert not mirror.absorb(Collection.PRODUCTS, page(product(name="Old"), position="9"), "8")
        assert mirror.products(["a"])["a"].name == "New"
        assert mirror.positions() == {Collection.PRODUCTS: "1"}

    def test_complete_stays_complete(self, mirror: Mirror) -> None:
        """A collection that was read to its end once is complete, whatever changes come later."""
        mirror.absorb(Collection.BRANDS, page(NamedRecord(id="b", name="B"), position="1", more=True), "")
        assert mirror.extent(Collection.BRANDS) == Extent(records=1, complete=False)
        mirror.absorb(Collection.BRANDS, page(position="1"), "1")
        mirror.absorb(Collection.BRANDS, page(NamedRecord(id="c", name="C"), position="2", more=True), "1")
        assert mirror.extent(Collection.BRANDS) == Extent(records=2, complete=True)

    @pytest.mark.parametrize("collection", [Collection.SUPPLIERS, Collection.BRANDS, Collection.TAGS])
    def test_named_records(self, mirror: Mirror, collection: Collection) -> None:
        """Live records of one list, by id; another list with the same ids is apart."""
        records = [NamedRecord(id=key, name=key.upper(), deleted=key == "b") for key in ("c", "b", "a")]
        taken_in(mirror, collection, *records)
        taken_in(mirror, Collection.OPTIONS, NamedRecord(id="a", name="Other"))
        assert [record.id for record in mirror.named(collection)] == ["a", "c"]
        taken_in(mirror, collection, evolve(records[1], deleted=False))
        assert [record.id for record in mirror.named(collection)] == ["a", "b", "c"]

    def test_options_come_whole(self, mirror: Mirror) -> None:
        """The list of options replaces what was there, since nobody tells of one that is gone."""
        taken_in(
            mirror, Collection.OPTIONS, NamedRecord(id="1", name="Colour"), NamedRecord(id="2", name="Size")
        )
        taken_in(mirror, Collection.OPTIONS, NamedRecord(id="2", name="Size"))
        assert [record.name for record in mirror.named(Collection.OPTIONS)] == ["Size"]

    def test_orders(self, mirror: Mirror) -> None:
        """Purchase orders are found by number, however typed, and id, also deleted ones; by supplier live ones."""
        first = PurchaseOrder(id="o-1", number="77", supplier_id="s-1", status=PurchaseStatus.SENT)
        second = PurchaseOrder(id="o-2", number=" \uff17\uff17", supplier_id="s-1", deleted=True)
        other = PurchaseOrder(id="o-3", number="#77", supplier_id=None)
        taken_in(mirror, Collection.ORDERS, first, second, other)
        assert mirror.orders(["77"], []) == {"o-1": first, "o-2": second}
        assert mirror.orders(["77"], ["o-1", "o-3", "o-9"]) == {"o-1": first, "o-2": second, "o-3": other}
        assert mirror.orders_of(["s-1", "s-9"]) == {"o-1": first}

    def test_vanished_orders(self, mirror: Mirror) -> None:
        """An order that is gone is kept as deleted, until a page tells of it again."""
        order = PurchaseOrder(id="o-1", number="77", supplier_id="s-1")
        taken_in(mirror, Collection.ORDERS, order)
        mirror.vanished(["o-1", "o-9"])
        assert mirror.orders(["77"], ["o-9"]) == {"o-1": evolve(order, deleted=True)}
        assert mirror.orders_of(["s-1"]) == {}
        taken_in(mirror, Collection.ORDERS, order)
        assert mirror.orders_of(["s-1"]) == {"o-1": order}

    def test_facts(self, mirror: Mirror) -> None:
        """Facts come back with their age; later ones replace them."""
        facts = StoreFacts(
            store="here",
            tax_form=TaxForm.INCLUSIVE,
            currency="EUR",
            outlets=(Outlet(id="1", zone="Europe/Paris"),),
        )
        for hours in (0, 30):
            kept = KeptFacts(facts=facts, at=AT + timedelta(hours=hours))
            mirror.keep_facts(kept)
            assert mirror.facts() == kept

    def test_index_follows(self, cache: Cache) -> None:
        """What the mirror takes in is found by the index, by its last state."""
        old, new = (
            product(),
            product(codes=(ProductCode(kind=CodeKind.EAN, text="4006381333931"),), suppliers=()),
        )
        taken_in(cache.mirror, Collection.PRODUCTS, old)
        assert cache.index.lookup([asked(old)])[0].product_ids == ("a",)
        taken_in(cache.mirror, Collection.PRODUCTS, new)
        by_old, by_new = cache.index.lookup([asked(old), asked(new)])
        assert (by_old.by_code, by_new.product_ids) == ((), ("a",))

    def test_styles(self, cache: Cache) -> None:
        """Style documents come back with their age and unknown keys, also one that the source does not have."""
        document = StyleDocument(
            portal="A",
            style_id="1",
            sizes=(StyleSize(size="M", retail={"USD": Decimal("29.90")}),),
            extra={"weight": Decimal("1.20"), "more": {"deep": (None, True, "x")}},
        )
        kept = KeptStyle(document=document, at=AT)
        cache.styles.put("A", "1", kept)
        cache.styles.put("A", "2", KeptStyle(document=None, at=AT))
        found = cache.styles.get("A", "1")
        assert found == kept
        assert found is not None
        assert found.document is not None
        assert found.document.extra == document.extra
        assert cache.styles.get("A", "2") == KeptStyle(document=None, at=AT)
        assert cache.styles.get("B", "1") is None

    def test_one_store(self, cache: Cache) -> None:
        """A cache belongs to the store it was bound to first; another one is refused, and both are named."""
        cache.bind("here")
        cache.bind("here")
        with pytest.raises(Misuse, match=r"here.*there"):
            cache.bind("there")

    def test_another_generation_of_ids_is_never_mixed_in(self, cache: Cache) -> None:
        """What was kept under other ids is forgotten and said so, or the cache is refused."""
        cache.bind("here")
        taken_in(cache.mirror, Collection.PRODUCTS, product())
        try:
            cache.bind("here", "second")
        except Misuse as refused:
            assert "second" in str(refused)  # noqa: PT017  # either answer is right
        else:
            assert cache.mirror.positions() == {}
            assert len(cache.take_notes()) == 1

    def test_orders_are_kept_with_their_lines(self, cache: Cache) -> None:
        """Beside the list, whose rows have no lines; of an order the last one stands."""
        line = PurchaseLine(product_id="p", count=Decimal(2), cost=Decimal("12.50000"), received=Decimal(1))
        order = PurchaseOrder(id="o", number="7", origin=Origin(system="s", record="o", revision="3"))
        cache.mirror.keep_whole([order])
        cache.mirror.keep_whole([evolve(order, lines=(line,))])
        taken_in(cache.mirror, Collection.ORDERS, order)
        found = cache.mirror.whole_orders(["o", "unknown"])
        assert found == {"o": evolve(order, lines=(line,))}
        assert found["o"].revision == "3"
        assert cache.mirror.orders((), ["o"])["o"].lines is None

    def test_sound_cache_is_not_renewed(self, cache: Cache) -> None:
        """An error that does not say that the content is lost comes back, and nothing is thrown away."""
        taken_in(cache.mirror, Collection.PRODUCTS, product())
        error = CacheDamaged("a file", "the disk is full")
        error.__cause__ = OSError("no space left")
        with pytest.raises(CacheDamaged) as caught:
            cache.renew(error)
        assert caught.value is error
        assert set(cache.mirror.products(["a"])) == {"a"}
        assert cache.take_notes() == ()

    @given(pages=st.lists(st.lists(_products(), max_size=4), max_size=6))
    @settings(max_examples=80, deadline=None, suppress_health_check=_INHERITED)
    def test_any_history(self, make_cache: MakeCache, pages: list[list[PosProduct]]) -> None:
        """Products renamed, regrouped, deleted and restored in any order are found by their last state alone."""
        mirror = make_cache().mirror
        store: dict[str, PosProduct] = {}
        for records in pages:
            store.update({record.id: record for record in records})
            taken_in(mirror, Collection.PRODUCTS, *records)
        assert mirror.products("abcd") == store
        names = _by((name_key(one.name), one.id) for one in store.values())
        found = mirror.families(_NAMES)
        assert {name: tuple(one.id for one in family) for name, family in found.items()} == names
        assert all(one == store[one.id] for family in found.values() for one in family)
        coded = ((text, one.id) for one in store.values() for text in (one.sku, *(c.text for c in one.codes)))
        assert mirror.codes(_CODES) == _by((text, key) for text, key in coded if text)
        users = ((used, one.id) for one in store.values() for used in one.uses if one.alive)
        assert mirror.users(_RECORDS) == _by(users)
        assert mirror.extent(Collection.PRODUCTS).records == len(store)
