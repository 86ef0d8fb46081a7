from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from po_bridge.catalog import fast_index, open_numpy_index
from po_bridge.errors import CacheDamaged, MissingExtra
from po_bridge.matching.keys_of import product_keys
from po_bridge.models.pos_product import PosProduct
from po_bridge.testing.index_contract import IndexContract, MakeIndex, answer, asked, index_product

np = pytest.importorskip("numpy")

if TYPE_CHECKING:
    from po_bridge.catalog.mapped import NumpyIndex


class SavedAtEveryChange:
    """A mapped index that is saved and opened again whenever it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lookup = open_numpy_index(path).lookup
        self.near = open_numpy_index(path).near

    def _again(self, index: NumpyIndex) -> None:
        index.save()
        opened = open_numpy_index(self.path)
        self.lookup, self.near = opened.lookup, opened.near

    def upsert(self, products: Iterable[PosProduct]) -> None:
        """Take products in."""
        index = open_numpy_index(self.path)
        index.upsert(products)
        self._again(index)

    def remove(self, product_ids: Iterable[str]) -> None:
        """Forget products."""
        index = open_numpy_index(self.path)
        index.remove(product_ids)
        self._again(index)


class TestNumpyIndexInMemory(IndexContract):
    """The contract, with every change in the dictionaries."""

    @pytest.fixture
    def make_index(self, tmp_path: Path) -> MakeIndex:
        """Makes empty indexes, a file each."""
        numbers = count()
        return lambda: open_numpy_index(tmp_path / f"{next(numbers)}.index")


class TestNumpyIndexInColumns(IndexContract):
    """The contract, with every change merged into the columns and read from the file."""

    @pytest.fixture
    def make_index(self, tmp_path: Path) -> MakeIndex:
        """Makes empty indexes, a file each."""
        numbers = count()
        return lambda: SavedAtEveryChange(tmp_path / f"{next(numbers)}.index")


class TestNumpyIndexOverColumns(IndexContract):
    """The contract, with changes in the dictionaries over columns that hold other products."""

    @pytest.fixture
    def make_index(self, tmp_path: Path) -> MakeIndex:
        """Makes indexes whose columns hold products that nobody asks for, and some that were removed."""
        numbers = count()

        def make() -> NumpyIndex:
            index = open_numpy_index(tmp_path / f"{next(numbers)}.index")
            index.upsert(index_product(f"other-{n}", code="", supplier="s-9", name="Gnome") for n in range(5))
            index.upsert([index_product("a"), index_product("b")])
            index.save()
            index.remove(["a", "b"])
            return index

        return make


UUIDS = tuple(f"0f8fad5b-d9cb-469f-a165-7086772895{number:02x}" for number in range(60))


@pytest.mark.parametrize("ids", [UUIDS, tuple(str(n) for n in range(60))], ids=["uuids", "texts"])
def test_saved_index_answers_as_before(tmp_path: Path, ids: tuple[str, ...]) -> None:
    """What is opened again gives the same answers and carries the mark; any form of id goes through."""
    products = [index_product(one, supplier_code=f"AB{place % 7}") for place, one in enumerate(ids)]
    index = open_numpy_index(tmp_path / "one.index")
    index.upsert(products)
    before = index.lookup([asked(product) for product in products])
    index.save("page 7")
    again = open_numpy_index(tmp_path / "one.index")
    assert again.mark == "page 7"
    assert len(again) == 60
    assert again.lookup([asked(product) for product in products]) == before
    again.remove(ids[:30])
    assert len(again) == 30
    assert again.lookup([asked(products[40])]) == (answer(asked(products[40]), products[30:]),)


def test_uuids_and_texts_in_one_index(tmp_path: Path) -> None:
    """A product with another form of id joins those with UUIDs, at a merge as well."""
    products = [index_product(one) for one in (*UUIDS[:5], "4711", "ü/1")]
    index = open_numpy_index(tmp_path / "one.index")
    index.upsert(products[:5])
    index.save()
    index.upsert(products[5:])
    index.remove(["nobody", UUIDS[0]])
    index.save()
    assert index.lookup([asked(products[0])]) == (answer(asked(products[0]), products[1:]),)


def test_uuids_that_share_their_first_half(tmp_path: Path) -> None:
    """Ids that begin alike are told apart."""
    ids = [f"0f8fad5b-d9cb-469f-a165-{number:012x}" for number in range(4)]
    index = open_numpy_index(tmp_path / "one.index")
    index.upsert(index_product(one) for one in ids)
    index.save()
    index.remove([ids[2]])
    assert index.lookup([asked(index_product("x"))])[0].by_options == (ids[0], ids[1], ids[3])


@pytest.mark.parametrize(
    "one",
    [
        "0f8fad5b-d9cb-469f-a165-7086772895zz",
        "0f8fad5bd9cb-469f-a165-7086772895-01",
        "0f8fad5b-d9cb-469f-a165-70867728 501",
        "0f8fad5b-d9cb-469f-a165-7086-7728501",
    ],
    ids=["no digits", "a hyphen elsewhere", "a space", "a hyphen more"],
)
def test_what_is_nearly_a_uuid_is_a_text(tmp_path: Path, one: str) -> None:
    """An id comes back as it was written, whatever it looks like."""
    index = open_numpy_index(tmp_path / "one.index")
    index.upsert(index_product(each) for each in (*UUIDS[:3], one))
    index.save()
    assert set(index.lookup([asked(index_product("x"))])[0].by_options) == {*UUIDS[:3], one}


@given(
    st.lists(st.integers(0, 2**64 - 1) | st.integers(2**64 - 4, 2**64 - 1) | st.integers(0, 3), max_size=40)
)
def test_columns_are_sorted(numbers: list[int]) -> None:
    """Places give the numbers in ascending order, also where only their last bits differ."""
    sorting = import_module("po_bridge.catalog.mapped.sorting").sorting
    column = np.array(numbers, dtype=np.uint64)
    places = sorting(column)
    assert sorted(places.tolist()) == list(range(len(numbers)))
    assert column[places].tolist() == sorted(numbers)


def test_uuids_written_in_capitals_are_texts(tmp_path: Path) -> None:
    """An id comes back as it was written, so a UUID in capitals is kept as text."""
    ids = [one.upper() for one in UUIDS[:5]]
    index = open_numpy_index(tmp_path / "one.index")
    index.upsert(index_product(one) for one in ids)
    index.save()
    assert index.lookup([asked(index_product("x"))])[0].by_options == tuple(ids)


def test_bytes_of_texts_are_told(tmp_path: Path) -> None:
    """What ranks is told apart from what finds."""
    index = open_numpy_index(tmp_path / "one.index")
    before = index.bytes_of_texts
    index.upsert([index_product("a", name="A name of some length")])
    index.save()
    assert index.bytes_of_texts > before


def test_unsaved_changes_are_not_in_the_file(tmp_path: Path) -> None:
    """What was not saved is gone, and the mark tells up to where the file goes."""
    index = open_numpy_index(tmp_path / "one.index")
    index.upsert([index_product("a")])
    index.save("1")
    index.upsert([index_product("b")])
    again = open_numpy_index(tmp_path / "one.index")
    assert (len(again), again.mark) == (1, "1")


def test_large_changes_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes beyond a limit leave the dictionaries without a save."""
    from po_bridge.catalog.mapped import index as module  # noqa: PLC0415 - numpy may be missing

    monkeypatch.setattr(module, "_MERGE_FROM", 10)
    index = open_numpy_index(tmp_path / "one.index")
    products = [index_product(one) for one in UUIDS[:20]]
    index.upsert(products)
    assert not index._fresh
    assert index.lookup([asked(products[0])]) == (answer(asked(products[0]), products),)


