from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.clients.xseries.script import AT, Answer, Script, adapter, html, reply, talk
from tests.clients.xseries.store import Store, step_of

from po_bridge.clients._renewal import Renewal
from po_bridge.clients._token import Bearer, Pair
from po_bridge.clients.xseries import Application, XSeries
from po_bridge.errors import Busy, Misuse, PoBridgeError, Unauthorized, Unreachable
from po_bridge.journal.memory_tokens import MemoryTokens
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Kind, Slot
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.write import CreateTag
from po_bridge.ports.exchange import Request
from po_bridge.ports.tokens import Secrets

TAG = CreateTag(slot=Slot(kind=Kind.TAG, name="new"), name="New")
REFUSED = reply({"error": "Unauthorized"}, 401)
EMPTY = reply({"data": []})
FRESH = {"access_token": "access2", "refresh_token": "refresh2", "expires": 1788587325, "scope": "a b"}
SECRETS = ("access1", "refresh1", "access2", "refresh2", "top-secret", "personal")
APPLICATION = Application(client_id="client", client_secret="top-secret")
ACCOUNT = "x-series:example"


class Shared(MemoryTokens):
    """A token store that others may write to between two looks."""

    def __init__(self) -> None:
        super().__init__({ACCOUNT: {"access_token": "access1", "refresh_token": "refresh1"}})
        self.looks = 0
        self.theirs_at = 10**9

    def load(self, name: str) -> Secrets | None:
        """From one look on, tell what another process has stored."""
        self.looks += 1
        if self.looks >= self.theirs_at:
            return Secrets({"access_token": "theirs", "refresh_token": "refresh9"})
        return super().load(name)

    @property
    def kept(self) -> Mapping[str, str]:
        """What is stored."""
        return super().load(ACCOUNT) or {}


def connected(store: MemoryTokens, application: Application | None = APPLICATION) -> XSeries:
    """Make an adapter of an application."""
    return XSeries(domain_prefix="example", tokens=store, application=application)


def signatures(script: Script) -> list[str]:
    """The tokens that requests went out with."""
    found = []
    for request in script.requests:
        signed = request.auth.sign(request, AT, "") if request.auth else request
        found.append(signed.headers.get("authorization", "none").removeprefix("Bearer "))
    return found


def test_personal_token_signs_every_request() -> None:
    """A personal token stands behind Bearer, and the address is the store's own."""
    page, script = talk(adapter().changes(Collection.TAGS, ""), EMPTY)
    assert not page.more
    assert signatures(script) == ["personal"]
    assert script.requests[0].address == (
        "https://example.retail.lightspeed.app/api/2026-07/tags?deleted=true&page_size=200"
    )


def test_address_can_be_overridden() -> None:
    """A sandbox takes the place of the store's host."""
    target = adapter(address="http://127.0.0.1:8123/")
    _, script = talk(target.changes(Collection.OPTIONS, ""), EMPTY)
    assert script.requests[0].address == "http://127.0.0.1:8123/api/2026-07/variant_attributes"


def test_refused_personal_token_is_the_merchants_to_mend() -> None:
    """Nothing can be refreshed: one mutating request, and a person must connect again."""
    script = Script([REFUSED])
    with pytest.raises(Unauthorized) as raised:
        script.run(adapter().perform(step_of(TAG), {}))
    assert script.writes == 1
    assert not raised.value.again
    assert "connect the store again" in raised.value.mend


@pytest.mark.parametrize("target", [connected(MemoryTokens()), adapter(token="")], ids=["store", "empty"])
def test_store_that_was_never_connected_is_told(target: XSeries) -> None:
    """Without a token nothing is sent."""
    script = Script([])
    with pytest.raises(Unauthorized, match="connect the store first"):
        script.run(target.facts())
    assert script.requests == []


def test_read_goes_on_with_a_fresh_token() -> None:
    """An expired token costs a read one refresh; the new pair is stored before it is used."""
    store = Shared()
    page, script = talk(connected(store).changes(Collection.TAGS, ""), REFUSED, reply(FRESH), EMPTY)
    assert not page.more
    assert signatures(script) == ["access1", "none", "access2"]
    assert script.writes == 0
    assert parse_qs(script.requests[1].body.decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["refresh1"],
        "client_id": ["client"],
        "client_secret": ["top-secret"],
    }
    assert store.kept == {
        "access_token": "access2",
        "refresh_token": "refresh2",
        "expires": "1788587325",
        "scope": "a b",
    }


def test_write_is_not_sent_again_by_itself() -> None:
    """A refused write is refreshed for and left to the runner, which may send the step again."""
    target = connected(Shared())
    script = Script([REFUSED, reply(FRESH)])
    with pytest.raises(Unauthorized) as raised:
        script.run(target.perform(step_of(TAG), {}))
    assert raised.value.again
    assert raised.value.what == "POST /api/2026-07/tags"
    assert script.writes == 1
    receipt, again = talk(target.perform(step_of(TAG), {}), reply({"data": "tag-1"}))
    assert receipt == Receipt(made={TAG.slot: "tag-1"})
    assert signatures(again) == ["access2"]


