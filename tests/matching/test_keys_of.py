from __future__ import annotations

import pytest
from attrs import evolve
from tests.matching.corpus import demand_of, product_of

from po_bridge.matching import near
from po_bridge.matching.default_vocabulary import DEFAULT
from po_bridge.matching.keys_of import keys_of, name_styles, product_keys
from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.matching.near import near_text
from po_bridge.matching.pos_options import read_options
from po_bridge.matching.spelled_codes import known_spelling
from po_bridge.matching.vocabulary import Word
from po_bridge.models.pos_product import OptionValue


def test_every_reading_of_every_code_is_a_key() -> None:
    """Codes and SKU are stored by each number they may be; what is no code is none."""
    product = product_of({"id": "p", "sku": "84427710001", "codes": ["072314100158", "TBD", "10013"]})
    assert product_keys(product).codes == (72314100158, 84427710001, 844277100014)


def test_same_code_in_two_products_is_one_key() -> None:
    """EAN-13 with a leading zero and UPC-A are stored under one key."""
    one = product_keys(product_of({"id": "p", "upc": "0844277100014"}))
    other = product_keys(product_of({"id": "p", "upc": "844277100014"}))
    assert one.codes == other.codes


@pytest.mark.parametrize(
    ("row", "style"),
    [
        ({"code": "AB-100"}, "ab-100"),
        ({"code": "AB-100-Dark Navy-M", "options": {"Color": "Dk Navy", "Size": "Medium"}}, "ab-100"),
        ({"code": "AB100REDM", "options": {"Color": "Red", "Size": "M"}}, "ab100"),
        ({"code": "AB100/M/RED", "options": {"Color": "Red", "Size": "M"}}, "ab100"),
        ({"sku": "AB100-RED", "options": {"Color": "Red", "Size": "M"}}, "ab100"),
        ({"name": "Harbour Tee (AB100)"}, "ab100"),
        ({"name": "Harbour Tee 2024"}, ""),
        ({"name": "Harbour Tee"}, ""),
        ({"code": "AB100", "sku": "ZZ-9", "name": "QQ77 Tee"}, "ab100"),
    ],
    ids=[
        "supplier code",
        "less options",
        "run together",
        "any order",
        "sku",
        "name",
        "year",
        "nothing",
        "first",
    ],
)
def test_style_number_is_read(row: dict[str, object], style: str) -> None:
    """The style number comes from the supplier code, else from the SKU, else from the name."""
    assert product_keys(product_of({"id": "p", **row})).style_number == style


def test_name_styles_have_a_digit() -> None:
    """Words of a name look like style numbers with four signs and a digit, and when they are no year."""
    assert name_styles("AB100 Tee [Q-7731] 501 2024 Premium, QQ7788") == ("AB100", "Q-7731", "QQ7788")


def test_dead_product_is_in_no_block() -> None:
    """A deleted product keeps its keys and is not ranked."""
    keys = product_keys(product_of({"id": "p", "upc": "844277100014", "deleted": True}))
    assert keys.codes
    assert keys.blocks == ()


@pytest.mark.parametrize(
    "row",
    [
        {"upc": "844277100014"},
        {"code": "AB100-Red-M"},
        {"code": "ab100 red medium"},
        {"code": "AB100REDM"},
        {"code": "AB100-M-Red"},
        {"code": "AB-100", "options": {"Color": "RED", "Size": "med"}},
        {"code": "AB100-600-M", "options": {"Color": "600", "Size": "M"}},
        {"code": "AB100", "options": {"Size": "M"}},
        {"code": "AB100"},
        {"sku": "AB100-RED-M"},
        {"name": "AB100 Tee", "options": {"Farbe": "Red", "Taille": "M"}},
        {"code": "AB100", "options": {"Title": "Red / M"}},
    ],
    ids=str,
)
def test_spelling_is_found(row: dict[str, object]) -> None:
    """A product is found by whatever spelling it has of code, supplier code, style number or options."""
    demand = demand_of({"upc": "844277100014", "color_code": "600"})
    index = MemoryIndex()
    index.upsert([product_of({"id": "p", **row})])
    (hits,) = index.lookup([keys_of(demand)])
    assert hits.product_ids == ("p",)


