"""One signed question and its answer."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlencode

from ...errors import Broken, Busy, Refused, Unauthorized
from ...ports.exchange import Exchange, Request, call
from .answer import Answer, Document, read_answer
from .habits import Habits
from .portal import Portal
from .scheme import Scheme
from .signing import Pairs, auth

BAD_SIGNATURE: Final = "signature is not correct"
"""The vendor's words for a signature it does not accept, in lower case."""


def path(*segments: str) -> str:
    """Join segments to a path below ``/api``, each percent-encoded."""
    return "/api/" + "/".join(_encoded(segment) for segment in segments)


def ask(
    portal: Portal, where: str, habits: Habits, *, extra: Pairs = (), once: bool = False
) -> Exchange[Answer]:
    """Read one path, signed by the scheme that worked last.

    Where the signature is refused and none was accepted before, the other scheme is tried once;
    what is accepted is remembered.
    *once* is for the hand-shake: no driver sends it again, and no error repeats a good answer.
    Raises as ``read_answer``.
    """
    scheme = habits.scheme(portal)
    try:
        return (yield from _asked(portal, where, habits, scheme, extra, once=once))
    except Unauthorized as refused:
        if habits.settled(portal) or BAD_SIGNATURE not in refused.words.lower():
            raise
        first = refused
    try:
        return (yield from _asked(portal, where, habits, scheme.other, extra, once=once))
    except Unauthorized:
        # Neither fits, so the scheme is not the reason; what was said of the configured one is to be read.
        raise first from None


def read(portal: Portal, where: str, habits: Habits) -> Exchange[Any]:
    """Read the JSON document at a path; raises as ``read_answer``, and ``Broken`` where there is none."""
    answer = yield from ask(portal, where, habits)
    if isinstance(answer, Document):
        return answer.value
    raise Broken(portal.label, 304, "no document in the answer", what=f"GET {where}")


def read_query(portal: Portal, where: str, query: Pairs, habits: Habits) -> Exchange[Any]:
    """Read the JSON document at a path with a query, signed by RFC 5849; raises as ``read``.

    The vendor's own scheme leaves queries out and is refused for them, so there is no other scheme to try.
    """
    address = f"{where}?{urlencode(query)}"
    answer = yield from _asked(portal, address, habits, Scheme.RFC5849, (), once=False)
    if isinstance(answer, Document):
        return answer.value
    raise Broken(portal.label, 304, "no document in the answer", what=f"GET {where}")


def _asked(
    portal: Portal, where: str, habits: Habits, scheme: Scheme, extra: Pairs, *, once: bool
) -> Exchange[Answer]:
    request = Request(
        method="GET",
        address=portal.address + where,
        headers={"accept": "application/json"},
        auth=auth(scheme, portal.credentials, extra),
        system=portal.label,
    )
    response = yield from call(request, writes=once)
    try:
        answer = read_answer(portal, request, response, hide=once)
    except (Unauthorized, Busy):
        raise
    except Refused:
        # The remote knew who asks, so the signature was accepted.
        habits.settle(portal, scheme)
        raise
    habits.settle(portal, scheme)
    return answer


def _encoded(segment: str) -> str:
    # Dots alone would walk up the path.
    return segment.replace(".", "%2E") if segment in {".", ".."} else quote(segment, safe="")
