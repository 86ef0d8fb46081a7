"""``watch``: the timeline of one order, while the emulator plays its life."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from po_bridge.cli.emulators import Stand
from po_bridge.sandbox.seed import BRAND
from po_bridge.sandbox.seed.living_order import LIFE, life_in
from po_bridge.sandbox.seed.order_rows import LIVING_ORDER


def test_once(run: Run, config: Path) -> None:
    """The timeline of an order that was never taken over."""
    shown = run("watch", LIVING_ORDER, "--config", config)
    assert shown.code == 0
    assert f"order {LIVING_ORDER} ({BRAND}): pending; purchase order none yet" in shown.out
    assert "submitted" in shown.out


def test_json(run: Run, config: Path) -> None:
    """Scripts read milestones, lines and parcels; people a page."""
    page = config.parent / "timeline.html"
    shown = run("watch", "240124", "--json", "--report", page, "--config", config).json
    assert "1Z0000000000000017" in page.read_text(encoding="utf-8")
    assert [one["reached"] for one in shown["milestones"]][:2] == ["CREATED", "SUBMITTED"] or shown[
        "milestones"
    ]
    assert len(shown["parcels"]) == 2
    assert shown["parcels"][0]["pages"] == ["https://www.ups.com/track?tracknum=1Z0000000000000017"]
    assert {line["received"] for line in shown["lines"]} == {None}


def test_while_its_life_is_played(run: Run, stand: Stand, config: Path) -> None:
    """Looking again and again prints each new timeline, up to delivered."""
    stand.emulators.nuorder.schedule(life_in(4.0), BRAND)
    shown = run("watch", LIVING_ORDER, "--every", "0.25", "--times", "22", "--config", config)
    assert shown.code == 0
    heads = [text for text in shown.out.splitlines() if text.startswith("order ")]
    assert 3 <= len(heads) <= 22
    assert ": shipped;" in heads[-1]
    last = shown.out.rpartition("looked at")[2]
    for words in ("approved", "processed", "shipped in part", "delivered in part", "  delivered"):
        assert words in last
    assert "https://www.ups.com/track?tracknum=1Z0000000000000031" in last


def test_nothing_new_prints_nothing(run: Run, config: Path) -> None:
    """An order on which nothing happens is printed once."""
    shown = run("watch", LIVING_ORDER, "--every", "0.05", "--times", "4", "--config", config)
    assert shown.out.count("looked at") == 1


def test_what_needs_a_look(run: Run, stand: Stand, config: Path) -> None:
    """Notes end the command with the code for a person's look."""
    orders = stand.emulators.nuorder.shelf(BRAND).orders.values()
    next(one for one in orders if one["order_number"] == LIVING_ORDER)["status"] = "cancelled"
    shown = run("watch", LIVING_ORDER, "--config", config)
    assert shown.code == 1
    assert "! the order is cancelled with the brand" in shown.out


def test_changed(run: Run, stand: Stand, config: Path) -> None:
    """Orders that were edited after they were taken over are listed, and the exit code says so."""
    assert "no order moved on" in run("changed", "--config", config).out
    run("plan", "240119-1", "--out", config.parent / "plan.json", "--config", config)
    assert run("apply", config.parent / "plan.json", "--config", config).code == 0
    assert run("changed", "--config", config).code == 0
    orders = stand.emulators.nuorder.shelf(BRAND).orders.values()
    next(one for one in orders if one["order_number"] == "240119-1")["notes"] = "two days later, please"
    shown = run("changed", "--config", config)
    assert shown.code == 1
    assert "edited since it was applied; review it again" in shown.out
    assert run("changed", "--json", "--config", config).json["orders"][0]["state"] == "changed"


def test_a_step_back_between_two_commands(run: Run, stand: Stand, config: Path) -> None:
    """What one command saw is known to the next: the step back is told once, its mark stays, and so in the list."""
    orders = stand.emulators.nuorder.shelf(BRAND).orders.values()
    document = next(one for one in orders if one["order_number"] == LIVING_ORDER)
    document["status"] = "approved"
    run("plan", LIVING_ORDER, "--out", config.parent / "plan.json", "--config", config)
    assert run("apply", config.parent / "plan.json", "--config", config).code == 0
    document["status"] = "shipped"
    assert run("watch", LIVING_ORDER, "--config", config).code == 0
    document["status"] = "approved"
    back = "went back from shipped to approved; ask the brand"
    for verb in (("watch", LIVING_ORDER), ("changed",)):
        assert run(*verb, "--dry-run", "--config", config).code == 1
        assert run("status", "--config", config).code == 0
    told = run("watch", LIVING_ORDER, "--config", config)
    assert (told.code, "! it went back: shipped before" in told.out) == (1, True)
    again = run("watch", LIVING_ORDER, "--json", "--config", config)
    assert (again.code, again.json["notes"]) == (0, [])
    assert [one["reached"] for one in again.json["milestones"] if one["taken_back_at"]] == [
        "processed",
        "shipped",
    ]
    listed = run("status", "--config", config)
    assert (listed.code, back in listed.out) == (1, True)
    assert back in run("changed", "--config", config).out


def test_unknown_order(run: Run, config: Path) -> None:
    """An order that nobody knows is named."""
    refused = run("watch", "999999", "--config", config)
    assert (refused.code, "999999" in refused.err) == (2, True)


@pytest.mark.parametrize("seconds", [10.0, 0.5], ids=str)
def test_a_life_in_some_seconds(seconds: float) -> None:
    """The same deeds in the same order, the last one at the end."""
    played = life_in(seconds)
    assert [scene.deed for scene in played] == [scene.deed for scene in LIFE]
    assert played[-1].after.total_seconds() == seconds
    assert sorted(scene.after for scene in played) == [scene.after for scene in played]