def test_columns_come_in_at_once(tmp_path: Path) -> None:
    """Products that come in column by column answer as those that come one by one, and replace them."""
    from po_bridge.catalog.mapped.columns import columns_of  # noqa: PLC0415 - numpy may be missing

    old = [index_product(one, code="844277100014") for one in UUIDS[:10]]
    new = [index_product(one) for one in UUIDS[5:20]]
    index = open_numpy_index(tmp_path / "one.index")
    index.upsert(old)
    index.fill(columns_of([product_keys(product) for product in new]))
    store = [*old[:5], *new]
    for product in (old[0], new[0]):
        assert index.lookup([asked(product)]) == (answer(asked(product), store),)
    assert len(index) == 20


def test_table_keeps_its_answers_when_it_grows() -> None:
    """A table that was made small and grew a hundredfold finds what one made at once finds."""
    from po_bridge.catalog.mapped.keys import key_table, mixed  # noqa: PLC0415 - numpy may be missing

    chance = np.random.default_rng(7)
    keys = chance.integers(-(2**63), 2**63 - 1, 400_000, dtype=np.int64)
    rows = np.arange(len(keys))
    small = key_table(mixed(keys[:1000]), rows[:1000])
    before, owners = small.entries()
    grown = key_table(
        np.concatenate((before, mixed(keys[1000:]))), np.concatenate((owners, rows[1000:])), small.known
    )
    places, found = grown.find(keys[::97])
    assert found.tolist() == rows[::97].tolist()
    assert places.tolist() == list(range(len(rows[::97])))
    assert grown.bits > small.bits


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"SQLite format 3\0", "no index"),
        (b"poBindex\xff\xff\xff\xff\xff\xff\xff\x7f{}", "cannot be read"),
        (b'poBindex\x0e\0\0\0\0\0\0\0{"version":99}', "version is 99"),
    ],
    ids=["empty", "foreign", "cut off", "newer"],
)
def test_bad_file_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    """A file that is no index, cut off or of another version is named and left alone."""
    path = tmp_path / "bad.index"
    path.write_bytes(data)
    with pytest.raises(CacheDamaged) as caught:
        open_numpy_index(path)
    assert why in caught.value.why
    assert path.read_bytes() == data


