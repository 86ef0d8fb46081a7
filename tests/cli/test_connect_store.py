"""``connect xseries``: consent over real sockets against the emulator, the token file, and a look at the store."""

from __future__ import annotations

import io
import json
import re
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from attrs import evolve
from tests.cli.conftest import Ran, Run

from po_bridge.cli import connect_store
from po_bridge.cli.emulators import APPLICATION, Stand, seeded, standing
from po_bridge.cli.ready_config import config_text
from po_bridge.clients.xseries.scope import ASKED

FILE = "po-bridge.tokens.json"
ACCOUNT = "x-series:sandbox"


@pytest.fixture(scope="module")
def shop() -> Iterator[Stand]:
    """Serve the invented shop once."""
    with standing(seeded()) as served:
        yield served


@pytest.fixture
def stand(shop: Stand) -> Iterator[Stand]:
    """The shop as it was before: a test leaves nothing behind."""
    store = shop.emulators.xseries
    before = store.snapshot()
    store.log.clear()
    yield shop
    store.restore(before)


@pytest.fixture
def redirect(stand: Stand) -> str:
    """A registered redirect address on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}/callback"
    stand.emulators.xseries.add_client(*APPLICATION, address)
    return address


@pytest.fixture
def asking(stand: Stand, redirect: str, tmp_path: Path) -> Path:
    """A configuration whose store has an application and no token."""
    path = tmp_path / "po-bridge.toml"
    text = config_text(stand, settle=0.1, store=False)
    path.write_text(text.replace("[xseries]", f'[xseries]\nredirect = "{redirect}"'), encoding="utf-8")
    return path


def connect(run: Run, config: Path, *more: str) -> Ran:
    """Run the command."""
    return run("connect", "xseries", "--config", config, *more)


def address_in(text: str) -> str:
    """Where the merchant is sent."""
    found = re.search(r"http://\S+/connect\?\S+", text)
    assert found
    return found.group()


class Browser(io.StringIO):
    """Standard error with a merchant behind it: once the command waits, he does something with the address."""

    def __init__(self, act: Callable[[str], None]) -> None:
        super().__init__()
        self._act = act

    def write(self, text: str) -> int:
        """Act once the listener is said to wait."""
        written = super().write(text)
        if text.startswith("waiting at"):
            Thread(target=self._act, args=(address_in(self.getvalue()),), daemon=True).start()
        return written


def answer_at(address: str) -> str:
    """What the store sends the browser to."""
    return httpx.get(address).headers["location"]


def without_scope(address: str) -> str:
    """The address of a consent that the store declines."""
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items() if name != "scope"}
    return parts._replace(query=urlencode(asked)).geturl()


def test_consent_to_a_listener(run: Run, stand: Stand, asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The merchant agrees in a browser, the listener takes it, and the store can be used at once."""
    pages: list[str] = []
    browser = Browser(lambda address: pages.append(httpx.get(address, follow_redirects=True).text))
    monkeypatch.setattr(sys, "stderr", browser)
    done = connect(run, asking)
    assert done.code == 0
    assert "store x-series:sandbox can be used" in done.out
    assert "write purchase orders: works" in done.out
    assert "X-Series API 2026-07" in done.out
    path = asking.parent / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_text(encoding="utf-8"))["tokens"][ACCOUNT]
    assert set(kept["scope"].split()) == set(ASKED)
    assert not any(kept[name] in done.out + browser.getvalue() for name in ("access_token", "refresh_token"))
    assert pages == ["The store agreed. You can close this page; po_bridge goes on in its terminal."]
    assert run("review", "240119-2", "--config", asking).code == 0


