"""``journal``: what an operator does with the journal file, beside the runs; calls no remote, needs no secret."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

from ..errors import Misuse
from ..execution.clock import SystemClock
from ..journal import SqliteJournal, open_journal
from ..planning.text import printable
from .config import read_config
from .exit_code import ExitCode
from .journal_copy import copied
from .options import DEFAULT, Options
from .printing import show, write_file


@contextmanager
def _opened(options: Options, *, make: bool = False, copy: bool = False) -> Generator[SqliteJournal]:
    config = read_config(options.config, os.environ, needs_secrets=False)
    if not make and not config.journal.exists():
        raise Misuse(f"there is no journal {config.journal} yet; the first apply or decide makes it")
    with ExitStack() as stack:
        used = stack.enter_context(copied(config)) if copy else config
        yield stack.enter_context(closing(open_journal(used.journal)))


def check(*, options: Options = DEFAULT) -> ExitCode:
    """Name everything that is wrong with the journal, all at once; ends with 1 where anything is.

    Looks at the file's pages, every plan's seal, every step's marks, and what links and orders point to.
    """
    with _opened(options) as journal:
        faults = journal.upkeep.check()
        named = str(journal.path)
    text = "\n".join((f"{named}: {len(faults)} fault(s)", *(f"  {printable(fault)}" for fault in faults)))
    sound = f"{named}: nothing is wrong"
    show(options, text if faults else sound, {"journal": named, "faults": list(faults)})
    return ExitCode.ATTENTION if faults else ExitCode.DONE


def compact(*, older_than: int, dry_run: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Make the journal smaller: fold away the steps of plans that were closed long ago.

    What was applied, links and decisions stay, and a used plan is still refused; but a plan that was
    folded cannot be taken back any more. Open plans are never touched. Export first if in doubt.

    Parameters
    ----------
    older_than
        Days since a plan was closed.
    dry_run
        Say what would be folded; fold nothing.
    """
    if older_than < 0:
        raise Misuse(f"--older-than is a number of days, got {older_than}")
    at = SystemClock().now()
    with _opened(options, copy=dry_run) as journal:
        before = journal.path.stat().st_size
        done = journal.upkeep.compact(at - timedelta(days=older_than), at)
        after = journal.path.stat().st_size
    text = f"{done.plans} plan(s) folded, {done.entries} entries; {before:,} -> {after:,} bytes"
    found = {"plans": done.plans, "entries": done.entries, "bytes_before": before, "bytes_after": after}
    show(options, f"dry run: {text}" if dry_run else text, {**found, "dry_run": dry_run})
    return ExitCode.DONE


def export(file: Path, *, dry_run: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Write the whole journal, leases aside, into one file of JSON lines.

    Parameters
    ----------
    file
        The file; what was there is replaced.
    dry_run
        Count the records; write no file.
    """
    with _opened(options) as journal:
        lines = journal.upkeep.export()
    if not dry_run:
        write_file(file, b"".join(line + b"\n" for line in lines))
    records = len(lines) - 2
    document = {"file": str(file), "records": records, "dry_run": dry_run}
    show(options, f"{file}: {records} record(s){', dry run' if dry_run else ''}", document)
    return ExitCode.DONE


def load(file: Path, *, dry_run: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Take over what journal export wrote; only into a journal that holds nothing.

    Parameters
    ----------
    file
        A file that journal export wrote.
    dry_run
        Read the file and check every record; take over nothing.
    """
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise Misuse(f"the export {file} cannot be read: {error.strerror}") from error
    with _opened(options, make=True, copy=dry_run) as journal:
        journal.upkeep.load(lines)
    named = str(read_config(options.config, os.environ, needs_secrets=False).journal)
    records = len(lines) - 2
    word = "would be taken over" if dry_run else "taken over"
    document = {"journal": named, "records": records, "dry_run": dry_run}
    show(options, f"{named}: {records} record(s) {word}", document)
    return ExitCode.DONE
