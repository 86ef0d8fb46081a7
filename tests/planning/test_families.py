"""New products as families: what stands together, what is divided, and what a name may be."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from tests.planning.showroom import (
    COARSE,
    ORDER,
    SUPPLIER,
    families,
    line,
    looked_up,
    order_of,
    planned,
    product,
    reviewed,
)
from tests.planning.wholesale import AT

from po_bridge.matching.result import Choice
from po_bridge.models.keys import OrderKey
from po_bridge.models.named_record import NamedRecord
from po_bridge.models.pos_product import PosProduct
from po_bridge.models.setup import Setup
from po_bridge.models.wholesale_order import OrderLine
from po_bridge.planning.book import Book, Decision, line_decision
from po_bridge.planning.change import NewFamily
from po_bridge.planning.new_product import product_slot
from po_bridge.planning.plan import Plan
from po_bridge.planning.planner import lookups, plan
from po_bridge.planning.refs import Known


def made(plan: Plan) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The values of each family's members, by name."""
    return {
        family.name: tuple(member.values for member in family.members) for family in families(plan.changes)
    }


def options(family: NewFamily) -> tuple[str, ...]:
    """Names of a family's options."""
    return tuple(option.name for option in family.options)


def losses(plan: Plan) -> tuple[str, ...]:
    """What a plan says is lost, in words."""
    return tuple(f"{loss.what}: {loss.why}" for loss in plan.losses)


def create(*lines: OrderLine) -> Book:
    """A book in which a person had each of the lines created."""
    decisions = (Decision(key=line_decision(one.key), choice=Choice.CREATE, at=AT) for one in lines)
    return Book(decisions={one.key: one for one in decisions})


# --- what stands together


def test_styles_that_differ_in_colour() -> None:
    """Styles of one number and name are one family with colour and size, by colour and the brand's order of sizes."""
    lines = [line(color=color, size=size) for color in ("Oat", "Navy") for size in ("L", "S", "M")]
    (family,) = families(planned(reviewed(lines)).changes)
    assert options(family) == ("Color", "Size")
    assert [member.values for member in family.members] == [
        (color, size) for color in ("Navy", "Oat") for size in ("S", "M", "L")
    ]
    assert family.source_id == ""


def test_one_style_ties_the_family() -> None:
    """A family of a single style carries its id, so that the two systems can be tied."""
    (family,) = families(planned(reviewed([line(size="S"), line(size="M")])).changes)
    assert family.source_id == "AB100-Navy"


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        pytest.param(line("AB100"), line("AB200", style_id="s2"), "Cable Tee", id="another number"),
        pytest.param(
            line(style_id="s1"),
            line(style_id="s2", color="Oat"),
            {"s1": "Tee", "s2": "Hat"},
            id="another name",
        ),
        pytest.param(line(), line(portal="South", style_id="s2"), "Cable Tee", id="another portal"),
    ],
)
def test_styles_that_stand_apart(one: OrderLine, other: OrderLine, names: Mapping[str, str] | str) -> None:
    """Styles of another number, name or portal are families of their own."""
    assert len(families(planned(reviewed([one, other], names=names)).changes)) == 2


def test_spelling_of_number_and_name_does_not_count() -> None:
    """Case and separators of a style number, case and spaces of a name, make no second family."""
    lines = [line("AB-100", style_id="s1"), line("ab 100", "Oat", style_id="s2")]
    review = reviewed(lines, names={"s1": "Cable Tee", "s2": "CABLE  TEE "})
    assert len(families(planned(review).changes)) == 1


def test_missing_documents_do_not_stand_together() -> None:
    """Styles without a document may be anything, so each is a family of its own, named by its number."""
    lines = [line(style_id="s1"), line(style_id="s2", color="Oat")]
    plan = planned(reviewed(lines, undocumented=("s1", "s2")))
    assert [family.name for family in families(plan.changes)] == ["AB100", "AB100 (2)"]


def test_one_product_of_two_orders() -> None:
    """A product that two orders want is made once, for both."""
    first = reviewed([line()])
    second = order_of(line(), key=OrderKey(portal=ORDER.portal, order_id="o2"))
    both = evolve(first, orders=(*first.orders, second))
    (family,) = families(planned(both).changes)
    assert len(family.members) == 1
    assert family.orders == (first.orders[0].key, second.key)


