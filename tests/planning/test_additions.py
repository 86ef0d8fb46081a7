"""Families the store has: the missing variants are added, but only where it is sure that they belong there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve
from tests.planning.showroom import (
    COARSE,
    additions,
    families,
    line,
    looked_up,
    planned,
    product,
    reviewed,
)
from tests.planning.wholesale import AT

from po_bridge.matching.result import Choice
from po_bridge.models.named_record import NamedRecord
from po_bridge.models.pos_product import PosProduct
from po_bridge.models.setup import Setup
from po_bridge.models.wholesale_order import OrderLine
from po_bridge.planning.additions import APART
from po_bridge.planning.book import Book, Decision, line_decision
from po_bridge.planning.plan import Plan
from po_bridge.planning.planner import lookups
from po_bridge.planning.question import Stops
from po_bridge.planning.refs import Known
from po_bridge.planning.write import AddMembers

KNOWN = product("p1", "AB100-Navy-M", upc="844277100014")
"""A variant that the store has: style AB100 in Navy M, of family f1."""

LINES = (line(size="M"), line(size="L"), line(size="XL"))
"""One line that the store has and two that are missing."""


def plan_of(lines: Sequence[OrderLine], *products: PosProduct, book: Book | None = None, **more: Any) -> Plan:
    """Plan lines against products; lines that the store lacks are decided to be created."""
    setup = more.pop("setup", None)
    return planned(reviewed(lines, products, book=book, **more), setup)


def created(*lines: OrderLine, answers: dict[str, str] | None = None) -> Book:
    """A book in which a person had lines created, and answered questions."""
    decisions = [Decision(key=line_decision(one.key), choice=Choice.CREATE, at=AT) for one in lines]
    decisions += [Decision(key=key, answer=text, at=AT) for key, text in (answers or {}).items()]
    return Book(decisions={one.key: one for one in decisions})


def left(plan: Plan) -> tuple[str, ...]:
    """Why families of the store were left as they are."""
    return tuple(loss.why for loss in plan.losses if loss.what.startswith("family of"))


# --- what is added


def test_missing_variants_are_added() -> None:
    """A family that exists gets the variants it lacks; no second family is made."""
    plan = plan_of(LINES, KNOWN)
    (more,) = additions(plan.changes)
    assert families(plan.changes) == ()
    assert (more.family, more.family_name, more.brand) == (Known(id="f1"), "Cable Tee", Known(id="b-north"))
    assert [member.values for member in more.members] == [("Navy", "L"), ("Navy", "XL")]
    assert [option.ref for option in more.options] == [Known(id="option-Color"), Known(id="option-Size")]
    assert not more.active


def test_added_one_by_one() -> None:
    """Each addition is as large as the target takes."""
    plan = plan_of(LINES, KNOWN)
    writes = [step.write for step in plan.steps if isinstance(step.write, AddMembers)]
    assert [[member.values for member in write.members] for write in writes] == [
        [("Navy", "L")],
        [("Navy", "XL")],
    ]


def test_another_colour_is_added() -> None:
    """A style in a colour that the store lacks joins the family that has colour and size."""
    plan = plan_of([line(), line(color="Oat")], KNOWN)
    (more,) = additions(plan.changes)
    assert [member.values for member in more.members] == [("Oat", "M")]


def test_found_by_name_and_supplier_code() -> None:
    """Where nothing of the style is on this order, its family is found by name and supplier code."""
    (more,) = additions(plan_of([line(color="Oat")], KNOWN).changes)
    assert more.family == Known(id="f1")


def test_found_by_source_id() -> None:
    """A family made by po_bridge itself is known by the style's id, supplier code or not."""
    ours = product("p1", source_id="AB100-Navy", upc="844277100014")
    (more,) = additions(plan_of([line(size="L")], ours).changes)
    assert more.family == Known(id="f1")


def test_found_though_renamed() -> None:
    """A family that the merchant renamed is found by a variant of it on this order, and keeps its name."""
    review = reviewed(LINES, [evolve(KNOWN, name="Our Best Tee")])
    assert "Our Best Tee" in lookups(review, Setup()).names
    (more,) = additions(planned(review).changes)
    assert more.family_name == "Our Best Tee"


def test_options_in_the_order_of_the_family() -> None:
    """Values stand in the family's own order of options, whatever the options are called."""
    other = product("p1", "AB100-Navy-M", options={"Sizes": "M", "Colour": "Navy"})
    (more,) = additions(plan_of(LINES, other).changes)
    assert [option.name for option in more.options] == ["Sizes", "Colour"]
    assert [member.values for member in more.members] == [("L", "Navy"), ("XL", "Navy")]


