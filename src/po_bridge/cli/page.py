"""HTML reports of commands, with pictures where they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import RemoteError
from ..execution.clock import SystemClock
from ..execution.http import HttpSender
from ..execution.status import OrderStatus
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.timeline import Timeline
from ..ports.exchange import Request
from ..report import html_report
from .config import Config
from .printing import write_file


def write_page(
    path: Path,
    *,
    review: Review | None = None,
    plan: Plan | None = None,
    outcome: Outcome | None = None,
    status: Sequence[OrderStatus] | None = None,
    timeline: Timeline | None = None,
    notes: tuple[str, ...] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> None:
    """Write a report; raises ``MissingExtra`` without jinja2, Misuse where the file cannot be written."""
    page = html_report(
        made_at=SystemClock().now(),
        review=review,
        plan=plan,
        outcome=outcome,
        status=status,
        timeline=timeline,
        notes=notes,
        pictures=pictures,
    )
    write_file(path, page.encode())


def fetch_pictures(review: Review, config: Config) -> dict[str, bytes]:
    """Fetch the first picture of each style; one that cannot be had is left out.

    Only the hosts of the portals' own picture templates are asked, without credentials and without following
    redirects: the addresses come from documents that others write.
    """
    hosts = {_origin(portal.images) for portal in config.portals}
    wanted = {style.images[0] for style in review.styles.values() if style and style.images}
    sender = HttpSender(SystemClock())
    found: dict[str, bytes] = {}
    for address in sorted(one for one in wanted if _origin(one) in hosts):
        try:
            answer = sender.send(Request(method="GET", address=address))
        except RemoteError:
            continue
        if answer.status == 200:
            found[address] = answer.body
    sender.close()
    return found


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ("", "")
    return (parts.scheme, parts.netloc)
