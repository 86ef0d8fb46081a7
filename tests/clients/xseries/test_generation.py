"""The generation of 2026-10: families by id, PATCH, obligatory codes, what is assumed behind one switch each."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.family import addition, family, member, standard
from tests.clients.xseries.script import Script, adapter, reply
from tests.clients.xseries.store import IMAGES, Store, step_of

from po_bridge.clients.xseries import ApiVersion, ExpiredVersion, Settings
from po_bridge.clients.xseries.versions import ENDS, RELEASED, version_age
from po_bridge.errors import Broken, NotFound, Refused
from po_bridge.mapping.xseries import read_family
from po_bridge.planning.receipt import Absent, Done, Receipt, Rest
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.snapshot import Collection, Wanted
from po_bridge.planning.write import AttachImage, ProductFields, Remove, UpdateProduct
from po_bridge.sandbox.xseries import Goods, ImageBody, Retailer, Switches

NEW = "2026-10/product_families"


def store(switches: Switches | None = None, retailer: Retailer | None = None, **choices: Any) -> Store:
    """A store that is spoken to by 2026-10, whose facts were read."""
    made = Store(
        switches=switches or Switches(image_time=timedelta(0)),
        retailer=retailer or Retailer(),
        settings=Settings(generation=ApiVersion.V2026_10, **choices),
    )
    made.drive(made.target.facts())
    made.forget()
    return made


def look(shop: Store, product_id: str) -> Any:
    """A product as the adapter reads it."""
    return shop.drive(shop.target.look(Wanted(products=(product_id,)), {})).products.get(product_id)


# --- making


def test_family_is_made_and_read_back_once() -> None:
    """One call makes it, one reads it back; variants are told apart by codes, whatever the order of the ids."""
    shop = store(Switches(ids_reversed=True))
    write = family(shop)
    made = shop.perform(write).made
    assert shop.paths() == [f"POST {NEW}", f"GET {NEW}/{made[write.slot]}?includes%5B%5D=variant_attributes"]
    assert shop.calls == shop.calls_of(write)
    for one in write.members:
        product = shop.sandbox.state.products.by_id[made[one.slot]]
        assert {code.text for code in one.codes} == {code.code for code in product.codes}
        assert (product.family_id, product.is_active, product.cost) == (
            made[write.slot],
            False,
            Decimal("12.345"),
        )


def test_standard_product_is_known_at_once() -> None:
    """One product alone is known by the answer; only its fields are read back."""
    shop = store()
    write = standard(shop)
    receipt: Any = shop.drive(shop.target.perform(step_of(write), {}))
    made = receipt.made
    assert shop.paths() == [f"POST {NEW}"]
    assert shop.calls == shop.target.calls(write)
    product = shop.sandbox.state.products.by_id[made[write.members[0].slot]]
    assert (product.name, product.brand_id) == (write.name, getattr(write.brand, "id", None))


def test_money_goes_out_as_text() -> None:
    """Guides of 2026-10 quote amounts; an exact Decimal arrives as it is."""
    shop = store()
    shop.perform(family(shop, "S"))
    (body,) = (json.loads(request.body) for request in shop.asked if request.method == "POST")
    assert body["products"][0]["prices"] == {"price_including_tax": "30"}
    assert body["products"][0]["suppliers"][0]["price"] == "12.345"


@pytest.mark.parametrize(("sizes", "calls"), [("M", 2), ("ML", 2)], ids=["one", "several"])
def test_members_are_added_at_once(sizes: str, calls: int) -> None:
    """Every addition is one call, by the family's id, and one that reads it back."""
    shop = store()
    write = family(shop, "S")
    made = shop.perform(write).made
    adding = addition(write, sizes, made[write.slot])
    shop.forget()
    added = shop.perform(adding)
    assert isinstance(added, Receipt)
    assert (shop.writes, shop.calls, shop.calls_of(adding)) == (1, calls, calls)
    families = {shop.sandbox.state.products.by_id[key].family_id for key in added.made.values()}
    assert families == {made[write.slot]}


