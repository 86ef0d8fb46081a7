"""``connect nuorder``: the real hand-shake against the emulator, the token file, and a look at the portal."""

from __future__ import annotations

import io
import json
import stat
import sys
from pathlib import Path

import httpx
import pytest
from tests.cli.conftest import Ran, Run

from po_bridge.cli.connect import _next
from po_bridge.cli.emulators import Stand
from po_bridge.cli.ready_config import config_text
from po_bridge.clients.nuorder import Pending, Portal
from po_bridge.sandbox.seed import BRAND, SECOND_BRAND

FILE = "po-bridge.tokens.json"


@pytest.fixture
def keys_only(stand: Stand, tmp_path: Path) -> Path:
    """A configuration with key pairs and without the brands' tokens."""
    path = tmp_path / "po-bridge.toml"
    path.write_text(config_text(stand, settle=0.1, connected=False), encoding="utf-8")
    return path


def connect(run: Run, config: Path, *more: str, portal: str = BRAND) -> Ran:
    """Run the command for a portal."""
    return run("connect", "nuorder", "--portal", portal, "--config", config, *more)


def approved(stand: Stand) -> str:
    """Approve the last application as the portal's admin does, over the wire; gives the code."""
    desk = f"{stand.nuorder}/desk/applications"
    token = httpx.get(desk).json()[-1]["oauth_token"]
    code: str = httpx.post(f"{desk}/{token}/approve").json()["oauth_verifier"]
    return code


def test_from_keys_to_a_plan(run: Run, stand: Stand, keys_only: Path) -> None:
    """Two steps, a code between them, and the portal's orders can be listed and planned."""
    begun = connect(run, keys_only)
    assert begun.code == 1
    assert "approve 'po_bridge' among the pending applications" in begun.out
    assert f"curl -X POST {stand.nuorder}/desk/applications/" in begun.out
    done = connect(run, keys_only, "--code", approved(stand))
    assert done.code == 0
    assert f"portal '{BRAND}' can be used" in done.out
    assert "read an order: works" in done.out
    listed = run("orders", "--config", keys_only)
    assert listed.code == 0
    assert "240117" in listed.out
    assert f"portal '{SECOND_BRAND}' is not connected and left out" in listed.err
    assert run("plan", "240119-1", "--config", keys_only).code == 0


def test_token_file(run: Run, stand: Stand, keys_only: Path) -> None:
    """The token file is the owner's alone, and no secret is ever printed."""
    begun = connect(run, keys_only)
    done = connect(run, keys_only, "--code", approved(stand))
    path = keys_only.parent / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_text(encoding="utf-8"))["tokens"]
    assert kept[f"nuorder waiting/{BRAND}"] == {}
    texts = [begun.out, begun.err, done.out, done.err]
    assert not any(kept[f"nuorder/{BRAND}"]["token_secret"] in text for text in texts)


def test_connected_already(run: Run, stand: Stand, keys_only: Path) -> None:
    """A connected portal is only looked at, unless a new hand-shake is wanted."""
    connect(run, keys_only)
    connect(run, keys_only, "--code", approved(stand))
    again = connect(run, keys_only)
    assert (again.code, "connected already" in again.out) == (0, True)
    anew = connect(run, keys_only, "--begin-again")
    assert (anew.code, "pending applications" in anew.out) == (1, True)


def test_tokens_in_the_configuration_need_no_file(run: Run, config: Path) -> None:
    """A portal whose token stands in the configuration is connected."""
    looked = connect(run, config)
    assert (looked.code, "connected already" in looked.out) == (0, True)
    assert not (config.parent / FILE).exists()


def test_waiting_hand_shake_is_kept(run: Run, stand: Stand, keys_only: Path) -> None:
    """Asking again before the approval begins no second application."""
    first, second = connect(run, keys_only), connect(run, keys_only)
    assert first.out == second.out
    assert len(stand.emulators.nuorder.pending) == 1


def test_wrong_code(run: Run, stand: Stand, keys_only: Path) -> None:
    """A wrong code says what to do; the right one still works afterwards."""
    connect(run, keys_only)
    refused = connect(run, keys_only, "--code", "guess")
    assert refused.code == 3
    assert "the code is wrong, was used before" in refused.err
    assert connect(run, keys_only, "--code", approved(stand)).code == 0


def test_code_without_a_hand_shake(run: Run, keys_only: Path) -> None:
    """A code that nothing waits for is the caller's mistake."""
    refused = connect(run, keys_only, "--code", "x")
    assert (refused.code, "no hand-shake" in refused.err) == (2, True)


