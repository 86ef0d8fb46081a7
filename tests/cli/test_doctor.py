"""``doctor``: what it looks at, what it says of what is wrong, and how it ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attrs import define, evolve
from tests.cli.conftest import Run

from po_bridge.cli import doctor as doctor_module
from po_bridge.cli.asking import ask
from po_bridge.cli.clock_skew import Skews
from po_bridge.cli.emulators import Stand, seeded, standing
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.health import Examination, Health, Item
from po_bridge.cli.kept_files import budget_item
from po_bridge.cli.ready_config import config_text
from po_bridge.execution.clock import SystemClock
from po_bridge.execution.memory_budget import MemoryBudget
from po_bridge.models.bucket import Bucket, LeakyBucket, RateBucket
from po_bridge.ports.exchange import Exchange, Request, Response, call
from po_bridge.sandbox import serve
from po_bridge.sandbox.message import Request as Asked, Response as Answered
from po_bridge.sandbox.xseries import XSeriesSandbox


@pytest.fixture(scope="module")
def shop() -> Iterator[Stand]:
    """Serve the invented shop once; nothing is written to it here."""
    with standing(seeded()) as served:
        yield served


@pytest.fixture
def config(shop: Stand, tmp_path: Path) -> Path:
    """A configuration that leads to it."""
    path = tmp_path / "po-bridge.toml"
    path.write_text(config_text(shop, settle=0.1), encoding="utf-8")
    return path


def examined(run: Run, config: Path, *more: str) -> tuple[int, dict[tuple[str, str], str], list[str]]:
    """The exit code, how each thing is, and what to do next."""
    ran = run("doctor", "--config", config, "--json", *more)
    items = {(item["area"], item["what"]): item["health"] for item in ran.json["items"]}
    assert ran.json["exit_code"] == ran.code
    return ran.code, items, ran.json["next"]


def test_all_is_well(run: Run, config: Path) -> None:
    """Versions, rights, journal, cache and rate budget are looked at, by reading alone."""
    assert run("review", "240119-2", "--config", config).code == 0
    before = (config.parent / "bridge.db").read_bytes()
    code, items, todo = examined(run, config)
    assert (code, todo) == (0, [])
    assert {area.partition(" ")[0] for area, _ in items} == {
        *("version", "configuration", "journal", "portal", "store", "clock", "cache", "rate"),
    }
    assert set(items.values()) == {"good", "not known"}
    assert (config.parent / "bridge.db").read_bytes() == before
    assert "nothing is to be done" in run("doctor", "--config", config, "--offline").out


def test_offline(run: Run, shop: Stand, config: Path) -> None:
    """Without calls rights and clock are left out, and nobody is asked."""
    shop.emulators.xseries.log.clear()
    code, items, _ = examined(run, config, "--offline")
    assert code == 0
    assert not any(area.startswith(("portal", "store", "clock")) for area, _ in items)
    assert shop.emulators.xseries.log == []
    assert {path.name for path in config.parent.iterdir()} == {"po-bridge.toml"}


def test_missing_right(run: Run, shop: Stand, config: Path) -> None:
    """A right that is missing is named with its scope, and ends the command with 3."""
    poor = shop.emulators.xseries.add_token({"products:read"})
    text = config.read_text(encoding="utf-8").replace(shop.emulators.token, poor)
    config.write_text(text, encoding="utf-8")
    code, items, todo = examined(run, config)
    assert code == 3
    assert items["store x-series:sandbox", "read suppliers"] == "bad"
    assert any("suppliers:read" in one for one in todo)


def test_unconnected(run: Run, shop: Stand, config: Path) -> None:
    """Accounts without a token are named with the command that connects them; nobody is called."""
    config.write_text(config_text(shop, connected=False, store=False), encoding="utf-8")
    code, items, todo = examined(run, config)
    assert code == 1
    assert items["store", "x-series:sandbox"] == "look"
    assert "po-bridge connect xseries" in todo
    assert any(one.startswith("po-bridge connect nuorder --portal") for one in todo)


@pytest.mark.parametrize("content", [b"no journal at all", None], ids=["foreign", "broken seal"])
def test_damaged_journal(run: Run, config: Path, content: bytes | None) -> None:
    """A journal that cannot be trusted ends the command with 5, and is left as it is."""
    path = config.parent / "bridge.db"
    if content is None:
        plan = config.parent / "plan.json"
        run("plan", "240119-2", "--out", plan, "--config", config)
        run("decide", "240119-2", "style:A/b=skip", "--config", config)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(
                "INSERT INTO plan (digest, opened_at, since, document) VALUES ('x', '2027', '{}', '{}')"
            )
            connection.commit()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    code, items, todo = examined(run, config, "--offline")
    assert code == 5
    assert items["journal", "integrity"] == "bad"
    assert todo
    assert path.read_bytes() == before


def test_damaged_cache(run: Run, config: Path) -> None:
    """A cache that cannot be used is only told: it is made anew."""
    (config.parent / "bridge.cache.db").write_bytes(b"no cache at all")
    code, items, _ = examined(run, config, "--offline")
    assert (code, items["cache", "file"]) == (1, "look")


def test_cache_in_the_way(run: Run, config: Path) -> None:
    """Where no cache can be, another path is asked for."""
    (config.parent / "bridge.cache.db").mkdir()
    code, items, todo = examined(run, config, "--offline")
    assert (code, items["cache", "file"]) == (1, "bad")
    assert "delete the cache file, or name another path" in todo


NOW = datetime(2027, 1, 1, tzinfo=UTC)
WINDOWS = Bucket(name="w", limit_header="l", left_header="r", window=300.0, size=2)
LEAKY = LeakyBucket(name="l", level_header="b", burst_header="s", drip_header="d", size=10, drip=1.0, burst=5)


@pytest.mark.parametrize(
    ("bucket", "taken", "health", "words"),
    [
        (None, 0, Health.GOOD, "does not count"),
        (WINDOWS, 0, Health.GOOD, "2 of 2 calls left, the window turns in 0 s"),
        (WINDOWS, 2, Health.LOOK, "0 of 2 calls left, the window turns in 300 s"),
        (LEAKY, 0, Health.GOOD, "more each second"),
    ],
    ids=["none", "whole", "spent", "leaky"],
)
def test_budget(bucket: RateBucket | None, taken: int, health: Health, words: str) -> None:
    """The rate budget tells what is left, and when there is more."""
    budget = MemoryBudget()
    for _ in range(taken):
        budget.take(WINDOWS, NOW)
    item = budget_item(bucket, budget, NOW)
    assert (item.health, words in item.words) == (health, True)


@define
class Later:
    """A clock of another day."""

    by: timedelta

    def now(self) -> datetime:
        """That day."""
        return SystemClock().now() + self.by


@pytest.mark.parametrize(
    ("days", "health", "code"), [(200, "look", 1), (400, "bad", 1)], ids=["soon", "expired"]
)
def test_age_of_the_version(
    run: Run, config: Path, monkeypatch: pytest.MonkeyPatch, days: int, health: str, code: int
) -> None:
    """An API version near its end is told in time."""
    monkeypatch.setattr(doctor_module, "_CLOCK", Later(timedelta(days=days)))
    found, items, todo = examined(run, config, "--offline")
    assert (found, items["version", "X-Series API"]) == (code, health)
    assert any("generation" in one for one in todo)


@define
class Dated:
    """An emulator whose answers tell the time, shifted."""

    inside: XSeriesSandbox
    shift: timedelta
    text: str = ""

    def handle(self, request: Asked) -> Answered:
        """Answer with a date."""
        answer = self.inside.handle(request)
        assert isinstance(answer, Answered)
        moment = SystemClock().now() + self.shift
        date = self.text or f"{moment:%a, %d %b %Y %H:%M:%S} GMT"
        return evolve(answer, headers={**answer.headers, "date": date})


@pytest.mark.parametrize(
    ("dated", "health", "words"),
    [
        (Dated(XSeriesSandbox(clock=SystemClock().now), timedelta(0)), Health.GOOD, "give or take"),
        (Dated(XSeriesSandbox(clock=SystemClock().now), timedelta(minutes=-2)), Health.LOOK, "ahead of"),
        (Dated(XSeriesSandbox(clock=SystemClock().now), timedelta(hours=1)), Health.BAD, "behind"),
        (Dated(XSeriesSandbox(clock=SystemClock().now), timedelta(0), "soon"), Health.UNKNOWN, "no time"),
    ],
    ids=["right", "ahead", "behind", "no date"],
)
def test_clock(dated: Dated, health: Health, words: str) -> None:
    """This machine's clock is held against the date of each answer, over a real socket."""
    skews = Skews(clock=SystemClock())
    with serve(dated) as served:
        for _ in range(2):
            ask(_once(f"{served.address}/api/2026-07/outlets"), through=skews.through)
    (item,) = skews.items()
    assert (item.health, words in item.words) == (health, True)


def _once(address: str) -> Exchange[Response]:
    return (yield from call(Request(method="GET", address=address)))


def test_worst_code_wins() -> None:
    """A damaged journal is worse than an account that cannot be used, and that than a look."""
    items = [
        Item(area="a", what="b", words="c", health=Health.LOOK),
        Item(area="a", what="b", words="c", health=Health.BAD, code=ExitCode.REMOTE),
    ]
    assert Examination(items=items).code == 3
    damaged = Item(area="a", what="b", words="c", health=Health.BAD, code=ExitCode.UNREADABLE)
    assert Examination(items=[*items, damaged]).code == 5
    assert Examination(items=items[:1]).code == 1
    assert Examination(items=()).code == 0
