"""A Bridge between the adapters that the configuration names, with its journal."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from attrs import frozen

from ..catalog import open_cache
from ..clients.nuorder import NuOrder
from ..execution.bridge import Bridge
from ..execution.event import OnEvent
from ..journal import SqliteJournal, open_journal
from ..planning.text import printable
from ..ports.target import Target
from ..report.terminal_bar import Progress
from .config import Config, read_config
from .journal_copy import copied
from .options import Options


@frozen(kw_only=True)
class Desk:
    """What a command works with."""

    bridge: Bridge
    """The Bridge."""
    journal: SqliteJournal
    """Its journal."""
    config: Config
    """Where they came from."""


@contextmanager
def opened(config: Config, on_event: OnEvent, *, target: Target | None = None) -> Generator[Desk]:
    """Join what a configuration names, and close it again; raises ``JournalDamaged``, ``CacheDamaged``.

    *target* stands in for the configured store.
    """
    with ExitStack() as stack:
        journal = open_journal(config.journal)
        stack.callback(journal.close)
        cache = open_cache(config.cache)
        stack.callback(cache.close)
        bridge = Bridge(
            source=NuOrder(portals=config.portals),
            target=target or config.target,
            journal=journal,
            cache=cache,
            setup=config.setup,
            on_event=on_event,
        )
        yield Desk(bridge=stack.enter_context(bridge), journal=journal, config=config)


@contextmanager
def shown(config: Config) -> Generator[OnEvent]:
    """Show progress on the standard error stream, and what is not connected."""
    for name in config.unconnected:
        words = f"portal {name!r} is not connected and left out; po-bridge connect nuorder --portal {name!r}"
        print(printable(words), file=sys.stderr)
    with Progress(sys.stderr) as progress:
        yield progress.take


@contextmanager
def desk(options: Options, *, copy: bool = False) -> Generator[Desk]:
    """Read the configuration, join what it names, and show progress on the standard error stream.

    With *copy* the journal is a copy of the configured one, which is thrown away.
    """
    config = read_config(options.config, os.environ)
    with ExitStack() as stack:
        on_event = stack.enter_context(shown(config))
        used = stack.enter_context(copied(config)) if copy else config
        yield stack.enter_context(opened(used, on_event))
