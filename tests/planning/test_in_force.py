from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st
from tests.planning.showroom import line

from po_bridge.matching.result import Choice, Objection, Reason, Verdict
from po_bridge.planning.book import Book, Decision, Link
from po_bridge.planning.in_force import in_force
from po_bridge.planning.rule import Rule, every_line
from po_bridge.planning.subject import Subject, decision_key

ONE = line(season="Fall")
KEY = ONE.key
STYLE = (KEY.portal, KEY.style_id)
AT = datetime(2027, 3, 1, tzinfo=UTC)
RULE = every_line("North", size="M")
NARROW = every_line("North", size="M", season="Fall")


def decision(subject: Subject, choice: Choice, *, hours: float = 0, product: str = "") -> Decision:
    """Decide something at a moment."""
    at = AT + timedelta(hours=hours)
    key = decision_key(subject)
    return Decision(key=key, choice=choice, product_id=product, at=at, by="Ann", why="seen")


def link(product: str = "p1", *, hours: float = 0) -> Mapping[str, Any]:
    """Tie the line to a product at a moment."""
    return {"links": {KEY: Link(line=KEY, product_id=product, at=AT + timedelta(hours=hours), by="plan 1")}}


def said(*decisions: Decision, **book: Any) -> Verdict | Objection | None:
    """What is in force for the line."""
    known = Book(decisions={one.key: one for one in decisions}, **book)
    found = in_force({KEY: (ONE,)}, known)
    return found.verdicts.get(KEY) or found.objections.get(KEY)


def choice(*decisions: Decision, **book: Any) -> Choice | None:
    """What is decided for the line."""
    found = said(*decisions, **book)
    return found.choice if isinstance(found, Verdict) else None


def test_nothing_is_said() -> None:
    """Without a decision there is neither a verdict nor an objection."""
    assert said() is None


def test_decision_about_the_line() -> None:
    """A line's own decision is carried with product, person and reason."""
    wanted = Verdict(choice=Choice.LINK, product_id="p1", by="Ann", why="seen")
    assert said(decision(KEY, Choice.LINK, product="p1")) == wanted


@pytest.mark.parametrize("wide", [STYLE, RULE], ids=["style", "rule"])
def test_line_goes_before(wide: Subject) -> None:
    """A line's own decision goes before one about its style and before rules."""
    assert choice(decision(KEY, Choice.CREATE), decision(wide, Choice.SKIP)) is Choice.CREATE


def test_style_goes_before_rules() -> None:
    """A style's decision goes before rules."""
    assert choice(decision(STYLE, Choice.CREATE), decision(RULE, Choice.SKIP)) is Choice.CREATE


def test_rule_names_itself() -> None:
    """What a rule decides carries the rule's words in the place of a person."""
    found = said(decision(RULE, Choice.SKIP))
    assert found == Verdict(choice=Choice.SKIP, by=f"the rule for {RULE}", why="seen")


@pytest.mark.parametrize("wide", [STYLE, RULE], ids=["style", "rule"])
def test_many_lines_are_not_one_product(wide: Subject) -> None:
    """A link stored for a style or a rule is no verdict: it comes in several sizes."""
    assert said(decision(wide, Choice.LINK, product="p1")) is None


def test_rules_disagree() -> None:
    """Two rules that decide differently, neither narrower, are asked about, each with what it decides."""
    other = every_line("North", season="Fall")
    assert said(decision(RULE, Choice.SKIP), decision(other, Choice.CREATE)) == Objection(
        reason=Reason.RULES_DISAGREE, by=(f"create {other}", f"skip {RULE}")
    )


@pytest.mark.parametrize("narrow", [Choice.CREATE, Choice.SKIP], ids=lambda one: one.value)
def test_narrower_rule_wins(narrow: Choice) -> None:
    """Of two rules that decide differently the one that asks for more decides."""
    wide = Choice.SKIP if narrow is Choice.CREATE else Choice.CREATE
    assert choice(decision(RULE, wide), decision(NARROW, narrow)) is narrow


@given(
    st.permutations(
        [(RULE, Choice.SKIP), (NARROW, Choice.CREATE), (every_line("North", season="x"), Choice.SKIP)]
    )
)
def test_order_of_rules_does_not_count(rules: list[tuple[Rule, Choice]]) -> None:
    """The order in which rules were stored changes nothing."""
    assert choice(*(decision(rule, chosen) for rule, chosen in rules)) is Choice.CREATE


# --- to create is done once


@pytest.mark.parametrize("subject", [KEY, STYLE, RULE], ids=["line", "style", "rule"])
def test_created_once(subject: Subject) -> None:
    """A link that came after a decision to create is what was created: the decision stands for it from then on."""
    found = said(decision(subject, Choice.CREATE), **link(hours=1))
    assert isinstance(found, Verdict)
    assert (found.choice, found.product_id, found.why) == (Choice.LINK, "p1", "seen")


@pytest.mark.parametrize("subject", [KEY, STYLE], ids=["line", "style"])
def test_create_in_place_of_a_link(subject: Subject) -> None:
    """Whoever decides to create after a link was made wants another product."""
    assert choice(decision(subject, Choice.CREATE, hours=1), **link()) is Choice.CREATE


def test_rule_does_not_create_what_is_linked() -> None:
    """A rule to create leaves linked lines alone, whenever it was made: they were ordered before."""
    assert said(decision(RULE, Choice.CREATE, hours=1), **link()) is None


@pytest.mark.parametrize("subject", [KEY, STYLE, RULE], ids=["line", "style", "rule"])
def test_skip_goes_on(subject: Subject) -> None:
    """A decision to skip holds whatever was ordered before or after."""
    assert choice(decision(subject, Choice.SKIP), **link(hours=1)) is Choice.SKIP


def test_done_line_is_not_left_to_rules() -> None:
    """A line that a person had created is not skipped by a rule for many."""
    assert choice(decision(KEY, Choice.CREATE), decision(RULE, Choice.SKIP), **link(hours=1)) is Choice.LINK


# --- what was taken back


def test_taken_back() -> None:
    """A line whose link was taken back is asked about, with the products it was tied to."""
    assert said(revoked={KEY: ("p1", "p2")}) == Objection(reason=Reason.TAKEN_BACK, product_ids=("p1", "p2"))


def test_taken_back_and_tied_to_another() -> None:
    """A link that was made since settles it."""
    assert said(revoked={KEY: ("p1",)}, **link("p2")) is None


@pytest.mark.parametrize("chosen", [Choice.CREATE, Choice.SKIP], ids=lambda one: one.value)
def test_taken_back_and_decided(chosen: Choice) -> None:
    """A person's decision about the line settles it."""
    assert choice(decision(KEY, chosen), revoked={KEY: ("p1",)}) is chosen


@pytest.mark.parametrize("wide", [STYLE, RULE], ids=["style", "rule"])
def test_taken_back_is_not_created_anew(wide: Subject) -> None:
    """What a style's or rule's decision had made and a person untied is not made a second time."""
    found = said(decision(wide, Choice.CREATE), revoked={KEY: ("p1",)})
    assert isinstance(found, Objection)
    assert found.reason is Reason.TAKEN_BACK
    assert choice(decision(wide, Choice.SKIP), revoked={KEY: ("p1",)}) is Choice.SKIP
