"""The suite for every target, on every way an account may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import pytest
from attrs import evolve, fields
from tests.clients.rseries.store import Store

from po_bridge.clients.rseries import OrderNote, Settings
from po_bridge.planning.canonical import sealed
from po_bridge.planning.change import Change, NewFamily, NewRecord
from po_bridge.planning.plan import Plan
from po_bridge.planning.refs import Kind, Known
from po_bridge.planning.steps import steps_of
from po_bridge.planning.write import FamilyOption
from po_bridge.sandbox.rseries import Switches
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.target_contract import TargetContract

APART = {"sets_writable"}
"""Switches that make a step of the suite's own plan impossible; they have a plan of their own below."""


def values(name: str) -> list[Any]:
    """Every value of a switch, the usual one first; of numbers and texts the usual one only."""
    usual = getattr(Switches(), name)
    match usual:
        case bool():
            return [usual, not usual]
        case Enum():
            return [usual, *(one for one in type(usual) if one is not usual)]
        case _:
            return [usual]


def turned(place: int) -> Switches:
    """Every switch at once at the value of this place, or at its last one."""
    names = [one.name for one in fields(Switches) if one.name not in APART]
    return evolve(Switches(), **{name: values(name)[: place + 1][-1] for name in names})


STORES: dict[str, Callable[[], Store]] = {
    "usual": Store,
    "each switch turned": lambda: Store(
        switches=turned(1),
        settings=Settings(order_note=OrderNote.NOTE, vendor_costs=True),
        checked=False,
    ),
    "each switch turned on": lambda: Store(switches=turned(2), checked=False),
}


def read_first(store: Store) -> Store:
    """An empty account, whose facts were read as a Bridge reads them first."""
    store.drive(store.target.facts())
    store.forget()
    return store


def test_every_value_of_every_switch_is_tried() -> None:
    """The stores below hold each switch at each of its values."""
    tried = [turned(0), turned(1), turned(2)]
    for one in fields(Switches):
        if one.name not in APART:
            assert {getattr(switches, one.name) for switches in tried} == set(values(one.name)), one.name


class TestRSeries(TargetContract):
    """R-Series."""

    unknown_order_id = "999999"

    @pytest.fixture(params=list(STORES))
    def subject(self, request: pytest.FixtureRequest) -> Store:
        """An empty account."""
        return read_first(STORES[request.param]())


class TestBuiltInSets(TargetContract):
    """R-Series where attribute sets can only be read: families take the built-in ones."""

    unknown_order_id = "999999"

    @pytest.fixture
    def subject(self) -> Store:
        """An account whose sets cannot be written."""
        return read_first(Store(switches=Switches(sets_writable=False), checked=False))

    @pytest.fixture
    def plan(self, subject: Store) -> Plan:
        """The suite's plan with options that the store has."""
        target = subject.target
        whole = sample_plan(target.capabilities, store=target.store, outlet_id=subject.outlet_id)
        changes = tuple(_with_known_options(whole.changes))
        return sealed(evolve(whole, changes=changes, steps=steps_of(changes, target.capabilities)))


def _with_known_options(changes: tuple[Change, ...]) -> Iterator[Change]:
    size = FamilyOption(ref=Known(id="2.2"), name="Size")
    color = FamilyOption(ref=Known(id="3.1"), name="Color")
    for change in changes:
        if isinstance(change, NewRecord) and change.slot.kind is Kind.OPTION:
            continue
        yield evolve(change, options=(size, color)) if isinstance(change, NewFamily) else change
