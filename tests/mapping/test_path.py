from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from po_bridge.errors import Misuse
from po_bridge.mapping.path import (
    Given,
    Over,
    Path,
    Place,
    Position,
    Spot,
    parse_over,
    parse_path,
    parse_place,
    parse_places,
)

keys = st.text(min_size=1, max_size=6).filter(lambda text: text[0] not in "^@#" and not text.endswith("{}"))
paths = st.builds(Path, st.lists(keys, max_size=3).map(tuple), st.integers(0, 3))
places = (
    paths
    | st.builds(Given, st.text(min_size=1))
    | st.builds(Position, st.sampled_from(Spot), st.integers(0, 3))
)
overs = st.builds(Over, st.lists(keys, max_size=3).map(tuple), st.booleans())


@given(places)
def test_place_is_read_as_written(place: Place) -> None:
    """Any place, dots and backslashes in its keys included, reads as it was written."""
    assert parse_place(str(place)) == place


@given(overs)
def test_list_is_read_as_written(over: Over) -> None:
    """Any list that can be walked over reads as it was written."""
    assert parse_over(str(over)) == over


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("vendor.code", Path(("vendor", "code"))),
        ("^^end", Path(("end",), 2)),
        (".", Path()),
        (r"a\.b.c", Path(("a.b", "c"))),
        ("@portal", Given("portal")),
        ("#index", Position(Spot.INDEX)),
        ("^#key", Position(Spot.KEY, 1)),
    ],
    ids=["keys", "outer", "element", "dot in a key", "context", "index", "outer key"],
)
def test_place_is_understood(text: str, place: Place) -> None:
    """Each form of a place is what the table of forms says."""
    assert parse_place(text) == place


@pytest.mark.parametrize("text", ["", "^", "a..b", ".a", "a.", "#", "#size", "a\\"], ids=repr)
def test_no_place(text: str) -> None:
    """What is no place is the caller's mistake."""
    with pytest.raises(Misuse):
        parse_place(text)


def test_no_path_at_all() -> None:
    """A rule without any path is the caller's mistake."""
    with pytest.raises(Misuse):
        parse_places(())


@pytest.mark.parametrize("text", [".", "@portal", "#index"])
def test_no_key_of_a_document(text: str) -> None:
    """The element itself, the context and a position are no keys of a document."""
    with pytest.raises(Misuse):
        parse_path(text)
