"""``refresh``: reading the store's lists into the cache, before the first review of a large store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..execution.estimating import MirrorEstimate
from ..execution.event import MirrorRead
from ..report.columns import columns
from .desk import desk
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .printing import show


def refresh(*, products: int | None = None, dry_run: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Read the store's lists into the cache; goes on where it was interrupted.

    A review reads what it needs by itself; this is for the first time in a store with many products.

    Parameters
    ----------
    products
        How many products the store has, as far as you know; makes the estimate better.
    dry_run
        Show the calls and minutes it takes; read nothing.
    """
    with desk(options) as at:
        estimate = at.bridge.mirror_estimate(products=products)
        read = () if dry_run else at.bridge.refresh()
    text = f"{estimate}\ndry run: nothing was read" if dry_run else _text(read)
    show(options, text, _document(estimate, read, dry_run=dry_run))
    return ExitCode.DONE


def _text(read: Sequence[MirrorRead]) -> str:
    rows = [(one.collection.value, str(one.records), str(one.calls)) for one in read]
    return "\n".join(columns(rows, heads=("list", "read", "calls"), right=frozenset({1, 2})))


def _document(estimate: MirrorEstimate, read: Sequence[MirrorRead], *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "estimate": {"calls": estimate.calls, "seconds": estimate.seconds, "known": estimate.known},
        "lists": [{"list": one.collection.value, "records": one.records, "calls": one.calls} for one in read],
    }
