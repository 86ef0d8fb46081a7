"""The token endpoint.

Source: the vendor's authentication pages; JSON is the documented body, and a refresh names no scope.
"""

from __future__ import annotations

from typing import Final

from .._token_call import TokenEndpoint

CLOUD: Final = "https://cloud.lightspeedapp.com"
"""Host of consent and tokens, the same for every account."""
API: Final = "https://api.lightspeedapp.com"
"""Host of the API, the same for every account."""


def endpoint_of(address: str | None, label: str) -> TokenEndpoint:
    """Make the endpoint; *address* stands in place of the vendor's host, as of a sandbox."""
    host = (address or CLOUD).rstrip("/")
    return TokenEndpoint(address=f"{host}/auth/oauth/token", label=label, json=True)
