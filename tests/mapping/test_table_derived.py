from __future__ import annotations

import pytest
from attrs import fields, frozen
from tests.mapping.toy import CONTEXT, LINE, ORDER, L, R, document

from po_bridge.errors import Misuse
from po_bridge.mapping import ID, TEXT, Table, rows, rule, table


@frozen(kw_only=True)
class Small:
    """A model of two."""

    name: str
    note: str = ""


S = fields(Small)
SMALL: Table[Small] = table(Small, (rule(S.name, "name", ID), rule(S.note, "note", TEXT)))


def test_rule_is_replaced() -> None:
    """A caller can read an attribute from elsewhere; the table it came from stays as it was."""
    other = SMALL.replaced(rule(S.note, "remark", TEXT, default=""))
    assert other.read({"name": "a", "remark": "b"}) == Small(name="a", note="b")
    assert other.write(Small(name="a", note="b")) == {"name": "a", "remark": "b"}
    assert SMALL.read({"name": "a", "note": "c"}).note == "c"
    assert [one.attribute.name for one in other.rules] == ["name", "note"]


def test_rule_is_removed_and_added() -> None:
    """An attribute with a default can be left out, and taken in again."""
    without = SMALL.removed(S.note)
    assert without.read({"name": "a", "note": "c"}).note == ""
    assert without.added(SMALL.rules[1]) == SMALL


def test_nested_table_is_replaced() -> None:
    """A table inside another is replaced by replacing the rule that holds it."""
    upper = LINE.replaced(rule(L.color, "^product.colour", TEXT, default="?"))
    derived = ORDER.replaced(rows(R.lines, upper))
    assert {line.color for line in derived.read(document(), context=CONTEXT).lines} == {"?"}


def test_derived_table_is_checked() -> None:
    """A derived table is checked like any other."""
    with pytest.raises(Misuse, match="name is written twice"):
        SMALL.replaced(rule(S.note, "name", TEXT))
    with pytest.raises(Misuse, match="name is left out but has no default"):
        SMALL.removed(S.name)
    with pytest.raises(Misuse, match="note is named 2 times"):
        SMALL.added(rule(S.note, "remark", TEXT))


def test_only_what_is_there_can_change() -> None:
    """Replacing or removing what has no rule is the caller's mistake."""
    without = SMALL.removed(S.note)
    with pytest.raises(Misuse, match="no rule for note; use added"):
        without.replaced(SMALL.rules[1])
    with pytest.raises(Misuse, match="no rule for note"):
        without.removed(S.note)
