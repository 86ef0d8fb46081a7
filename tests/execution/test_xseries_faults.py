"""What X-Series does to a sync on a bad day: whatever goes wrong, each thing is there once and nothing is lost."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve
from tests.execution.shop import Shop

from po_bridge import Bridge, Held, Outcome
from po_bridge.catalog import open_cache
from po_bridge.clients.xseries import ApiVersion, Application, Settings, XSeries
from po_bridge.errors import Broken, Misuse
from po_bridge.execution.event import CacheMended, Event, StepMarked
from po_bridge.execution.memory_cache import MemoryCache
from po_bridge.journal import MemoryTokens
from po_bridge.planning.mark import Mark
from po_bridge.sandbox import Dropped, Fault, FaultKind, Request, Response
from po_bridge.sandbox.seed import DEMO_ORDER
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import BodyForm, Goods, Switches, XSeriesSandbox

GENERATIONS = list(ApiVersion)


@pytest.fixture(params=GENERATIONS, ids=lambda version: version.value)
def generation(request: pytest.FixtureRequest) -> ApiVersion:
    """Either generation."""
    chosen: ApiVersion = request.param
    return chosen


def target_of(shop: Shop, generation: ApiVersion, **choices: Any) -> XSeries:
    """The adapter of a shop's store."""
    plain: dict[str, Any] = {
        "domain_prefix": "demo",
        "token": shop.store.token,
        "address": "https://pos.test",
        "image_host": "orders.test",
        "settings": Settings(settle=30.0, generation=generation),
    }
    return XSeries(**(plain | choices))


def bridge_of(shop: Shop, generation: ApiVersion, **choices: Any) -> Bridge:
    """A Bridge that speaks one generation."""
    shop.bridge = shop.another(target=target_of(shop, generation), **choices)
    return shop.bridge


def applied(shop: Shop) -> Outcome:
    """Review, plan and apply the demo order."""
    return shop.bridge.apply(shop.plan())


def held(shop: Shop) -> str:
    """What the store holds, once pictures are processed."""
    return shop.xseries.digest().replace(" processing'", " uploaded'")


@cache
def undisturbed(generation: ApiVersion) -> str:
    """What a store holds after a sync in which nothing went wrong."""
    shop = Shop()
    bridge_of(shop, generation)
    assert applied(shop).synced
    return held(shop)


def test_undisturbed_sync_in_either_generation(generation: ApiVersion) -> None:
    """The demo order is synced by both, and the next review plans nothing."""
    shop = Shop()
    bridge_of(shop, generation)
    assert applied(shop).synced
    assert shop.plan().empty


def test_publishing_in_either_generation(generation: ApiVersion) -> None:
    """Drafts are activated with one call each."""
    shop = Shop()
    bridge_of(shop, generation)
    outcome = applied(shop)
    shop.asked()
    shop.bridge.publish(next(iter(outcome.orders)))
    asked = shop.asked()
    changed = asked["PUT" if generation is ApiVersion.V2026_07 else "PATCH"]
    assert changed == outcome.summary.drafts_created


def test_undo_in_either_generation(generation: ApiVersion) -> None:
    """What a plan made is taken back: no live product is left of it."""
    shop = Shop()
    before = len(shop.xseries.state.products.all_live())
    bridge_of(shop, generation)
    outcome = applied(shop)
    shop.bridge.undo(outcome.plan, delete_products=True)
    assert len(shop.xseries.state.products.all_live()) == before
    assert shop.bridge.status()[0].state.value == "undone"


STORM = Fault(kind=FaultKind.BUSY, path="*", call=3, times=4, seconds=20)


@pytest.mark.parametrize(
    "faults",
    [
        (STORM, evolve(STORM, call=20), evolve(STORM, call=40)),
        (Fault(kind=FaultKind.BUSY, method="POST", path="*", call=1, times=3, seconds=40),),
        *(
            (Fault(kind=kind, method="POST", path=path, call=1, seconds=1),)
            for kind in (FaultKind.TRUNCATE, FaultKind.LOSE, FaultKind.HTML)
            for path in ("*/product*", "*/consignments", "*/bulk")
        ),
    ],
    ids=lambda faults: f"{faults[0].kind.value} {faults[0].path}",
)
def test_fault_doubles_nothing(generation: ApiVersion, faults: tuple[Fault, ...]) -> None:
    """After storms of 429, cut and lost answers the store holds what an undisturbed sync leaves."""
    shop = Shop()
    bridge_of(shop, generation)
    plan = shop.plan()
    shop.xseries.inject(*faults)
    outcome = shop.bridge.apply(plan)
    for _ in range(3):
        if outcome.synced:
            break
        outcome = shop.bridge.resume(plan.digest)
    assert outcome.synced, outcome.orders
    assert held(shop) == undisturbed(generation)


