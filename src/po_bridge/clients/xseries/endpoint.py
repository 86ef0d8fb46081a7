"""The token endpoint; its version stays 1.0 whatever the API's.

Source: the vendor's authorization guide; form encoded.
"""

from __future__ import annotations

from typing import Final

from .._token_call import TokenEndpoint

TOKEN_PATH: Final = "/api/1.0/token"  # noqa: S105  # a path
"""Where codes and refresh tokens are exchanged."""


def endpoint_of(base: str, label: str) -> TokenEndpoint:
    """Make the endpoint of a store's host."""
    return TokenEndpoint(address=f"{base}{TOKEN_PATH}", label=label)
