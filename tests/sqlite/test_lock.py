"""The lock between processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from po_bridge.errors import OperatorError
from po_bridge.sqlite import file_lock

HOLDING = """
import sys
from pathlib import Path
from po_bridge.sqlite import file_lock
with file_lock(Path(sys.argv[1])) as ours:
    print(ours, flush=True)
    sys.stdin.read()
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    """A second holder gets False at once; afterwards the lock is free."""
    path = tmp_path / "a.lock"
    with file_lock(path) as first, file_lock(path) as second, file_lock(tmp_path / "b.lock") as other:
        assert (first, second, other) == (True, False, True)
    with file_lock(path) as again:
        assert again
    assert path.read_bytes() == b""


def test_lock_dies_with_its_process(tmp_path: Path) -> None:
    """A process that is killed lets its lock go."""
    path = tmp_path / "a.lock"
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        with file_lock(path) as ours:
            assert not ours
        holder.kill()
    with file_lock(path, seconds=5) as ours:
        assert ours


def test_no_place_for_a_lock(tmp_path: Path) -> None:
    """A lock in a folder that is missing is refused with its path."""
    place = tmp_path / "missing" / "a.lock"
    with pytest.raises(OperatorError, match=r"missing/a\.lock: it cannot be opened"), file_lock(place):
        pass


def test_file_of_somebody_else_is_no_lock(tmp_path: Path) -> None:
    """A file that holds something is not locked, and not touched."""
    place = tmp_path / "a.lock"
    place.write_text("dear diary\n" * 100)
    with pytest.raises(OperatorError, match="no SQLite file"), file_lock(place):
        pass
    assert place.read_text() == "dear diary\n" * 100
