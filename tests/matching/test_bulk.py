"""A column of codes says what its codes say one by one, whatever reads it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, strategies as st
from tests.matching.code_strategies import right, written

from po_bridge.errors import MissingExtra
from po_bridge.matching.bulk import CodeColumn, Engine, _numpy_reader, read_codes
from po_bridge.matching.judgement import NoCode, NotACode
from po_bridge.matching.readings import CodeReadings, ReadingKind, read_code

ENGINES = [Engine.PYTHON, Engine.NUMPY, Engine.ANY]

engines = pytest.mark.parametrize("engine", ENGINES, ids=[engine.name for engine in ENGINES])


@pytest.fixture
def fresh() -> Iterator[None]:
    """Let a test find out anew whether numpy is there, and those after it too."""
    _numpy_reader.cache_clear()
    yield
    _numpy_reader.cache_clear()


def without(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Make a module impossible to import, as if it were not installed."""
    monkeypatch.undo()
    _numpy_reader.cache_clear()
    monkeypatch.delitem(sys.modules, "po_bridge.matching._numpy_reader", raising=False)
    monkeypatch.setitem(sys.modules, module, None)


def is_odd(code: CodeReadings) -> bool:
    """Tell whether a code deserves a second look."""
    only = [reading.kind for reading in code.readings] == [ReadingKind.PLAIN]
    return not only and code.judgement != NoCode()


def check(texts: Sequence[str], column: CodeColumn) -> None:
    """Compare a column with its codes read one by one."""
    codes = [read_code(text) for text in texts]
    assert column.numbers.tolist() == [code.number for code in codes]
    assert column.odd.tolist() == [row for row, code in enumerate(codes) if is_odd(code)]


@engines
@given(st.lists(written | right))
def test_bulk_equals_single(engine: Engine, texts: list[str]) -> None:
    """Numbers and odd rows of a column are those of its codes."""
    check(texts, read_codes(texts, engine=engine))


@engines
def test_long_columns(engine: Engine) -> None:
    """A column longer than one piece of the engine keeps its rows in place."""
    texts = ["844277097994", "", "6291041500213", "63850700148", "8-44277-09799-4", "N/A", "a\nb"] * 12_000
    column = read_codes(texts, engine=engine)
    numbers = [844277097994, 0, 6291041500213, 0, 844277097994, 0, 0]
    assert column.numbers.tolist() == numbers * 12_000
    assert column.odd.tolist() == [row for row in range(len(texts)) if row % 7 in {3, 6}]


@engines
@pytest.mark.parametrize(
    "texts", [(), ("",), ("\n",), ("844277097994\n",), ("\n844277097994", "844277097994")], ids=repr
)
def test_line_ends_do_not_shift_rows(engine: Engine, texts: tuple[str, ...]) -> None:
    """Codes that hold line ends are read like any other."""
    check(texts, read_codes(texts, engine=engine))


def test_reasons_are_worked_out_when_asked() -> None:
    """The odd rows give their readings, in order."""
    column = read_codes(["844277097994", "10844277097991", "SKU-1", "", "844277090378"])
    assert [row for row, _ in column.reasons()] == [1, 2, 4]
    assert column.readings(1) == read_code("10844277097991")
    assert column.readings(2).judgement == NotACode()


def test_numbers_are_shared_and_cannot_be_changed() -> None:
    """Numpy takes the numbers as they lie, and nobody can write them."""
    column = read_codes(["844277097994"])
    array = np.asarray(column.numbers)
    assert array.dtype == np.int64
    assert not array.flags.writeable
    with pytest.raises(TypeError):
        column.numbers[0] = 1


WITHOUT_NUMPY = """
import sys
sys.modules["numpy"] = None  # as if it were not installed
from po_bridge.errors import MissingExtra
from po_bridge.matching.bulk import Engine, read_codes
assert read_codes(["844277097994", "63850700148"]).numbers.tolist() == [844277097994, 0]
try:
    read_codes([], engine=Engine.NUMPY)
except MissingExtra as missing:
    print(missing.extra, missing.needs)
"""


def test_without_numpy() -> None:
    """Without numpy the answers are the same, and who insists on it is told which extra to install."""
    run = subprocess.run([sys.executable, "-c", WITHOUT_NUMPY], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["fast", "numpy"]


def test_a_broken_numpy_is_not_a_missing_one(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing means that numpy itself is not there; whatever else it lacks is raised as it is."""
    without(monkeypatch, "numpy")
    assert read_codes(["844277097994"]).numbers.tolist() == [844277097994]
    with pytest.raises(MissingExtra):
        read_codes([], engine=Engine.NUMPY)
    without(monkeypatch, "numpy.typing")
    with pytest.raises(ModuleNotFoundError):
        read_codes([])


def test_numpy_is_imported_late() -> None:
    """Importing the module does not import numpy; the first column does."""
    program = "import sys; import po_bridge.matching.bulk; print('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
