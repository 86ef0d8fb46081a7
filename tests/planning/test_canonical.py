"""Canonical bytes: what is written is read back equal, and equal values are written alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.planning.canonical_strategies import ESTIMATES, values

from po_bridge.errors import BadDocument, ForeignPlan, Misuse
from po_bridge.models.capabilities import Capabilities
from po_bridge.models.order_draft import OrderDraft
from po_bridge.planning.book import Applied, Decision, Link, Opened
from po_bridge.planning.canonical import (
    plan_bytes,
    read_decisions,
    read_plan,
    read_value,
    sealed,
    write_decisions,
    write_value,
)
from po_bridge.planning.change import Change
from po_bridge.planning.history import Detail, Entry
from po_bridge.planning.plan import FORMAT, Plan
from po_bridge.planning.question import Question
from po_bridge.planning.receipt import Doubt, Receipt, Refusal, Rest
from po_bridge.planning.refs import Ids, Kind, Known, Ref, Slot
from po_bridge.planning.snapshot import Collection, Positions
from po_bridge.planning.step import Step
from po_bridge.planning.write import CreateSupplier, Member, ProductFields, Write
from po_bridge.testing.sample import sample_plan

KINDS: dict[str, Any] = {
    "applied": Applied,
    "change": Change,
    "decision": Decision,
    "detail": Detail,
    "entry": Entry,
    "ids": Ids,
    "link": Link,
    "positions": Positions,
    "question": Question,
    "receipt": Receipt,
    "ref": Ref,
    "refusal": Refusal,
    "rest": Rest,
    "step": Step,
    "write": Write,
}
PLANS: st.SearchStrategy[Plan] = values(Plan).map(lambda plan: evolve(plan, format=FORMAT))
# values are wide, so drawing them is slow on a busy machine
LAW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
PLAN = sample_plan(Capabilities(members_per_create=0, members_per_add=1, lines_per_add=1))


def digest_of(document: dict[str, Any]) -> str:
    """Seal a document as a stranger would, from the description alone."""
    content = {key: value for key, value in document.items() if key not in {"digest", "estimate"}}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def resealed(**changes: Any) -> bytes:
    """Change a plan's document and seal it again."""
    document = json.loads(plan_bytes(PLAN)) | changes
    return json.dumps(document | {"digest": digest_of(document)}).encode()


# --- laws


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_values_round_trip(kind: Any) -> None:
    """Any value is read back equal, and what was read is written to the same bytes."""

    @LAW
    @given(values(kind))
    def law(value: Any) -> None:
        written = write_value(value, kind)
        read = read_value(written, kind)
        assert read == value
        assert write_value(read, kind) == written

    law()


@LAW
@given(PLANS)
def test_plans_round_trip(plan: Plan) -> None:
    """Any sealed plan is read back equal, its seal fits, and it is written to the same bytes."""
    written = plan_bytes(sealed(plan))
    read = read_plan(written)
    assert read == sealed(plan)
    assert read.estimate == plan.estimate
    assert plan_bytes(read) == written
    assert sealed(read) == read


@LAW
@given(values(Entry), st.integers(-14, 14))
def test_equal_values_equal_bytes(entry: Entry, hours: int) -> None:
    """A moment told in another zone is the same moment, and the same bytes."""
    elsewhere = entry.at.astimezone(timezone(timedelta(hours=hours)))
    same = evolve(entry, at=elsewhere)
    assert same == entry
    assert write_value(same) == write_value(entry)


@LAW
@given(st.dictionaries(values(Slot), st.text(max_size=3)))
def test_order_of_a_mapping_is_nothing(made: dict[Slot, str]) -> None:
    """Mappings filled in another order are equal, and the same bytes."""
    forth, back = Receipt(made=made), Receipt(made=dict(reversed(made.items())))
    assert write_value(forth) == write_value(back)


@LAW
@given(st.none() | ESTIMATES)
def test_estimate_is_outside_the_seal(estimate: Any) -> None:
    """Calls and seconds do not touch the digest, and are read back."""
    plan = sealed(evolve(PLAN, estimate=estimate))
    assert plan.digest == PLAN.digest
    assert read_plan(plan_bytes(plan)).estimate == estimate


@LAW
@given(st.lists(values(Decision), max_size=3))
def test_decisions_round_trip(decisions: list[Decision]) -> None:
    """Decisions are read back equal, in their order."""
    assert read_decisions(write_decisions(decisions)) == tuple(decisions)


