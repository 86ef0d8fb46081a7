"""The smallest emulator: it counts the requests that reached it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from po_bridge.sandbox import Dropped, Fault, FaultScript, Front, Request, Response


class Echo:
    """Answers each request with its number, method, path and the length of its body."""

    def __init__(self, *faults: Fault) -> None:
        self.now = datetime(2026, 8, 3, tzinfo=UTC)
        self.seen: list[Request] = []
        self.front = Front(serve=self._serve, clock=lambda: self.now, faults=FaultScript(faults))

    def handle(self, request: Request) -> Response | Dropped:
        """Answer one request."""
        return self.front.handle(request)

    def tick(self, seconds: float) -> None:
        """Move the clock."""
        self.now += timedelta(seconds=seconds)

    def _serve(self, request: Request) -> Response:
        self.seen.append(request)
        return Response.json(
            {"n": len(self.seen), "method": request.method, "path": request.path, "length": len(request.body)}
        )


def get(path: str = "/a", method: str = "GET") -> Request:
    """Write a request without a body."""
    return Request(method=method, address=f"http://echo.test{path}")