def test_token_that_ends_in_mid_plan(generation: ApiVersion) -> None:
    """A revoked access token costs one refresh; the plan goes on and nothing is there twice."""
    shop = Shop()
    shop.xseries.add_client("client", "secret", "http://127.0.0.1/")
    pair = shop.xseries.add_pair("client")
    kept = {"access_token": pair.access_token, "refresh_token": pair.refresh_token}
    tokens = MemoryTokens({"x-series:demo": kept})
    application = Application(client_id="client", client_secret="secret")
    target = target_of(shop, generation, token=None, tokens=tokens, application=application)
    done: list[str] = []

    def cut(event: Event) -> None:
        """The store ends the token after the second step."""
        if isinstance(event, StepMarked) and event.mark is Mark.DONE:
            done.append(event.step)
            if len(done) == 2:
                shop.xseries.revoke(pair.access_token)

    shop.bridge = shop.another(target=target, on_event=cut)
    assert applied(shop).synced
    assert len([one for one in shop.xseries.log if one.request.path.endswith("/token")]) == 1
    assert held(shop) == undisturbed(generation)


@pytest.mark.parametrize("late", [False, True], ids=["at review", "at apply"])
def test_lying_cursor_writes_nothing(generation: ApiVersion, late: bool) -> None:
    """A list that does not advance stops everything before the first write."""
    shop = Shop()
    bridge_of(shop, generation)
    plan = shop.plan() if late else None
    shop.xseries.switches = Switches(stuck_cursor=True)
    shop.xseries.merchant.create_product(_goods())
    shop.asked()
    with pytest.raises(Broken, match="cursor"):
        _ = shop.bridge.apply(plan) if plan else applied(shop)
    assert set(shop.asked()) == {"GET"}


def _goods() -> Goods:
    return Goods(name="Something new", codes=("NEW-1",))


@pytest.mark.parametrize("form", [BodyForm.BARE, BodyForm.WRAPPED], ids=lambda form: form.value)
def test_other_wrapper_form(generation: ApiVersion, form: BodyForm) -> None:
    """Whichever form of bodies the store takes, the order is there once."""
    shop = Shop()
    bridge_of(shop, generation)
    shop.xseries.switches = Switches(body_form=form)
    assert applied(shop).synced
    assert held(shop) == undisturbed(generation)


