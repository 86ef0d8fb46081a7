"""``sandbox`` in this process: what is served, and what is said of it."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.report import made

from po_bridge.cli.config import read_config
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.page import fetch_pictures
from po_bridge.execution.clock import SystemClock


def test_configuration_is_ready(run: Run, tmp_path: Path) -> None:
    """What is printed and what is written is the same configuration, and it can be read."""
    path = tmp_path / "po-bridge.toml"
    ran = run("sandbox", "--for", "0", "--write-config", path)
    assert ran.code == ExitCode.DONE
    assert path.read_text(encoding="utf-8") in ran.out
    assert [portal.name for portal in read_config(path, {}).portals] == [
        "Fennick & Rowe",
        "Brindle Knitworks",
    ]


def test_addresses_as_json(run: Run) -> None:
    """With --json the addresses and the configuration are one document."""
    document = run("sandbox", "--for", "0", "--json").json
    assert document["nuorder"] in document["config"]
    assert document["xseries"] in document["config"]


def test_recorded_orders(run: Run, tmp_path: Path) -> None:
    """Recorded orders come from a portal of their own; the store has one outlet, so none is named."""
    (tmp_path / "one.json").write_text(json.dumps([{"_id": "1", "line_items": []}]), encoding="utf-8")
    document = run("sandbox", "--nuorder-orders", tmp_path, "--for", "0", "--json").json
    assert document["portals"] == ["Recorded orders"]
    assert "outlets" not in document["config"]


@pytest.mark.parametrize("content", [None, "{", "{}"], ids=["empty", "not JSON", "no order"])
def test_no_recorded_orders(run: Run, tmp_path: Path, content: str | None) -> None:
    """A folder without an order is refused by name."""
    if content is not None:
        (tmp_path / "one.json").write_text(content, encoding="utf-8")
    ran = run("sandbox", "--nuorder-orders", tmp_path, "--for", "0")
    assert ran.code == ExitCode.MISUSE
    assert str(tmp_path) in ran.err


def test_taken_port(run: Run) -> None:
    """A port that is taken is refused by name."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = run("sandbox", "--nuorder-port", port, "--for", "0")
    assert ran.code == ExitCode.MISUSE
    assert port in ran.err


def test_served_until_stopped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the emulators and is no trouble."""

    def stop(_clock: SystemClock, _seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(SystemClock, "sleep", stop)
    assert run("sandbox").code == ExitCode.DONE


def test_pictures_come_from_known_hosts_only(run: Run, tmp_path: Path) -> None:
    """A picture on another host than the portals' own is not asked for, and one that cannot be had is left out."""
    path = tmp_path / "po-bridge.toml"
    run("sandbox", "--for", "0", "--write-config", path)
    config = read_config(path, {})
    assert fetch_pictures(made.review(made.plain), config) == {}
    ended = config.portals[0].images.replace("{hash}", "1")
    assert fetch_pictures(made.review(made.plain, picture=ended), config) == {}