@pytest.mark.parametrize("name", ["", "Nobody"], ids=["none", "unknown"])
def test_which_portal(run: Run, keys_only: Path, name: str) -> None:
    """With several portals one must be named, and it must be configured."""
    refused = connect(run, keys_only, portal=name)
    assert refused.code == 2
    assert f"'{BRAND}', '{SECOND_BRAND}'" in refused.err


def test_only_portal_needs_no_name(run: Run, keys_only: Path) -> None:
    """Where there is one portal, it is meant; the store need not be configured yet."""
    text = keys_only.read_text(encoding="utf-8")
    keys_only.write_text(text[: text.rindex("[[nuorder.portals]]")], encoding="utf-8")
    assert run("connect", "nuorder", "--config", keys_only).code == 1


def test_wrong_key_pair(run: Run, keys_only: Path) -> None:
    """Keys that the vendor does not know are named, and nothing is kept."""
    text = keys_only.read_text(encoding="utf-8").replace("demo-consumer-secret-fennick", "hush-wrong")
    keys_only.write_text(text, encoding="utf-8")
    refused = connect(run, keys_only)
    assert refused.code == 3
    assert "consumer key or secret of portal" in refused.err
    assert "hush-wrong" not in refused.err
    assert not (keys_only.parent / FILE).exists()


def test_other_keys_begin_anew(run: Run, stand: Stand, keys_only: Path) -> None:
    """A waiting hand-shake of other keys is not taken for ours."""
    connect(run, keys_only)
    text = keys_only.read_text(encoding="utf-8")
    other = text.replace("tin-kettle-at-fennick", "fennick-back-office").replace(
        "demo-consumer-secret-fennick", "demo-consumer-secret-office"
    )
    keys_only.write_text(other, encoding="utf-8")
    connect(run, keys_only)
    assert len(stand.emulators.nuorder.pending) == 2


def test_json(run: Run, stand: Stand, keys_only: Path) -> None:
    """Scripts read what is next, and what was found."""
    begun = connect(run, keys_only, "--json")
    assert (begun.json["state"], begun.json["portal"]) == ("waiting", BRAND)
    done = connect(run, keys_only, "--json", "--code", approved(stand))
    assert (done.json["state"], done.json["ready"]) == ("connected", True)
    assert {one["state"] for one in done.json["findings"]} == {"works"}


class Terminal(io.StringIO):
    """A person at the keyboard."""

    def isatty(self) -> bool:
        """Somebody sits there."""
        return True


@pytest.mark.parametrize("typed", ["", "  \n"], ids=["nothing", "blanks"])
def test_person_without_a_code(
    run: Run, keys_only: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """At a terminal the code is asked for; who has none yet gives it later."""
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    begun = connect(run, keys_only)
    assert (begun.code, "verification code:" in begun.err) == (1, True)


def test_person_with_the_code(
    run: Run, stand: Stand, keys_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a terminal one run of the command is enough."""
    connect(run, keys_only)
    monkeypatch.setattr(sys, "stdin", Terminal(f" {approved(stand)}\n"))
    assert connect(run, keys_only).code == 0


def test_portal_of_the_web() -> None:
    """The hand-shake with a real portal speaks of no emulator."""
    portal = Portal(name="A", consumer_key="k", consumer_secret="s", token="t")
    assert "emulator" not in _next(Pending(portal=portal, application="po_bridge"))


def test_configuration_that_does_not_do(run: Run, keys_only: Path) -> None:
    """What is wrong with a portal is named; the store need not be configured for that."""
    keys_only.write_text("[nuorder]\nportal = 1\n[[nuorder.portals]]\nname = 7\n", encoding="utf-8")
    refused = connect(run, keys_only)
    assert refused.code == 2
    assert "$.nuorder.portals[0].name" in refused.err
    assert "$.nuorder.portal:" in refused.err


def test_dry_run(run: Run, stand: Stand, keys_only: Path) -> None:
    """Where the hand-shake would begin is told; nobody is asked and nothing is kept."""
    told = connect(run, keys_only, "--dry-run")
    assert (told.code, "not connected" in told.out) == (0, True)
    assert not (keys_only.parent / FILE).exists()
    assert stand.emulators.nuorder.log == []


def test_no_portal_is_connected(run: Run, keys_only: Path) -> None:
    """Without any token, commands say how to get one."""
    refused = run("orders", "--config", keys_only)
    assert refused.code == 2
    assert "po-bridge connect nuorder --portal" in refused.err


def test_open_token_file_is_refused(run: Run, stand: Stand, keys_only: Path) -> None:
    """A token file that others may read is not used."""
    connect(run, keys_only)
    connect(run, keys_only, "--code", approved(stand))
    (keys_only.parent / FILE).chmod(0o644)
    refused = run("orders", "--config", keys_only)
    assert refused.code != 0
    assert "chmod 600" in refused.err
