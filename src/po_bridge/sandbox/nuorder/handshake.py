"""The hand-shake: initiate, approval by the admin, permanent token."""

from __future__ import annotations

import hmac

from ..message import Response
from .answer import unsigned
from .call import Call
from .state import Application, Grant, State

OUT_OF_BAND = "oob"
"""The callback that asks for a verifier shown to the admin."""


def initiate(call: Call) -> Response:
    """Give out a temporary token and put the application among the pending ones."""
    oauth = call.caller.authorization.values
    application = Application(
        token=call.state.new_secret(16),
        secret=call.state.new_secret(24),
        consumer_key=oauth["oauth_consumer_key"],
        name=oauth.get("application_name") or call.request.first("application_name") or "",
        callback=oauth.get("oauth_callback", OUT_OF_BAND),
    )
    call.state.applications[application.token] = application
    return Response.json(
        {
            "oauth_token": application.token,
            "oauth_token_secret": application.secret,
            "oauth_callback_confirmed": True,
        }
    )


def approve(state: State, token: str) -> str:
    """Approve a pending application and give its verification code; twice gives the same code.

    Raises KeyError for a token that no pending application has.
    """
    application = state.applications[token]
    application.verifier = application.verifier or state.new_secret(16)
    return application.verifier


def exchange(call: Call) -> Response:
    """Trade an approved temporary token and its verifier for a permanent token, once."""
    oauth = call.caller.authorization.values
    application = call.state.applications[oauth["oauth_token"]]
    given = oauth.get("oauth_verifier", "")
    if not given or not hmac.compare_digest(given.encode(), application.verifier.encode()):
        return unsigned()
    del call.state.applications[application.token]
    token, secret = call.state.new_secret(24), call.state.new_secret(64)
    call.state.grants[token] = Grant(consumer_key=application.consumer_key, secret=secret)
    return Response.json({"oauth_token": token, "oauth_token_secret": secret})
