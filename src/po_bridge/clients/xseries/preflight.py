"""A look at a connected store before anything depends on it: what works and what is missing, in words.

Read rights are tried by one read each. Write rights cannot be tried without writing: they are read from the
scopes in the token answer, and of a personal token nobody knows them before the first write.
"""

from __future__ import annotations

from typing import Any, Final

from ...errors import DocumentError, Forbidden, RemoteError
from ...ports.exchange import Exchange
from .._preflight import Preflight, Right, Trial
from .wire import Query, Wire, rows_of

UNTRIED: Final = "not known until the first write"
"""Said of the write rights of a personal token."""

_ONE: Final[Query] = (("page_size", "1"),)
_READS: Final = (
    ("read the store's settings", "retailer", (), "retailer:read and payment_types:read"),
    ("read outlets", "outlets", _ONE, "outlets:read"),
    ("read products", "products", _ONE, "products:read"),
    ("read suppliers", "suppliers", _ONE, "suppliers:read"),
    ("read purchase orders", "consignments", (("type", "SUPPLIER"), *_ONE), "consignments:read"),
)
_WRITES: Final = (
    ("write products, brands, tags and pictures", "products:write"),
    ("write suppliers", "suppliers:write"),
    ("write purchase orders", "consignments:write:stock_order"),
)
_COSTS: Final = "products:read:costs"


def preflight(wire: Wire, store: str) -> Exchange[Preflight]:
    """Try everything that a sync needs; problems are told, not raised."""
    trials = []
    products: Any = None
    for what, path, query, scope in _READS:
        trial, document = yield from _read(wire, what, path, query, scope)
        trials.append(trial)
        products = document if path == "products" else products
    scopes = yield from wire.keyring.scopes()
    trials.append(_costs(scopes, products))
    trials += [_written(what, scope, scopes) for what, scope in _WRITES]
    return Preflight(store=store, trials=tuple(trials))


def _read(wire: Wire, what: str, path: str, query: Query, scope: str) -> Exchange[tuple[Trial, Any]]:
    try:
        document = yield from wire.read(path, query)
    except Forbidden:
        words = f"connect the store again with the scope {scope}"
        return Trial(what=what, right=Right.MISSING, words=words), None
    except (RemoteError, DocumentError) as problem:
        return Trial(what=what, right=Right.MISSING, words=str(problem)), None
    return Trial(what=what, right=Right.WORKS, words=f"GET {path} was answered"), document


def _written(what: str, scope: str, scopes: frozenset[str] | None) -> Trial:
    if scopes is None:
        return Trial(what=what, right=Right.UNKNOWN, words=UNTRIED)
    if scope in scopes:
        return Trial(what=what, right=Right.WORKS, words=f"the token has the scope {scope}")
    return Trial(what=what, right=Right.MISSING, words=f"connect the store again with the scope {scope}")


def _costs(scopes: frozenset[str] | None, products: Any) -> Trial:
    """Costs that may not be seen are left out or null, never refused."""
    what = "read costs"
    if scopes is not None:
        return _written(what, _COSTS, scopes)
    rows = rows_of(products)["data"] if products else []
    if any(isinstance(row, dict) and row.get("supply_price") is not None for row in rows):
        return Trial(what=what, right=Right.WORKS, words="a product shows its supply price")
    words = f"no product with a supply price was seen; without {_COSTS} costs count as unknown"
    return Trial(what=what, right=Right.UNKNOWN, words=words)