# --- options


@pytest.mark.parametrize(
    ("color", "size", "wanted"),
    [
        ("Navy", "M", ("Color", "Size")),
        ("Navy", "OS", ("Color",)),
        ("N/A", "M", ("Size",)),
        ("default", "One Size", ()),
        ("", "", ()),
    ],
)
def test_options_that_are_stated(color: str, size: str, wanted: tuple[str, ...]) -> None:
    """An option is one that the brand states, even when only one value of it is on this order."""
    (family,) = families(planned(reviewed([line(color=color, size=size)])).changes)
    assert options(family) == wanted
    assert family.members[0].values == tuple({"Color": color, "Size": size}[name] for name in wanted)


def test_option_that_one_member_lacks() -> None:
    """A product that does not state what others of its family state gets a dash."""
    lines = [line(color="Navy", size="M"), line(color="Oat", size="OS", style_id="s2")]
    assert made(planned(reviewed(lines))) == {"Cable Tee": (("Navy", "M"), ("Oat", "-"))}


def test_known_options_are_used() -> None:
    """Options that the store has are used whatever their case, and spelled British or American."""
    known = (NamedRecord(id="o1", name="COLOUR"), NamedRecord(id="o2", name="size"))
    (family,) = families(planned(reviewed([line()], options=known)).changes)
    assert [option.ref for option in family.options] == [Known(id="o1"), Known(id="o2")]


def test_supplier_code_names_every_option() -> None:
    """The supplier code is style number and stated options, whatever options the family can have."""
    limited = evolve(COARSE, max_options=1)
    plan = planned(reviewed([line(color="Navy"), line(color="Oat")], capabilities=limited))
    codes = [member.supplier_code for family in families(plan.changes) for member in family.members]
    assert codes == ["AB100-Navy-M", "AB100-Oat-M"]


# --- what is divided


def sizes(number: int, color: str = "Navy") -> list[OrderLine]:
    """As many sizes of one colour."""
    return [line(color=color, size=f"{size:03}") for size in range(number)]


def test_whole_family_loses_nothing() -> None:
    """A family that fits is not divided, and nothing is said about it."""
    plan = planned(reviewed(sizes(200)))
    assert len(families(plan.changes)) == 1
    assert losses(plan) == ()


def test_divided_by_colour() -> None:
    """Colours that are too many to stand together go into further families, which is shown as a loss."""
    lines = [*sizes(90, "Black"), *sizes(90, "Navy"), *sizes(90, "Oat")]
    plan = planned(reviewed(lines))
    assert [(family.name, len(family.members)) for family in families(plan.changes)] == [
        ("Cable Tee", 180),
        ("Cable Tee (2)", 90),
    ]
    (loss,) = plan.losses
    assert (loss.what, loss.value) == ("one family of AB100", "270 variants")
    assert loss.why == (
        "divided into 2 families: the target takes 3 option(s) and 200 variants a family, "
        "and each combination of options once"
    )


def test_divided_by_count() -> None:
    """A colour that is too large by itself is divided by count."""
    lengths = [len(family.members) for family in families(planned(reviewed(sizes(450))).changes)]
    assert lengths == [200, 200, 50]


def test_one_option_only() -> None:
    """Where a family may have one option there is a family a colour, with sizes, and the colour in its name."""
    lines = [line(color=color, size=size) for color in ("Navy", "Oat") for size in ("S", "M")]
    plan = planned(reviewed(lines, capabilities=evolve(COARSE, max_options=1)))
    assert made(plan) == {"Cable Tee Navy": (("S",), ("M",)), "Cable Tee Oat": (("S",), ("M",))}
    assert any(loss.startswith("one family of AB100: divided into 2") for loss in losses(plan))


def test_no_options() -> None:
    """Where a target has no options each product stands alone, its options in its name."""
    lines = [line(size="S"), line(size="M")]
    plan = planned(reviewed(lines, capabilities=evolve(COARSE, max_options=0)))
    assert made(plan) == {"Cable Tee Navy S": ((),), "Cable Tee Navy M": ((),)}


