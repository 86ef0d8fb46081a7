"""The second POS in the configuration and on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.cli.conftest import Run

from po_bridge.cli.config import read_config
from po_bridge.cli.emulators import APPLICATION, Stand, seeded, standing
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.pos import Pos
from po_bridge.cli.ready_config import config_text
from po_bridge.clients.rseries import OrderNote, RSeries, Settings
from po_bridge.errors import Misuse
from po_bridge.models.store import TaxForm

PLAIN = """
[[nuorder.portals]]
name = "Fern"
address = "http://127.0.0.1:1"
consumer_key = "k"
consumer_secret = "s"
token = "t"
token_secret = "u"

[rseries]
account_id = "123456"
address = "http://127.0.0.1:2"
token = "opens an emulator"
"""


@pytest.fixture
def stand() -> Iterator[Stand]:
    """Serve the invented shop with the second POS."""
    with standing(seeded(Pos.RSERIES)) as served:
        yield served


@pytest.fixture
def config(stand: Stand, tmp_path: Path) -> Path:
    """Write the configuration that leads to the emulators."""
    path = tmp_path / "po-bridge.toml"
    path.write_text(config_text(stand, settle=0.1), encoding="utf-8")
    return path


def target(tmp_path: Path, text: str) -> RSeries:
    """The target that a configuration makes."""
    path = tmp_path / "po-bridge.toml"
    path.write_text(text, encoding="utf-8")
    made = read_config(path, {}).target
    assert isinstance(made, RSeries)
    return made


def test_every_setting_has_a_key(tmp_path: Path) -> None:
    """What the adapter lets one choose, the configuration lets one write."""
    keys = (
        'order_note = "note"',
        'price_levels = ["Default"]',
        'tax_form = "inclusive"',
        'tax_class = "3"',
        "vendor_costs = true",
        "settle = 5",
    )
    made = target(tmp_path, f"{PLAIN}settings = {{ {', '.join(keys)} }}\n")
    assert made.settings == Settings(
        order_note=OrderNote.NOTE,
        price_levels=("Default",),
        tax_form=TaxForm.INCLUSIVE,
        tax_class="3",
        vendor_costs=True,
        settle=5.0,
    )
    assert target(tmp_path, PLAIN).settings == Settings()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('account_id = "123456"', "", "$.rseries.account_id"),
        ('account_id = "123456"', 'account_id = "12a"', "digits only"),
        ("[rseries]", '[rseries]\nsettings = { order_note = "wall" }', "$.rseries.settings.order_note"),
        ("[rseries]", "[rseries]\nshop = 1", "$.rseries.shop"),
        (
            "[rseries]",
            '[rseries]\napplication = { client_id = "a", client_secret = "b" }',
            "either token or application",
        ),
        ('token = "opens an emulator"', "", "po-bridge connect rseries"),
    ],
    ids=["no account", "no number", "no such note", "unknown key", "two ways", "no token"],
)
def test_a_wrong_section_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    """Every fault bears its path or says what to do."""
    with pytest.raises(Misuse) as refused:
        target(tmp_path, PLAIN.replace(old, new))
    assert named in str(refused.value)


def test_a_sandbox_of_the_second_pos_is_ready(run: Run, tmp_path: Path) -> None:
    """Its configuration reads, and its addresses are told."""
    path = tmp_path / "po-bridge.toml"
    document = run("sandbox", "--pos", "rseries", "--for", "0", "--json", "--write-config", path).json
    assert document["rseries"] in document["config"]
    assert read_config(path, {}).target.store == f"r-series:{document['account_id']}"
    assert run("sandbox", "--pos", "rseries", "--store-unconnected", "--for", "0").code == ExitCode.MISUSE


def test_orders_and_doctor_work_with_it(run: Run, config: Path) -> None:
    """Commands know no POS: a review is made, and the doctor finds everything well."""
    assert run("review", "240117", "--config", config).code == ExitCode.ATTENTION
    told = run("doctor", "--config", config)
    assert "po-bridge" in told.out
    assert "X-Series" not in told.out
    assert "read shops" in told.out


def test_connecting_keeps_tokens_that_work(run: Run, stand: Stand, config: Path) -> None:
    """The merchant agrees, the callback is pasted into a second run, and the account is looked at."""
    client, secret = APPLICATION
    token = next(
        line for line in config.read_text(encoding="utf-8").splitlines() if line.startswith('token = "ey')
    )
    application = f'application = {{ client_id = "{client}", client_secret = "{secret}" }}'
    config.write_text(config.read_text(encoding="utf-8").replace(token, application), encoding="utf-8")
    foretold = run("connect", "rseries", "--dry-run", "--json", "--config", config)
    assert (foretold.code, foretold.json["state"]) == (ExitCode.DONE, "dry run")
    assert (
        run("connect", "rseries", "--callback", "?code=c&state=x", "--config", config).code == ExitCode.MISUSE
    )
    begun = run("connect", "rseries", "--json", "--config", config)
    assert (begun.code, begun.json["state"]) == (ExitCode.ATTENTION, "waiting")
    address = begun.json["next"].splitlines()[1]
    callback = httpx.get(address).headers["location"]
    ended = run("connect", "rseries", "--callback", callback, "--json", "--config", config)
    assert (ended.code, ended.json["ready"]) == (ExitCode.DONE, True)
    again = run("connect", "rseries", "--json", "--config", config)
    assert "connected already" in again.json["words"]
    assert stand.emulators.store.log
