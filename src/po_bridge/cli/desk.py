"""A Bridge between the adapters that the configuration names, with its journal."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from attrs import frozen

from ..clients.nuorder import NuOrder
from ..execution.bridge import Bridge
from ..execution.event import OnEvent
from ..journal import SqliteJournal, open_journal
from ..planning.text import printable
from .config import Config, read_config
from .options import Options
from .progress import Progress


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
def opened(config: Config, on_event: OnEvent) -> Generator[Desk]:
    """Join what a configuration names, and close it again; raises ``JournalDamaged``."""
    with ExitStack() as stack:
        journal = open_journal(config.journal)
        stack.callback(journal.close)
        bridge = Bridge(
            source=NuOrder(portals=config.portals),
            target=config.target,
            journal=journal,
            setup=config.setup,
            on_event=on_event,
        )
        yield Desk(bridge=stack.enter_context(bridge), journal=journal, config=config)


@contextmanager
def desk(options: Options) -> Generator[Desk]:
    """Read the configuration, join what it names, and show progress on the standard error stream."""
    config = read_config(options.config, os.environ)
    for name in config.unconnected:
        words = f"portal {name!r} is not connected and left out; po-bridge connect nuorder --portal {name!r}"
        print(printable(words), file=sys.stderr)
    with Progress(sys.stderr) as progress, opened(config, progress.take) as found:
        yield found