def test_vocabulary_reaches_the_keys() -> None:
    """A merchant's own words are known to demands and to products."""
    own = evolve(DEFAULT, color_names=(*DEFAULT.color_names, "farbe"), sizes=(*DEFAULT.sizes, Word(key="6m")))
    index = MemoryIndex(vocabulary=own)
    index.upsert([product_of({"id": "p", "code": "AB100", "options": {"Farbe": "Red", "Größe": "M"}})])
    (hits,) = index.lookup([keys_of(demand_of({}), own)])
    assert hits.by_options == ("p",)


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("ab100-blk-medium", "ab100-black-m"),
        ("ab100-dk-nvy-x-large", "ab100-dark-navy-xl"),
        ("ab100-extra-extra-large", "ab100-2xl"),
        ("md", "md"),
        ("blk-m", "blk-m"),
        ("ab100-38", "ab100-38"),
    ],
)
def test_known_spelling(code: str, known: str) -> None:
    """Sizes and colours in a code are written as the vocabulary has them; the first part stays."""
    assert known_spelling(code, DEFAULT) == known


def options(**values: str) -> tuple[OptionValue, ...]:
    """Make options of a POS product."""
    return tuple(OptionValue(name=name, value=value) for name, value in values.items())


def test_two_measures_are_one_size() -> None:
    """Waist and length are one size; the waist alone is its weaker key."""
    assert read_options(options(Waist="32", Inseam="34", Color="Red")).sizes == ("32x34", "32")


def test_size_with_a_length_is_one_size() -> None:
    """A length beside a size makes one size of both."""
    assert read_options(options(Size="32", Length="34")).sizes == ("32x34", "32")


def test_length_alone_is_no_size() -> None:
    """A length without anything to go with it is an option of its own."""
    found = read_options(options(Length="34", Color="Red"))
    assert (found.sizes, [other.name for other in found.others]) == ((), ["Length"])


def test_shoe_size_is_a_size() -> None:
    """Any name with the word size in it is a size; a second one is another option."""
    found = read_options(options(**{"Shoe Size": "9", "EU Size": "42"}))
    assert (found.size, [other.value for other in found.others]) == ("9", ["42"])


def test_near_text_names_what_is_wanted() -> None:
    """The text to rank by is the style's name, else its number, with colour and size behind a divider."""
    assert near_text(demand_of({"name": "Harbour Tee", "size": "Medium"})) == "harbour tee | red m"
    assert near_text(demand_of({"color": "", "size": "OS"})) == "ab100"


@pytest.mark.parametrize(("name", "raised"), [("rapidfuzz", False), ("elsewhere", True)])
def test_only_the_extra_may_be_missing(monkeypatch: pytest.MonkeyPatch, name: str, raised: bool) -> None:
    """A missing extra means that nothing resembles; any other missing module is an error."""

    def missing(module: str) -> object:
        raise ModuleNotFoundError(module, name=name)

    monkeypatch.setattr(near, "import_module", missing)
    near._ranker.cache_clear()
    try:
        if raised:
            with pytest.raises(ModuleNotFoundError):
                near.nearest("harbour tee", 3, near.Names(("harbour tee",)), lambda _: [("p", "")])
        else:
            assert near.nearest("harbour tee", 3, near.Names(("harbour tee",)), lambda _: [("p", "")]) == ()
    finally:
        near._ranker.cache_clear()


def test_nothing_resembles_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra that ranks, no product resembles any other."""
    index = MemoryIndex()
    index.upsert([product_of({"id": "p", "name": "Harbour Tee"})])
    monkeypatch.setattr(near, "_ranker", lambda: None)
    assert index.near("s-north", "harbour tee", 3) == ()
