"""Memory while very large orders are planned, and lines planned a second.

Usage: python benchmarks/planning_memory.py [LINES ...]

Every line is new or known as in review_plan.py, one order, one plan, each size in a process of its own. The store is
read before the clock starts; times are processor time, so that neighbours on the machine count as little as can be.
Python's own peak is counted by tracemalloc in a second pass, since counting is slow; the process' peak is what the
operating system says it grew by. Memory is linear where bytes a line do not grow with the order.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import time
import tracemalloc
from multiprocessing.connection import Connection

from review_plan import KEY, order_of, store_of

from po_bridge import Bridge, MemoryJournal, Setup

LINES = (10_000, 100_000)
TARGET_LINES = 20_000
MOST_GROWTH = 1.1
"""Bytes a line at the largest size, beside those at the smallest."""


def peak() -> float:
    """Megabytes that this process ever took."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measured(lines: int) -> tuple[float, float]:
    """Print one size; gives bytes a line and lines planned a second."""
    source = order_of(lines)
    target = store_of(source.held)
    with Bridge(source=source, target=target, journal=MemoryJournal(), setup=Setup()) as bridge:
        bridge.review(str(KEY))
        # the toy store stands for a remote one: its records are none of the planner's garbage
        gc.collect()
        gc.freeze()
        began = time.process_time()
        review = bridge.review(str(KEY))
        reviewing = time.process_time() - began
        before = peak()
        began = time.process_time()
        plan = bridge.plan(review)
        planning = time.process_time() - began
        grown = peak() - before
        steps = len(plan.steps)
        del plan
        gc.collect()
        tracemalloc.start()
        again = bridge.plan(review)
        held, most = tracemalloc.get_traced_memory()
    print(f"{lines:,} lines: {len(again.changes):,} changes, {steps:,} steps")
    print(f"  review   {reviewing:7.1f} s   {lines / reviewing:9,.0f} lines a second")
    print(f"  plan     {planning:7.1f} s   {lines / planning:9,.0f} lines a second")
    print(f"  process  {before:7,.0f} MB before the plan, {grown:,.0f} MB more at its peak")
    print(f"  Python   {held / 1e6:7,.0f} MB held by the plan, {most / 1e6:,.0f} MB at the peak of planning")
    print(f"           {most / lines:7,.0f} bytes a line at the peak", flush=True)
    return most / lines, lines / planning


def run(lines: int, send: Connection) -> None:
    send.send(measured(lines))


def alone(lines: int) -> tuple[float, float]:
    """Measure in a process of its own, whose peak is its own."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    worker = context.Process(target=run, args=(lines, send))
    worker.start()
    send.close()
    found: tuple[float, float] = receive.recv()
    worker.join()
    return found


def main() -> None:
    sizes = sorted(int(text) for text in sys.argv[1:]) or LINES
    found = [alone(size) for size in sizes]
    growth, slowest = found[-1][0] / found[0][0], min(speed for _, speed in found)
    print(f"bytes a line grow {growth:.2f} times: {'linear' if growth <= MOST_GROWTH else 'MISSED'}")
    print(f"{TARGET_LINES:,} lines a second: {'met' if slowest >= TARGET_LINES else 'MISSED'}")


if __name__ == "__main__":
    main()
