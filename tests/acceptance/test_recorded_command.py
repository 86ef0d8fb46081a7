"""The same from a shell: real processes, real files, the commands a newcomer types."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.acceptance.recorded import FIXTURES, SAMPLES, Recorded, orders_in

pytest.importorskip("cyclopts")
pytest.importorskip("rich")

COMMAND = Path(sys.executable).with_name("po-bridge")
CHOSEN = {
    "order_processed_2023_populate_payments-131803493",
    "order_cancel_response-100506",
}
ORDERS = [order for order in orders_in(SAMPLES) if order.name in CHOSEN]
OURS = [order for order in orders_in(FIXTURES) if order.name == "order_2023-150000493"]


@contextmanager
def sandbox(folder: Path, order: Recorded) -> Generator[None]:
    """``po-bridge sandbox --nuorder-orders`` in a process of its own, with a configuration that leads to it."""
    orders = order.save(folder / "orders")
    arguments = ("sandbox", "--nuorder-orders", str(orders), "--currency", order.currency)
    config = ("--write-config", "po-bridge.toml")
    with subprocess.Popen((COMMAND, *arguments, *config), stdout=subprocess.PIPE, cwd=folder) as served:
        try:
            assert served.stdout is not None
            while b"Ctrl-C" not in (line := served.stdout.readline()):
                assert line, "the sandbox ended before it served"
            yield
        finally:
            served.terminate()


def command(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run a command to its end; answers exit code and standard output."""
    done = subprocess.run((COMMAND, *arguments), cwd=folder, capture_output=True, check=False, timeout=60)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize("order", [*ORDERS, *OURS], ids=lambda order: order.name)
def test_an_order_travels_by_the_commands_alone(order: Recorded, tmp_path: Path) -> None:
    """Plan and apply carry an order over, or tell by their exit code that a person must answer."""
    with sandbox(tmp_path, order):
        planned, _ = command(tmp_path, "plan", order.number, "--any-status", "--out", "plan.json")
        applied, told = command(tmp_path, "apply", "plan.json", "--json")
        expected = 1 if order.cancelled else 0
        assert (planned, applied) == (expected, expected)
        if not order.cancelled:
            assert json.loads(told)["synced"] is True


def test_a_plan_is_applied_once(tmp_path: Path) -> None:
    """A plan that was applied is refused by the command, with an exit code of its own."""
    (order,) = OURS
    with sandbox(tmp_path, order):
        command(tmp_path, "plan", order.number, "--out", "plan.json")
        assert [command(tmp_path, "apply", "plan.json")[0] for _ in range(2)] == [0, 4]
