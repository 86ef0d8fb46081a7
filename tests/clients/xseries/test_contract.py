"""The suite for every target, in both generations and on every value of every switch of the emulator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Any, Final, get_type_hints

import pytest
from attrs import evolve, fields
from tests.clients.xseries.store import Store

from po_bridge.clients.xseries import ApiVersion, BodyForm, Settings
from po_bridge.sandbox.xseries import (
    AddBody,
    BadRow,
    BodyForm as StoreForm,
    ErrorShape,
    HiddenCosts,
    ImageBody,
    Retailer,
    Switches,
)
from po_bridge.testing.target_contract import TargetContract

PLAIN: Final = Switches(image_time=timedelta(0))
TURNED: Final = Switches(
    image_time=timedelta(0),
    body_form=StoreForm.BARE,
    wrong_form_status=422,
    create_as_sent=False,
    bad_row=BadRow.KEEP_GOOD,
    line_edit_moves_order=False,
    put_line_nested=True,
    added_line_status=201,
    second_line_refused=True,
    cost_from_supplier=False,
    reference_generated=True,
    order_ids_equal=False,
    deleted_codes_free=True,
    duplicate_status=400,
    error_shape=ErrorShape.OBJECT,
    max_page_size=3,
    short_pages=True,
    hidden_costs=HiddenCosts.NULL,
    ids_reversed=True,
    names_unique=True,
    contact_required=False,
    inline_images=True,
    code_types_lower=True,
    family_status=200,
    lists_null=True,
    rows_full=False,
    sku_filter=False,
    image_body=ImageBody.ADDRESS,
    add_body=AddBody.WRAPPED,
    supplier_price_is_cost=False,
    family_delete=False,
)
"""Every question answered the other way."""
THIRD: Final = evolve(
    PLAIN,
    body_form=StoreForm.WRAPPED,
    bad_row=BadRow.SKIP_BAD,
    error_shape=ErrorShape.LIST,
    ids_reversed=True,
)
FOURTH: Final = evolve(PLAIN, error_shape=ErrorShape.EMPTY)

OTHER_STATUSES: Final = {
    "wrong_form_status": {400, 422},
    "added_line_status": {200, 201},
    "duplicate_status": {400, 422},
    "family_status": {200, 201},
}
NOT_TRIED: Final = {
    "image_time": "a picture that is still processed is not found before the settle time; test_images.py",
    "stuck_cursor": "a fault: nothing can be read then; tests/execution/test_xseries_faults.py",
    "inactive_orderable": "no draft can be ordered then: lines are held; tests/execution/test_xseries_faults.py",
}

EXCLUSIVE: Final = Retailer(tax_exclusive=True)


def old(switches: Switches = PLAIN, retailer: Retailer | None = None, **choices: Any) -> Store:
    """A store that is spoken to by 2026-07."""
    return Store(switches=switches, settings=Settings(**choices), retailer=retailer or Retailer())


def new(switches: Switches = PLAIN, retailer: Retailer | None = None, **choices: Any) -> Store:
    """A store that is spoken to by 2026-10."""
    return old(switches, retailer, generation=ApiVersion.V2026_10, **choices)


WRAPPING: Final[dict[str, Any]] = {"members_wrapped": True, "family_delete": False}

STORES: dict[str, Callable[[], Store]] = {
    "plain": old,
    "turned": lambda: old(TURNED, body=BodyForm.BARE, line_moves_version=False, deleted_codes_free=True),
    "third": lambda: old(THIRD, EXCLUSIVE, body=BodyForm.WRAPPED, bulk_atomic=False),
    "fourth": lambda: old(FOURTH, bulk_atomic=True),
    "2026-10": new,
    "2026-10, its own rows": lambda: new(rows_assumed=True, images_assumed=True),
    "2026-10, turned": lambda: new(TURNED, **WRAPPING),
    "2026-10, its own rows, turned": lambda: new(TURNED, EXCLUSIVE, rows_assumed=True, **WRAPPING),
    "2026-10, third": lambda: new(THIRD, EXCLUSIVE, body=BodyForm.WRAPPED),
    "2026-10, fourth": lambda: new(FOURTH),
}


def values_of(name: str) -> set[Any]:
    """Every value that a switch may have, two where they have no end."""
    kind = get_type_hints(Switches)[name]
    if kind is bool:
        return {False, True}
    return set(kind) if issubclass(kind, Enum) else OTHER_STATUSES.get(name, set())


@pytest.mark.parametrize("generation", list(ApiVersion), ids=lambda version: version.value)
def test_every_value_of_every_switch_is_tried(generation: ApiVersion) -> None:
    """A new switch must be turned in some store of each generation, or be named with a reason."""
    stores = [store for make in STORES.values() if (store := make()).settings.generation is generation]
    names = [one.name for one in fields(Switches) if one.name not in NOT_TRIED]
    tried = {name: {getattr(store.switches, name) for store in stores} for name in names}
    assert [name for name in names if not values_of(name) <= tried[name] or len(tried[name]) < 2] == []


class TestXSeries(TargetContract):
    """X-Series, both generations."""

    @pytest.fixture(params=list(STORES))
    def subject(self, request: pytest.FixtureRequest) -> Store:
        """An empty store, whose facts were read as a Bridge reads them first."""
        store = STORES[request.param]()
        store.drive(store.target.facts())
        store.forget()
        return store
