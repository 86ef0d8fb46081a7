from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NewType

import pytest
from attrs import Factory, field, fields, frozen

from po_bridge import mapping
from po_bridge.errors import Misuse
from po_bridge.mapping import (
    COUNT,
    DECIMAL,
    ID,
    TEXT,
    Codec,
    Table,
    constant,
    optional,
    part,
    rows,
    table,
    wire_constant,
)

if TYPE_CHECKING:
    from po_bridge.errors import BadDocument

rule: Any = mapping.rule  # most rules below are what a type checker would refuse
gathered: Any = mapping.gathered
Code = NewType("Code", str)


@frozen(kw_only=True)
class Inner:
    """A part."""

    text: str = ""


@frozen(kw_only=True)
class Model:
    """What the tables below describe."""

    name: str
    count: Decimal = Decimal(0)
    maybe: str | None = None
    code: Code = Code("")
    inner: Inner = field(factory=Inner)
    many: tuple[Inner, ...] = ()
    texts: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(factory=dict)
    linked: str = field(default=Factory(lambda self: self.name, takes_self=True))


M, N = fields(Model), fields(Inner)
INNER = table(Inner, (rule(N.text, "text", TEXT),))
ROWS = table(Inner, (rule(N.text, "text", TEXT),), over=("many",))
REST = (M.count, M.maybe, M.code, M.inner, M.many, M.texts, M.extra)


def built(*rules: Any, **parts: Any) -> Table[Model]:
    """Build a table in which only the given rules matter."""
    named = {one.attribute.name for one in rules}
    kept = tuple(attribute for attribute in REST if attribute.name not in named)
    rules = (*rules, rule(M.linked, "linked", TEXT))
    if "name" not in named:
        rules = (*rules, rule(M.name, "name", ID))
    return table(Model, rules, **{"left_out": kept, **parts})


FAULTS: dict[str, tuple[Callable[[], Any], str]] = {
    "no rule": (lambda: built(left_out=REST[1:]), "count has no rule"),
    "two rules": (lambda: built(rule(M.name, "a", ID), rule(M.name, "b", ID)), "name is named 2 times"),
    "rule and left out": (lambda: built(rule(M.count, "a", COUNT), left_out=REST), "count is named 2 times"),
    "kept and left out": (lambda: built(keep_unknown=M.extra), "extra is named 2 times"),
    "another model's": (lambda: built(rule(N.text, "a", TEXT)), "text is no attribute of Model"),
    "left out, no default": (
        lambda: table(Model, (), left_out=(M.name, M.linked, *REST)),
        "name is left out but has no default",
    ),
    "left out, default of itself": (
        lambda: table(Model, (rule(M.name, "name", ID),), left_out=(M.linked, *REST)),
        "linked is left out but has no default",
    ),
    "not required, no default": (
        lambda: built(rule(M.name, "a", ID, required=False)),
        "name may be missing but the model has no default",
    ),
    "write only, no default": (
        lambda: built(rule(M.name, write="a", codec=ID)),
        "name may be missing but the model has no default",
    ),
    "two defaults": (
        lambda: built(rule(M.count, "a", COUNT, default=Decimal(1), required=False)),
        "count has a default of its own and required=False",
    ),
    "always written, never written": (
        lambda: built(rule(M.count, read="a", codec=COUNT, always_written=True)),
        "count is never written, so always_written",
    ),
    "created, never written": (
        lambda: built(rule(M.count, read="a", codec=COUNT, only_on_create=True)),
        "count is never written, so only_on_create",
    ),
    "whole object": (
        lambda: built(rule(M.count, read=".", codec=COUNT)),
        "count is read from a whole object",
    ),
    "gathers context": (
        lambda: built(gathered(M.texts, ("a", "@b"), TEXT)),
        "texts gathers paths of the document only",
    ),
    "wrong codec": (lambda: built(rule(M.count, "a", TEXT)), "count cannot hold what text gives (str)"),
    "wrong gathered": (
        lambda: built(gathered(M.maybe, ("a",), TEXT)),
        "maybe cannot hold what text gives (tuple)",
    ),
    "None is not written": (
        lambda: built(rule(M.maybe, "a", TEXT)),
        "maybe may be None, which text cannot write",
    ),
    "None is not held": (
        lambda: built(rule(M.name, "a", optional(TEXT))),
        "cannot hold what text or null gives",
    ),
    "part over lists": (lambda: built(part(M.inner, "inner", ROWS)), "inner is a part, but its table walks"),
    "rows over nothing": (
        lambda: built(rows(M.many, INNER)),
        "many has rows, but its table walks over no list",
    ),
    "written twice": (
        lambda: built(rule(M.count, "a", COUNT), rule(M.code, "a", TEXT)),
        "a is written twice: by Model.count and by Model.code",
    ),
    "written twice by a part": (
        lambda: built(rule(M.name, "inner.text", ID), part(M.inner, "inner", INNER)),
        "inner.text is written twice",
    ),
    "written twice by a constant": (
        lambda: built(wire_constants=(wire_constant("name", "x"),)),
        "name is written twice: by Model.name and by Model's constant",
    ),
    "written inside": (
        lambda: built(rule(M.name, "a", ID), rule(M.count, "a.b", COUNT)),
        "Model.count is written inside a, which Model.name writes",
    ),
    "list and its elements": (
        lambda: built(rule(M.name, "many", ID), rows(M.many, ROWS)),
        "Inner.text is written inside many, which Model.name writes",
    ),
    "fallback written elsewhere": (
        lambda: built(rule(M.count, ("a", "b"), COUNT, default=Decimal(0)), rule(M.code, "b", TEXT)),
        "Model.count falls back on b, which Model.code writes",
    ),
    "written outside the list": (
        lambda: table(Inner, (rule(N.text, "^text", TEXT),), over=("many",)),
        "Inner.text is written outside the list",
    ),
    "written to an entry": (
        lambda: table(Inner, (rule(N.text, "text", TEXT),), over=("many{}",)),
        "Inner.text is written to an entry of an object",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_told(fault: str) -> None:
    """A table with a fault is refused when it is built."""
    build, words = FAULTS[fault]
    with pytest.raises(Misuse) as caught:
        build()
    assert words in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    """One error names every fault of a table."""
    with pytest.raises(Misuse, match="the table of Model has 9 fault"):
        table(Model, (rule(M.count, "a", TEXT),))


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: rule(M.name, "a", ID, read="b"), id="path and read"),
        pytest.param(lambda: rule(M.name, codec=ID), id="no path"),
        pytest.param(lambda: rule(M.name, "a"), id="no codec"),
        pytest.param(lambda: rule(M.name, "@a", ID), id="context cannot be written"),
        pytest.param(lambda: rule(M.name, ("#path", "a"), ID), id="position cannot be written"),
        pytest.param(lambda: rule(M.name, read="a", write="@b", codec=ID), id="write to the context"),
        pytest.param(lambda: rule(M.name, ".", ID), id="element cannot be written"),
        pytest.param(lambda: part(M.inner, "^inner", INNER), id="part of an outer element"),
        pytest.param(lambda: part(M.inner, "@inner", INNER), id="part of the context"),
        pytest.param(lambda: part(M.inner, ".", INNER, default=Inner()), id="part beside is never missing"),
        pytest.param(lambda: wire_constant("@a", 1), id="constant in the context"),
        pytest.param(lambda: built(ignored=("@a",)), id="ignored context"),
        pytest.param(lambda: built(rule(M.count, read="#index", codec=COUNT)), id="index outside a list"),
        pytest.param(
            lambda: table(Inner, (rule(N.text, read="#key", codec=TEXT),), over=("many",)), id="key in a list"
        ),
    ],
)
def test_senseless_rule_is_refused(build: Callable[[], Any]) -> None:
    """A rule that cannot mean anything is refused at once."""
    with pytest.raises(Misuse):
        build()


