"""From an answer to an error.

There is no machine-readable error code: the few messages that are known say who must do what.
"""

from __future__ import annotations

from typing import Final

from ...errors import Busy, Refused, RemoteError
from ...ports.exchange import Request, Response
from .._refusal import error_for
from .rights import right_of

_LATER: Final = "please try again later"
_TAKEN: Final = "already exists"
_CODES: Final = frozenset({400, 409, 422})


def error_of(request: Request, response: Response) -> RemoteError | None:
    """The error an answer stands for, None for success.

    ``Broken`` is everything that is neither success nor a plain no: then a write's outcome is not known.
    """
    right = right_of(request.method, request.what)
    rights = f"an employee and a scope that have the right {right}" if right else "more rights"
    error = error_for(request, response, rights)
    if not isinstance(error, Refused) or error.status not in _CODES:
        return error
    if _LATER in error.words.lower():
        mend = "wait until the store takes calls again"
        return Busy(error.system, error.status, error.words, what=error.what, mend=mend, again=True)
    if _TAKEN in error.words.lower():
        mend = "another product of the store has this code or name: link the line to it, or change it there"
        return Refused(error.system, error.status, error.words, what=error.what, mend=mend)
    return error