# --- the form


def test_form_is_plain() -> None:
    """Keys are sorted, there are no spaces, text is UTF-8, and a member of a union names its class."""
    write = CreateSupplier(slot=Slot(kind=Kind.SUPPLIER, name="a"), name="A")
    expected = b'{"name":"A","slot":{"kind":"supplier","name":"a"},"type":"CreateSupplier"}'
    assert write_value(write, Write) == expected
    assert write_value(Doubt(why="spät\n")) == '{"why":"spät\\n"}'.encode()


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Decimal("12.500"), Decimal, '"12.500"'),
        (Decimal("1E+3"), Decimal, '"1E+3"'),
        (datetime(2025, 3, 1, 9, 30, tzinfo=UTC), datetime, '"2025-03-01T09:30:00.000000Z"'),
        (date(2025, 3, 1), date, '"2025-03-01"'),
        ({Collection.TAGS: "7"}, Positions, '{"tags":"7"}'),
        ({Slot(kind=Kind.TAG, name="a:b"): "7"}, Ids, '{"tag:a:b":"7"}'),
        (Known(id="7"), Ref, '{"id":"7","type":"Known"}'),
        (Known(id="7"), Known, '{"id":"7"}'),
    ],
    ids=["digits", "exponent", "moment", "day", "positions", "slots", "in a union", "alone"],
)
def test_form_of_a_value(value: Any, kind: Any, text: str) -> None:
    """Each kind of value has one text."""
    assert write_value(value, kind).decode() == text
    assert read_value(text, kind) == value


def test_half_a_surrogate_is_replaced() -> None:
    """Text that has no UTF-8 form, as in an operating system's message, never stops the journal."""
    assert read_value(write_value(Doubt(why="file \udcff")), Doubt) == Doubt(why="file ?")


def test_read_mappings_are_frozen() -> None:
    """What was read cannot be changed."""
    read = read_value(b'{"found":false,"made":{"tag:a":"7"},"notes":[]}', Receipt)
    assert isinstance(read.made, MappingProxyType)


# --- what is refused


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (str, "null"),
        (str, "7"),
        (int, "7.0"),
        (int, "true"),
        (bool, "1"),
        (float, '"1"'),
        (Decimal, "12.5"),
        (Decimal, '"1_0"'),
        (Decimal, '" 1"'),
        (Decimal, '"NaN"'),
        (datetime, '"2025-03-01T09:30:00"'),
        (datetime, '"2025-03-01T09:30:00Z"'),
        (datetime, '"2025-03-01T10:30:00.000000+01:00"'),
        (date, '"2025-03-01T00:00:00Z"'),
        (date, '"20250301"'),
        (Kind, '"shoe"'),
        (tuple[str, ...], '"abc"'),
        (Ids, '{"shoe:a":"7"}'),
        (Ids, "[]"),
        (Ref, '{"id":"7"}'),
        (Ref, '{"id":"7","type":"Step"}'),
        (Ref, '{"id":"7","type":["Known"]}'),
        (Known, '{"id":"7","more":1}'),
        (Known, "{}"),
        (Known, '{"id":""}'),
    ],
)
def test_nothing_is_bent(kind: Any, text: str) -> None:
    """A value of another type, another spelling or another shape is refused, never converted."""
    with pytest.raises(BadDocument):
        read_value(text, kind)


@pytest.mark.parametrize(
    "value",
    [
        Member(slot=Slot(kind=Kind.PRODUCT, name="a"), codes=(), supply_price=1.5),  # type: ignore[arg-type]  # the fault
        ProductFields(retail_price=Decimal("NaN")),
        OrderDraft(due_on="2025"),  # type: ignore[arg-type]  # the fault
        OrderDraft(due_on=datetime(2025, 3, 1)),  # noqa: DTZ001  # the fault
    ],
    ids=["float", "NaN", "text for a day", "moment for a day"],
)
def test_what_has_no_text_is_not_written(value: Any) -> None:
    """A float, NaN or a value of a wrong type is refused where it is written, not when it is read."""
    with pytest.raises((ValueError, TypeError)):
        write_value(value)


def test_moment_without_zone_is_not_written() -> None:
    """A moment that could be any of 38 is refused where it is written."""
    with pytest.raises(ValueError, match="with a time zone"):
        write_value(datetime(2025, 3, 1))  # noqa: DTZ001  # the fault