def test_new_types_are_their_supertypes() -> None:
    """An attribute of a NewType takes codecs of the type below."""
    assert (
        built(rule(M.code, "a", TEXT, default=Code(""))).read({"name": "n", "a": "c", "linked": ""}).code
        == "c"
    )


def test_constant_is_on_no_wire() -> None:
    """A constant is the same for each value and is not written."""
    fixed = built(constant(M.count, Decimal(7)))
    assert fixed.read({"name": "n", "linked": ""}).count == 7
    assert fixed.write(fixed.read({"name": "n", "linked": ""})) == {"name": "n", "linked": ""}


@frozen(kw_only=True)
class Unresolved:
    """A model whose hints exist for type checkers only."""

    error: BadDocument | str = ""
    anything: Any = None


def test_hints_may_be_missing_at_run_time() -> None:
    """Where hints cannot be read, the codecs are not compared."""
    unresolved = fields(Unresolved)
    reading = table(Unresolved, (rule(unresolved.error, "e", TEXT), rule(unresolved.anything, "a", DECIMAL)))
    assert reading.read({"e": "x", "a": 1}) == Unresolved(error="x", anything=Decimal(1))


@frozen(kw_only=True)
class Untyped:
    """A model that takes anything."""

    anything: Any = None
    none: None = None
    private: str = field(default="", alias="secret")


def test_any_takes_every_codec() -> None:
    """An attribute of any type takes every codec, one that takes only None none of them; aliases are used."""
    untyped = fields(Untyped)
    rules = (rule(untyped.anything, "a", DECIMAL), rule(untyped.private, "p", TEXT))
    assert table(Untyped, rules, left_out=(untyped.none,)).read({"a": 1, "p": "x"}) == Untyped(
        anything=1, secret="x"
    )
    with pytest.raises(Misuse, match="none cannot hold"):
        table(Untyped, (*rules, rule(untyped.none, "n", TEXT)))


def test_codec_may_say_nothing_of_its_types() -> None:
    """A codec that does not say what it gives is not compared."""
    silent = Codec(name="silent", expected="anything", read=str, write=str)
    assert optional(silent).gives == ()
    assert built(rule(M.name, "n", silent)).read({"n": 7, "linked": ""}).name == "7"
