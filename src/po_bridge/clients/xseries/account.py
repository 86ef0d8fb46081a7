"""Names of stores."""

from __future__ import annotations


def account_of(domain_prefix: str) -> str:
    """Name of a store, under which its tokens are kept too."""
    return f"x-series:{domain_prefix}"
