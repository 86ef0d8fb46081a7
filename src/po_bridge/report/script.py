"""The one script of a report: it finds rows by words; the page is complete without it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache

from .environment import source_of

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@cache
def filter_script() -> str:
    """The script's text; it holds nothing foreign."""
    return source_of("filter.js")


def policy(script: str) -> str:
    """The content security policy of a page: nothing is fetched, and no script runs but exactly this one."""
    if not script:
        return _POLICY
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return f"{_POLICY}; script-src 'sha256-{digest}'"