def test_truncated_file_is_refused(tmp_path: Path) -> None:
    """A file whose end is missing is refused when it is opened, not when it is asked."""
    path = tmp_path / "one.index"
    index = open_numpy_index(path)
    index.upsert(index_product(one) for one in UUIDS)
    index.save()
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(CacheDamaged, match="ends too early"):
        open_numpy_index(path)


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder in the file's place is named with what the operating system says."""
    with pytest.raises(CacheDamaged, match="operating system"):
        open_numpy_index(tmp_path)


def test_column_of_a_strange_type_is_refused(tmp_path: Path) -> None:
    """A head that names a type we never write is not believed."""
    path = tmp_path / "one.index"
    index = open_numpy_index(path)
    index.upsert([index_product("a")])
    index.save()
    path.write_bytes(path.read_bytes().replace(b'"<u4"', b'"<f4"', 1))
    with pytest.raises(CacheDamaged, match="<f4"):
        open_numpy_index(path)


def test_other_missing_module_is_no_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of ours that cannot be imported is not blamed on an extra."""

    def missing(name: str, package: str) -> object:
        raise ModuleNotFoundError(name, name="elsewhere")

    monkeypatch.setattr(fast_index, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        open_numpy_index(tmp_path / "one.index")


def test_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without numpy the error names the extra."""

    def missing(name: str, package: str) -> object:
        raise ModuleNotFoundError(name, name="numpy")

    monkeypatch.setattr(fast_index, "import_module", missing)
    with pytest.raises(MissingExtra) as caught:
        open_numpy_index(tmp_path / "one.index")
    assert caught.value.extra == "fast"
