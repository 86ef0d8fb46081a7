"""Each trouble gives an error that says who must do what; no secret shows anywhere, and nothing is written."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable, Generator
from typing import Any

import pytest
from attrs import evolve, frozen
from tests.acceptance.recorded import FIXTURES
from tests.acceptance.secrets import leaks, secrets_of, told_by, told_by_logs
from tests.stand import RECORDED, Stand, demo_plan, empty, seeded, served

from po_bridge import Bridge, Held
from po_bridge.errors import (
    AmbiguousNumber,
    BadDocument,
    CallerError,
    DocumentError,
    Forbidden,
    NotOffered,
    PoBridgeError,
    RemoteError,
    Unauthorized,
    UnknownOrder,
    Unreachable,
)
from po_bridge.execution.clock import SystemClock
from po_bridge.sandbox.seed import BRAND, DEMO_ORDER, SECOND_BRAND
from po_bridge.sandbox.xseries import ALL_SCOPES
from po_bridge.testing.subject import TrialClock

WRONG = "wr0ng-s3cr3t"


@pytest.fixture
def stand() -> Generator[Stand]:
    """The seeded shop, served over loopback."""
    with served(seeded(SystemClock())) as running:
        yield running


# --- the troubles ---------------------------------------------------------------------------------


def wrong_token_of_the_brand(stand: Stand) -> Bridge:
    """The secret of the portal's token was copied wrongly."""
    return stand.wire_bridge(source=stand.source(token_secret=WRONG))


def wrong_secret_of_the_application(stand: Stand) -> Bridge:
    """The consumer secret was copied wrongly."""
    return stand.wire_bridge(source=stand.source(consumer_secret=WRONG))


def wrong_token_of_the_store(stand: Stand) -> Bridge:
    """The personal token was copied wrongly."""
    return stand.wire_bridge(target=stand.target(token=WRONG))


def revoked_token_of_the_store(stand: Stand) -> Bridge:
    """The merchant ended the token."""
    stand.xseries.revoke(stand.token)
    return stand.wire_bridge()


def scope_to_read_is_missing(stand: Stand) -> Bridge:
    """The token may not read products."""
    _without(stand, "products:read")
    return stand.wire_bridge()


def brand_is_unreachable(stand: Stand) -> Bridge:
    """Nobody listens at the portal's address; the clock of the retries does not wait."""
    return stand.wire_bridge(source=stand.source(address=nobody_there()), clock=Hurried())


def store_is_unreachable(stand: Stand) -> Bridge:
    """Nobody listens at the store's address."""
    return stand.wire_bridge(target=stand.target(address=nobody_there()), clock=Hurried())


def token_with_a_line_end(stand: Stand) -> Bridge:
    """The token was read from a file with everything that stood there."""
    return stand.wire_bridge(target=stand.target(token=f"{stand.token}\n"))


def nothing_wrong(stand: Stand) -> Bridge:
    """Only the order that is asked for is the trouble."""
    return stand.wire_bridge()


class Hurried(SystemClock):
    """Tells the time and never sleeps."""

    def sleep(self, seconds: float) -> None:
        """Go on at once."""