def test_family_of_one_colour() -> None:
    """A family with sizes only takes sizes of the colour that its matched variants have."""
    sized = product("p1", "AB100", options={"Size": "M"}, upc="844277100014")
    lines = [line(upc="844277100014"), line(size="L"), line(color="Oat", size="L")]
    plan = plan_of(lines, sized)
    (more,) = additions(plan.changes)
    (family,) = families(plan.changes)
    assert [member.values for member in more.members] == [("L",)]
    assert [member.values for member in family.members] == [("Oat", "L")]
    assert family.name == "Cable Tee AB100"
    assert left(plan) == (
        "the store has it and nothing is added to it: it has no option for color; a family of its own is made",
    )


def test_families_of_two_colours() -> None:
    """Where the store has a family a colour, each colour joins its own."""
    navy = product("p1", "AB100", options={"Size": "M"}, upc="844277100014", name="Tee Navy")
    oat = product("p2", "AB100", options={"Size": "M"}, upc="844277100021", name="Tee Oat", family_id="f2")
    lines = [
        line(upc="844277100014"),
        line(color="Oat", upc="844277100021"),
        line(size="L"),
        line(color="Oat", size="L"),
    ]
    added = {
        more.family_name: [one.values for one in more.members]
        for more in additions(plan_of(lines, navy, oat).changes)
    }
    assert added == {"Tee Navy": [("L",)], "Tee Oat": [("L",)]}


# --- what is left alone


@pytest.mark.parametrize(
    ("other", "why"),
    [
        pytest.param(
            product("p2", "ZZ900-Navy-S", options={"Color": "Navy", "Size": "S"}),
            "it holds products of other styles or suppliers too",
            id="another style",
        ),
        pytest.param(
            product("p2", "AB100-Navy-S", supplier="s-other", options={"Color": "Navy", "Size": "S"}),
            "it holds products of other styles or suppliers too",
            id="another supplier",
        ),
        pytest.param(
            product("p2", "AB100-Navy-S", options={"Color": "Navy", "Size": "S"}, family_id="f2"),
            "another product of the store bears its name too",
            id="another family of its name",
        ),
        pytest.param(
            product("p2", "AB100-Navy-S", options={"Size": "S"}),
            "its options are not the same",
            id="options differ",
        ),
    ],
)
def test_doubtful_family(other: PosProduct, why: str) -> None:
    """Nothing is added to a family that it cannot be sure of: a family of its own is made, and shown."""
    plan = plan_of(LINES, KNOWN, other)
    assert additions(plan.changes) == ()
    assert [family.name for family in families(plan.changes)] == ["Cable Tee AB100"]
    assert why in left(plan)[0]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"Color": "Navy", "Size": "M", "Fit": "Slim"}, "its options are Color, Size, Fit"),
        ({"Style": "Navy / M"}, "its options are Style"),
        ({"Color": "Navy", "Colour": "Navy", "Size": "M"}, "its options are Color, Colour, Size"),
    ],
    ids=["a third option", "one of another meaning", "colour twice"],
)
def test_options_that_do_not_fit(options: dict[str, str], why: str) -> None:
    """A family whose options are others is left alone."""
    plan = plan_of(
        LINES, product("p1", "AB100-Navy-M", upc="844277100014", options=options), book=created(*LINES)
    )
    assert additions(plan.changes) == ()
    assert why in left(plan)[0]


def test_option_that_the_brand_does_not_state() -> None:
    """A variant that states no colour cannot join a family with colours."""
    lines = [line(), line(color="", size="L", style_id="s2")]
    plan = plan_of(lines, KNOWN)
    assert additions(plan.changes) == ()
    assert "the brand states no color" in left(plan)[0]


def test_combination_that_is_there() -> None:
    """A line that a person wants created although its colour and size are there gets a family of its own."""
    plan = plan_of(LINES[:1], KNOWN, book=created(LINES[0]))
    assert additions(plan.changes) == ()
    assert "it has a variant of this colour and size already" in left(plan)[0]


def test_full_family() -> None:
    """A family that would exceed the limit is left alone, and the new variants get one of their own."""
    plan = plan_of(LINES, KNOWN, capabilities=evolve(COARSE, max_members=2))
    assert additions(plan.changes) == ()
    assert [len(family.members) for family in families(plan.changes)] == [2]
    assert "it would have more than 2 variants" in left(plan)[0]


