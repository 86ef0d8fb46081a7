from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from tests.planning.showroom import line

from po_bridge.models.wholesale_order import OrderLine
from po_bridge.planning.rule import Condition, LineField, Rule, every_line

VALUES = st.text(min_size=1).filter(lambda text: text.split())
RULES = st.builds(
    Rule,
    portal=st.text(min_size=1),
    when=st.lists(
        st.builds(Condition, what=st.sampled_from(LineField), value=VALUES),
        min_size=1,
        max_size=4,
        unique_by=lambda condition: condition.what,
    ),
)


def applies(rule: Rule, one: OrderLine) -> bool:
    """Whether a rule applies to a line that stands alone."""
    return rule.applies(one.key, (one,))


@given(RULES)
def test_key_is_read_back(rule: Rule) -> None:
    """Whatever stands in a rule, its key reads back as the same rule."""
    assert Rule.parse(rule.key) == rule


@given(RULES, RULES)
def test_keys_tell_rules_apart(one: Rule, other: Rule) -> None:
    """Two rules have one key exactly where they are equal."""
    assert (one.key == other.key) == (one == other)


def test_rule_written_twice_is_one() -> None:
    """Case, spaces and the order of conditions make no other rule."""
    one = every_line("North", season="Fall 2026", size="XS")
    conditions = (
        Condition(what=LineField.SIZE, value=" xs "),
        Condition(what=LineField.SEASON, value="FALL  2026"),
    )
    assert Rule(portal="North", when=conditions) == one
    assert one.key == "rule:North/season=fall 2026/size=xs"


def test_rule_explains_itself() -> None:
    """A rule says in words which lines it is about."""
    assert str(every_line("North", season="Fall", color="Oat")) == (
        "every line of North whose season is 'fall' and colour is 'oat'"
    )


@pytest.mark.parametrize(
    ("rule", "one"),
    [
        pytest.param(every_line("North", size="Medium"), line(size="M"), id="size of another spelling"),
        pytest.param(every_line("North", size="One Size"), line(size="OS"), id="sizes that state nothing"),
        pytest.param(every_line("North", color="grey"), line(color="Gray"), id="colour of another spelling"),
        pytest.param(
            every_line("North", style_number="ab/100"), line("AB-100"), id="style number, separator"
        ),
        pytest.param(every_line("North", season="fall 26"), line(season=" FALL 26"), id="season"),
        pytest.param(every_line("North", color="Navy", size="M"), line(), id="all conditions"),
    ],
)
def test_rule_applies(rule: Rule, one: OrderLine) -> None:
    """A rule applies where every condition holds, compared as matching compares."""
    assert applies(rule, one)


@pytest.mark.parametrize(
    ("rule", "one"),
    [
        pytest.param(every_line("South", size="M"), line(), id="another portal"),
        pytest.param(every_line("North", size="L"), line(), id="another size"),
        pytest.param(every_line("North", color="Navy", size="L"), line(), id="one of two conditions"),
        pytest.param(
            every_line("North", style_number="AB100"), line("AB-100"), id="style number, run together"
        ),
        pytest.param(every_line("North", season="fall"), line(), id="no season stated"),
    ],
)
def test_rule_does_not_apply(rule: Rule, one: OrderLine) -> None:
    """A rule does not apply where the portal or one condition differs."""
    assert not applies(rule, one)


def test_rule_holds_for_all_lines_of_a_product() -> None:
    """One order line that differs is enough: a brand product is decided as a whole."""
    rule = every_line("North", season="fall")
    fall, spring = line(season="Fall"), line(season="Spring")
    assert not rule.applies(fall.key, (fall, spring))


def test_narrower() -> None:
    """A rule is narrower that asks for the same and more, of the same portal."""
    wide, narrow = every_line("North", size="M"), every_line("North", size="M", color="Navy")
    assert narrow.is_narrower(wide)
    assert not wide.is_narrower(narrow)
    assert not wide.is_narrower(wide)
    assert not every_line("South", size="M", color="Navy").is_narrower(wide)


@pytest.mark.parametrize(
    "key",
    [
        "rule:North",
        "rule:North/size",
        "rule:North/width=m",
        "rule:North/size=",
        "North/size=m",
        "rule:/size=m",
    ],
)
def test_other_keys_are_no_rule(key: str) -> None:
    """What is no key of a rule is refused."""
    with pytest.raises(ValueError, match=r".+"):
        Rule.parse(key)


def test_rule_without_condition() -> None:
    """A rule for everything of a portal cannot be made, nor one that asks for a field twice."""
    with pytest.raises(ValueError, match="at least one field"):
        every_line("North")
    sizes = tuple(Condition(what=LineField.SIZE, value=value) for value in ("S", "M"))
    with pytest.raises(ValueError, match="each field once"):
        Rule(portal="North", when=sizes)