def test_same_name_is_no_longer_the_same_family() -> None:
    """A family of a name that is taken stays apart, so nothing joins a stranger's."""
    shop = store()
    shop.sandbox.add_product(Goods(name="Coat", codes=("OLD",)))
    made = shop.perform(family(shop, "S")).made
    (old,) = shop.sandbox.state.holders("OLD", dead=False)
    assert old.family_id not in made.values()


@pytest.mark.parametrize("sizes", ["S", "SM"], ids=["one", "two"])
def test_numbers_of_the_store_are_asked_for_first(sizes: str) -> None:
    """A code is obligatory, so the store's next numbers are generated and put before ours: one write still."""
    shop = store()
    write = family(shop, sizes)
    numbered = evolve(write, members=tuple(evolve(one, sku_from_store=True) for one in write.members))
    made = shop.perform(numbered).made
    assert shop.paths()[0] == "POST 2026-10/products/generate_product_codes"
    assert shop.writes == 1
    assert shop.calls == shop.calls_of(numbered)
    skus = [shop.sandbox.state.products.by_id[made[one.slot]].codes[0].code for one in numbered.members]
    assert skus == [str(10001 + place) for place in range(len(sizes))]


@pytest.mark.parametrize("answer", [[], {}, [{"codes": ["1", "1"]}], [{"codes": ["1"]}]], ids=repr)
def test_too_few_numbers_write_nothing(answer: object) -> None:
    """Without a number for each product nothing is made."""
    target = adapter(settings=Settings(generation=ApiVersion.V2026_10))
    shop = store()
    write = family(shop, "SM", members=())
    members = tuple(evolve(member(size, price=None), sku_from_store=True) for size in "SM")
    script = Script([reply({"data": answer})])
    with pytest.raises(Broken, match="2 were asked for"):
        script.run(target.perform(step_of(evolve(write, members=members)), {}))
    assert script.writes == 0


# --- fields


def updating(product: str, before: ProductFields, after: ProductFields) -> UpdateProduct:
    """An update."""
    return UpdateProduct(product=Known(id=product), before=before, after=after)


def test_publishing_is_one_call() -> None:
    """Activity alone needs no look."""
    shop = store()
    product = shop.sandbox.add_product(Goods(name="Hat", codes=("H",), active=False))
    write = updating(product, ProductFields(active=False), ProductFields(active=True))
    shop.perform(write)
    assert shop.paths() == [f"PATCH 2026-10/products/{product}"]
    assert shop.target.calls(write) == 1
    assert shop.sandbox.state.products.by_id[product].is_active


def test_own_and_shared_fields_are_two_steps() -> None:
    """A price is the product's, a description its family's: each is one write, and the second a step of its own."""
    shop = store()
    product = shop.sandbox.add_product(Goods(name="Hat", codes=("H",), price="20", description="old"))
    write = updating(
        product,
        ProductFields(description="old", retail_price=Decimal(20)),
        ProductFields(description="new", retail_price=Decimal(25)),
    )
    rest = shop.perform(write)
    assert isinstance(rest, Rest)
    assert shop.calls == 0
    own, shared = rest.writes
    assert shop.perform(own) == Receipt()
    assert shop.perform(shared) == Receipt()
    assert (shop.writes, shop.calls) == (2, shop.calls_of(own) + shop.calls_of(shared))
    read = look(shop, product)
    assert (read.description, read.retail_price) == ("new", 25)
    assert isinstance(shop.probe(write), Done)


def test_other_suppliers_stay() -> None:
    """A list is replaced whole, so what others have of it is sent along."""
    shop = store()
    mine, other = shop.sandbox.add_supplier("Fern"), shop.sandbox.add_supplier("Oak")
    product = shop.sandbox.add_product(Goods(name="Hat", codes=("H",), supplier_id=other, supplier_code="O"))
    shop.perform(
        updating(
            product,
            ProductFields(supplier_id=mine, supplier_code=""),
            ProductFields(supplier_id=mine, supplier_code="F"),
        )
    )
    read = look(shop, product)
    assert {(one.supplier_id, one.code) for one in read.suppliers} == {(other, "O"), (mine, "F")}