class Later:
    """The store as it may be years from now: every object has a member more, and lists know new words."""

    def __init__(self, store: XSeriesSandbox) -> None:
        self.store = store

    def handle(self, request: Request) -> Response | Dropped:
        """Answer as the store does, with more in it."""
        answer = self.store.handle(request)
        if isinstance(answer, Dropped) or not answer.body.startswith(b"{"):
            return answer
        document = self._grown(json.loads(answer.body))
        if request.method == "GET" and request.path.endswith("/products"):
            for row in document["data"]:
                row.setdefault("product_codes", []).append(
                    {"id": "n", "type": "DIGITAL_LINK", "code": f"dl-{row.get('id')}"}
                )
        return evolve(answer, body=json.dumps(document).encode())

    def _grown(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {**{name: self._grown(each) for name, each in value.items()}, "of_later_years": [1]}
        return [self._grown(each) for each in value] if isinstance(value, list) else value


def test_unknown_members_and_words_are_told(generation: ApiVersion) -> None:
    """A store of later years is synced as ever, and what nobody knows is named instead of lost."""
    shop = Shop()
    target = target_of(shop, generation)
    apps: Any = {"orders.test": shop.nuorder, "pos.test": Later(shop.xseries)}
    http = httpx.Client(transport=SandboxTransport(apps, sleep=shop.clock.sleep))
    shop.bridge = shop.another(target=target, http=http)
    assert applied(shop).synced
    assert held(shop) == undisturbed(generation)
    assert "member of a product: of_later_years" in target.unknown
    assert "kind of product code: DIGITAL_LINK" in target.unknown


@pytest.mark.parametrize(
    "kind", [FaultKind.TRUNCATE, FaultKind.HTML, FaultKind.RESET, FaultKind.BUSY], ids=lambda kind: kind.value
)
def test_reading_back_that_fails_holds_and_a_resume_mends(generation: ApiVersion, kind: FaultKind) -> None:
    """Families that were made are not made again, and their lines wait until it is known which is which."""
    shop = Shop()
    struck: list[Fault] = []

    def strike(event: Event) -> None:
        """From the first creation on no product can be read."""
        if isinstance(event, StepMarked) and event.mark is Mark.MADE and not struck:
            struck.append(Fault(kind=kind, method="GET", path="*/product*", times=1_000, seconds=1))
            shop.xseries.inject(*struck)

    bridge_of(shop, generation, on_event=strike)
    plan = shop.plan()
    (outcome,) = shop.bridge.apply(plan).orders.values()
    assert isinstance(outcome, Held)
    assert "read back" in str(outcome.causes[0])
    shop.xseries.inject()
    made = len(_creations(shop))
    bridge_of(shop, generation)
    assert shop.bridge.resume(plan.digest).synced
    assert len(_creations(shop)) == made
    assert held(shop) == undisturbed(generation)


def _creations(shop: Shop) -> list[str]:
    """Calls that make products."""
    called = [one.request for one in shop.xseries.log if one.request.method == "POST"]
    paths = ("/products", "/product_families")
    return [request.path for request in called if request.path.endswith(paths)]


def test_drafts_that_cannot_be_ordered_are_held_in_the_store_s_words(generation: ApiVersion) -> None:
    """Whether inactive products can stand on an order is not stated; where they cannot, nothing is lost or doubled."""
    shop = Shop()
    bridge_of(shop, generation)
    shop.xseries.switches = Switches(inactive_orderable=False)
    plan = shop.plan()
    (outcome,) = shop.bridge.apply(plan).orders.values()
    assert isinstance(outcome, Held)
    assert any("inactive" in str(cause) for cause in outcome.causes)
    shop.xseries.switches = Switches()
    assert shop.bridge.resume(plan.digest).synced
    assert held(shop) == undisturbed(generation)


def test_a_family_has_no_place_for_its_source_id(generation: ApiVersion) -> None:
    """What 2026-10 cannot hold is named in the plan."""
    shop = Shop()
    bridge_of(shop, generation)
    named = [loss for loss in shop.plan().losses if loss.what.startswith("product id of ")]
    assert bool(named) is (generation is ApiVersion.V2026_10)
    assert all("no place" in loss.why for loss in named)


def test_a_cache_of_the_other_generation_is_read_anew(generation: ApiVersion, tmp_path: Path) -> None:
    """Families have other ids there; what was kept is forgotten, and said so, instead of mixed up."""
    (other,) = set(ApiVersion) - {generation}
    shop = Shop()
    cache = open_cache(tmp_path / "bridge.cache.db")
    bridge_of(shop, other, cache=cache).review(DEMO_ORDER)
    mended: list[Event] = []
    bridge_of(shop, generation, cache=cache, on_event=mended.append).review(DEMO_ORDER)
    told = [event.why for event in mended if isinstance(event, CacheMended)]
    assert len(told) == 1
    assert "generation" in told[0]
    assert "read again" in told[0]
    families = {one.family_id for one in cache.mirror.products(shop.xseries.state.products.by_id).values()}
    fresh = open_cache(tmp_path / "fresh.cache.db")
    bridge_of(shop, generation, cache=fresh).review(DEMO_ORDER)
    assert families == {
        one.family_id for one in fresh.mirror.products(shop.xseries.state.products.by_id).values()
    }
    cache.close()
    fresh.close()


def test_a_memory_cache_of_the_other_generation_is_refused() -> None:
    """Whoever passes one on is told to begin with an empty one."""
    shop = Shop()
    cache = MemoryCache()
    bridge_of(shop, ApiVersion.V2026_07, cache=cache)
    with pytest.raises(Misuse, match="2026-10"):
        bridge_of(shop, ApiVersion.V2026_10, cache=cache)
