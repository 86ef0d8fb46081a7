"""The entries that writers write until they are killed."""

from __future__ import annotations

from po_bridge.testing.journal_case import done_and_next

STEPS = [f"step {number}" for number in range(600)]
BATCHES = [done_and_next(STEPS, number) for number in range(len(STEPS) + 1)]
WHOLE = [entry for batch in BATCHES for entry in batch]
BOUNDARIES = [sum(map(len, BATCHES[:number])) for number in range(len(BATCHES) + 1)]
"""How many entries there are after each commit."""
