"""What a script can tell from how a command ended."""

from __future__ import annotations

from enum import IntEnum

from ..errors import (
    CallerError,
    ForeignPlan,
    LeaseHeld,
    LeaseLost,
    OpenQuestions,
    PoBridgeError,
    RemoteError,
    StalePlan,
    UsedPlan,
)


class ExitCode(IntEnum):
    """Exit codes of every command; a number never changes its meaning."""

    DONE = 0
    """Done, and nothing is left to look at."""
    ATTENTION = 1
    """A person must look: an open question that stops something, an order that is not synced."""
    MISUSE = 2
    """The command, its arguments or its configuration make no sense; nothing was done."""
    REMOTE = 3
    """A remote system refused, is busy, cannot be reached or talks nonsense."""
    PLAN = 4
    """The plan is stale, foreign or used, or another worker holds the order; review and plan again."""
    UNREADABLE = 5
    """A document of the brand, a plan file or the journal cannot be read."""
    STOPPED = 130
    """Stopped by Ctrl-C; what was begun is in the journal, ``resume`` goes on."""


MEANINGS = {
    ExitCode.DONE: "done, nothing is left to look at",
    ExitCode.ATTENTION: "a person must look: open questions, or an order that is not synced",
    ExitCode.MISUSE: "the command, its arguments or its configuration make no sense",
    ExitCode.REMOTE: "a remote system refused, is busy or cannot be reached",
    ExitCode.PLAN: "the plan is stale, foreign or used, or another worker holds the order",
    ExitCode.UNREADABLE: "a document of the brand, a plan file or the journal cannot be read",
    ExitCode.STOPPED: "stopped by Ctrl-C; resume goes on",
}
"""The same for people; ``po-bridge --help`` shows them."""

ATTENTION_OF = {
    "review, plan, decide": "an open question stops an order or a line",
    "apply, resume, publish": "an order is not synced: it differs, is held or halted",
    "undo": "something could not be taken back, or undo must be run again",
    "status": "an order is on the way or needs attention",
    "changed": "an order moved on with the brand",
    "watch": "something about the order is to be looked at",
    "plan diff": "the two plans differ",
    "journal check": "something is wrong with the journal",
    "connect": "a consent or code is waited for, or something is missing",
    "doctor": "something is to be looked at",
    "demo": "a promise is not kept",
}
"""What 1 means, by command; every other command does not end with it."""


def code_of(error: PoBridgeError) -> ExitCode:
    """Tell how a command ends that raised an error."""
    match error:
        case OpenQuestions():
            return ExitCode.ATTENTION
        case ForeignPlan() | UsedPlan() | StalePlan() | LeaseHeld() | LeaseLost():
            return ExitCode.PLAN
        case CallerError():
            return ExitCode.MISUSE
        case RemoteError():
            return ExitCode.REMOTE
        case _:
            return ExitCode.UNREADABLE
