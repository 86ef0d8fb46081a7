"""``journal``: what an operator does with the journal file, beside the runs; calls no remote, needs no secret."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from ..errors import Misuse
from ..execution.clock import SystemClock
from ..journal import SqliteJournal, open_journal
from ..planning.text import printable
from .config import read_config
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .printing import show, write_file


@contextmanager
def _opened(options: Options, *, make: bool = False) -> Generator[SqliteJournal]:
    path = read_config(options.config, os.environ, needs_secrets=False).journal
    if not make and not path.exists():
        raise Misuse(f"there is no journal {path} yet; the first apply or decide makes it")
    with closing(open_journal(path)) as journal:
        yield journal


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


def compact(*, older_than: int, options: Options = DEFAULT) -> ExitCode:
    """Make the journal smaller: fold away the steps of plans that were closed long ago.

    What was applied, links and decisions stay, and a used plan is still refused; but a plan that was
    folded cannot be taken back any more. Open plans are never touched. Export first if in doubt.

    Parameters
    ----------
    older_than
        Days since a plan was closed.
    """
    if older_than < 0:
        raise Misuse(f"--older-than is a number of days, got {older_than}")
    at = SystemClock().now()
    with _opened(options) as journal:
        before = journal.path.stat().st_size
        done = journal.upkeep.compact(at - timedelta(days=older_than), at)
        after = journal.path.stat().st_size
    text = f"{done.plans} plan(s) folded, {done.entries} entries; {before:,} -> {after:,} bytes"
    found = {"plans": done.plans, "entries": done.entries, "bytes_before": before, "bytes_after": after}
    show(options, text, found)
    return ExitCode.DONE


def export(file: Path, *, options: Options = DEFAULT) -> ExitCode:
    """Write the whole journal, leases aside, into one file of JSON lines.

    Parameters
    ----------
    file
        The file; what was there is replaced.
    """
    with _opened(options) as journal:
        lines = journal.upkeep.export()
    write_file(file, b"".join(line + b"\n" for line in lines))
    records = len(lines) - 2
    show(options, f"{file}: {records} record(s)", {"file": str(file), "records": records})
    return ExitCode.DONE


def load(file: Path, *, options: Options = DEFAULT) -> ExitCode:
    """Take over what journal export wrote; only into a journal that holds nothing.

    Parameters
    ----------
    file
        A file that journal export wrote.
    """
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise Misuse(f"the export {file} cannot be read: {error.strerror}") from error
    with _opened(options, make=True) as journal:
        journal.upkeep.load(lines)
        named = str(journal.path)
    records = len(lines) - 2
    show(options, f"{named}: {records} record(s) taken over", {"journal": named, "records": records})
    return ExitCode.DONE
