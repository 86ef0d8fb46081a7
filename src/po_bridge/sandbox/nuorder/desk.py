"""The admin's page of pending applications, for callers that only have the wire.

The vendor has a web page here; these two paths are ours: `GET /desk/applications`, and
`POST /desk/applications/{token}/approve`, which answers with the verification code.
"""

from __future__ import annotations

from ..message import Request, Response
from .answer import not_found
from .handshake import approve
from .state import State

PATH = "/desk/applications"
"""Where the desk is; nobody has to sign."""


def serve_desk(request: Request, state: State) -> Response:
    """List the pending applications, or approve one."""
    if request.method == "GET" and request.path == PATH:
        return Response.json(
            [
                {"application_name": each.name, "oauth_token": each.token, "approved": bool(each.verifier)}
                for each in state.applications.values()
            ]
        )
    token, _, verb = request.path.removeprefix(f"{PATH}/").partition("/")
    if request.method != "POST" or verb != "approve" or token not in state.applications:
        return not_found("application")
    return Response.json({"oauth_verifier": approve(state, token)})
