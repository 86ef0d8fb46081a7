"""The configuration: what it holds, and what is said of what is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from attrs import asdict

from po_bridge.cli.config import Config, read_config
from po_bridge.cli.ready_config import MARK, write_config
from po_bridge.clients.nuorder import Scheme, Side
from po_bridge.clients.xseries import ApiVersion, BodyForm, OrderReading, Settings, XSeries
from po_bridge.errors import Misuse
from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.models.secret import Secret
from po_bridge.models.setup import PackRule, PortalRules, PriceReading, Setup, SkuRule, TakeOver, WindowRule

SECRETS = {
    "CONSUMER": "s3cret-consumer",
    "TOKEN": "s3cret-token",
    "HALF": "s3cret-half",
    "STORE": "s3cret-store",
}

FULL = """
journal = "data/bridge.db"
cache = "data/cache.db"
tokens = "data/tokens.json"

[[nuorder.portals]]
name = "A Brand"
side = "brand"
scheme = "vendor"
address = "https://wholesale.nuorder.com"
images = "https://pictures.example/{hash}.jpg"
consumer_key = "key"
consumer_secret = { env = "CONSUMER" }
token = { env = "TOKEN" }
token_secret = { env = "HALF" }

[xseries]
domain_prefix = "shop"
token = { env = "STORE" }
page_size = 500

[xseries.settings]
generation = "2026-10"
rows_assumed = true
images_assumed = true
members_wrapped = true
family_delete = false
body = "wrapped"
bulk_atomic = true
line_moves_version = false
deleted_codes_free = true
orders_read = "deliveries"
settle = 1.5
window = 30

[setup]
default_outlet = "Main"
drafts = false
windows = "one purchase order per window"
order_status = "sent"
note_template = "{number}"
retail_from_msrp = false
tags = ["new", "spring"]
sku = "supplier code"
images_per_family = 2
take_over = ["supplier price", "empty UPC"]
purchase_order_address = "https://shop.example/{id}"
wholesale_order_address = "https://brand.example/{id}"

[setup.suppliers]
"A Brand" = "A Supplier"

[setup.outlets]
DOOR-1 = "Main"

[setup.rates]
EUR = 1.08
CAD = "0.74"

[setup.portals."A Brand"]
packs = "packs"
prices = "price less the line discount"
zero_price = true
image_host = "pictures.example"
"""

SMALL = """
[[nuorder.portals]]
name = "A"
consumer_key = "key"
consumer_secret = { env = "CONSUMER" }
token = { env = "TOKEN" }
token_secret = { env = "HALF" }

