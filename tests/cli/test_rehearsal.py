"""``--dry-run`` refuses what the real run refuses, and leaves nothing behind; and the verbs that only read, as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from po_bridge.cli.emulators import Stand, seeded, standing
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.ready_config import config_text
from po_bridge.cli.rehearsal import Unwritten
from po_bridge.cli.watch import writes_of
from po_bridge.clients.xseries import XSeries
from po_bridge.errors import NotFound
from po_bridge.execution.clock import SystemClock
from po_bridge.execution.drive import World, drive
from po_bridge.execution.http import HttpSender
from po_bridge.planning.receipt import Absent
from po_bridge.planning.refs import Kind, Slot
from po_bridge.planning.step import Step
from po_bridge.planning.write import CreateBrand
from po_bridge.sandbox.seed import DEMO_ORDER

EASY = "240119-2"
"""An order of the seed without any question."""


@pytest.fixture(scope="module")
def shop() -> Iterator[Stand]:
    """Serve the invented shop once."""
    with standing(seeded()) as served:
        yield served


@pytest.fixture
def stand(shop: Stand) -> Iterator[Stand]:
    """The shop as it was before: a test leaves nothing behind."""
    before = shop.emulators.xseries.snapshot()
    yield shop
    shop.emulators.xseries.restore(before)


def planned(run: Run, config: Path, number: str = EASY) -> Path:
    """Write the plan of an order into a file."""
    out = config.parent / f"{number}.json"
    run("plan", number, "--out", out, "--config", config)
    return out


def test_nothing_is_left_behind(run: Run, config: Path, stand: Stand) -> None:
    """A rehearsed plan is not opened: no journal entry tells of it, and it can be applied afterwards."""
    plan = planned(run, config)
    before = writes_of(stand.emulators)
    ran = run("apply", plan, "--dry-run", "--config", config)
    assert (ran.code, "would write: create purchase order 240119-2" in ran.out) == (ExitCode.DONE, True)
    assert writes_of(stand.emulators) == before
    assert run("status", "--config", config, "--json").json["orders"] == []
    assert run("apply", plan, "--config", config).code == ExitCode.DONE


def test_used_plan(run: Run, config: Path, stand: Stand) -> None:
    """A plan that was applied is refused in a rehearsal too, and so is undoing nobody's plan."""
    plan = planned(run, config)
    run("apply", plan, "--config", config)
    assert run("apply", plan, "--dry-run", "--config", config).code == ExitCode.PLAN
    assert run("undo", "ffff", "--dry-run", "--config", config).code == ExitCode.MISUSE


def test_stale_plan(run: Run, config: Path, stand: Stand) -> None:
    """A plan whose deciding fields moved is refused in a rehearsal too."""
    plan = planned(run, config)
    store = stand.emulators.xseries
    product = next(one for one in store.state.products.all_live() if one.name == "Ribbed Beanie")
    store.merchant.delete_product(product.id)
    ran = run("apply", plan, "--dry-run", "--config", config)
    assert ran.code in {ExitCode.PLAN, ExitCode.ATTENTION}
    assert "dry run" not in ran.out


def test_open_questions(run: Run, config: Path, stand: Stand) -> None:
    """A plan with open questions is refused in a rehearsal too."""
    plan = planned(run, config, DEMO_ORDER)
    assert run("apply", plan, "--dry-run", "--config", config).code == ExitCode.ATTENTION


def test_damaged_journal(run: Run, config: Path, stand: Stand) -> None:
    """A journal that cannot be copied is told."""
    plan = planned(run, config)
    for left in config.parent.glob("bridge.db*"):
        left.unlink()
    (config.parent / "bridge.db").write_bytes(b"no journal at all")
    assert run("apply", plan, "--dry-run", "--config", config).code == ExitCode.UNREADABLE