def test_same_combination_twice() -> None:
    """One number, name, colour and size from two seasons would be one variant twice: it goes into two families."""
    lines = [line(style_id="fall"), line(style_id="spring"), line(style_id="fall", size="L")]
    plan = planned(reviewed(lines, book=create(*lines)))
    assert made(plan) == {"Cable Tee": (("Navy", "M"), ("Navy", "L")), "Cable Tee (2)": (("Navy", "M"),)}


@pytest.mark.parametrize("other", ["NAVY", "navy ", "Nvy"])
def test_same_combination_in_another_spelling(other: str) -> None:
    """Two spellings of a colour are one value, so the target would refuse the second."""
    lines = [line(color="Navy"), line(color=other)]
    plan = planned(reviewed(lines, book=create(*lines)))
    assert [len(family.members) for family in families(plan.changes)] == [1, 1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["Navy", "Oat", "Red", ""]), st.sampled_from(["S", "M", "L", "OS"])),
        min_size=1,
        max_size=16,
        unique=True,
    ),
    st.integers(0, 3),
    st.integers(1, 7),
    st.randoms(use_true_random=False),
)
def test_nothing_is_lost_and_limits_hold(
    wanted: list[tuple[str, str]], most_options: int, most_members: int, chance: Random
) -> None:
    """Each product is in one family once; no family exceeds a limit; names, slots and combinations are unique."""
    lines = [line(color=color, size=size) for color, size in wanted]
    capabilities = evolve(COARSE, max_options=most_options, max_members=most_members)
    plan = planned(reviewed(lines, capabilities=capabilities, book=create(*lines)))
    found = families(plan.changes)
    slots = [member.slot for family in found for member in family.members]
    assert sorted(map(str, slots)) == sorted(str(product_slot(one.key)) for one in lines)
    assert len({family.slot for family in found}) == len({family.name for family in found}) == len(found)
    for family in found:
        values = [member.values for member in family.members]
        assert len(family.options) <= most_options
        assert len(set(values)) == len(values) <= most_members
    chance.shuffle(lines)
    again = planned(reviewed(lines, capabilities=capabilities, book=create(*lines)))
    assert families(again.changes) == found


def test_slots_of_mixed_lines() -> None:
    """One style id under two numbers, as careless documents have it, gives two families of two slots and pictures."""
    lines = [line("AB100", size="S", style_id="s1"), line("AB200", size="M", style_id="s1")]
    found = families(planned(reviewed(lines)).changes)
    assert len({family.slot for family in found}) == 2
    assert len({image.slot for family in found for image in family.images}) == 2


# --- names


def store(*names: str, **more: Any) -> list[PosProduct]:
    """Products of other styles that bear these names."""
    return [
        product(f"p{number}", f"ZZ9-{number}", name=name, family_id=f"f{number}", **more)
        for number, name in enumerate(names)
    ]


def named(*names: str, **more: Any) -> tuple[str, Plan]:
    """The name of one new family in a store that has these names, with its plan."""
    plan = planned(reviewed([line()], store(*names, **more), book=create(line())))
    (family,) = families(plan.changes)
    return family.name, plan


def test_free_name() -> None:
    """A name that nobody bears is taken as it is."""
    assert named("Other")[0] == "Cable Tee"


@pytest.mark.parametrize(
    "more", [{}, {"active": False}, {"deleted": True}], ids=["alive", "inactive", "deleted"]
)
def test_name_of_another_style(more: dict[str, Any]) -> None:
    """A name that another style bears, whatever its state, gets the style number behind it, and that is shown."""
    name, plan = named("CABLE tee", **more)
    assert name == "Cable Tee AB100"
    assert "name of AB100 Cable Tee AB100: taken in the POS; written as 'Cable Tee AB100'" in losses(plan)


def test_name_with_number_taken_too() -> None:
    """Where the name with the style number is taken as well, a number is put behind."""
    assert named("Cable Tee", "Cable Tee AB100", "cable tee ab100 (2)")[0] == "Cable Tee AB100 (3)"


