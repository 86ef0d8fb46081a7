"""Plans as files: what ``plan --out`` wrote."""

from __future__ import annotations

from pathlib import Path

from ..errors import Misuse
from ..planning.canonical import read_plan
from ..planning.plan import Plan


def read_plan_file(file: Path) -> Plan:
    """Read a plan; raises Misuse where the file cannot be read, ForeignPlan, BadDocument."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Misuse(
            f"the plan {file} cannot be read: {error.strerror}; "
            "make one with: po-bridge plan NUMBER --out FILE"
        ) from error
    return read_plan(content)