@pytest.mark.parametrize("kind", [int | str, Known | Sequence[str]], ids=["plain", "mixed"])
def test_union_without_tags_is_misuse(kind: Any) -> None:
    """A union whose members no tag tells apart is refused when it is first met, not guessed at."""
    with pytest.raises(Misuse, match="is no union of attrs classes"):
        read_value("1", kind)


def test_every_fault_is_named() -> None:
    """A document with several faults gives one error with each path."""
    document = json.loads(plan_bytes(PLAN))
    document["goals"][0]["round"] = "1"
    document["goals"][0]["lines"][1]["count"] = 3
    document["steps"][2]["write"]["type"] = "Guess"
    del document["store"]
    with pytest.raises(BadDocument) as caught:
        read_plan(json.dumps(document | {"digest": digest_of(document)}))
    paths = {issue.path for issue in caught.value.issues}
    assert paths == {"$.store", "$.goals[0].round", "$.goals[0].lines[1].count", "$.steps[2].write"}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"a":1,"a":2}'], ids=repr)
def test_no_plan_at_all(text: str) -> None:
    """Bytes that are no JSON object are a bad document."""
    with pytest.raises(BadDocument):
        read_plan(text)


# --- the seal and the format


def spaced(document: dict[str, Any]) -> bytes:
    """Write a document the way an editor does."""
    return json.dumps(dict(reversed(document.items())), indent=2).encode()


def test_layout_is_not_sealed() -> None:
    """A plan that an editor laid out anew is still the same plan."""
    assert read_plan(spaced(json.loads(plan_bytes(PLAN)))) == PLAN


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["goals"][0].update(round=2),
        lambda document: document["steps"].reverse(),
        lambda document: document.update(store="elsewhere"),
        lambda document: document.update(digest="0" * 64),
        lambda document: document.pop("digest"),
        lambda document: document.update(more=1),
    ],
    ids=["a number", "the order of steps", "the store", "the seal", "no seal", "more"],
)
def test_seal_must_fit(change: Callable[[dict[str, Any]], Any]) -> None:
    """A plan that was changed after it was sealed is foreign, and both seals are told."""
    document = json.loads(plan_bytes(PLAN))
    change(document)
    with pytest.raises(ForeignPlan) as caught:
        read_plan(json.dumps(document))
    assert (caught.value.what, caught.value.expected) == ("seal", digest_of(document))


def test_estimate_may_be_changed() -> None:
    """The estimate is not sealed."""
    document = json.loads(plan_bytes(PLAN)) | {"estimate": {"calls": 1, "seconds": 2.5}}
    assert read_plan(json.dumps(document)).digest == PLAN.digest


@pytest.mark.parametrize("number", [-1, 0, 2, "1", 1.5, None, True, [1]], ids=repr)
def test_unknown_format(number: Any) -> None:
    """A plan of a format that nothing here knows is refused by name, whatever its seal."""
    with pytest.raises((ForeignPlan, BadDocument)) as caught:
        read_plan(resealed(format=number))
    assert "format" in str(caught.value)


def test_older_format_is_brought_forward() -> None:
    """A plan of the format before is checked by its own seal, brought forward and sealed anew."""

    def rename(document: dict[str, Any]) -> dict[str, Any]:
        return {key if key != "shop" else "store": value for key, value in document.items()}

    older = json.loads(resealed(format=0))
    older["shop"] = older.pop("store")
    with pytest.raises(ForeignPlan, match="seal"):
        read_plan(json.dumps(older), upgrades={0: rename})
    older["digest"] = digest_of(older)
    assert read_plan(json.dumps(older), upgrades={0: rename}) == PLAN


def test_format_before_the_last_is_refused() -> None:
    """Only one format back is read, even where its upgrade is known."""
    with pytest.raises(ForeignPlan):
        read_plan(resealed(format=-1), upgrades={-1: lambda document: document})


@pytest.mark.parametrize("text", ['{"decisions":[],"format":2}', '{"decisions":[]}', '{"format":1}', "[]"])
def test_decisions_of_another_format(text: str) -> None:
    """Decisions without the number of their format, or of another one, are refused."""
    with pytest.raises(BadDocument):
        read_decisions(text)


def test_opened_plan_is_written() -> None:
    """A plan with its moment and positions can be written too, for an export."""
    opened = Opened(plan=PLAN, at=datetime(2025, 3, 1, tzinfo=UTC), since={Collection.BRANDS: "3"})
    assert read_value(write_value(opened), Opened) == opened