def test_deleted_members_do_not_count() -> None:
    """A deleted variant neither takes a place nor a combination, nor does it make a family live."""
    gone = product("p2", "AB100-Navy-L", options={"Color": "Navy", "Size": "L"}, deleted=True)
    plan = plan_of(LINES, KNOWN, gone, capabilities=evolve(COARSE, max_members=3), book=created(*LINES[1:]))
    assert len(additions(plan.changes)[0].members) == 2
    only = plan_of(LINES[1:], gone, book=created(*LINES[1:]))
    assert additions(only.changes) == ()
    assert [family.name for family in families(only.changes)] == ["Cable Tee AB100"]


def test_standard_product_is_no_family() -> None:
    """A product without options cannot be given variants."""
    lone = product("p1", "AB100", options={}, family_id=None, upc="844277100014")
    lines = [
        line(color="", size="", upc="844277100014", style_id="s1"),
        line(color="", size="L", style_id="s1"),
    ]
    plan = plan_of(lines, lone, book=created(lines[1]))
    assert additions(plan.changes) == ()
    assert [family.name for family in families(plan.changes)] == ["Cable Tee AB100"]


def test_supplier_that_is_not_there() -> None:
    """Where the store has no such supplier nothing of it can be told to be ours."""
    plan = plan_of(LINES[1:], KNOWN, suppliers=(), book=created(*LINES[1:]))
    assert additions(plan.changes) == ()


def test_two_suppliers_of_one_name() -> None:
    """Where two suppliers bear the name it cannot be told whose family it is."""
    twice = (NamedRecord(id="s-north", name="North"), NamedRecord(id="s-2", name="NORTH"))
    assert additions(plan_of(LINES[1:], KNOWN, suppliers=twice, book=created(*LINES[1:])).changes) == ()


# --- what is asked


def test_target_that_cannot_add() -> None:
    """Where variants cannot be added the line waits for an answer; a family of the same name is never made."""
    plan = plan_of(LINES, KNOWN, capabilities=evolve(COARSE, members_per_add=0))
    (question,) = plan.questions
    assert question.stops is Stops.LINE
    assert question.answers == (APART,)
    assert "lacks AB100 / Navy / L, XL" in question.text
    assert additions(plan.changes) == ()
    assert "Cable Tee" not in {family.name for family in families(plan.changes)}


def test_target_that_cannot_add_answered() -> None:
    """The answer makes a family of its own, under another name."""
    limited = evolve(COARSE, members_per_add=0)
    (question,) = plan_of(LINES, KNOWN, capabilities=limited).questions
    plan = plan_of(LINES, KNOWN, capabilities=limited, book=created(answers={question.key: APART}))
    assert plan.questions == ()
    assert [family.name for family in families(plan.changes)] == ["Cable Tee AB100"]


TWO = (
    product("p1", "AB100-Navy-M", upc="844277100014"),
    product("p2", "AB100-Navy-S", options={"Color": "Navy", "Size": "S"}, name="Tee II", family_id="f2"),
)
"""One style in two families, as a merchant may have it."""


def test_two_families_are_asked_about() -> None:
    """Where two families hold the style a person says which takes the new variants."""
    lines = [line(size="M"), line(size="S"), line(color="Oat")]
    plan = plan_of(lines, *TWO)
    (question,) = plan.questions
    assert question.stops is Stops.LINE
    assert question.answers == ("f1", "f2", APART)
    answered = plan_of(lines, *TWO, book=created(answers={question.key: "f2"}))
    assert [more.family for more in additions(answered.changes)] == [Known(id="f2")]
    apart = plan_of(lines, *TWO, book=created(answers={question.key: APART}))
    assert additions(apart.changes) == ()


def test_family_of_the_same_colour_is_taken() -> None:
    """Of two families the one that holds this very style and colour takes its sizes, without a question."""
    oat = product("p2", "AB100-Oat-S", options={"Color": "Oat", "Size": "S"}, name="Tee Oat", family_id="f2")
    lines = [line(size="M"), line(color="Oat", size="S"), line(color="Oat", size="L")]
    plan = plan_of(lines, KNOWN, oat)
    assert plan.questions == ()
    assert [more.family for more in additions(plan.changes)] == [Known(id="f2")]


def test_order_of_products_does_not_count() -> None:
    """The same store in another order gives the same plan."""
    lines = [line(size="M"), line(size="S"), line(color="Oat")]
    one = looked_up(reviewed(lines, TWO), Setup())
    other = looked_up(reviewed(lines, TWO[::-1]), Setup())
    assert planned(one).digest == planned(other).digest
