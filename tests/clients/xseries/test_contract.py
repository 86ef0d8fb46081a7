"""The suite for every target, on several ways a store may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.store import Store

from po_bridge.clients.xseries import ApiVersion, BodyForm, Settings
from po_bridge.sandbox.xseries import AddBody, BadRow, BodyForm as StoreForm, Retailer, Switches
from po_bridge.testing.target_contract import TargetContract

PLAIN = Switches(image_time=timedelta(0))


def families(switches: Switches = PLAIN, retailer: Retailer | None = None, **choices: Any) -> Store:
    """A store that is spoken to by 2026-10."""
    settings = Settings(generation=ApiVersion.V2026_10, **choices)
    return Store(switches=switches, settings=settings, retailer=retailer or Retailer())


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
    "2026-10": families,
    "2026-10, its own rows": lambda: families(rows_assumed=True, images_assumed=True),
    "2026-10, thin rows": lambda: families(
        evolve(PLAIN, rows_full=False, lists_null=True, sku_filter=False), rows_assumed=True
    ),
    "2026-10, other answers": lambda: families(
        evolve(
            PLAIN,
            family_status=200,
            ids_reversed=True,
            add_body=AddBody.WRAPPED,
            family_delete=False,
            code_types_lower=True,
        ),
        retailer=Retailer(tax_exclusive=True),
        members_wrapped=True,
        family_delete=False,
    ),
}


class TestXSeries(TargetContract):
    """X-Series, both generations."""

    @pytest.fixture(params=list(STORES))
    def subject(self, request: pytest.FixtureRequest) -> Store:
        """An empty store, whose facts were read as a Bridge reads them first."""
        store = STORES[request.param]()
        store.drive(store.target.facts())
        store.forget()
        return store
