"""Flows that begin anew where the cache cannot be read: it only holds what can be read again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from ..errors import CacheDamaged
from ..ports.cache import Cache
from ..ports.exchange import Exchange, Lane, run
from .event import CacheMended, OnEvent

P = ParamSpec("P")
T = TypeVar("T")


class Cached(Protocol):
    """What has a cache."""

    @property
    def cache(self) -> Cache:
        """The cache."""
        ...

    @property
    def on_event(self) -> OnEvent:
        """Takes events."""
        ...


S = TypeVar("S", bound=Cached)


def sound(flow: Callable[Concatenate[S, P], Exchange[T]]) -> Callable[Concatenate[S, P], Exchange[T]]:
    """Make a flow run once more, with an empty cache, where the cache turns out damaged on the way.

    Any flow may: what it wrote is in the journal, and nothing that it decides outlives it. A cache that cannot be
    made anew, as on a full disk, raises ``CacheDamaged``.
    """

    @wraps(flow)
    def healed(self: S, /, *args: P.args, **kwargs: P.kwargs) -> Exchange[T]:
        _tell(self)
        try:
            return (yield from flow(self, *args, **kwargs))
        except CacheDamaged as error:
            yield from run(partial(self.cache.renew, error), Lane.CACHE)
        _tell(self)
        return (yield from flow(self, *args, **kwargs))

    return healed


def _tell(cached: Cached) -> None:
    for why in cached.cache.take_notes():
        cached.on_event(CacheMended(why=why))
