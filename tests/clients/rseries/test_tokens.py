"""Tokens: rotation through the shared keyring, the hand-shake, and what each refusal means."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from attrs import evolve
from tests.clients.rseries.store import ACCOUNT, Store, step_of
from tests.clients.xseries.script import html, reply, talk

from po_bridge.clients.rseries import Application, Begun, Right, RSeries, granted, redeem
from po_bridge.clients.rseries.connect import claims_of
from po_bridge.errors import Broken, Busy, Forbidden, Misuse, NotFound, Refused, Unauthorized
from po_bridge.journal.memory_tokens import MemoryTokens
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Kind, Slot
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.write import CreateSupplier
from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.rseries import ErrorBody, Switches

APPLICATION = Application(client_id="client", client_secret="top-secret")
NAME = f"r-series:{ACCOUNT}"
VENDOR = CreateSupplier(slot=Slot(kind=Kind.SUPPLIER, name="fern"), name="Fern")


class Connected:
    """An account whose tokens are kept and refreshed."""

    def __init__(self, **switches: object) -> None:
        self.store = Store(switches=Switches(**switches), checked=False)  # type: ignore[arg-type]  # as named
        self.store.sandbox.add_client("client", "top-secret", "https://shop.example/back")
        pair = self.store.sandbox.add_pair("client")
        kept = {"access_token": pair.access_token, "refresh_token": pair.refresh_token}
        self.tokens = MemoryTokens({NAME: kept})
        self.store.target = self.adapter()

    def adapter(self) -> RSeries:
        """An adapter of the application."""
        return self.store.adapter(tokens=self.tokens, application=APPLICATION)

    @property
    def kept(self) -> dict[str, str]:
        """What is stored."""
        return dict(self.tokens.load(NAME) or {})


@pytest.mark.parametrize("old_dies", [False, True], ids=["old token lives on", "old token dies"])
def test_an_expired_token_is_renewed_stored_and_used(old_dies: bool) -> None:
    """A read goes on with the fresh pair, which was stored first; its end is told as seconds from now."""
    shop = Connected(old_access_dies=old_dies)
    before = shop.kept
    shop.store.clock.sleep(3700)
    page = shop.store.drive(shop.store.target.changes(Collection.TAGS, ""))
    assert not page.more
    after = shop.kept
    assert {before["access_token"], before["refresh_token"]}.isdisjoint(after.values())
    ends = shop.store.clock.now() + timedelta(seconds=3600)
    assert int(after["expires"]) == int(ends.timestamp())
    refresh = next(request for request in shop.store.asked if "/auth/oauth/token" in request.address)
    assert b'"grant_type":"refresh_token"' in refresh.body
    assert b"scope" not in refresh.body


def test_a_write_that_meets_an_expired_token_may_be_sent_again() -> None:
    """The refusal is certain, the token is fresh, and the runner sends the step as a new attempt."""
    shop = Connected()
    shop.store.clock.sleep(3700)
    with pytest.raises(Unauthorized) as refused:
        shop.store.perform(VENDOR)
    assert refused.value.again
    assert isinstance(shop.store.perform(VENDOR), Receipt)
    assert len(shop.store.sandbox.state.vendors) == 1


def test_a_revoked_connection_says_connect_again() -> None:
    """A merchant took the access back: nobody but he can give it."""
    shop = Connected()
    shop.store.sandbox.revoke(shop.kept["access_token"])
    with pytest.raises(Unauthorized, match="connect the store again") as refused:
        shop.store.perform(VENDOR)
    assert not refused.value.again


def test_an_access_token_alone_is_not_renewed() -> None:
    """It ends within the hour, and says so."""
    store = Store(checked=False)
    store.target = store.adapter(token="wrong")
    with pytest.raises(Unauthorized):
        store.perform(VENDOR)


@pytest.mark.parametrize(
    "choices",
    [{}, {"token": "a", "tokens": MemoryTokens()}, {"token": "a", "account_id": "12a"}],
    ids=["no token", "both", "no account id"],
)
def test_an_adapter_that_cannot_work_is_not_made(choices: dict[str, object]) -> None:
    """Either token or store of tokens, and an account id of digits."""
    with pytest.raises(Misuse):
        RSeries(**{"account_id": ACCOUNT, **choices})  # type: ignore[arg-type]  # wrong on purpose


# --- the hand-shake ---------------------------------------------------------------------------


def test_the_hand_shake_keeps_tokens_under_the_account_that_they_name() -> None:
    """Consent, callback and exchange end in tokens that work; the token itself names the account."""
    store = Store(checked=False)
    store.sandbox.add_client("client", "top-secret", "https://shop.example/back")
    begun = Begun(application=APPLICATION, state="guessed-by-nobody", address="https://pos.test")
    asked = parse_qs(urlsplit(begun.authorise_address).query)
    assert asked["scope"][0].split() == list(begun.scopes)
    answer, _ = _visit(store, begun.authorise_address)
    consent = granted(begun, answer)
    tokens = MemoryTokens()
    connected = store.drive(redeem(begun, consent, tokens))
    assert (connected.account_id, connected.account, connected.lacking) == (ACCOUNT, NAME, ())
    assert tokens.load(NAME) is not None
    store.target = store.adapter(tokens=tokens, application=APPLICATION)
    assert isinstance(store.perform(VENDOR), Receipt)
    with pytest.raises(Unauthorized, match="code"):
        store.drive(redeem(begun, consent, tokens))


def _visit(store: Store, address: str) -> tuple[str, int]:

    answer = store.sandbox.handle(Request(method="GET", address=address))
    assert isinstance(answer, Response)
    return answer.headers["location"], answer.status


@pytest.mark.parametrize(
    ("callback", "error"),
    [
        ("https://shop.example/back?code=c&state=other", Misuse),
        ("https://shop.example/back?state=guessed-by-nobody", Misuse),
        ("https://shop.example/back?error=access_denied&state=guessed-by-nobody", Unauthorized),
    ],
    ids=["another attempt", "no code", "declined"],
)
def test_a_callback_without_consent_is_refused(callback: str, error: type[Exception]) -> None:
    """What belongs to another attempt, holds no code or says no is not exchanged."""
    begun = Begun(application=APPLICATION, state="guessed-by-nobody")
    with pytest.raises(error):
        granted(begun, callback)


@pytest.mark.parametrize(
    "answer",
    [html(), reply({"access_token": "no.jwt"}), reply({"access_token": "a.e30.c", "refresh_token": "r"})],
    ids=["a page", "no token of theirs", "no account in it"],
)
def test_an_answer_without_an_account_keeps_nothing(answer: object) -> None:
    """Nothing is stored under a guessed name."""
    begun = Begun(application=APPLICATION, state="guessed-by-nobody")
    tokens = MemoryTokens()
    with pytest.raises(Broken):
        talk(redeem(begun, granted(begun, "?code=c&state=guessed-by-nobody"), tokens), answer)  # type: ignore[arg-type]  # an answer
    assert repr(tokens) == "MemoryTokens()"


@pytest.mark.parametrize("token", ["", "a.b", "a.!.c", "a.W10.c"], ids=["empty", "two", "no text", "a list"])
def test_a_token_that_says_nothing_names_no_account(token: str) -> None:
    """A token is read and never trusted."""
    assert claims_of(token) == {}


@pytest.mark.parametrize("state", ["", "short"])
def test_a_connection_needs_a_state(state: str) -> None:
    """A state that is short can be guessed."""
    with pytest.raises(Misuse):
        Begun(application=APPLICATION, state=state)


# --- refusals and rights ----------------------------------------------------------------------


@pytest.mark.parametrize("body", list(ErrorBody), ids=lambda one: one.value)
def test_a_missing_right_is_named(body: ErrorBody) -> None:
    """A 403 says which right the call needs, whatever its body."""
    store = Store(switches=Switches(error_body=body), checked=False)
    token = store.sandbox.add_token(["employee:inventory_read"])
    store.target = store.adapter(token=token)
    with pytest.raises(Forbidden, match="the right vendors"):
        store.perform(VENDOR)


def test_try_again_later_means_it() -> None:
    """A 400 with these words is no refusal of the data: the same step may be sent again."""
    store = Store()
    later = {
        "httpCode": "400",
        "httpMessage": "Bad Request",
        "message": "Please try again later.",
        "errorClass": "",
    }
    with pytest.raises(Busy) as busy:
        talk(store.target.changes(Collection.TAGS, ""), reply(later, 400))
    assert busy.value.again


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_page_of_a_proxy_is_broken(status: int) -> None:
    """HTML of a gateway tells nothing of a write."""
    with pytest.raises(Broken):
        talk(Store().target.changes(Collection.TAGS, ""), html(status))


@pytest.mark.parametrize("record", ["", "abc", "../1", "-1"])
def test_an_id_that_is_none_is_not_asked_for(record: str) -> None:
    """No id of ours becomes a path."""
    store = Store()
    with pytest.raises(NotFound):
        store.drive(store.target.read_order(record))
    assert store.calls == 0


def test_a_creation_without_an_id_is_in_doubt() -> None:
    """An answer that holds no id says nothing of what was made."""
    store = Store()
    step = CreateSupplier(slot=VENDOR.slot, name="Fern")

    with pytest.raises(Broken, match="no id"):
        talk(store.target.perform(step_of(step), {}), reply({"Vendor": {"vendorID": "0"}}))


def test_the_preflight_names_what_is_missing() -> None:
    """An account with every right can be used; one whose employee lacks a right says which."""
    store = Store(checked=False)
    found = store.drive(store.target.preflight())
    assert found.ready
    assert {trial.right for trial in found.trials} == {Right.WORKS}
    store.sandbox.state.rights = store.sandbox.state.rights - {"vendors", "purchase_orders"}
    found = store.drive(store.target.preflight())
    assert not found.ready
    missing = {trial.what for trial in found.trials if trial.right is Right.MISSING}
    assert missing == {"read orders", "write orders", "write vendors"}
    assert "purchase_orders" in str(found)


def test_a_preflight_with_a_bad_token_raises_nothing() -> None:
    """Problems are told."""
    store = Store(checked=False)
    store.target = store.adapter(token="wrong")
    found = store.drive(store.target.preflight())
    assert not found.ready
    assert str(evolve(found, trials=())) == f"store r-series:{ACCOUNT} can be used"


def test_a_refusal_keeps_the_words_of_the_store() -> None:
    """The envelope's message is quoted, and nothing of it is made up."""
    store = Store()
    with pytest.raises(Refused, match="name cannot be blank"):
        store.perform(CreateSupplier(slot=VENDOR.slot, name=" "))
