from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st

from po_bridge.planning.cells import guarded, unguarded

TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="=+-@\t\r\n'\" ;,|01.,E/:-"),
    st.lists(st.sampled_from(["'", "=", "@x", "12", ";", "\t", " ", "May", "E+11", "\uff1d", "true"])).map(
        "".join
    ),
)


@given(TEXTS)
@example("'=1")
@example("''")
@example("'-5")
@example("a;=1+1")
def test_text_is_restored(text: str) -> None:
    """Whatever is written as a cell is read back exactly."""
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_guarding_twice_is_undone_twice(text: str) -> None:
    """A guarded cell is a text like any other."""
    assert unguarded(unguarded(guarded(guarded(text)))) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\N{FULLWIDTH EQUALS SIGN}1+1",
        "\N{FULLWIDTH PLUS SIGN}1",
        "\N{FULLWIDTH HYPHEN-MINUS}1",
        "\N{FULLWIDTH COMMERCIAL AT}SUM(A1)",
        "\N{SMALL PLUS SIGN}1",
        "\N{MINUS SIGN}1",
        " =1+1",
        "\N{NO-BREAK SPACE}=1+1",
        "\N{ZERO WIDTH SPACE}=1",
        "\ufeff=1+1",
        '"=1+1',
        "\x00=1",
    ],
)
def test_formula_is_guarded(text: str) -> None:
    """A cell that a spreadsheet would run, also in wide signs and behind what it overlooks, begins otherwise."""
    assert guarded(text)[0] == "'"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "\n", "\r"])
def test_formula_behind_a_separator(separator: str) -> None:
    """A formula in the middle is guarded too: a file opened with another separator falls into pieces there."""
    assert guarded(f"Tee{separator}=1+1").split(separator)[1] == "'=1+1"


@pytest.mark.parametrize(
    "text",
    [
        "012345678905",
        "844277100014",
        "1.23E+11",
        "1e5",
        "0042",
        "10-12",
        "1/2",
        "3/4/26",
        "2026-03-01",
        "12:30",
        "9 am",
        "Mar-26",
        "1 Mai",
        "5 févr.",
        "50%",
        "$5",
        "1,234",
        "TRUE",
        "falsch",
        "٣٤",
    ],
)
def test_number_is_guarded(text: str) -> None:
    """A code, size or word that a spreadsheet would turn into a number, date or truth value is kept as text."""
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Cable Tee",
        "32x34",
        "AB-100",
        "XS",
        "10M",
        "A1B2",
        "Oat / M",
        "it's",
        "'quoted'",
        "O'Neill 2",
        "1 pair",
    ],
)
def test_plain_text_is_left_alone(text: str) -> None:
    """What no spreadsheet would change looks as it was written."""
    assert guarded(text) == text


@pytest.mark.parametrize("cell", ["link", "1", "-5 pieces", "'quoted'", "see Ann, -5"])
def test_typed_cell_is_read_as_typed(cell: str) -> None:
    """What a colleague typed is read as typed."""
    assert unguarded(cell) == cell
