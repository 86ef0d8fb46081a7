"""What only the emulator can show: real signatures, the hand-shake, lost answers and the look at a portal."""

from __future__ import annotations

import pytest
from attrs import evolve
from tests.clients.nuorder import documents
from tests.clients.nuorder.played import HOSTS, Stage, keys, portals, seed
from tests.clients.nuorder.scripted import Script, answer

from po_bridge.clients.nuorder import NuOrder, Pending, Portal, Scheme, Side, State, check, initiate, redeem
from po_bridge.errors import Misuse, Unauthorized, Unreachable
from po_bridge.models.wholesale_order import WholesaleStatus
from po_bridge.ports.source import OrderFilter
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.nuorder import Refusal, Schemes, Switches

ONLY = {Scheme.RFC5849: Schemes.STANDARD, Scheme.VENDOR: Schemes.VENDOR}
SCHEMES = pytest.mark.parametrize("scheme", list(Scheme), ids=lambda scheme: scheme.name)


def stranger(side: Side = Side.RETAILER) -> Portal:
    """A portal with a key pair and no token."""
    pair = keys("Acme", side.value)
    return Portal(
        name="Acme",
        side=side,
        address=HOSTS[side],
        consumer_key=pair["consumer_key"],
        consumer_secret=pair["consumer_secret"],
    )


def begin(stage: Stage, portal: Portal) -> tuple[Pending, str]:
    """Begin a hand-shake and have the admin approve it."""
    pending = stage.run(initiate(portal))
    assert [each.name for each in stage.sandbox.pending] == ["po_bridge"]
    return pending, stage.sandbox.approve(pending.portal.token)


@SCHEMES
@pytest.mark.parametrize("side", list(Side), ids=lambda side: side.name)
def test_hand_shake(side: Side, scheme: Scheme) -> None:
    """From a key pair to a first order, whichever scheme the vendor takes."""
    stage = Stage(Switches(schemes=ONLY[scheme]))
    held = seed(stage)
    pending, code = begin(stage, stranger(side))
    connected = stage.run(redeem(pending, code))
    assert connected.scheme is scheme
    key = next(key for key in held["offered"] if key.portal == "Acme")
    assert stage.run(NuOrder(portals=(connected,)).order(key)).key == key


def test_code_before_approval() -> None:
    """A code that the admin did not give is refused, and the right one still works afterwards."""
    stage = Stage()
    pending = stage.run(initiate(stranger()))
    with pytest.raises(Unauthorized, match="not approved yet"):
        stage.run(redeem(pending, "guess"))
    assert stage.run(redeem(pending, stage.sandbox.approve(pending.portal.token))).connected


def test_lost_answer_uses_the_code_up() -> None:
    """A lost answer to the second step is not asked for again: the code is gone, and the error says so."""
    stage = Stage()
    pending, code = begin(stage, stranger())
    stage.sandbox.inject(Fault(kind=FaultKind.LOSE, path="/api/token"))
    with pytest.raises(Unreachable):
        stage.run(redeem(pending, code))
    assert stage.paths.count("/api/token") == 1
    with pytest.raises(Unauthorized, match="begin again"):
        stage.run(redeem(pending, code))


def test_repeated_reads_are_no_replays() -> None:
    """A read that a driver sends again has a fresh nonce, so that the vendor takes it."""
    stage = Stage()
    held = seed(stage)
    stage.sandbox.inject(Fault(kind=FaultKind.LOSE, path="/api/order/*", times=2))
    key = held["offered"][0]
    assert stage.run(NuOrder(portals=portals()).order(key)).key == key
    assert Refusal.REPLAYED not in stage.sandbox.refusals


def test_wrong_clock_is_named() -> None:
    """A clock that is off is refused like a wrong key, so the remedy names it."""
    stage = Stage()
    stage.clock.moment = stage.clock.moment.replace(year=2024)
    ahead = Stage()
    source = NuOrder(portals=portals())
    stage.sandbox = ahead.sandbox
    with pytest.raises(Unauthorized) as caught:
        stage.run(source.find("1001"))
    assert Refusal.STALE in ahead.sandbox.refusals
    assert "clock" in caught.value.mend


def test_other_scheme_costs_one_call_a_portal() -> None:
    """The refused scheme is tried once a portal and never again."""
    stage = Stage(Switches(schemes=Schemes.VENDOR))
    seed(stage)
    source = NuOrder(portals=portals())
    for _ in range(3):
        stage.run(source.find("1001"))
    assert stage.sandbox.refusals == [Refusal.SIGNATURE] * 2


def test_new_status_words_are_kept() -> None:
    """A status that nobody knows yet is read as such, with its word."""
    stage = Stage()
    stage.sandbox.add_order(documents.order("1", status="on hold"), "Acme")
    source = NuOrder(portals=portals())
    (key,) = stage.run(source.find("1"))
    order = stage.run(source.order(key))
    assert (order.status, order.status_word) == (WholesaleStatus.OTHER, "on hold")


def test_unknown_keys_are_kept() -> None:
    """Custom fields of a portal stand in ``extra``."""
    stage = Stage()
    stage.sandbox.add_order(documents.order("1", showroom="Paris"), "Acme")
    (order,) = stage.run(NuOrder(portals=portals()).orders(OrderFilter()))
    assert "Paris" in order.extra.values()