def nobody_there() -> str:
    """An address where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


def _without(stand: Stand, scope: str) -> None:
    token = stand.xseries.state.tokens[stand.token]
    stand.xseries.state.tokens[stand.token] = evolve(token, scopes=ALL_SCOPES - {scope})


@frozen
class Trouble:
    """What is wrong, and what the error must say."""

    bridge: Callable[[Stand], Bridge]
    error: type[PoBridgeError]
    words: tuple[str, ...]
    asked: str = DEMO_ORDER
    calls: bool = True


TROUBLES = {
    "wrong brand token": Trouble(
        wrong_token_of_the_brand, Unauthorized, (BRAND, "connect the portal anew", "401")
    ),
    "wrong brand secret": Trouble(wrong_secret_of_the_application, Unauthorized, (BRAND, "admin", "clock")),
    "wrong store token": Trouble(
        wrong_token_of_the_store, Unauthorized, ("X-Series trial", "connect the store again")
    ),
    "revoked store token": Trouble(
        revoked_token_of_the_store, Unauthorized, ("connect the store again", "revoked")
    ),
    "missing read scope": Trouble(
        scope_to_read_is_missing, Forbidden, ("products:read", "connect the store again")
    ),
    "unreachable brand": Trouble(brand_is_unreachable, Unreachable, ("127.0.0.1", "check the address")),
    "unreachable store": Trouble(store_is_unreachable, Unreachable, ("127.0.0.1", "check the address")),
    "token with a line end": Trouble(
        token_with_a_line_end, CallerError, ("X-Series trial", "whoever configured")
    ),
    "unknown number": Trouble(
        nothing_wrong, UnknownOrder, ("999999", "NuORDER", "check the number"), "999999"
    ),
    "unknown key": Trouble(nothing_wrong, RemoteError, ("404", BRAND, "check the id"), f"{BRAND}/{'0' * 24}"),
    "unknown portal": Trouble(nothing_wrong, CallerError, ("'Nobody'", BRAND), "Nobody/1", calls=False),
    "two portals": Trouble(nothing_wrong, AmbiguousNumber, (BRAND, SECOND_BRAND, "ask for one of"), "240125"),
    "status not offered": Trouble(nothing_wrong, NotOffered, ("--any-status",), "240120"),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
def test_each_trouble_says_who_must_do_what(
    trouble: Trouble, stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    """The error is of its branch, names the place and what to do there; no secret shows, nothing is written."""
    caplog.set_level(logging.DEBUG)
    secrets = secrets_of(stand) | {WRONG}
    with trouble.bridge(stand) as bridge, pytest.raises(trouble.error) as caught:
        bridge.review(trouble.asked)
    for word in trouble.words:
        assert word in str(caught.value)
    texts = [*told_by(caught.value), *told_by_logs(caplog.records), repr(bridge), str(vars(bridge))]
    assert leaks(secrets, texts) == []
    assert bool(caplog.records) is trouble.calls, "the HTTP library logs its calls, or nothing was proven"
    assert stand.writes == ()


def test_a_refused_write_scope_holds_the_order_and_names_the_scope(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the right to write nothing is written; the order is held, and the outcome names the scope."""
    caplog.set_level(logging.DEBUG)
    with stand.wire_bridge() as bridge:
        plan = demo_plan(bridge, DEMO_ORDER)
        before = stand.xseries.digest()
        _without(stand, "products:write")
        token = stand.xseries.state.tokens[stand.token]
        scopes = token.scopes - {"consignments:write:stock_order", "suppliers:write"}
        stand.xseries.state.tokens[stand.token] = evolve(token, scopes=scopes)
        (outcome,) = bridge.apply(plan).orders.values()
        (row,) = bridge.status()
    assert isinstance(outcome, Held)
    mends = " ".join(cause.mend for cause in outcome.causes)
    assert "products:write" in mends
    assert "consignments:write:stock_order" in mends
    assert "connect the store again" in mends
    assert row.reasons == tuple(str(cause) for cause in outcome.causes)
    assert stand.xseries.digest() == before
    texts = [repr(outcome), str(row), repr(plan), *told_by_logs(caplog.records)]
    assert leaks(secrets_of(stand), texts) == []


# --- documents ------------------------------------------------------------------------------------


def spoiled() -> dict[str, Any]:
    """An order with five fields that cannot be read."""
    document: dict[str, Any] = json.loads((FIXTURES / "order_2023.json").read_text(encoding="utf-8"))
    document["status"] = "approved"
    document["created_on"] = "yesterday"
    document["currency_code"] = 12
    first = document["line_items"][0]
    del first["product"]["_id"]
    first["sizes"][0]["quantity"] = "many"
    document["line_items"][1]["sizes"][0]["price"] = "n/a"
    return document


def test_five_bad_fields_are_one_error_with_five_paths() -> None:
    """Every bad field of a document is told at once: where, what was seen, what was expected."""
    stand = empty(SystemClock())
    stand.nuorder.add_order(spoiled())
    with served(stand) as running, running.wire_bridge() as bridge, pytest.raises(BadDocument) as bad:
        bridge.review(f"{RECORDED}/{spoiled()['_id']}")
    found = {issue.path: (issue.seen, issue.expected) for issue in bad.value.issues}
    assert set(found) == {
        "$.created_on",
        "$.currency_code",
        "$.line_items[0].product._id",
        "$.line_items[0].sizes[0].quantity",
        "$.line_items[1].sizes[0].price",
    }
    assert isinstance(bad.value, DocumentError)
    assert found["$.line_items[0].sizes[0].quantity"][0] == "'many'"
    assert found["$.line_items[0].product._id"][0] == "nothing"
    assert all(expected for _, expected in found.values())
    for path, (seen, expected) in found.items():
        assert f"{path}: {seen}, expected {expected}" in str(bad.value)
    assert running.writes == ()


# --- values ---------------------------------------------------------------------------------------


def test_no_value_of_the_face_shows_a_secret(stand: Stand) -> None:
    """Bridge, adapters and everything they answer can be printed."""
    with stand.wire_bridge() as bridge:
        review = bridge.review(DEMO_ORDER)
        plan = demo_plan(bridge, DEMO_ORDER)
        outcome = bridge.apply(plan)
        values = (
            bridge,
            stand.source(),
            stand.target(),
            review,
            plan,
            outcome,
            bridge.orders(),
            bridge.status(),
        )
        texts = [form(value) for value in values for form in (repr, str)]
    assert leaks(secrets_of(stand), texts) == []


def chained(secret: str) -> None:
    """Raise an error that tells a secret only by what caused it."""
    try:
        int(f"header {secret}")
    except ValueError as inner:
        raise RuntimeError("no") from inner


def test_the_search_for_secrets_finds_one() -> None:
    """A secret in the chain of an error would be seen."""
    (secret, *_rest) = sorted(secrets_of(seeded(TrialClock())))
    with pytest.raises(RuntimeError) as caught:
        chained(secret)
    assert leaks({secret}, told_by(caught.value))
    assert not leaks({"another"}, told_by(caught.value))
