"""A look at a connected account before anything depends on it: what works and what is missing, in words.

The rights of the employee behind the token are told by the session; whether the token's scopes reach as far is tried
by one read each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ...errors import DocumentError, Forbidden, RemoteError
from ...ports.exchange import Exchange
from .._preflight import Preflight, Right, Trial
from .rights import right_of
from .wire import Wire

_READS: Final = (
    ("read shops", "Shop"),
    ("read items", "Item"),
    ("read vendors", "Vendor"),
    ("read orders", "Order"),
)
_WRITES: Final = (
    ("write orders", "purchase_orders"),
    ("write items, matrices and pictures", "product_edit"),
    ("write costs", "product_cost"),
    ("write vendors", "vendors"),
    ("write brands", "manufacturers"),
    ("write tags", "tags"),
)


def preflight(wire: Wire, store: str) -> Exchange[Preflight]:
    """Try everything that a sync needs; problems are told, not raised."""
    trials = [(yield from _account(wire))]
    for what, entity in _READS:
        trials.append((yield from _read(wire, what, entity)))  # a generator cannot be asked inside
    rights = yield from _rights(wire)
    trials += [_written(what, right, rights) for what, right in _WRITES]
    return Preflight(store=store, trials=tuple(trials))


def _account(wire: Wire) -> Exchange[Trial]:
    what = f"reach account {wire.account_id}"
    try:
        yield from wire.account()
    except (RemoteError, DocumentError) as problem:
        return Trial(what=what, right=Right.MISSING, words=str(problem))
    return Trial(what=what, right=Right.WORKS, words="it was answered")


def _read(wire: Wire, what: str, entity: str) -> Exchange[Trial]:
    try:
        yield from wire.many(entity, (("limit", "1"),))
    except Forbidden:
        right = right_of("GET", f"/Account/0/{entity}")
        words = f"connect again with a scope and an employee that have the right {right}"
        return Trial(what=what, right=Right.MISSING, words=words)
    except (RemoteError, DocumentError) as problem:
        return Trial(what=what, right=Right.MISSING, words=str(problem))
    return Trial(what=what, right=Right.WORKS, words=f"GET {entity} was answered")


def _rights(wire: Wire) -> Exchange[Mapping[str, Any]]:
    """The employee's rights, none where they cannot be read."""
    try:
        document = yield from wire.session()
    except (RemoteError, DocumentError):
        return {}
    found = document.get("Rights") if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def _written(what: str, right: str, rights: Mapping[str, Any]) -> Trial:
    match rights.get(right):
        case "true" | True:
            return Trial(what=what, right=Right.WORKS, words=f"the employee has the right {right}")
        case "false" | False:
            words = f"let an employee with the right {right} connect"
            return Trial(what=what, right=Right.MISSING, words=words)
        case _:
            return Trial(what=what, right=Right.UNKNOWN, words="not known until the first write")