@pytest.mark.parametrize(
    ("images", "expected", "foreign"),
    [
        (["ab12"], ("https://cdn1.nuorder.com/product/ab12.jpg",), ()),
        (["../x?y"], ("https://cdn1.nuorder.com/product/..%2Fx%3Fy.jpg",), ()),
        (["https://cdn1.nuorder.com/p.png"], ("https://cdn1.nuorder.com/p.png",), ()),
        (
            ["http://169.254.169.254/x", "ab"],
            ("https://cdn1.nuorder.com/product/ab.jpg",),
            ("http://169.254.169.254/x",),
        ),
        (
            ["//evil.example/x", "ftp://cdn1.nuorder.com/x"],
            (),
            ("//evil.example/x", "ftp://cdn1.nuorder.com/x"),
        ),
        (["http://[x"], (), ("http://[x",)),
        ([], (), ()),
    ],
    ids=["hash", "path", "full", "strange host", "strange scheme", "no address", "none"],
)
def test_pictures(images: list[str], expected: tuple[str, ...], foreign: tuple[str, ...]) -> None:
    """Pictures have full addresses on the configured host; others are kept aside and never opened."""
    stage = Stage()
    stage.sandbox.add_style(documents.style(images=images), "Acme")
    style = stage.run(NuOrder(portals=portals()).style("Acme", "s100"))
    assert style is not None
    assert style.images == expected
    assert style.extra.get("images", ()) == foreign


def test_pictures_of_the_sandbox() -> None:
    """A portal's own template of pictures is used, and the emulator serves the address."""
    stage = Stage()
    hash = stage.sandbox.add_picture(b"\x89PNG\r\n\x1a\n")
    stage.sandbox.add_style(documents.style(images=[hash]), "Acme")
    acme = evolve(portals()[0], images="http://127.0.0.1:9/product/{hash}.jpg")
    style = stage.run(NuOrder(portals=(acme,)).style("Acme", "s100"))
    assert style is not None
    assert style.images == (f"http://127.0.0.1:9/product/{hash}.jpg",)


def test_unknown_portal_is_misuse() -> None:
    """A key of a portal that is not configured is the caller's mistake."""
    with pytest.raises(Misuse, match="no portal 'Zed'"):
        Stage().run(NuOrder(portals=portals()).style("Zed", "s100"))


def states(stage: Stage, portal: Portal) -> dict[str, State]:
    """What a look at a portal found."""
    return {each.what: each.state for each in stage.run(check(portal)).findings}


def test_checkup_of_a_good_portal() -> None:
    """On a portal that is ready, everything is tried on one order and told in words."""
    stage = Stage()
    seed(stage)
    found = stage.run(check(portals()[0]))
    assert found.ready
    assert set(states(stage, portals()[0]).values()) == {State.WORKS}
    assert "portal 'Acme' can be used" in str(found)
    assert "5 units, total 57.5 USD" in str(found)
    assert "'basic tee' has 2 sizes and 1 pictures" in str(found)


def test_checkup_without_numbers_and_styles() -> None:
    """What is not offered is told, and does not keep a portal from being used."""
    stage = Stage(Switches(retailer_finds_numbers=False))
    stage.sandbox.add_order(documents.order("1"), "Acme")
    found = stage.run(check(portals()[0]))
    assert found.ready
    assert "status lists are searched" in str(found)
    assert "named by its style number" in str(found)


def test_checkup_of_an_empty_portal() -> None:
    """Without any order nothing can be tried, which is said and is no fault."""
    found = Stage().run(check(portals()[0]))
    assert found.ready
    assert [each.state for each in found.findings] == [State.UNKNOWN]


def test_checkup_of_an_order_without_lines() -> None:
    """An order without lines leads to no style."""
    stage = Stage()
    stage.sandbox.add_order(documents.order("1", line_items=[], total=0, total_quantity=0), "Acme")
    assert states(stage, portals()[0])["read a style document"] is State.UNKNOWN


def test_checkup_with_a_wrong_token() -> None:
    """A wrong token is a finding that says who must do what, and shows no secret."""
    stage = Stage()
    seed(stage)
    found = stage.run(check(evolve(portals()[0], token_secret="hush-wrong")))
    assert not found.ready
    assert "approve po_bridge again" in str(found)
    assert "hush" not in f"{found!r}{found}"


def test_checkup_of_an_unreadable_order() -> None:
    """An order that cannot be read is a finding with its bad fields."""
    stage = Stage()
    stage.sandbox.add_order(documents.order("1", total="much"), "Acme")
    found = stage.run(check(portals()[0]))
    assert not found.ready
    assert "$.total" in str(found)


def test_checkup_of_a_number_that_leads_elsewhere() -> None:
    """A number that does not lead back to its order proves nothing, and is no obstacle."""
    script = Script(
        orders_approved_list=answer(["66"]),
        order_66=answer(documents.order("1", _id="66")),
        order_number_1=answer(documents.order("1", _id="67")),
        product_s100=answer(documents.style()),
    )
    found = script.run(check(portals()[0]))
    assert found.ready
    assert [each.state for each in found.findings] == [
        State.WORKS,
        State.WORKS,
        State.UNKNOWN,
        State.WORKS,
    ]


def test_checkup_needs_a_token() -> None:
    """A portal that was never connected is not looked at."""
    with pytest.raises(Misuse, match="no token yet"):
        Stage().run(check(stranger()))