def test_what_a_person_changed_is_kept() -> None:
    """A field that moved since the plan is refused, without a write."""
    shop = store()
    product = shop.sandbox.add_product(Goods(name="Hat", codes=("H",), price="99"))
    with pytest.raises(Refused, match="changed in the store"):
        shop.perform(
            updating(
                product, ProductFields(retail_price=Decimal(20)), ProductFields(retail_price=Decimal(25))
            )
        )
    assert shop.writes == 0


# --- pictures and removal


@pytest.mark.parametrize("assumed", [False, True], ids=["by 2026-07", "assumed"])
def test_picture(assumed: bool) -> None:
    """Pictures go by 2026-07 while that lives, or by their own address where that is assumed."""
    shop = store(images_assumed=assumed)
    product = shop.sandbox.add_product(Goods(name="Hat", codes=("H",)))
    image = Slot(kind=Kind.IMAGE, name="of hat")
    shop.perform(AttachImage(product=Known(id=product), address=f"{IMAGES}/coat.png", slot=image))
    version = "2026-10" if assumed else "2026-07"
    assert [path for path in shop.paths() if path.startswith(f"POST {version}/products/{product}/")]
    assert len(look(shop, product).images) == 1


def test_picture_in_another_form_is_told() -> None:
    """Where the assumption is wrong the store refuses, the order goes on and the note says so."""
    shop = store(Switches(image_body=ImageBody.ADDRESS), images_assumed=True)
    product = shop.sandbox.add_product(Goods(name="Hat", codes=("H",)))
    image = Slot(kind=Kind.IMAGE, name="of hat")
    receipt = shop.perform(AttachImage(product=Known(id=product), address=f"{IMAGES}/coat.png", slot=image))
    assert receipt.made == {}
    assert "refused the picture" in receipt.notes[0]


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
def test_family_is_removed(at_once: bool) -> None:
    """A family goes in one call, or its first product does and the others are steps of their own."""
    shop = store(Switches(family_delete=at_once), family_delete=at_once)
    write = family(shop)
    made = shop.perform(write).made
    remove: Any = Remove(kind=Kind.FAMILY, target=Known(id=made[write.slot]))
    shop.forget()
    rest = shop.perform(remove)
    assert shop.writes == 1
    for more in rest.writes if isinstance(rest, Rest) else ():
        shop.perform(more)
    assert not shop.sandbox.state.products.all_live()
    assert shop.perform(remove) == Receipt(found=True)
    assert isinstance(shop.probe(remove), Done)


# --- reading


@pytest.mark.parametrize("rows_full", [True, False], ids=["full rows", "thin rows"])
def test_rows_of_its_own_say_the_same(rows_full: bool) -> None:
    """Whatever list rows tell, a product reads as it does by 2026-07; what rows leave out is read by family."""
    shop = store(Switches(rows_full=rows_full, lists_null=True), rows_assumed=True)
    shop.perform(family(shop))
    shop.perform(evolve(standard(shop), name="Hat", members=(member("X", values=()),)))
    page = shop.drive(shop.target.changes(Collection.PRODUCTS, ""))
    old = shop.adapter(token=shop.furniture.token, settings=Settings(generation=ApiVersion.V2026_10))
    expected = shop.drive(old.changes(Collection.PRODUCTS, ""))
    assert page.position == expected.position
    assert sorted(map(_told, page.records)) == sorted(map(_told, expected.records))


def _told(product: Any) -> tuple[Any, ...]:
    """Everything that both lists tell; source ids have no place in 2026-10."""
    plain = evolve(product, source_id="", origin=None)
    return (plain.id, repr(evolve(plain, supply_price=None)), str(plain.supply_price))


