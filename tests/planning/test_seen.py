"""What was written, against what is read back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from po_bridge.planning.canonical import read_value, write_value
from po_bridge.planning.history import Entry
from po_bridge.planning.mark import Mark
from po_bridge.planning.outcome import Difference
from po_bridge.planning.question import Question
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.seen import Found, PictureStatus, absent_from, differences, made_of, wanted_by
from po_bridge.planning.step import Step
from po_bridge.planning.verdict import after_reading
from po_bridge.planning.write import (
    AddMembers,
    AttachImage,
    CreateBrand,
    CreateFamily,
    FamilyOption,
    Member,
    ProductFields,
    UpdateProduct,
    Write,
)
from po_bridge.testing.subject import START

FAMILY, COAT = Slot(kind=Kind.FAMILY, name="coat"), Slot(kind=Kind.PRODUCT, name="coat/M")
SIZE, FERN, TAG = Known(id="size"), Known(id="fern"), Known(id="tag-1")
CODES = (ProductCode(kind=CodeKind.UPC, text="012345678905"), ProductCode(kind=CodeKind.CUSTOM, text="COATM"))

CREATE = CreateFamily(
    slot=FAMILY,
    name="Coat",
    description="<p>Warm &amp; dry</p>",
    supplier=FERN,
    brand=Known(id="brand-1"),
    tags=(TAG,),
    options=(FamilyOption(ref=SIZE, name="Size"),),
    members=(
        Member(
            slot=COAT,
            codes=CODES,
            supplier_code="C-M",
            supply_price=Decimal("12.50"),
            retail_price=Decimal(30),
            values=("M",),
        ),
    ),
    active=False,
)
PRODUCT = PosProduct(
    id="p-1",
    family_id="f-1",
    name="Coat",
    description="Warm &amp; dry",
    active=False,
    sku="012345678905",
    codes=CODES,
    suppliers=(ProductSupplier(supplier_id="fern", code="C-M", price=Decimal("12.5")),),
    brand_id="brand-1",
    tag_ids=("tag-0", "tag-1"),
    options=(OptionValue(name="Size", value="M", option_id="size"),),
    retail_price=Decimal("30.00"),
)
MORE = AddMembers(
    family=Known(id="f-1"),
    family_name="Coat",
    supplier=FERN,
    brand=None,
    options=CREATE.options,
    members=CREATE.members,
    active=False,
)


def told(write: Write, **changes: Any) -> list[str]:
    """Differences in words, where the product reads otherwise."""
    found: Found = {wanted_by(write)[0]: evolve(PRODUCT, **changes)}
    ids = {FAMILY: "f-1"}
    return [str(difference) for difference in differences(write, found, ids)]


@pytest.mark.parametrize("write", [CREATE, MORE], ids=["created", "added"])
def test_what_reads_as_it_was_written_is_no_difference(write: Write) -> None:
    """Amounts are compared by value, text without its layout; the POS may hold more codes, tags and suppliers."""
    assert told(write) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "Coats"}, "name: planned Coat, found Coats"),
        ({"description": "Cold"}, "description: planned <p>Warm &amp; dry</p>, found Cold"),
        ({"brand_id": None}, "brand: planned brand-1, found none"),
        ({"tag_ids": ()}, "tags: planned tag-1, found none"),
        ({"active": True}, "active: planned False, found True"),
        ({"codes": CODES[:1]}, "codes: planned 012345678905, COATM, found 012345678905"),
        ({"retail_price": Decimal(31)}, "retail price: planned 30, found 31"),
        ({"family_id": None}, "family: planned f-1, found none"),
        ({"options": ()}, "options: planned M, found "),
        (
            {"suppliers": (ProductSupplier(supplier_id="fern", code="C", price=Decimal("12.5")),)},
            "supplier code: planned C-M, found C",
        ),
        (
            {"suppliers": (ProductSupplier(supplier_id="fern", code="C-M", price=Decimal(13)),)},
            "supplier price: planned 12.50, found 13",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_field_that_reads_otherwise_is_told(changes: dict[str, Any], expected: str) -> None:
    """Each field is named with both values."""
    assert told(CREATE, **changes) == [f"product Coat / M {expected}"]


def test_a_supplier_that_is_missing_is_told_with_its_code() -> None:
    """The price falls back to the product's own, which may not be told either."""
    assert told(CREATE, suppliers=()) == [
        "product Coat / M supplier: planned fern, found none",
        "product Coat / M supplier code: planned C-M, found ",
    ]