def test_hostile_requests_before_the_consent(
    run: Run, asking: Path, redirect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others send to the listener is refused, and the real consent is taken all the same."""
    seen: list[int] = []

    def act(address: str) -> None:
        query = urlsplit(answer_at(address)).query
        forged = query.replace("state=", "state=x")
        port = urlsplit(redirect).port or 0
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.sendall(b"GET /cal")
            answers = (
                httpx.get(f"{redirect}?{forged}"),
                httpx.get(f"{redirect}?code=c&domain_prefix=sandbox"),
                httpx.post(f"{redirect}?{query}"),
                httpx.get(redirect.replace("/callback", "/elsewhere") + f"?{query}"),
                httpx.get(f"{redirect}?{query}", headers={"host": "evil.example"}),
            )
            seen.extend(answer.status_code for answer in answers)
            seen.append(httpx.get(f"{redirect}?{query}").status_code)

    monkeypatch.setattr(sys, "stderr", Browser(act))
    assert connect(run, asking).code == 0
    assert seen == [403, 403, 405, 404, 421, 200]


def test_declined_consent(run: Run, asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merchant who does not agree is asked again by a person; nothing is kept."""

    def act(address: str) -> None:
        httpx.get(without_scope(address), follow_redirects=True)

    browser = Browser(act)
    monkeypatch.setattr(sys, "stderr", browser)
    declined = connect(run, asking)
    assert (declined.code, "access_denied" in browser.getvalue()) == (3, True)
    assert "ask the merchant to agree" in browser.getvalue()
    assert not (asking.parent / FILE).exists()


def test_nobody_comes(run: Run, asking: Path) -> None:
    """A consent that does not come in time can still be pasted."""
    late = connect(run, asking, "--wait", "0.05")
    assert (late.code, "--callback" in late.out) == (1, True)
    address = address_in(late.out)
    assert connect(run, asking, "--callback", answer_at(address)).code == 0


def test_paste_in_two_runs(run: Run, asking: Path) -> None:
    """Without a listener the address of the last page is given to a second run; a state is good once."""
    begun = connect(run, asking, "--paste", "--json")
    assert (begun.code, begun.json["state"]) == (1, "waiting")
    callback = answer_at(address_in(begun.json["next"]))
    done = connect(run, asking, "--callback", callback, "--json")
    assert (done.code, done.json["state"], done.json["ready"]) == (0, "connected", True)
    again = connect(run, asking, "--callback", callback)
    assert (again.code, "no connection waits" in again.err) == (2, True)


class Terminal(io.StringIO):
    """A person at the keyboard."""

    def isatty(self) -> bool:
        """Somebody sits there."""
        return True


def test_paste_at_a_terminal(run: Run, asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal the address is asked for; the connection that an earlier run began is gone on with."""
    address = address_in(connect(run, asking, "--paste").out)
    monkeypatch.setattr(sys, "stdin", Terminal(f" {answer_at(address)}\n"))
    assert connect(run, asking, "--paste").code == 0


def test_wrong_state(run: Run, asking: Path) -> None:
    """The callback of another attempt is refused, and the right one still works."""
    callback = answer_at(address_in(connect(run, asking, "--paste").out))
    refused = connect(run, asking, "--callback", callback.replace("state=", "state=x"))
    assert (refused.code, "does not belong" in refused.err) == (2, True)
    assert connect(run, asking, "--callback", callback).code == 0


def test_expired_code(run: Run, stand: Stand, asking: Path) -> None:
    """A code that is too old is refused with what to do, and nothing is kept of it."""
    callback = answer_at(address_in(connect(run, asking, "--paste").out))
    grants = stand.emulators.xseries.state.grants
    for code, grant in grants.items():
        grants[code] = evolve(grant, expires_at=grant.expires_at - timedelta(hours=1))
    refused = connect(run, asking, "--callback", callback)
    assert (refused.code, "begin again" in refused.err) == (3, True)
    kept = json.loads((asking.parent / FILE).read_text(encoding="utf-8"))["tokens"]
    assert ACCOUNT not in kept


def test_other_store(run: Run, stand: Stand, asking: Path) -> None:
    """The consent of another store than the configured one is not used."""
    text = asking.read_text(encoding="utf-8").replace('"sandbox"', '"another"')
    asking.write_text(text, encoding="utf-8")
    callback = answer_at(address_in(connect(run, asking, "--paste").out))
    refused = connect(run, asking, "--callback", callback)
    assert (refused.code, "the configuration names 'another'" in refused.err) == (2, True)
    assert not any(grant.used for grant in stand.emulators.xseries.state.grants.values())


def test_taken_port(run: Run, asking: Path, redirect: str) -> None:
    """A port that another program uses is named before the merchant is sent anywhere."""
    with socket.create_server(("127.0.0.1", urlsplit(redirect).port or 0)):
        refused = connect(run, asking)
    assert (refused.code, "--paste" in refused.err) == (2, True)
    assert "/connect?" not in refused.err


@pytest.mark.parametrize(
    "address",
    ["https://shop.example/back", "http://shop.example:80/back", "http://127.0.0.1/back", "http://[x"],
    ids=["web", "other host", "no port", "broken"],
)
def test_redirect_elsewhere(run: Run, asking: Path, redirect: str, address: str) -> None:
    """A redirect that is not of this machine can be pasted only."""
    asking.write_text(asking.read_text(encoding="utf-8").replace(redirect, address), encoding="utf-8")
    refused = connect(run, asking)
    assert (refused.code, "--paste" in refused.err) == (2, True)


def test_personal_token(run: Run, stand: Stand, asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A personal token is read from the standard input, tried, kept, and never shown."""
    token = stand.emulators.token
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{token}\n"))
    done = connect(run, asking, "--personal-token")
    assert done.code == 0
    assert "not known until the first write" in done.out
    assert token not in done.out + done.err
    assert run("review", "240119-2", "--config", asking).code == 0


def test_personal_token_at_a_terminal(
    run: Run, stand: Stand, asking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a terminal the token is typed unseen."""
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(connect_store, "getpass", lambda _prompt, stream: f" {stand.emulators.token} ")
    assert connect(run, asking, "--personal-token").code == 0


def test_store_of_the_web(run: Run, asking: Path) -> None:
    """Without an address of its own the store's consent page is the vendor's, and no emulator is spoken of."""
    lines = asking.read_text(encoding="utf-8").splitlines()
    start = lines.index("[xseries]")
    kept = [line for place, line in enumerate(lines) if place < start or not line.startswith("address")]
    text = "\n".join(kept).replace('secret = "demo-client-secret"', 'secret = { env = "HOME" }')
    asking.write_text(text, encoding="utf-8")
    told = connect(run, asking, "--paste")
    assert "https://secure.retail.lightspeed.app/connect?" in told.out
    assert "curl" not in told.out


def test_configuration_that_does_not_do(run: Run, asking: Path) -> None:
    """Everything that is wrong with the store's section is named at once."""
    text = asking.read_text(encoding="utf-8").replace('"sandbox"', "7").replace("client_id", "id")
    asking.write_text(text, encoding="utf-8")
    refused = connect(run, asking)
    assert refused.code == 2
    for path in ("$.xseries.domain_prefix", "$.xseries.application.client_id", "$.xseries.application.id"):
        assert path in refused.err


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [("\n", 2, "no personal token was given"), ("lsxs_pt_wrong\n", 1, "nothing was kept")],
    ids=["nothing", "wrong"],
)
def test_personal_token_that_does_not_do(
    run: Run, asking: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int, words: str
) -> None:
    """A token that the store does not take is not kept."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    refused = connect(run, asking, "--personal-token")
    assert (refused.code, words in refused.out + refused.err) == (code, True)
    assert not (asking.parent / FILE).exists()


def test_what_is_missing_is_named(
    run: Run, stand: Stand, asking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look after connecting says in words which right is missing."""
    token = stand.emulators.xseries.add_token({"products:read", "suppliers:read", "outlets:read"})
    monkeypatch.setattr(sys, "stdin", io.StringIO(token))
    done = connect(run, asking, "--personal-token")
    assert done.code == 1
    assert "read purchase orders: missing (connect the store again with the scope consignments:read)" in (
        done.out
    )


def test_dry_run(run: Run, stand: Stand, asking: Path) -> None:
    """What would be asked for is told, nobody is asked and nothing is kept."""
    told = connect(run, asking, "--dry-run", "--json")
    assert (told.code, tuple(told.json["scopes"])) == (0, ASKED)
    assert not (asking.parent / FILE).exists()
    assert stand.emulators.xseries.log == []


def test_connected_already(run: Run, config: Path) -> None:
    """A store whose token stands in the configuration is looked at; it cannot be connected in a second way."""
    looked = connect(run, config)
    assert (looked.code, "connected already" in looked.out) == (0, True)
    refused = connect(run, config, "--begin-again")
    assert (refused.code, "take it out of [xseries]" in refused.err) == (2, True)


def test_no_application(run: Run, asking: Path) -> None:
    """Without an application the error says what to configure."""
    lines = asking.read_text(encoding="utf-8").splitlines()
    kept = (line for line in lines if not line.startswith("application"))
    asking.write_text("\n".join(kept), encoding="utf-8")
    refused = connect(run, asking)
    assert (refused.code, "--personal-token" in refused.err) == (2, True)
    orders = run("orders", "--config", asking)
    assert (orders.code, "po-bridge connect xseries" in orders.err) == (2, True)
