"""Writes the golden files of the present formats from ``golden.py``; those of older ones are left alone.

Usage: python -m tests.formats.write_golden

While a format is unreleased, run it after every change of its form and look at the difference.
Afterwards a change of form is a new format, with golden files of its own beside the old ones.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from attrs import evolve
from tests.formats import golden

from po_bridge.journal import open_journal
from po_bridge.journal.schema import JOURNAL
from po_bridge.planning.book import line_decision
from po_bridge.planning.canonical import plan_bytes, write_decisions
from po_bridge.ports.leases import Holder

FOLDER = Path(__file__).parent
HOLDER = Holder(host="shop.example", pid=7, started="abc", worker="w")


def fill(path: Path) -> None:
    """Write a journal that uses every table: leases, a plan with entries, what was applied, ties that ended."""
    digest, later = golden.plan().digest, golden.AT + timedelta(hours=2)
    with closing(open_journal(path)) as journal:
        journal.release(journal.take(("x",), HOLDER, golden.AT, 60.0))
        lease = journal.take(("order", "supplier"), HOLDER, golden.AT, 60.0)
        journal.open_plan(golden.OPENED, lease)
        journal.append(digest, golden.ENTRIES[:3], lease)
        journal.append(digest, golden.ENTRIES[3:], lease)
        journal.close_plan(digest, (golden.APPLIED,), later, lease, finished=False)
        journal.decide((evolve(golden.DECISIONS[0], product_id="p-0"), *golden.DECISIONS))
        journal.revoke(line_decision(golden.OTHER_LINE), later, "Ann", "wrong")
        journal.see((evolve(golden.SIGHTING, revision=1, milestones=()), golden.SIGHTING))


def dump() -> str:
    """Give that journal as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bridge.db")
        fill(path)
        with closing(sqlite3.connect(path)) as connection:
            statements = "\n".join(connection.iterdump())
    header = f"PRAGMA application_id = {JOURNAL.application_id};\nPRAGMA user_version = {JOURNAL.version};"
    return f"{header}\n{statements}\n"


def main() -> None:
    """Write every file."""
    (FOLDER / "plan-v1.json").write_bytes(plan_bytes(golden.plan()) + b"\n")
    (FOLDER / "decisions-v1.json").write_bytes(write_decisions(golden.DECISIONS) + b"\n")
    (FOLDER / f"journal-v{JOURNAL.version}.sql").write_text(dump(), encoding="utf-8")


if __name__ == "__main__":
    main()