@pytest.mark.parametrize("look", [2, 3], ids=["before the lock", "under the lock"])
def test_what_another_process_refreshed_is_taken_over(look: int) -> None:
    """A newer pair in the store is used without a refresh of ours."""
    store = Shared()
    store.theirs_at = look
    _, script = talk(connected(store).changes(Collection.TAGS, ""), REFUSED, EMPTY)
    assert signatures(script) == ["access1", "theirs"]


@pytest.mark.parametrize(
    ("look", "waited"), [(5, [0.5, 1.0]), (99, [0.5, 1.0, 2.0, 4.0])], ids=["soon", "never"]
)
def test_another_refresher_is_waited_for(look: int, waited: list[float]) -> None:
    """While another holds the lock we look for what it stores, and give up after a while."""
    store = Shared()
    store.theirs_at = look
    target = connected(store)
    script = Script([REFUSED, EMPTY])
    with store.lock(ACCOUNT) as theirs:
        assert theirs
        if look < 99:
            script.run(target.changes(Collection.TAGS, ""))
            assert signatures(script) == ["access1", "theirs"]
        else:
            with pytest.raises(Unauthorized):
                script.run(target.changes(Collection.TAGS, ""))
    assert script.waited == waited


def test_lock_is_given_back() -> None:
    """After a refresh, good or bad, others may refresh."""
    store = Shared()
    with pytest.raises(Unauthorized):
        talk(connected(store).perform(step_of(TAG), {}), REFUSED, html(502), html(502))
    with store.lock(ACCOUNT) as ours:
        assert ours


LOST_ANSWERS: list[Answer] = [
    html(502),
    Unreachable("example", "reset", sent=True),
    reply({"token_type": "Bearer"}),
    reply([1]),
    html(200),
]
VOID = reply({"error": "invalid_grant"}, 400)


@pytest.mark.parametrize(
    ("answers", "renewal"),
    [
        ([VOID], Renewal.REFUSED),
        ([reply({"error": "invalid_client"}, 401)], Renewal.APPLICATION),
        ([reply({"error": "Too Many Requests"}, 429)], Renewal.LATER),
        ([Unreachable("example", "no route", sent=False)], Renewal.LATER),
        *(([lost, VOID], Renewal.LOST) for lost in LOST_ANSWERS),
        *(([lost, lost], Renewal.SILENT) for lost in LOST_ANSWERS[:2]),
    ],
    ids=[
        "void",
        "unknown client",
        "busy",
        "not sent",
        "proxy",
        "lost",
        "no token",
        "no object",
        "no JSON",
        "proxy twice",
        "lost twice",
    ],
)
def test_failed_refresh_keeps_the_write_refused(answers: list[Answer], renewal: Renewal) -> None:
    """Whatever becomes of the refresh, the write was refused for certain; the words say who must act."""
    script = Script([REFUSED, *answers])
    with pytest.raises(Unauthorized) as raised:
        script.run(connected(Shared()).perform(step_of(TAG), {}))
    assert raised.value.mend == renewal.value
    assert raised.value.again is renewal.again
    assert script.writes == 1
    assert len(script.requests) == 1 + len(answers)


@pytest.mark.parametrize("lost", LOST_ANSWERS, ids=["proxy", "lost", "no token", "no object", "no JSON"])
def test_lost_refresh_is_tried_once_more(lost: Answer) -> None:
    """The old refresh token may not have been used up: one more try with it can save the connection."""
    store = Shared()
    _, script = talk(connected(store).changes(Collection.TAGS, ""), REFUSED, lost, reply(FRESH), EMPTY)
    assert [parse_qs(script.requests[at].body.decode())["refresh_token"] for at in (1, 2)] == [
        ["refresh1"],
        ["refresh1"],
    ]
    assert signatures(script)[-1] == "access2"
    assert store.kept["refresh_token"] == "refresh2"


def test_drivers_never_repeat_a_refresh() -> None:
    """A driver that sent it again by itself would use up the token behind our back."""
    script = Script([REFUSED, reply(FRESH), EMPTY])
    script.run(connected(Shared()).changes(Collection.TAGS, ""))
    assert [ask.once for ask in script.asked] == [False, True, False]


@pytest.mark.parametrize(
    ("ends", "renewal"),
    [(AT.timestamp() - 1, Renewal.EXPIRED), (AT.timestamp() + 60, Renewal.REVOKED)],
    ids=["expired", "revoked"],
)
def test_expired_and_revoked_are_told_apart(ends: float, renewal: Renewal) -> None:
    """A token that was refused before its time was taken back; one after its time ran out."""
    kept = {"access_token": "access1", "refresh_token": "refresh1", "expires": str(int(ends))}
    script = Script([REFUSED, VOID])
    with pytest.raises(Unauthorized) as raised:
        script.run(connected(MemoryTokens({ACCOUNT: kept})).facts())
    assert raised.value.mend == renewal.value
    assert not raised.value.again


