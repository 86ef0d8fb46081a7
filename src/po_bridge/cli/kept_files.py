"""Examines what is kept on this machine: journal, cache and rate budget; calls nobody and changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import assert_never

from ..catalog import SqliteCache
from ..errors import JournalDamaged
from ..journal import SqliteJournal, open_journal
from ..models.bucket import RateBucket
from ..planning.snapshot import Collection
from ..ports.allowance import Allowance
from ..ports.budget import Budget
from ..ports.level import Level
from .config import Config
from .exit_code import ExitCode
from .health import Health, Item
from .journal_copy import copied
from .standing import Place, standings

_JOURNAL = "journal"
_DAMAGED = "end every run and copy the file elsewhere; then bring back a copy that was good, or an export"


def journal_items(config: Config) -> Iterator[Item]:
    """Integrity, schema, and what is open; the file itself is not opened for writing."""
    if not config.journal.exists():
        yield Item(area=_JOURNAL, what="file", words=f"{config.journal} is not there yet; apply makes it")
        return
    yield Item(area=_JOURNAL, what="file", words=f"{config.journal}, {config.journal.stat().st_size:,} bytes")
    try:
        schema = _schema(config)
        with copied(config) as copy, closing(open_journal(copy.journal)) as journal:
            yield _schema_item(schema, _schema(copy))
            yield _integrity(journal)
            yield from _open(journal)
    except JournalDamaged as error:
        yield Item(
            area=_JOURNAL,
            what="integrity",
            health=Health.BAD,
            words=str(error),
            next=_DAMAGED,
            code=ExitCode.UNREADABLE,
        )


def _schema(config: Config) -> int:
    """The schema version that the file states; raises ``JournalDamaged``."""
    try:
        address = f"{config.journal.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise JournalDamaged(str(config.journal), str(error)) from error
    return version


def _schema_item(found: int, newest: int) -> Item:
    later = "" if found == newest else f"; the next run brings it to {newest}, after a backup copy"
    return Item(area=_JOURNAL, what="schema", words=f"version {found}{later}")


def _integrity(journal: SqliteJournal) -> Item:
    faults = journal.upkeep.check()
    if not faults:
        return Item(area=_JOURNAL, what="integrity", words="nothing is wrong")
    return Item(
        area=_JOURNAL,
        what="integrity",
        health=Health.BAD,
        words=f"{len(faults)} fault(s): {'; '.join(faults)}",
        next="see every fault with: po-bridge journal check",
        code=ExitCode.UNREADABLE,
    )


def _open(journal: SqliteJournal) -> Iterator[Item]:
    found = standings(journal)
    open_runs = [opened.plan.digest[:12] for opened in journal.unfinished()]
    yield Item(
        area=_JOURNAL,
        what="open runs",
        health=Health.LOOK if open_runs else Health.GOOD,
        words=", ".join(open_runs) or "none",
        next=f"unless a run is going on: po-bridge resume {open_runs[0]}" if open_runs else "",
    )
    waiting = found.of(Place.ATTENTION)
    yield Item(
        area=_JOURNAL,
        what="orders",
        health=Health.LOOK if waiting else Health.GOOD,
        words=", ".join(f"{len(found.of(place))} {place.value}" for place in Place),
        next="see what needs attention with: po-bridge status" if waiting else "",
    )


def cache_items(config: Config, cache: SqliteCache, now: datetime) -> Iterator[Item]:
    """What the cache holds, and how many calls may still leave."""
    notes = cache.take_notes()
    yield Item(
        area="cache",
        what="file",
        health=Health.LOOK if notes else Health.GOOD,
        words="; ".join(notes) or f"{cache.path}, {cache.path.stat().st_size:,} bytes; it may be deleted",
    )
    for collection in Collection:
        extent = cache.mirror.extent(collection)
        whole = "" if extent.complete else ", never read to its end"
        yield Item(area="cache", what=collection.value, words=f"{extent.records} record(s){whole}")
    yield budget_item(config.target.capabilities.bucket, cache.budget, now)


def budget_item(bucket: RateBucket | None, budget: Budget, now: datetime) -> Item:
    """How many calls may still leave, and when there are more."""
    if bucket is None:
        return Item(area="rate budget", what="calls", words="the store does not count calls")
    known = budget.look(bucket, now)
    words = f"{known.left} of {known.limit} calls left, {_turns(known, now)}"
    if known.left:
        return Item(area="rate budget", what="calls", words=words)
    mend = "nothing: the next call waits by itself; see who else calls if this repeats"
    return Item(area="rate budget", what="calls", health=Health.LOOK, words=words, next=mend)


def _turns(known: Allowance | Level, now: datetime) -> str:
    """When there is more, and what others took of it."""
    others = f"{known.others:g} by others; " if known.others else ""
    match known:
        case Allowance():
            seconds = max((known.ends - now).total_seconds(), 0.0) if known.ends else 0.0
            return f"{others}the window turns in {seconds:.0f} s"
        case Level():
            return f"{others}{known.drip:g} more each second"
        case _:
            assert_never(known)
