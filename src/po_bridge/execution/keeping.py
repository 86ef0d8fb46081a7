"""Keeps what is held, as a lease, while an exchange calls and waits."""

from __future__ import annotations

from typing import Any, TypeVar

from attrs import evolve

from ..ports.exchange import All, Ask, Call, Exchange, Keep

T = TypeVar("T")


def kept(exchange: Exchange[T], keep: Keep) -> Exchange[T]:
    """The same exchange; *keep* runs before each of its calls, and while a driver waits long to send one.

    What *keep* raises is thrown into the exchange, and the call is not sent.
    """
    answer: Any = None
    error: BaseException | None = None
    while True:
        try:
            ask = exchange.throw(error) if error else exchange.send(answer)
        except StopIteration as stop:
            result: T = stop.value
            return result
        answer, error = None, None
        try:
            if isinstance(ask, Call):
                yield from keep()
            answer = yield keeping(ask, keep)
        except BaseException as raised:  # noqa: BLE001  # handed on, as the drivers do
            error = raised


def keeping(ask: Ask, keep: Keep) -> Ask:
    """The ask with what keeps while it waits, unless it has its own; in each of several side by side."""
    match ask:
        case Call():
            return ask if ask.keep is not None else evolve(ask, keep=keep)
        case All():
            return evolve(ask, exchanges=tuple(kept(exchange, keep) for exchange in ask.exchanges))
        case _:
            return ask
