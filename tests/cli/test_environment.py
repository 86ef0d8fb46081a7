"""The environment speaks over the configuration file, key by key; what it does not know is refused at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.cli.test_config import SECRETS, SMALL, read

from po_bridge.cli.config import Config, read_config
from po_bridge.clients.xseries import XSeries
from po_bridge.errors import Misuse
from po_bridge.models.secret import Secret


def store_of(config: Config) -> XSeries:
    """Give the store, which is the one POS that these configurations name."""
    assert isinstance(config.target, XSeries)
    return config.target


def refused(tmp_path: Path, text: str = SMALL, **more: str) -> str:
    """Give the text of the error that a configuration leads to."""
    with pytest.raises(Misuse) as caught:
        read(tmp_path, text, **more)
    return str(caught.value)


def test_environment_precedes_the_file(tmp_path: Path) -> None:
    """A variable stands in the place of its key: texts as they are, everything else as TOML."""
    found = read(
        tmp_path,
        SMALL + "page_size = 100\n[setup]\ndrafts = true\n",
        PO_BRIDGE__JOURNAL="other.db",
        PO_BRIDGE__XSERIES__DOMAIN_PREFIX="true",
        PO_BRIDGE__XSERIES__PAGE_SIZE="50",
        PO_BRIDGE__XSERIES__SETTINGS__SETTLE="2.5",
        PO_BRIDGE__NUORDER__PORTALS__0__NAME="B",
        PO_BRIDGE__SETUP__DRAFTS="false",
        PO_BRIDGE__SETUP__TAGS='["new"]',
        PO_BRIDGE__SETUP__RATES="{ EUR = 1.08 }",
        PO_BRIDGE__SETUP__DEFAULT_OUTLET="7",
    )
    assert found.journal == tmp_path / "other.db"
    assert (store_of(found).domain_prefix, store_of(found).page_size) == ("true", 50)
    assert found.target.settings.settle == 2.5
    assert [portal.name for portal in found.portals] == ["B"]
    assert (found.setup.drafts, found.setup.tags, found.setup.default_outlet) == (False, ("new",), "7")
    assert found.setup.rates == {"EUR": Decimal("1.08")}


def test_empty_variable_says_nothing(tmp_path: Path) -> None:
    """A variable that is set to nothing counts as not set."""
    found = read(tmp_path, SMALL, PO_BRIDGE__XSERIES__DOMAIN_PREFIX="")
    assert store_of(found).domain_prefix == "shop"


def test_secret_of_a_variable(tmp_path: Path) -> None:
    """A secret may stand in its key's own variable, for any host."""
    text = SMALL.replace('token = { env = "STORE" }', "")
    found = read(tmp_path, text, PO_BRIDGE__XSERIES__TOKEN="s3cret-own")
    assert found.target.token == Secret("s3cret-own")


def test_every_unknown_key_at_once(tmp_path: Path) -> None:
    """Unknown keys of the file and unknown variables are refused together; no value is shown."""
    text = refused(
        tmp_path,
        SMALL + 'tokn = "s3cret-a"\n[setup]\ndraft = true\n',
        PO_BRIDGE__XSERIES__TOKN="s3cret-b",
        PO_BRIDGE__SETUP__PORTALS__0__PACKS="s3cret-c",
        PO_BRIDGE__NUORDER__PORTAL="s3cret-d",
    )
    named = (
        "$.xseries.tokn",
        "$.setup.draft",
        "PO_BRIDGE__XSERIES__TOKN",
        "PO_BRIDGE__SETUP__PORTALS__0__PACKS",
        "PO_BRIDGE__NUORDER__PORTAL:",
    )
    assert "5 bad field(s)" in text
    assert [name for name in named if name not in text] == []
    assert "s3cret" not in text


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("PO_BRIDGE__XSERIES__PAGE_SIZE", "many", "a whole number"),
        ("PO_BRIDGE__SETUP__DRAFTS", "yes", "true or false"),
        ("PO_BRIDGE__SETUP__TAGS", "new", "a list of texts"),
        ("PO_BRIDGE__SETUP__TAGS", "[1]", "a list of texts"),
        ("PO_BRIDGE__SETUP__SKU", "random", "one of"),
        ("PO_BRIDGE__SETUP", "drafts", "a table"),
    ],
    ids=["number", "flag", "list", "list of texts", "word", "table"],
)
def test_fault_of_a_variable_is_named(tmp_path: Path, variable: str, value: str, expected: str) -> None:
    """What is wrong in a variable is named by the variable."""
    text = refused(tmp_path, **{variable: value})
    assert f"{variable}: " in text
    assert expected in text


def test_environment_without_a_file(tmp_path: Path) -> None:
    """A container needs no file: the environment can say everything."""
    environ = {
        "PO_BRIDGE__NUORDER__PORTALS": '[{ name = "A", consumer_key = "k", consumer_secret = { env = "CONSUMER" }, '
        'token = { env = "TOKEN" }, token_secret = { env = "HALF" } }]',
        "PO_BRIDGE__XSERIES__DOMAIN_PREFIX": "shop",
        "PO_BRIDGE__XSERIES__TOKEN": "s3cret-own",
    }
    found: Config = read_config(tmp_path / "po-bridge.toml", {**SECRETS, **environ})
    assert (found.portals[0].token, store_of(found).domain_prefix) == ("s3cret-token", "shop")


def test_variable_that_the_file_names(tmp_path: Path) -> None:
    """A secret's own variable may begin as ours do."""
    text = SMALL.replace('"STORE"', '"PO_BRIDGE__STORE"')
    assert read(tmp_path, text, PO_BRIDGE__STORE="x").target.token == Secret("x")


def test_variable_names_the_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is looked for where PO_BRIDGE_CONFIG says; the option precedes the variable."""
    monkeypatch.setenv("PO_BRIDGE_CONFIG", str(tmp_path / "there.toml"))
    assert "there.toml" in run("status").err
    assert "here.toml" in run("status", "--config", tmp_path / "here.toml").err


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("purchase_order_address", "https://pos.example/{order}", "{order} is no placeholder"),
        ("wholesale_order_address", "https://brand.example/{key}", "known here are {id}, {number}"),
        ("note_template", "{number} {who}", "{who} is no placeholder"),
    ],
)
def test_template_that_cannot_be_filled_in(tmp_path: Path, key: str, value: str, words: str) -> None:
    """A placeholder that nobody knows is refused with its path, before anything is planned."""
    text = refused(tmp_path, SMALL + f'[setup]\n{key} = "{value}"\n')
    assert f"$.setup.{key}" in text
    assert words in text


def test_application(tmp_path: Path) -> None:
    """A store is connected by a personal token or by an application, never by both."""
    both = SMALL + 'application = { client_id = "c", client_secret = { env = "HALF" } }\n'
    assert "either token or application" in refused(tmp_path, both)
    alone = both.replace('token = { env = "STORE" }', "")
    assert "po-bridge connect xseries" in refused(tmp_path, alone)
    assert "$.xseries.application.id" in refused(tmp_path, both.replace("client_id", "id"))