@pytest.mark.parametrize(
    "values", [{"access_token": "access1"}, {}], ids=["no refresh token", "no application"]
)
def test_pair_that_cannot_be_refreshed(values: Mapping[str, str]) -> None:
    """Without a refresh token or without the application nobody but a person can help."""
    store = MemoryTokens({ACCOUNT: values}) if values else Shared()
    script = Script([REFUSED])
    with pytest.raises(Unauthorized) as raised:
        script.run(connected(store, APPLICATION if values else None).perform(step_of(TAG), {}))
    assert not raised.value.again
    assert len(script.requests) == 1


def test_failed_refresh_of_a_read_quotes_nothing() -> None:
    """A read that cannot be signed anew says that the answer was lost, and shows no token of it."""
    answer = reply({"refresh_token": "refresh2"})
    with pytest.raises(Unauthorized) as raised:
        talk(connected(Shared()).facts(), REFUSED, answer, answer)
    assert raised.value.mend == Renewal.SILENT.value
    assert "refresh2" not in str(raised.value)


def test_busy_token_endpoint_is_told_to_a_reader() -> None:
    """A read meets the token endpoint's own limit as any other: come back later."""
    busy = reply({"error": "Too Many Requests"}, 429, retry_after="30")
    with pytest.raises(Busy) as raised:
        talk(connected(Shared()).facts(), REFUSED, busy)
    assert raised.value.what == "POST /api/1.0/token"
    assert raised.value.retry_at == AT + timedelta(seconds=30)


@pytest.mark.parametrize(
    "written", ["", "soon", "9" * 13, "\u0661"], ids=["none", "word", "far", "foreign digits"]
)
def test_end_that_is_no_time_is_unknown(written: str) -> None:
    """A token whose end cannot be read still signs."""
    assert Pair.stored({"access_token": "a", "expires": written}).expires is None


def test_fresh_token_that_is_refused_is_not_refreshed_again() -> None:
    """An application that was cut off must not refresh without end."""
    target = connected(Shared())
    with pytest.raises(Unauthorized):
        talk(target.perform(step_of(TAG), {}), REFUSED, reply(FRESH))
    script = Script([REFUSED])
    with pytest.raises(Unauthorized) as raised:
        script.run(target.perform(step_of(TAG), {}))
    assert not raised.value.again


def test_fresh_token_that_was_taken_may_be_refreshed_later() -> None:
    """Days later the next refresh is in order."""
    target = connected(Shared())
    with pytest.raises(Unauthorized):
        talk(target.perform(step_of(TAG), {}), REFUSED, reply(FRESH))
    talk(target.perform(step_of(TAG), {}), reply({"data": "tag-1"}))
    with pytest.raises(Unauthorized) as raised:
        talk(target.perform(step_of(TAG), {}), REFUSED, reply({**FRESH, "access_token": "access3"}))
    assert raised.value.again


def test_refresh_token_that_does_not_rotate_is_kept() -> None:
    """An answer without a refresh token leaves the old one in force."""
    store = Shared()
    talk(connected(store).changes(Collection.TAGS, ""), REFUSED, reply({"access_token": "a2"}), EMPTY)
    assert store.kept == {"access_token": "a2", "refresh_token": "refresh1"}


def test_secrets_show_nowhere() -> None:
    """No repr and no error tells a token or the client's secret."""
    store = Shared()
    target = connected(store)
    told = [repr(target), repr(adapter()), repr(Pair.stored(store.kept)), repr(APPLICATION)]
    told += [repr(Bearer(token="personal")), repr(vars(target) if hasattr(target, "__dict__") else "")]
    script = Script([REFUSED, reply(FRESH)])
    try:
        script.run(target.perform(step_of(TAG), {}))
    except PoBridgeError as error:
        told += [str(error), repr(error), repr(vars(error))]
    told += [repr(request) for request in script.requests]
    assert [secret for secret in SECRETS for text in told if secret in text] == []


@pytest.mark.parametrize("choices", [{}, {"token": "t", "tokens": Shared()}], ids=["neither", "both"])
def test_one_way_to_sign_is_needed(choices: dict[str, Any]) -> None:
    """A personal token or a store of tokens, not neither and not both."""
    with pytest.raises(Misuse, match="either a personal token or"):
        XSeries(domain_prefix="example", **choices)


def test_bearer_keeps_other_headers() -> None:
    """Signing adds one header."""
    request = Request(method="GET", address="https://x/", headers={"accept": "a"})
    signed = Bearer(token="t").sign(request, AT, "n")
    assert signed.headers == {"accept": "a", "authorization": "Bearer t"}


def test_refresh_against_the_store() -> None:
    """A revoked access token is refreshed, and its successor works."""
    store = Store()
    store.sandbox.add_client("client", "top-secret", "http://127.0.0.1/")
    pair = store.sandbox.add_pair("client")
    kept = MemoryTokens({ACCOUNT: {"access_token": pair.access_token, "refresh_token": pair.refresh_token}})
    store.target = store.adapter(tokens=kept, application=APPLICATION)
    store.sandbox.revoke(pair.access_token)
    with pytest.raises(Unauthorized) as raised:
        store.perform(TAG)
    assert raised.value.again
    assert store.writes == 1
    assert store.perform(TAG).made
    fresh = kept.load(ACCOUNT)
    assert fresh is not None
    assert fresh["access_token"] != pair.access_token
