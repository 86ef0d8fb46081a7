"""Memory while a very large order is planned, and lines planned a second.

Usage: python benchmarks/planning_memory.py [LINES]

Every line is new or known as in review_plan.py, one order, one plan. Python's own peak is counted by tracemalloc in a
second pass, since counting is slow; the process' peak is what the operating system says it grew by.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
import tracemalloc

from review_plan import KEY, order_of, store_of

from po_bridge import Bridge, MemoryJournal, Setup

LINES = 100_000
TARGET_LINES = 20_000


def peak() -> float:
    """Megabytes that this process ever took."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    lines = int(sys.argv[1]) if sys.argv[1:] else LINES
    source = order_of(lines)
    with Bridge(
        source=source, target=store_of(source.held), journal=MemoryJournal(), setup=Setup()
    ) as bridge:
        began = time.perf_counter()
        review = bridge.review(str(KEY))
        reviewing = time.perf_counter() - began
        gc.collect()
        before = peak()
        began = time.perf_counter()
        plan = bridge.plan(review)
        planning = time.perf_counter() - began
        grown = peak() - before
        steps = len(plan.steps)
        del plan
        gc.collect()
        tracemalloc.start()
        again = bridge.plan(review)
        held, most = tracemalloc.get_traced_memory()
    print(f"{lines:,} lines: {len(again.changes):,} changes, {steps:,} steps")
    print(f"review   {reviewing:7.1f} s   {lines / reviewing:9,.0f} lines a second")
    print(f"plan     {planning:7.1f} s   {lines / planning:9,.0f} lines a second")
    print(f"process  {before:7,.0f} MB before the plan, {grown:,.0f} MB more at its peak")
    print(f"Python   {held / 1e6:7,.0f} MB held by the plan, {most / 1e6:,.0f} MB at the peak of planning")
    print(f"         {most / lines:7,.0f} bytes a line at the peak")
    met = lines / planning >= TARGET_LINES
    print(f"{TARGET_LINES:,} lines a second: {'met' if met else 'MISSED'}")


if __name__ == "__main__":
    main()