[xseries]
domain_prefix = "shop"
token = { env = "STORE" }
"""


def read(tmp_path: Path, text: str, **more: str) -> Config:
    """Read a configuration from a file."""
    path = tmp_path / "po-bridge.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path, {**SECRETS, **more})


def refused(tmp_path: Path, text: str) -> str:
    """Give the text of the error that a configuration leads to."""
    with pytest.raises(Misuse) as caught:
        read(tmp_path, text)
    return str(caught.value)


def test_full(tmp_path: Path) -> None:
    """Every key reaches its place."""
    found = read(tmp_path, FULL)
    (portal,) = found.portals
    assert (found.journal, found.cache) == (
        tmp_path / "data" / "bridge.db",
        tmp_path / "data" / "cache.db",
    )
    assert (portal.name, portal.side, portal.scheme) == ("A Brand", Side.BRAND, Scheme.VENDOR)
    assert (portal.consumer_secret.reveal(), portal.token) == ("s3cret-consumer", "s3cret-token")
    assert found.target.token == Secret("s3cret-store")
    assert isinstance(found.target, XSeries)
    assert (found.target.page_size, found.target.image_host) == (500, "https://pictures.example")
    assert found.target.settings == Settings(
        generation=ApiVersion.V2026_10,
        rows_assumed=True,
        images_assumed=True,
        members_wrapped=True,
        family_delete=False,
        body=BodyForm.WRAPPED,
        bulk_atomic=True,
        line_moves_version=False,
        deleted_codes_free=True,
        orders_read=OrderReading.DELIVERIES,
        settle=1.5,
        window=30.0,
    )
    assert found.setup == Setup(
        suppliers={"A Brand": "A Supplier"},
        outlets={"DOOR-1": "Main"},
        default_outlet="Main",
        drafts=False,
        windows=WindowRule.EACH,
        order_status=PurchaseStatus.SENT,
        note_template="{number}",
        retail_from_msrp=False,
        tags=("new", "spring"),
        sku=SkuRule.FROM_SUPPLIER_CODE,
        images_per_family=2,
        take_over=frozenset({TakeOver.SUPPLIER_PRICE, TakeOver.EMPTY_UPC}),
        rates={"EUR": Decimal("1.08"), "CAD": Decimal("0.74")},
        portals={
            "A Brand": PortalRules(
                packs=PackRule.PACKS,
                prices=PriceReading.LESS_LINE,
                zero_price=True,
                image_host="pictures.example",
            )
        },
        purchase_order_address="https://shop.example/{id}",
        wholesale_order_address="https://brand.example/{id}",
    )


def test_every_choice_can_be_made(tmp_path: Path) -> None:
    """Each choice has its key: the full configuration differs from the defaults in every field."""
    found = read(tmp_path, FULL)
    chosen = (
        (found.setup, Setup()),
        (found.setup.rules_of("A Brand"), PortalRules()),
        (found.target.settings, Settings()),
    )
    same = [
        one for ours, unsaid in chosen for one in asdict(ours) if getattr(ours, one) == getattr(unsaid, one)
    ]
    assert same == []


def test_small(tmp_path: Path) -> None:
    """What is left out keeps its default."""
    found = read(tmp_path, SMALL)
    assert found.setup == Setup()
    assert found.journal == tmp_path / "bridge.db"
    assert found.target.settings == Settings()


@pytest.mark.parametrize(
    ("was", "becomes", "path"),
    [
        ('name = "A"', "name = 7", "$.nuorder.portals[0].name"),
        ('consumer_key = "key"', "", "$.nuorder.portals[0].consumer_key"),
        ('name = "A"', 'name = "A"\nside = "left"', "$.nuorder.portals[0].side"),
        ('name = "A"', 'name = "A"\naddress = "http://wholesale.example"', "address must be https://"),
        ('name = "A"', 'name = "A"\naddress = "https://[broken"', "$.nuorder.portals[0]: something"),
        ('name = "A"', 'name = "A"\ncolour = "red"', "$.nuorder.portals[0].colour"),
        ('{ env = "STORE" }', '{ env = "UNSET" }', "environment variable UNSET"),
        ('{ env = "STORE" }', '{ file = "x" }', "$.xseries.token"),
        ("[xseries]", "[xseries]\npage_size = 1.5", "$.xseries.page_size"),
        ("[xseries]", "[xseries]\nsettings = { settle = -1 }", "$.xseries.settings.settle"),
        ("[xseries]", '[xseries]\nsettings = { bulk_atomic = "yes" }', "$.xseries.settings.bulk_atomic"),
        ("[xseries]", "[xseries]\nsettings = 7", "$.xseries.settings"),
        ("[xseries]", '[setup]\ntake_over = ["all"]\n[xseries]', "$.setup.take_over"),
        ("[xseries]", "[setup]\ntags = [1]\n[xseries]", "$.setup.tags"),
        ("[xseries]", "[setup]\ndefault_outlet = 7\n[xseries]", "$.setup.default_outlet"),
        ("[xseries]", '[setup]\ndrafts = "no"\n[xseries]', "$.setup.drafts"),
        ("[xseries]", "[setup]\nrates = { EUR = 0 }\n[xseries]", "$.setup.rates.EUR"),
        ("[xseries]", '[setup]\nrates = { EUR = "dear" }\n[xseries]', "$.setup.rates.EUR"),
        ("[xseries]", '[setup]\nportals = { A = { packs = "x" } }\n[xseries]', "$.setup.portals.A.packs"),
        ("[xseries]", '[setup]\norder_status = "received"\n[xseries]', "$.setup.order_status"),
        ("[[nuorder.portals]]", "[nuorder.portals]", "$.nuorder.portals"),
        ('domain_prefix = "shop"', "", "$.xseries.domain_prefix"),
        ("[xseries]", "[elsewhere]\n[xseries]", "$.elsewhere"),
    ],
)
def test_fault_is_named(tmp_path: Path, was: str, becomes: str, path: str) -> None:
    """What is wrong is named by its path and by what should stand there."""
    assert path in refused(tmp_path, SMALL.replace(was, becomes))


def test_every_fault_at_once(tmp_path: Path) -> None:
    """One error lists everything that is wrong."""
    text = refused(
        tmp_path, SMALL.replace('"A"', "7").replace('"shop"', "8") + "page_size = true\nwhat = 1\n"
    )
    assert "4 bad field(s)" in text


@pytest.mark.parametrize("bad", ["", "[xseries]\ndomain_prefix = 'x'\ntoken = { env = 'STORE' }"])
def test_no_portal(tmp_path: Path, bad: str) -> None:
    """Without a portal nothing can be taken over."""
    assert "$.nuorder.portals" in refused(tmp_path, bad)


@pytest.mark.parametrize(
    "text",
    [
        SMALL.replace('{ env = "STORE" }', '"s3cret-inline"'),
        SMALL.replace('{ env = "TOKEN" }', '"s3cret-inline"'),
        SMALL.replace('token_secret = { env = "HALF" }', 'tokn_secret = "s3cret-inline"'),
        SMALL.replace('{ env = "STORE" }', '["s3cret-inline"]'),
        SMALL + 'tokens = "s3cret-inline"',
        SMALL.replace("[xseries]", 'xseries = "s3cret-inline"').replace('domain_prefix = "shop"', ""),
    ],
    ids=["store", "portal", "misspelt", "list", "unknown", "no table"],
)
def test_secret_in_the_wrong_place(tmp_path: Path, text: str) -> None:
    """A secret for another machine is not read from a file, and no error shows one, however it is spelt."""
    assert "s3cret" not in refused(tmp_path, text)


def test_secrets_of_an_emulator(tmp_path: Path) -> None:
    """A secret for this machine may stand in the file."""
    text = SMALL.replace('{ env = "STORE" }', '"inline"\naddress = "http://127.0.0.1:8080"')
    assert read(tmp_path, text).target.token == Secret("inline")


def test_no_secret_is_shown(tmp_path: Path) -> None:
    """What is read shows no secret."""
    assert "s3cret" not in repr(read(tmp_path, FULL))


def test_without_secrets(tmp_path: Path) -> None:
    """A command that calls nobody needs no secret."""
    path = tmp_path / "po-bridge.toml"
    path.write_text(SMALL, encoding="utf-8")
    assert read_config(path, {}, needs_secrets=False).journal == tmp_path / "bridge.db"


def test_no_file(tmp_path: Path) -> None:
    """Where there is no configuration the error says how to get one."""
    with pytest.raises(Misuse, match="sandbox --write-config"):
        read_config(tmp_path / "po-bridge.toml", {})


@pytest.mark.parametrize(
    "content", [b"= 7", b"\xff\xfe", b"a = 1\na = 2"], ids=["no TOML", "no text", "twice"]
)
def test_no_toml(tmp_path: Path, content: bytes) -> None:
    """A file that is no TOML is refused by name."""
    path = tmp_path / "po-bridge.toml"
    path.write_bytes(content)
    with pytest.raises(Misuse, match=r"po-bridge\.toml"):
        read_config(path, {})


def test_written_file_is_not_lost(tmp_path: Path) -> None:
    """The sandbox overwrites only what it wrote itself."""
    path = tmp_path / "po-bridge.toml"
    write_config(path, f"{MARK}\none = 1\n")
    write_config(path, f"{MARK}\ntwo = 2\n")
    assert "two" in path.read_text(encoding="utf-8")
    path.write_text(SMALL, encoding="utf-8")
    with pytest.raises(Misuse, match="name another file"):
        write_config(path, MARK)
    assert path.read_text(encoding="utf-8") == SMALL