def test_what_the_pos_does_not_tell_is_no_difference() -> None:
    """A token may not see costs, and a price may be missing."""
    bare = (ProductSupplier(supplier_id="fern", code="C-M"),)
    assert told(CREATE, suppliers=bare, retail_price=None) == []


def test_only_fields_that_were_set_are_compared() -> None:
    """An update says what it wrote, and nothing of the rest."""
    after = ProductFields(supplier_id="fern", supply_price=Decimal(9), name="Coat")
    write = UpdateProduct(product=Known(id="p-1"), before=ProductFields(), after=after)
    assert told(write) == ["product Coat supplier price: planned 9, found 12.5"]


def test_ids_are_those_of_the_products() -> None:
    """A family is known by its members; one that stands alone is its own."""
    assert made_of(CREATE, {COAT: PRODUCT}) == {COAT: "p-1", FAMILY: "f-1"}
    assert made_of(CREATE, {COAT: evolve(PRODUCT, family_id=None)}) == {COAT: "p-1", FAMILY: "p-1"}
    assert made_of(MORE, {COAT: PRODUCT}) == {COAT: "p-1"}


def test_other_writes_are_not_read_back() -> None:
    """A brand is known by its answer."""
    write = CreateBrand(slot=Slot(kind=Kind.BRAND, name="b"), name="b")
    assert (wanted_by(write), absent_from(write, {}), differences(write, {}, {})) == ((), (), ())


# --- what the journal is told -----------------------------------------------------------------------


def after(found: Found, seconds: float) -> Entry:
    """The entry some seconds after the step was sent."""
    last = Entry(
        step="s", mark=Mark.MADE, at=START, sent_at=START, detail=Receipt(made={FAMILY: "own"}, unread=True)
    )
    step = Step(key="s", change="c", orders=(), write=CREATE)
    at = START + timedelta(seconds=seconds)
    return after_reading(step, last, found, {}, timedelta(seconds=60), at)


def test_a_step_that_was_read_back_is_done() -> None:
    """Its receipt is whole; what the answer had told stands."""
    entry = after({COAT: PRODUCT}, 1)
    assert entry.mark is Mark.DONE
    assert isinstance(entry.detail, Receipt)
    assert (entry.detail.unread, dict(entry.detail.made)) == (False, {COAT: "p-1", FAMILY: "own"})
    assert [difference.where for difference in entry.detail.differences] == ["product Coat / M family"]


@pytest.mark.parametrize("found", [{}, {COAT: evolve(PRODUCT, deleted=True)}], ids=["none", "deleted"])
def test_what_is_not_there_counts_after_the_settle_time(found: Found) -> None:
    """Before it the step is looked at again, after it a person is asked."""
    early, late = after(found, 1), after(found, 61)
    assert (early.mark, early.not_before) == (Mark.MADE, START + timedelta(seconds=60))
    assert isinstance(early.detail, Receipt)
    assert early.detail.unread
    assert late.mark is Mark.ASKED
    assert isinstance(late.detail, Question)
    assert "product:coat/M" in late.detail.text


