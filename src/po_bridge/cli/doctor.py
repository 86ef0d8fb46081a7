"""``doctor``: versions, rights, clock, journal, cache and rate budget, and what to do next."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version

from ..catalog import SqliteCache, open_cache
from ..clients.nuorder import check
from ..clients.xseries import XSeries
from ..errors import CacheDamaged, Misuse, OperatorError
from ..execution.clock import SystemClock
from ..execution.event import ignore
from ..execution.pacing import Pacing
from .asking import ask
from .clock_skew import Skews
from .config import Config, read_config
from .exit_code import ExitCode
from .health import Examination, Health, Item, examination_json, items_of
from .kept_files import cache_items, journal_items
from .options import DEFAULT, Options
from .printing import show

_CLOCK = SystemClock()
_SOON = 60
"""Days before the end of an API version from which on it is told."""


def doctor(*, offline: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Look at everything that a sync depends on, and say what to do next; writes nothing anywhere.

    Ends with 5 where the journal is damaged, 3 where an account cannot be used, 1 where a person should look, 0
    where all is well. Tries each account by a few reading calls, which count in the rate budget.

    Parameters
    ----------
    offline
        Call nobody: rights and clock are left out.
    """
    items = [*_versions(), *_examined(options, offline=offline)]
    found = Examination(items=items)
    show(options, str(found), examination_json(found))
    return found.code


def _versions() -> Iterator[Item]:
    yield Item(area="version", what="po-bridge", words=version("po-bridge"))
    python = f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield Item(area="version", what="Python", words=python)


def _examined(options: Options, *, offline: bool) -> Iterator[Item]:
    config = read_config(options.config, os.environ, needs_secrets=False)
    yield from _api(config)
    fault = _fault(options)
    yield Item(
        area="configuration",
        what=str(options.config),
        health=Health.LOOK if fault else Health.GOOD,
        words=fault or f"{len(config.portals)} portal(s), store {config.target.store}",
        next="mend the configuration, or connect the accounts, as said above" if fault else "",
    )
    for name in config.unconnected:
        words, mend = "not connected", f"po-bridge connect nuorder --portal {name!r}"
        yield Item(area="portal", what=name, health=Health.LOOK, words=words, next=mend)
    if not config.connected:
        kind = "xseries" if isinstance(config.target, XSeries) else "rseries"
        words, mend = "not connected", f"po-bridge connect {kind}"
        yield Item(area="store", what=config.target.store, health=Health.LOOK, words=words, next=mend)
    yield from journal_items(config)
    yield from _with_cache(config, options, calls=not (offline or fault))


def _api(config: Config) -> Iterator[Item]:
    """Age of the API version, for a POS that has several."""
    if not isinstance(config.target, XSeries):
        return
    age = config.target.version_age(_CLOCK.now().date())
    soon = age.days_left <= _SOON
    health = Health.BAD if age.expired else Health.LOOK if soon else Health.GOOD
    mend = "upgrade po_bridge, or choose a newer generation in [xseries.settings]" if soon else ""
    yield Item(area="version", what="X-Series API", health=health, words=str(age), next=mend)


def _fault(options: Options) -> str:
    """What is missing before a remote can be called; empty where nothing is."""
    try:
        read_config(options.config, os.environ)
    except (Misuse, OperatorError) as error:
        return str(error)
    return ""


def _with_cache(config: Config, options: Options, *, calls: bool) -> Iterator[Item]:
    if not config.cache.exists():
        yield Item(area="cache", what="file", words=f"{config.cache} is not there yet; a review makes it")
        if calls:
            yield from _called(options, None)
        return
    try:
        cache = open_cache(config.cache)
    except CacheDamaged as error:
        mend = "delete the cache file, or name another path"
        yield Item(area="cache", what="file", health=Health.BAD, words=str(error), next=mend)
        return
    with closing(cache):
        if calls:
            yield from _called(options, cache)
        yield from cache_items(config, cache, _CLOCK.now())


def _called(options: Options, cache: SqliteCache | None) -> Iterator[Item]:
    """Rights by a few reads of each account, and the clock by their answers."""
    config = read_config(options.config, os.environ)
    skews = Skews(clock=_CLOCK)
    pacing = Pacing(budget=cache.budget, clock=_CLOCK, on_event=ignore) if cache else None
    for portal in config.portals:
        trials = ask(check(portal), through=skews.through).findings
        told = [(one.what, one.state.value, one.words) for one in trials]
        yield from items_of(f"portal {portal.name}", told, "run doctor again")
    found = ask(config.target.preflight(), pacing=pacing, through=skews.through)
    told = [(one.what, one.right.value, one.words) for one in found.trials]
    yield from items_of(f"store {config.target.store}", told, "run doctor again")
    yield from skews.items()
