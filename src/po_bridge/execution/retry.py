"""Reads are sent again by tenacity; writes never are.

A read is repeated after a network error, 429 and 5xx, with back-off, the remote's own ``Retry-After`` and a deadline.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from attrs import field, frozen
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    retry_if_result,
)
from tenacity.wait import wait_random_exponential

from ..errors import Unreachable
from ..ports.clock import Clock
from ..ports.exchange import Response
from ..ports.retry_after import retry_after

AGAIN = frozenset({429, 500, 502, 503, 504})


def _come_again(response: Response) -> bool:
    return response.status in AGAIN


def _last(state: RetryCallState) -> Response:
    outcome = state.outcome
    if outcome is None:
        raise RuntimeError("tenacity called back before the first attempt")
    response: Response = outcome.result()
    return response


@frozen(kw_only=True)
class RetryPolicy:
    """How often and how long a read is tried."""

    attempts: int = 5
    """Attempts in all."""
    deadline: float = 900.0
    """Seconds after which no further attempt starts."""
    longest: float = 30.0
    """Longest back-off in seconds; a remote's own Retry-After may be longer."""
    clock: Clock = field(repr=False)
    """Waits between attempts."""

    def _pause(self, state: RetryCallState) -> float:
        outcome = state.outcome
        backoff = wait_random_exponential(multiplier=0.5, max=self.longest)(state)
        if outcome is None or outcome.failed:
            return backoff
        response: Response = outcome.result()
        moment = retry_after(response.headers, response.at) if response.at else None
        if moment is None:
            return backoff
        return max((moment - self.clock.now()).total_seconds(), 0.0) + 0.05

    def _settings(self) -> dict[str, Any]:
        end = self.clock.now() + timedelta(seconds=self.deadline)

        def enough(state: RetryCallState) -> bool:
            """Whether all attempts were made, or the next would start after the deadline."""
            return (
                state.attempt_number >= self.attempts
                or self.clock.now() + timedelta(seconds=state.upcoming_sleep) > end
            )

        return {
            "retry": retry_if_exception_type(Unreachable) | retry_if_result(_come_again),
            "stop": enough,
            "wait": self._pause,
            "retry_error_callback": _last,
        }

    def read(self, send: Callable[[], Response], sleep: Callable[[float], None] | None = None) -> Response:
        """Send a read until it is answered; the last answer or error where it never is.

        *sleep* waits between attempts, in the place of the clock.
        """
        response: Response = Retrying(sleep=sleep or self.clock.sleep, **self._settings())(send)
        return response

    async def aread(
        self,
        send: Callable[[], Awaitable[Response]],
        sleep: Callable[[float], Awaitable[None]] | None = None,
    ) -> Response:
        """The same without blocking the event loop."""

        async def once() -> Response:
            # tenacity awaits coroutine functions only, and would take any other callable's awaitable for the answer
            return await send()

        response: Response = await AsyncRetrying(sleep=sleep or self.clock.asleep, **self._settings())(once)
        return response
