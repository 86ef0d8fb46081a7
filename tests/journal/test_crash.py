"""Crashes: whatever moment a writer dies at, the journal holds whole batches, in order, from the first."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest
from tests.journal.batches import BATCHES, BOUNDARIES, WHOLE

from po_bridge.journal import open_journal, this_process
from po_bridge.testing.journal_case import open_one, plan_of

WRITER = """
import sys
from po_bridge.journal import open_journal
from po_bridge.testing.journal_case import START, opened_of, plan_of
from tests.journal.batches import BATCHES, BOUNDARIES

journal = open_journal(sys.argv[1])
lease = journal.take(("order 1",), journal.worker(), START, 3600.0)
plan = plan_of()
journal.open_plan(opened_of(plan), lease)
first = BOUNDARIES.index(len(journal.read(plan.digest).entries))
for number in range(first, len(BATCHES)):
    journal.append(plan.digest, BATCHES[number], lease)
    print(BOUNDARIES[number + 1], flush=True)
"""


def written(path: Path) -> int:
    """Open a journal after a crash and count its entries; they must be whole batches from the first on."""
    with closing(open_journal(path)) as journal:
        entries = journal.read(plan_of().digest).entries
    assert list(entries) == WHOLE[: len(entries)]
    assert len(entries) in BOUNDARIES
    return len(entries)


def told_until_killed(path: Path, lines: int, pause: float) -> int:
    """Run a writer, kill it after it told of so many commits, and give the last number it told."""
    told = 0
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as writer:
        assert writer.stdout is not None
        for _ in range(lines):
            told = int(writer.stdout.readline() or told)
        sleep(pause)
        writer.kill()
        rest = writer.stdout.read().split()
    return int(rest[-1]) if rest else told


@pytest.mark.skipif(
    not this_process().started, reason="a dead holder cannot be told here, so its lease stays"
)
def test_killed_writers(tmp_path: Path) -> None:
    """Writers killed at random moments lose nothing they were told was written; the next one goes on at once."""
    path = tmp_path / "bridge.db"
    chance = random.Random(20261121)  # noqa: S311  # moments, no secrets
    found = 0
    for _ in range(6):
        told = told_until_killed(path, chance.randrange(1, 40), chance.uniform(0, 0.004))
        found = written(path)
        assert told <= found <= told + 2
    assert BOUNDARIES[10] < found < len(WHOLE)


def test_torn_log(tmp_path: Path) -> None:
    """A write-ahead log that a power cut left cut at any byte gives whole batches from the first on."""
    path = tmp_path / "bridge.db"
    chance = random.Random(7)  # noqa: S311  # places, no secrets
    with closing(open_journal(path)) as journal:
        digest, lease = open_one(journal)
        for batch in BATCHES[:20]:
            journal.append(digest, batch, lease)
        log = Path(f"{path}-wal").read_bytes()
        found = set()
        for number in range(40):
            copy = tmp_path / f"copy{number}.db"
            shutil.copy(path, copy)
            Path(f"{copy}-wal").write_bytes(log[: chance.randrange(len(log) + 1)])
            found.add(written(copy))
    assert len(found) > 5, "cuts at random places must leave different states"
    assert max(found) <= BOUNDARIES[20]
