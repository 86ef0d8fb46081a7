"""Every problem po_bridge reports, branched by who must act.

::

    PoBridgeError
    ├── CallerError      the program that calls po_bridge used it wrongly
    ├── DocumentError    the sender of a document wrote something we cannot read
    ├── RemoteError      a remote system refused, is busy, is gone or talks nonsense
    └── OperatorError    a person must look: stale plan, held lease, damaged journal

Attributes come first, the message is derived from them.
"""

from __future__ import annotations

from .caller import (
    AmbiguousNumber,
    ForeignPlan,
    MissingExtra,
    Misuse,
    NotOffered,
    OpenQuestions,
    UnknownOrder,
    UsedPlan,
)
from .document import BadDocument, Issue
from .operator import CacheDamaged, JournalDamaged, LeaseHeld, LeaseLost, StalePlan
from .remote import Broken, Busy, Forbidden, NotFound, Refused, Unauthorized, Unreachable, remote_words
from .root import CallerError, DocumentError, OperatorError, PoBridgeError, RemoteError

__all__ = [
    "AmbiguousNumber",
    "BadDocument",
    "Broken",
    "Busy",
    "CacheDamaged",
    "CallerError",
    "DocumentError",
    "Forbidden",
    "ForeignPlan",
    "Issue",
    "JournalDamaged",
    "LeaseHeld",
    "LeaseLost",
    "MissingExtra",
    "Misuse",
    "NotFound",
    "NotOffered",
    "OpenQuestions",
    "OperatorError",
    "PoBridgeError",
    "Refused",
    "RemoteError",
    "StalePlan",
    "Unauthorized",
    "UnknownOrder",
    "Unreachable",
    "UsedPlan",
    "remote_words",
]