def test_receipts_say_no_more_than_they_did_where_nothing_is_to_be_read() -> None:
    """What came later is written only where it says something, so older journals and plans stay what they were."""
    assert write_value(Receipt()) == b'{"found":false,"made":{},"notes":[]}'
    difference = Difference(where="product Coat name", planned="Coat", found="Mantel")
    receipt = Receipt(made={COAT: "p"}, differences=(difference,))
    told = write_value(receipt)
    assert told == (
        b'{"differences":[{"found":"Mantel","planned":"Coat","where":"product Coat name"}],'
        b'"found":false,"made":{"product:coat/M":"p"},"notes":[]}'
    )
    unread = Receipt(unread=True)
    assert write_value(unread) == b'{"found":false,"made":{},"notes":[],"unread":true}'
    assert [read_value(write_value(one), Receipt) for one in (receipt, unread)] == [receipt, unread]


# --- pictures ---------------------------------------------------------------------------------------

IMAGE = Slot(kind=Kind.IMAGE, name="coat")
ATTACH = AttachImage(product=COAT, address="https://images.example/coat.png?key=secret", slot=IMAGE)


def looked(status: PictureStatus | None, seconds: float, found: Found | None = None) -> Entry:
    """The entry for a picture some seconds after it was sent."""
    receipt = Receipt(made={IMAGE: "i-1"}, notes=("before",), unread=True)
    last = Entry(step="s", mark=Mark.MADE, at=START, attempt=2, sent_at=START, detail=receipt)
    step = Step(key="s", change="c", orders=(), write=ATTACH)
    seen: Found = {**({IMAGE: status} if status else {}), **(found or {})}
    at = START + timedelta(seconds=seconds)
    return after_reading(step, last, seen, {}, timedelta(seconds=60), at)


@pytest.mark.parametrize("seconds", [0, 59, 60, 3600])
def test_a_picture_that_is_shown_is_done(seconds: int) -> None:
    """However soon; nothing is added to what was told before."""
    entry = looked(PictureStatus.SHOWN, seconds)
    assert (entry.mark, entry.not_before, entry.attempt) == (Mark.DONE, None, 2)
    assert entry.detail == Receipt(made={IMAGE: "i-1"}, notes=("before",))


@pytest.mark.parametrize("status", [PictureStatus.PROCESSING, None], ids=["in work", "not told"])
@pytest.mark.parametrize(("seconds", "then"), [(0, 3), (3, 6), (20, 40), (40, 60), (59, 60)])
def test_a_picture_that_is_not_shown_yet_is_looked_for_again(
    status: PictureStatus | None, seconds: int, then: int
) -> None:
    """Its age doubles from look to look, and the settle time ends it."""
    entry = looked(status, seconds)
    assert (entry.mark, entry.not_before) == (Mark.MADE, START + timedelta(seconds=then))
    assert isinstance(entry.detail, Receipt)
    assert entry.detail.unread


@pytest.mark.parametrize(
    ("status", "seconds", "words"),
    [
        (PictureStatus.BROKEN, 0, "the store could not use {}"),
        (PictureStatus.BROKEN, 60, "the store could not use {}"),
        (PictureStatus.PROCESSING, 60, "the store still processes {}; look there later"),
        (None, 60, "the store does not tell what became of {}; look there"),
    ],
    ids=["no good", "no good, late", "in work", "not told"],
)
def test_a_picture_that_comes_to_nothing_is_a_note(
    status: PictureStatus | None, seconds: int, words: str
) -> None:
    """The step is done; the note names picture and product, and no signature of an address."""
    entry = looked(status, seconds, {COAT: PRODUCT})
    assert entry.mark is Mark.DONE
    picture = "the picture at https://images.example/coat.png of Coat"
    assert entry.detail == Receipt(made={IMAGE: "i-1"}, notes=("before", words.format(picture)))


def test_a_product_that_is_not_told_is_named_as_the_plan_names_it() -> None:
    """Better than nothing."""
    entry = looked(PictureStatus.BROKEN, 0)
    assert isinstance(entry.detail, Receipt)
    assert entry.detail.notes[-1].endswith("of product:coat/M")
