"""How the vendor counts calls (its rate limit guide): by retailer and application, in windows of 300 seconds."""

from __future__ import annotations

from typing import Final

from ...models.bucket import Bucket
from .._token import Application

WINDOW: Final = 300.0
"""Seconds of a window."""

_ONE_REGISTER: Final = 350
"""300 calls for each register and 50 more: no store has fewer, and the first answer tells the store's own number."""


def bucket_of(store: str, application: Application | None, window: float) -> Bucket:
    """Make the bucket of a store; a personal token is an application of its own, and has no id."""
    return Bucket(
        name=f"{store} {application.client_id}" if application else store,
        limit_header="x-ratelimit-limit",
        left_header="x-ratelimit-remaining",
        window=window,
        size=_ONE_REGISTER,
    )