def test_explain(run: Run, config: Path, stand: Stand) -> None:
    """A line is explained by its key; a key that is none of the order's is named."""
    key = run("review", EASY, "--config", config, "--json").json["lines"][0]["key"]
    one = run("explain", EASY, key, "--config", config)
    assert (one.code, one.out.count("To change it:")) == (ExitCode.DONE, 1)
    strange = run("explain", EASY, "a/b/c/d", "--config", config)
    assert (strange.code, "a/b/c/d" in strange.err) == (ExitCode.MISUSE, True)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (("availability", EASY), "unlimited"),
        (("stock", EASY), "future"),
        (("links",), "no links"),
        (("refresh",), "products"),
        (("refresh", "--products", "1000", "--dry-run"), "dry run: nothing was read"),
    ],
    ids=["availability", "stock", "links", "refresh", "estimate"],
)
def test_text(run: Run, config: Path, stand: Stand, verb: tuple[str, ...], words: str) -> None:
    """What only reads says it in words."""
    ran = run(*verb, "--config", config)
    assert (ran.code, words in ran.out) == (ExitCode.DONE, True)


def test_availability_names_the_style(run: Run, config: Path, stand: Stand) -> None:
    """Stock is shown by style number, and by name once a review has read the style documents; never by an id."""
    first = run("availability", EASY, "--config", config)
    review = run("review", EASY, "--config", config, "--json").json
    second = run("availability", EASY, "--config", config)
    for line in review["lines"]:
        name = line["name"].partition(" / ")[0]
        assert line["style_number"] in first.out
        assert line["key"].split("/")[1] not in first.out + second.out
        assert (name in first.out, name in second.out) == (False, True)


def test_publish(run: Run, config: Path, stand: Stand) -> None:
    """Drafts are activated once; then nothing is left to publish, in a rehearsal too."""
    run("apply", planned(run, config), "--config", config)
    foretold = run("publish", EASY, "--dry-run", "--config", config)
    assert foretold.out.count("would write: update product") == 2
    assert "products updated: 2" in run("publish", EASY, "--config", config).out
    again = run("publish", EASY, "--dry-run", "--config", config)
    assert (again.code, "nothing is left to write" in again.out) == (ExitCode.DONE, True)
    assert "is " in run("links", "--config", config).out


def test_store_that_is_only_read(stand: Stand) -> None:
    """What a rehearsal asks of the store is what the store says, but for writes and waiting."""
    real = XSeries(domain_prefix="sandbox", token=stand.emulators.token, address=stand.xseries)
    noted: list[str] = []
    store = Unwritten(real, noted)
    sender = HttpSender(SystemClock())
    world = World(sender.send, SystemClock())
    made = CreateBrand(slot=Slot(kind=Kind.BRAND, name="a"), name="A")
    step = Step(key="k", change="c", orders=(), write=made, needs=())
    outlets = drive(real.facts(), world).outlets
    assert (store.label, store.calls(made)) == (real.label, real.calls(made))
    assert drive(store.facts(), world).outlets == outlets
    assert isinstance(drive(store.probe(step, {}, {}), world), Absent)
    with pytest.raises(NotFound):
        drive(store.read_order("nobody"), world)
    drive(store.perform(step, {}), world)
    sender.close()
    assert (noted, store.capabilities.settle) == (["create brand A"], 0.0)


def test_sandbox_without_the_store(run: Run, stand: Stand) -> None:
    """The emulators can be served with a store that nobody connected yet."""
    config = run("sandbox", "--for", "0", "--store-unconnected", "--json").json["config"]
    assert "application = {" in config
    assert config == config_text(stand, store=False).replace(stand.xseries, _at(config, 1)).replace(
        stand.nuorder, _at(config, 0)
    )


def _at(config: str, place: int) -> str:
    """Addresses in a configuration: of the wholesale side, of the store."""
    lines = [line.partition('"')[2].strip('"') for line in config.splitlines() if line.startswith("address")]
    return lines[0 if place == 0 else -1]
