"""The suite for every target, on several ways a store may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from attrs import evolve
from tests.clients.xseries.store import Store

from po_bridge.clients.xseries import BodyForm, Settings
from po_bridge.sandbox.xseries import BadRow, BodyForm as StoreForm, Retailer, Switches
from po_bridge.testing.target_contract import TargetContract

PLAIN = Switches(image_time=timedelta(0))
STORES: dict[str, Callable[[], Store]] = {
    "plain": Store,
    "bare": lambda: Store(
        switches=evolve(PLAIN, body_form=StoreForm.BARE), settings=Settings(body=BodyForm.BARE)
    ),
    "wrapped": lambda: Store(
        switches=evolve(PLAIN, body_form=StoreForm.WRAPPED), settings=Settings(body=BodyForm.WRAPPED)
    ),
    "short pages": lambda: Store(switches=evolve(PLAIN, short_pages=True), page_size=2),
    "other answers": lambda: Store(
        switches=evolve(
            PLAIN,
            ids_reversed=True,
            put_line_nested=True,
            code_types_lower=True,
            line_edit_moves_order=False,
            bad_row=BadRow.SKIP_BAD,
        ),
        retailer=Retailer(tax_exclusive=True),
    ),
}


class TestXSeries(TargetContract):
    """X-Series, version 2026-07."""

    @pytest.fixture(params=list(STORES))
    def subject(self, request: pytest.FixtureRequest) -> Store:
        """An empty store, whose facts were read as a Bridge reads them first."""
        store = STORES[request.param]()
        store.drive(store.target.facts())
        store.forget()
        return store
