"""Connecting a store: consent, code, tokens kept before use, rights told in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.clients.xseries.script import Answer, Script, html, reply
from tests.clients.xseries.store import Store

from po_bridge.clients.xseries import Application, Begun, Granted, Right, granted, redeem
from po_bridge.clients.xseries.preflight import UNTRIED
from po_bridge.clients.xseries.scope import ASKED
from po_bridge.errors import Broken, Misuse, Unauthorized, Unreachable
from po_bridge.journal.memory_tokens import MemoryTokens
from po_bridge.sandbox import Request as Asked
from po_bridge.sandbox.message import Response as Answered
from po_bridge.sandbox.xseries import ALL_SCOPES, Goods

APPLICATION = Application(client_id="client", client_secret="top-secret")
REDIRECT = "http://127.0.0.1:8080/callback"
STATE = "a-state-of-length"
GOOD = {
    "access_token": "access1",
    "refresh_token": "refresh1",
    "expires": 1788587325,
    "domain_prefix": "example",
    "scope": " ".join(ASKED),
}


def begun(**choices: Any) -> Begun:
    """A connection that waits for consent."""
    plain: dict[str, Any] = {"application": APPLICATION, "redirect": REDIRECT, "state": STATE}
    return Begun(**(plain | choices))


def consent(store: Store, attempt: Begun) -> str:
    """The merchant agrees; gives the address the browser ends at."""
    answer = store.sandbox.handle(Asked(method="GET", address=attempt.authorise_address))
    assert isinstance(answer, Answered)
    assert answer.status == 302
    return answer.headers["location"]


def test_address_holds_state_and_exact_scopes() -> None:
    """The merchant is asked for what po_bridge uses and for nothing else."""
    address = urlsplit(begun().authorise_address)
    assert (
        f"{address.scheme}://{address.netloc}{address.path}" == "https://secure.retail.lightspeed.app/connect"
    )
    assert parse_qs(address.query) == {
        "response_type": ["code"],
        "client_id": ["client"],
        "redirect_uri": [REDIRECT],
        "state": [STATE],
        "scope": [" ".join(ASKED)],
    }


@pytest.mark.parametrize("choices", [{"state": "short"}, {"scopes": ()}], ids=["short state", "no scope"])
def test_what_the_vendor_declines_is_refused_at_once(choices: dict[str, Any]) -> None:
    """A state below 8 characters and a request without scopes are declined, so they are never sent."""
    with pytest.raises(Misuse):
        begun(**choices)


def test_whole_flow_against_the_store() -> None:
    """Consent, code, tokens in the store of tokens; the adapter signs with them at once."""
    store = Store()
    store.sandbox.add_client("client", "top-secret", REDIRECT)
    attempt, tokens = begun(address="https://example.retail.lightspeed.app"), MemoryTokens()
    connected = store.drive(redeem(attempt, granted(attempt, consent(store, attempt)), tokens))
    assert (connected.domain_prefix, connected.account) == ("example", "x-series:example")
    assert connected.lacking == ()
    assert connected.scopes is not None
    assert set(connected.scopes) == set(ASKED)
    target = store.adapter(tokens=tokens, application=APPLICATION)
    assert store.drive(target.facts()).currency == "USD"
    kept = tokens.load(connected.account)
    assert kept is not None
    assert set(kept) == {"access_token", "refresh_token", "expires", "scope"}


def test_code_is_good_once() -> None:
    """A code that was used is refused, and what was kept before stays."""
    store, tokens = Store(), MemoryTokens()
    store.sandbox.add_client("client", "top-secret", REDIRECT)
    attempt = begun(address="https://example.retail.lightspeed.app")
    allowed = granted(attempt, consent(store, attempt))
    store.drive(redeem(attempt, allowed, tokens))
    kept = tokens.load("x-series:example")
    with pytest.raises(Unauthorized, match="begin again"):
        store.drive(redeem(attempt, allowed, tokens))
    assert tokens.load("x-series:example") == kept


@pytest.mark.parametrize(
    "callback",
    [
        f"{REDIRECT}?code=c&domain_prefix=example&state={STATE}",
        f"  code=c&domain_prefix=Example&state={STATE}#_  ",
    ],
    ids=["address", "query"],
)
def test_callback_is_pasted_either_way(callback: str) -> None:
    """A merchant pastes the whole address or what stands behind its question mark."""
    assert granted(begun(), callback) == Granted(code="c", domain_prefix="example")


@pytest.mark.parametrize(
    "callback",
    [
        "code=c&domain_prefix=example",
        "code=c&domain_prefix=example&state=another-attempt",
        f"domain_prefix=example&state={STATE}",
        f"code=c&state={STATE}",
        f"code=c&domain_prefix=evil.example/x&state={STATE}",
        f"code=c&domain_prefix=evil%2Eexample%23&state={STATE}",
        f"code=c&domain_prefix=a@b&state={STATE}",
        "",
    ],
    ids=["no state", "other state", "no code", "no store", "path", "fragment", "user", "nothing"],
)
def test_callback_that_is_not_ours_is_refused(callback: str) -> None:
    """Neither another attempt's callback nor a store name that is no host label leads our secret anywhere."""
    with pytest.raises(Misuse) as raised:
        granted(begun(), callback)
    assert STATE not in str(raised.value)


