from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import field, fields, frozen
from tests.mapping.toy import (
    CONTEXT,
    ORDER,
    document,
)

from po_bridge.mapping import TEXT, rows, rule, table


@frozen(kw_only=True)
class Note:
    """One text."""

    text: str = "none"


N = fields(Note)


def test_unknown_keys_are_kept_and_told() -> None:
    """Keys that no rule knows are kept under their path, frozen, and listed; ignored ones are neither."""
    wire = document(custom={"a": [1, {"b": 2}]}, schema_id="x")
    wire["items"][0]["retail_string"] = "$1"
    wire["items"][0]["dye"] = "lot"
    wire["items"][0]["sizes"][1]["custom.code"] = 7
    wire["ship_to"] = {"dock": 4}
    order = ORDER.read(wire, context=CONTEXT)
    assert order.extra == {
        "custom": {"a": (1, {"b": 2})},
        "items[0].dye": "lot",
        "items[0].sizes[1]['custom.code']": 7,
    }
    assert order.ship_to is not None
    assert order.ship_to.extra == {"dock": 4}
    assert ORDER.unknown(wire, context=CONTEXT) == (
        "$.custom",
        "$.ship_to.dock",
        "$.items[].dye",
        "$.items[].sizes[]['custom.code']",
    )
    with pytest.raises(TypeError):
        order.extra["custom"]["a"] = ()


@frozen(kw_only=True)
class Keeping:
    """A row that keeps what is unknown around it."""

    text: str
    extra: Mapping[str, Any] = field(factory=dict)


def test_rows_keep_unknown_keys() -> None:
    """A row keeps the unknown keys of its element and of those around it, and not those of the row before."""
    keeping = fields(Keeping)
    reading = table(
        Keeping, (rule(keeping.text, "text", TEXT),), over=("outer", "inner"), keep_unknown=keeping.extra
    )
    wire = {
        "outer": [
            {"a": 1, "inner": [{"text": "x", "b": 2}, {"text": "y"}]},
            {"inner": [{"text": "z", "c.d": 3}]},
        ]
    }
    assert [dict(row.extra) for row in reading.read_all(wire)] == [{"^a": 1, "b": 2}, {"^a": 1}, {r"c\.d": 3}]


@frozen(kw_only=True)
class Tree:
    """Keeps the unknown keys of rows that keep none."""

    notes: tuple[Note, ...]
    extra: Mapping[str, Any] = field(factory=dict)


@frozen(kw_only=True)
class Forest:
    """Many trees."""

    trees: tuple[Tree, ...]


def test_unknown_keys_go_to_the_nearest_keeper() -> None:
    """Unknown keys inside rows that keep none are kept by the model around them, each by its own."""
    tree, forest = fields(Tree), fields(Forest)
    notes = table(Note, (rule(N.text, "text", TEXT),), over=("notes",))
    trees = table(Tree, (rows(tree.notes, notes),), over=("trees",), keep_unknown=tree.extra)
    reading = table(Forest, (rows(forest.trees, trees),))
    wire = {"trees": [{"notes": [{"text": "a", "odd": 1}]}, {"notes": [{"text": "b"}], "own": 2}], "lost": 3}
    assert [dict(read.extra) for read in reading.read(wire).trees] == [{"notes[0].odd": 1}, {"own": 2}]
    assert reading.unknown(wire) == ("$.lost", "$.trees[].notes[].odd", "$.trees[].own")
    assert reading.unknown({"trees": 7, "lost": 3}) == ("$.lost",)
    assert reading.unknown(7) == ()


def test_deep_unknown_values_are_cut() -> None:
    """A value nested beyond reason is cut off instead of exhausting the stack."""
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    extra: Any = ORDER.read(document(deep=deep), context=CONTEXT).extra["deep"]
    depth = 0
    while extra != "...":
        (extra,) = extra
        depth += 1
    assert depth == 60
