"""``decisions`` and ``revoke``: what people decided, from the journal alone, and taking it back."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, contextmanager

from ..errors import Misuse
from ..execution.clock import SystemClock
from ..journal import SqliteJournal, open_journal
from ..planning.book import Decision, Link
from ..planning.subject import decision_key, subject_of, subject_text
from ..planning.text import printable
from ..report.columns import columns
from .config import read_config
from .exit_code import ExitCode
from .journal_copy import copied
from .json_form import decisions_json
from .options import DEFAULT, Options
from .printing import show


@contextmanager
def _opened(options: Options, *, copy: bool = False) -> Generator[SqliteJournal | None]:
    config = read_config(options.config, os.environ, needs_secrets=False)
    if not config.journal.exists():
        yield None
        return
    with ExitStack() as stack:
        used = stack.enter_context(copied(config)) if copy else config
        yield stack.enter_context(closing(open_journal(used.journal)))


def decisions(*, links: bool = False, options: Options = DEFAULT) -> ExitCode:
    """List the decisions in force, with who, when and why; calls no remote and needs no secret.

    Parameters
    ----------
    links
        List the confirmed links of lines to products too, those that a plan made included.
    """
    with _opened(options) as journal:
        found = journal.decisions() if journal else ()
        tied = journal.links() if journal and links else ()
    show(options, _text(found, tied), decisions_json(found, tied))
    return ExitCode.DONE


def links(*, options: Options = DEFAULT) -> ExitCode:
    """List the confirmed links of lines to products, with who and when; calls no remote and needs no secret."""
    with _opened(options) as journal:
        tied = journal.links() if journal else ()
    document = {"links": decisions_json((), tied)["links"]}
    show(options, _text((), tied) if tied else "no links", document)
    return ExitCode.DONE


def revoke(
    key: str, *, by: str = "", why: str = "", dry_run: bool = False, options: Options = DEFAULT
) -> ExitCode:
    """Take back a decision, and for a line its link; what was untied is asked about until decided anew.

    Parameters
    ----------
    key
        The key as decisions lists it; that of a line may be given as review shows it.
    by
        Who takes it back; the user of this machine unless stated.
    why
        The reason, kept on record.
    dry_run
        Say what would be taken back; take nothing back.
    """
    who = by or os.environ.get("USER", "")
    at = SystemClock().now()
    with _opened(options, copy=dry_run) as journal:
        keys = [named for named in (_canonical(key), f"line:{key}") if named]
        done = next((named for named in keys if journal and journal.revoke(named, at, who, why)), None)
    if done is None:
        raise Misuse(f"no decision or link in force for {printable(key)!r}; po-bridge decisions lists them")
    word = "would be taken back" if dry_run else "taken back"
    named = printable(subject_text(subject_of(done)))
    show(options, f"{word}: {named}", {"key": done, "dry_run": dry_run})
    return ExitCode.DONE


def _canonical(key: str) -> str:
    """Give the key as it is stored: a rule may be typed with its conditions in any order."""
    return decision_key(subject_of(key))


def _text(decisions: Sequence[Decision], links: Sequence[Link]) -> str:
    rows = [(one.key, _said(one), one.by, f"{one.at:%Y-%m-%d}", one.why) for one in decisions]
    rows += [(f"line:{one.line}", f"is {one.product_id}", one.by, f"{one.at:%Y-%m-%d}", "") for one in links]
    return "\n".join(columns(rows, heads=("key", "decided", "by", "on", "why"))) or "no decisions"


def _said(decision: Decision) -> str:
    if decision.choice is None:
        return decision.answer
    return f"{decision.choice.value} {decision.product_id}".rstrip()