def test_declined_consent_is_told() -> None:
    """A merchant who does not agree is asked again by a person."""
    with pytest.raises(Unauthorized, match="access_denied"):
        granted(begun(), f"error=access_denied&state={STATE}")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (reply({"error": "invalid_grant"}, 400), Unauthorized, "begin again"),
        (reply({"error": "invalid_client"}, 401), Unauthorized, "client id and secret"),
        (reply({"error": "Too Many Requests"}, 429), Broken, "no token in the answer"),
        (html(502), Broken, "no token in the answer"),
        (html(200), Broken, "no token in the answer"),
        (reply([1]), Broken, "no token in the answer"),
        (reply({"refresh_token": "refresh1"}), Broken, "no token for this store"),
        (reply(GOOD | {"domain_prefix": "other"}), Broken, "no token for this store"),
        (Unreachable("example", "reset", sent=True), Unreachable, "reset"),
    ],
    ids=["used", "client", "busy", "proxy", "no JSON", "no object", "no token", "other store", "lost"],
)
def test_failed_exchange_keeps_nothing(answer: Answer, error: type[Exception], words: str) -> None:
    """Without tokens of this very store nothing is kept and no secret is quoted; the code is sent once."""
    script, tokens = Script([answer]), MemoryTokens()
    with pytest.raises(error, match=words) as raised:
        script.run(redeem(begun(), Granted(code="the-code", domain_prefix="example"), tokens))
    assert tokens.load("x-series:example") is None
    assert [ask.once for ask in script.asked] == [True]
    told = str(raised.value) + repr(vars(raised.value)) + repr(begun())
    assert [text for text in ("the-code", "top-secret", "refresh1", "access1", STATE) if text in told] == []


def test_scopes_that_were_not_given_are_named() -> None:
    """A merchant's account may give less than was asked for."""
    fewer = [scope for scope in ASKED if scope != "suppliers:write"]
    script = Script([reply(GOOD | {"scope": " ".join(fewer)})])
    connected = script.run(redeem(begun(), Granted(code="c", domain_prefix="example"), MemoryTokens()))
    assert connected.lacking == ("suppliers:write",)


def test_scopes_that_are_not_told_are_unknown() -> None:
    """An answer without scopes does not mean that none were given."""
    silent = {name: value for name, value in GOOD.items() if name != "scope"}
    script = Script([reply(silent)])
    connected = script.run(redeem(begun(), Granted(code="c", domain_prefix="example"), MemoryTokens()))
    assert (connected.scopes, connected.lacking) == (None, ())


# --- preflight


def looked(store: Store, scopes: frozenset[str] | None = None) -> dict[str, tuple[Right, str]]:
    """Look at a store with the token of an application, or with its personal one."""
    target = store.target
    if scopes is not None:
        store.sandbox.add_client("client", "top-secret", REDIRECT)
        pair = store.sandbox.add_pair("client", scopes)
        values = {
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
            "scope": " ".join(scopes),
        }
        kept = MemoryTokens({"x-series:example": values})
        target = store.adapter(tokens=kept, application=APPLICATION)
    store.forget()
    found = store.drive(target.preflight())
    assert store.writes == 0
    assert {request.method for request in store.asked} == {"GET"}
    assert found.ready is all(trial.right is not Right.MISSING for trial in found.trials)
    assert str(found).count("\n") == len(found.trials)
    return {trial.what: (trial.right, trial.words) for trial in found.trials}


def test_exact_scopes_are_enough() -> None:
    """What is asked for is what every read and write needs: nothing is missing, five reads are made."""
    store = Store()
    found = looked(store, frozenset(ASKED))
    assert {right for right, _ in found.values()} == {Right.WORKS}
    assert store.calls == 5


@pytest.mark.parametrize("scope", ASKED)
def test_each_missing_scope_is_named(scope: str) -> None:
    """One scope less, and exactly one trial says which."""
    found = looked(Store(), frozenset(ASKED) - {scope})
    missing = [words for right, words in found.values() if right is Right.MISSING]
    assert len(missing) == 1
    assert scope in missing[0]


def test_rights_of_a_personal_token_show_with_the_first_write() -> None:
    """Nobody tells what a personal token may write; reading is tried."""
    found = looked(Store())
    unknown = {what: words for what, (right, words) in found.items() if right is Right.UNKNOWN}
    assert {words for what, words in unknown.items() if what.startswith("write")} == {UNTRIED}
    assert set(unknown) == {
        "read costs",
        "write products, brands, tags and pictures",
        "write suppliers",
        "write purchase orders",
    }


def test_cost_of_a_product_proves_the_right() -> None:
    """A personal token that shows a supply price may read costs."""
    store = Store()
    store.sandbox.add_product(Goods(name="Coat", codes=("C1",), supply_price="10"))
    assert looked(store)["read costs"][0] is Right.WORKS


def test_revoked_token_is_told_in_every_read() -> None:
    """A store that takes no token at all is not ready, and the words say to connect again."""
    store = Store()
    store.sandbox.revoke(store.furniture.token)
    found = looked(store)
    assert [what for what, (right, _) in found.items() if right is Right.MISSING] == [
        "read the store's settings",
        "read outlets",
        "read products",
        "read suppliers",
        "read purchase orders",
    ]
    assert all(
        "connect the store again" in words for right, words in found.values() if right is Right.MISSING
    )


def test_scopes_are_known_to_the_store() -> None:
    """No scope is asked for that the vendor does not know."""
    assert set(ASKED) <= ALL_SCOPES
