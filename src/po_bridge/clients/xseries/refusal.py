"""From an answer to an error, with the scope that a 403 asks for."""

from __future__ import annotations

from ...errors import RemoteError
from ...ports.exchange import Request, Response
from .._refusal import error_for
from .scope import scope_of


def error_of(request: Request, response: Response) -> RemoteError | None:
    """The error an answer stands for, None for success.

    ``Broken`` is everything that is neither success nor a plain no: then a write's outcome is not known.
    """
    scope = scope_of(request.method, request.what.partition(" ")[2])
    return error_for(request, response, f"the scope {scope}" if scope else "more rights")