def test_names_taken_by_the_dozen() -> None:
    """However many names are taken, the plan asks on until one is free."""
    taken = ["Cable Tee", "Cable Tee AB100", *(f"Cable Tee AB100 ({number})" for number in range(2, 40))]
    assert named(*taken)[0] == "Cable Tee AB100 (40)"


def test_number_stands_in_the_name_once() -> None:
    """A name that holds the style number already gets no second one."""
    lines = [line()]
    review = reviewed(lines, store("Tee AB100"), names="Tee AB100", book=create(*lines))
    assert [family.name for family in families(planned(review).changes)] == ["Tee AB100 (2)"]


def test_style_without_name() -> None:
    """A style without a name is called by its number."""
    assert list(made(planned(reviewed([line()], names="  ")))) == ["AB100"]


# --- codes


def test_brand_code_is_written() -> None:
    """A new variant carries its UPC."""
    (family,) = families(planned(reviewed([line(upc="844277100014")])).changes)
    assert [code.text for code in family.members[0].codes] == ["844277100014"]


def test_own_code() -> None:
    """A variant without a code gets one of portal, style and options."""
    (family,) = families(planned(reviewed([line(color="Röd/Blå", size="10.5")])).changes)
    assert [code.text for code in family.members[0].codes] == ["NORTHAB100RDBL105"]


def test_own_code_that_the_store_has() -> None:
    """A code of ours that a product bears already, deleted or not, is not given twice."""
    taken = product("p1", upc="NORTHAB100NAVYM", name="Old", supplier=None, deleted=True)
    (family,) = families(planned(reviewed([line()], [taken], book=create(line()))).changes)
    assert [code.text for code in family.members[0].codes] == ["NORTHAB100NAVYMX2"]


def test_own_code_without_letters() -> None:
    """Where nothing is left in letters and digits there is still a code, and another one for another size."""
    lines = [line("北", color="赤", size=size, portal="北欧") for size in ("大", "小")]
    (family,) = families(planned(reviewed(lines, suppliers=())).changes)
    codes = {code.text for member in family.members for code in member.codes}
    assert len(codes) == 2
    assert all(code.isascii() and code.isalnum() for code in codes)


def test_taken_code_is_told() -> None:
    """A UPC that a product of the store bears is not written; the plan says so and goes on."""
    taken = product("p1", upc="844277100014", name="Old", supplier=None, options={"Size": "XL"})
    one = line(upc="844277100014")
    plan = planned(reviewed([one], [taken], book=create(one)))
    (family,) = families(plan.changes)
    assert [code.text for code in family.members[0].codes] == ["NORTHAB100NAVYM"]
    assert [question.key for question in plan.questions] == [f"code taken:{one.key}"]


# --- what a plan asks the store


def test_lookups_come_to_an_end() -> None:
    """What a plan asks about is known after a few rounds, and a repeated question is the same."""
    review = looked_up(reviewed([line()], store("Cable Tee"), book=create(line())), Setup())
    assert lookups(review, Setup()) <= lookups(review, Setup())
    assert {"Cable Tee", "Cable Tee AB100"} <= lookups(review, Setup()).names
    assert "NORTHAB100NAVYM" in lookups(review, Setup()).codes


def test_nothing_new_asks_nothing() -> None:
    """An order of matched products asks about its supplier alone."""
    review = reviewed([line()], [product("p1", "AB100-Navy-M")])
    asked = lookups(review, Setup())
    assert not asked.names
    assert not asked.codes
    assert {one.name for one in asked.collections} == {"SUPPLIERS"}


def test_equal_input_gives_equal_plans() -> None:
    """The same review planned twice gives the same plan, seal included."""
    review = looked_up(reviewed([line(size="S"), line(size="M")]), Setup())
    assert plan(review, Setup()).digest == plan(review, Setup()).digest
    assert Decimal(4) == sum(one.count for goal in plan(review, Setup()).goals for one in goal.lines)


def test_supplier_is_known() -> None:
    """New families name the supplier of their portal."""
    (family,) = families(planned(reviewed([line()])).changes)
    assert family.supplier == Known(id=SUPPLIER.id)
