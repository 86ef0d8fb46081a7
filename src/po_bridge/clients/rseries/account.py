"""Names of accounts."""

from __future__ import annotations


def account_of(account_id: str) -> str:
    """Name of an account's store, under which its tokens are kept too."""
    return f"r-series:{account_id}"
