"""The journal's commands, undo, and comparing plans."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve
from tests.cli.conftest import Ran, Run

from po_bridge.cli.emulators import Stand
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.watch import writes_of
from po_bridge.sandbox.seed import BRAND

EASY = "240119-2"
"""An order of the seed without any question."""


def planned(run: Run, config: Path, name: str = "plan.json") -> Path:
    """Write the plan of an order into a file."""
    out = config.parent / name
    run("plan", EASY, "--out", out, "--config", config)
    return out


@pytest.fixture
def applied(run: Run, config: Path) -> str:
    """Apply an order; gives the digest of its plan."""
    assert run("apply", planned(run, config), "--config", config).code == ExitCode.DONE
    return str(run("status", "--config", config, "--json").json["orders"][0]["plan"])


def journal(run: Run, config: Path, *arguments: str | Path) -> Ran:
    """Run a command of the journal."""
    return run("journal", *arguments, "--config", config)


# --- check, compact, export, import


@pytest.mark.parametrize("command", [("check",), ("compact", "--older-than", "1"), ("export", "x.jsonl")])
def test_journal_that_is_not_there(run: Run, config: Path, command: tuple[str, ...]) -> None:
    """Without a journal there is nothing to look after, and none is made."""
    ran = journal(run, config, *command)
    assert ran.code == ExitCode.MISUSE
    assert "there is no journal" in ran.err
    assert not (config.parent / "bridge.db").exists()


def test_check_of_a_sound_journal(run: Run, config: Path, applied: str) -> None:
    """A sound journal has nothing wrong, as text and as JSON, without a call or a secret."""
    text = journal(run, config, "check")
    assert (text.code, "nothing is wrong" in text.out) == (ExitCode.DONE, True)
    assert journal(run, config, "check", "--json").json["faults"] == []


def test_check_of_a_damaged_journal(run: Run, config: Path, applied: str) -> None:
    """Every fault is named at once, and the code is 1."""
    with closing(sqlite3.connect(config.parent / "bridge.db")) as connection:
        connection.execute("UPDATE plan SET document = replace(document, '240119-2', '240119-9')")
        connection.execute("UPDATE entry SET mark = 'finished' WHERE seq = 2")
        connection.commit()
    text = journal(run, config, "check")
    assert text.code == ExitCode.ATTENTION
    faults = journal(run, config, "check", "--json").json["faults"]
    assert any("seal" in fault for fault in faults)
    assert any("entry 2" in fault for fault in faults)
    assert all(fault.split()[0] in text.out for fault in faults)


def test_compact(run: Run, config: Path, applied: str, stand: Stand) -> None:
    """Compaction folds what is old enough; then undo is refused with 4 by name, and nothing is written."""
    kept = journal(run, config, "compact", "--older-than", "30", "--json").json
    assert (kept["plans"], kept["entries"]) == (0, 0)
    done = journal(run, config, "compact", "--older-than", "0", "--json").json
    assert done["plans"] == 1
    assert done["entries"] > 0
    written = writes_of(stand.emulators)
    ran = run("undo", applied[:12], "--config", config)
    assert ran.code == ExitCode.PLAN
    assert "compacted" in ran.err
    assert writes_of(stand.emulators) == written
    assert "nothing is left to do" in run("plan", EASY, "--config", config).out


def test_compact_of_the_future(run: Run, config: Path, applied: str) -> None:
    """A negative number of days is misuse."""
    assert journal(run, config, "compact", "--older-than", "-1").code == ExitCode.MISUSE


def test_export_and_import(run: Run, config: Path, applied: str) -> None:
    """A journal goes through one file into a new journal, which knows the same."""
    file = config.parent / "journal.jsonl"
    told = journal(run, config, "export", file, "--json").json
    assert told["records"] == len(file.read_bytes().splitlines()) - 2
    before = run("status", "--config", config, "--json").json
    for left in config.parent.glob("bridge.db*"):
        left.unlink()
    assert journal(run, config, "import", file).code == ExitCode.DONE
    assert run("status", "--config", config, "--json").json == before
    assert "nothing is left to do" in run("plan", EASY, "--config", config).out
    again = journal(run, config, "import", file)
    assert again.code == ExitCode.MISUSE
    assert "not empty" in again.err


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, ExitCode.MISUSE), (b"{}\n", ExitCode.UNREADABLE)],
    ids=["no file", "no export"],
)
def test_import_of_nothing(run: Run, config: Path, content: bytes | None, code: ExitCode) -> None:
    """A file that is missing or no export is refused by name."""
    file = config.parent / "journal.jsonl"
    if content is not None:
        file.write_bytes(content)
    assert journal(run, config, "import", file).code == code


# --- undo


def test_undo(run: Run, config: Path, applied: str, stand: Stand) -> None:
    """A plan is taken back by the beginning of its digest: the purchase order goes, drafts stay and are named."""
    assert stand.emulators.xseries.state.consignments.all_live()
    live = len(stand.emulators.xseries.state.products.all_live())
    ran = run("undo", applied[:8], "--config", config, "--json")
    assert ran.code == ExitCode.DONE
    (outcome,) = ran.json["orders"].values()
    assert outcome["type"] == "Undone"
    assert not stand.emulators.xseries.state.consignments.all_live()
    assert len(stand.emulators.xseries.state.products.all_live()) == live
    assert run("status", "--config", config, "--json").json["orders"][0]["state"] == "undone"


def test_undo_of_an_order_that_was_sent(run: Run, config: Path, applied: str, stand: Stand) -> None:
    """A purchase order that was sent stays unless a person says that it is to be cancelled."""
    shelf = stand.emulators.xseries.state.consignments
    (order,) = shelf.all_live()
    shelf.put(evolve(order, status="SENT"))
    kept = run("undo", applied, "--config", config, "--json")
    (outcome,) = kept.json["orders"].values()
    assert any("stays" in line for line in outcome["kept"])
    assert stand.emulators.xseries.state.consignments.all_live()
    run("undo", applied, "--cancel", "--config", config)
    (order,) = stand.emulators.xseries.state.consignments.all_live()
    assert order.status == "CANCELLED"


def test_undo_in_order(run: Run, config: Path, applied: str, stand: Stand) -> None:
    """The first plan waits for the later one; once that was taken back, status names the first one again."""
    (order,) = run("status", "--config", config, "--json").json["orders"]
    later = run("publish", order["number"], "--config", config, "--json").json["plan"]
    early = run("undo", applied, "--config", config)
    assert (early.code, later[:12] in early.err) == (ExitCode.PLAN, True)
    assert run("undo", later[:8], "--config", config).code == ExitCode.DONE
    assert run("status", "--config", config, "--json").json["orders"][0]["plan"] == applied
    assert run("undo", applied[:8], "--config", config).code == ExitCode.DONE
    assert not stand.emulators.xseries.state.consignments.all_live()


def test_undo_of_nothing(run: Run, config: Path, applied: str) -> None:
    """A digest that no plan bears is misuse."""
    assert run("undo", "ffffffff", "--config", config).code == ExitCode.MISUSE


# --- plan diff


def test_equal_plans(run: Run, config: Path) -> None:
    """Two plans of an unchanged order do not differ."""
    ran = run("plan", "diff", planned(run, config), planned(run, config, "again.json"))
    assert (ran.code, ran.out) == (ExitCode.DONE, "no difference\n")


def test_plans_that_differ(run: Run, config: Path, stand: Stand) -> None:
    """What an edit of the order changes is listed, as text and as JSON, and the code is 1."""
    first = planned(run, config)
    shelf = stand.emulators.nuorder.shelf(BRAND)
    order = next(one for one in shelf.orders.values() if one["order_number"] == EASY)
    order["line_items"][0]["sizes"][0]["quantity"] += 1
    second = planned(run, config, "again.json")
    text = run("plan", "diff", first, second)
    assert text.code == ExitCode.ATTENTION
    document = run("plan", "diff", first, second, "--json").json
    assert not document["same"]
    assert all(line in text.out for line in document["changed"])
    assert document["changed"]


def test_diff_of_no_file(run: Run, config: Path) -> None:
    """A plan that cannot be read is misuse, by name."""
    ran = run("plan", "diff", planned(run, config), config.parent / "nowhere.json")
    assert ran.code == ExitCode.MISUSE
    assert "nowhere.json" in ran.err