def test_deleted_product_is_told_as_deleted() -> None:
    """A deleted member stays in its family, where its first code is all that is told of its codes."""
    shop = store(Switches(lists_null=True), rows_assumed=True)
    write = family(shop, "SM")
    made = shop.perform(write).made
    gone = made[write.members[0].slot]
    shop.sandbox.merchant.delete_product(gone)
    read = look(shop, gone)
    assert read.deleted
    assert [code.text for code in read.codes] == [read.sku]


@pytest.mark.parametrize("rows", [False, True], ids=["by 2026-07", "assumed"])
def test_lost_creation_is_found_by_its_codes(rows: bool) -> None:
    """A probe sees the family that a lost answer made, and nothing where none was made."""
    shop = store(rows_assumed=rows)
    write = family(shop)
    since = shop.positions()
    assert isinstance(shop.probe(write, since=since), Absent)
    made = shop.perform(write).made
    found = shop.probe(write, since=since)
    assert isinstance(found, Done)
    assert dict(found.receipt.made) == dict(made)


def test_family_answer_with_nothing_but_ids() -> None:
    """Every other member may be missing or null: what is not told is unknown or empty."""
    document = {"data": {"id": "f", "name": "Tee", "products": [{"id": "p", "codes": None, "later": 1}]}}
    (product,) = read_family(document, "X")
    assert (product.id, product.name, product.codes, product.supply_price) == ("p", "Tee", (), None)
    assert (product.family_id, product.active, product.deleted) == (None, True, False)


def test_family_that_is_gone() -> None:
    """A product of no family is no product."""
    shop = store(rows_assumed=True)
    assert look(shop, "nothing") is None
    with pytest.raises(NotFound):
        shop.perform(updating("nothing", ProductFields(description=""), ProductFields(description="new")))


# --- age


@pytest.mark.parametrize("version", list(ApiVersion), ids=lambda version: version.value)
def test_version_lives_twelve_months(version: ApiVersion) -> None:
    """A version is released in the first month of a quarter and supported for a year."""
    since, end = RELEASED[version], ENDS[version]
    assert version.value == f"{since:%Y-%m}"
    assert (end.year, end.month, end.day) == (since.year + 1, since.month, 1)
    assert not version_age(version, end - timedelta(days=1)).expired
    assert version_age(version, end).expired
    assert version_age(version, since).months == 0


def test_age_is_reported() -> None:
    """Months and days left are told in words."""
    told = str(adapter().version_age(date(2026, 11, 21)))
    assert told == "X-Series API 2026-07, 4 months old, supported until 2027-07-01, 222 days more"


class Late(Script):
    """A script that plays after a version has ended."""

    moment = datetime(2027, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize("writes", [False, True], ids=["read", "write"])
def test_expired_version_is_refused_by_name(writes: bool) -> None:
    """Before anything is sent: the vendor would answer with another version and not say so."""
    target = adapter()
    script = Late([])
    asking: Any = target.changes(Collection.TAGS, "")
    if writes:
        write = updating("p", ProductFields(active=False), ProductFields(active=True))
        asking = target.perform(step_of(write), {})
    with pytest.raises(ExpiredVersion, match=r"2026-07.*expired on 2027-07-01"):
        script.run(asking)
    assert script.requests == []


def test_old_reads_end_with_the_old_version() -> None:
    """2026-10 reads products by 2026-07 only while that lives; then its own rows must be assumed."""
    target = adapter(settings=Settings(generation=ApiVersion.V2026_10))
    with pytest.raises(ExpiredVersion, match="2026-07"):
        Late([]).run(target.changes(Collection.PRODUCTS, ""))
    own = adapter(settings=Settings(generation=ApiVersion.V2026_10, rows_assumed=True))
    page = Late([reply({"data": []})]).run(own.changes(Collection.PRODUCTS, ""))
    assert not page.more


def test_sandbox_is_not_held_to_the_calendar() -> None:
    """An address of its own is no vendor's, and answers with the version it is asked for."""
    page = Late([reply({"data": []})]).run(adapter(address="http://127.0.0.1:1").changes(Collection.TAGS, ""))
    assert not page.more
