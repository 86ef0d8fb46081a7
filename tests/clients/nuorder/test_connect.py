"""The hand-shake, answered from a script."""

from __future__ import annotations

from typing import Any

import pytest
from tests.clients.nuorder.scripted import Script, answer, portal, refusal, text

from po_bridge.clients.nuorder import Pending, Scheme, Side, initiate, redeem
from po_bridge.clients.nuorder.signing import Standard, VendorSample
from po_bridge.errors import BadDocument, Broken, Misuse, Unauthorized

TEMPORARY = {
    "oauth_token": "temporary-1234567",
    "oauth_token_secret": "hush-temporary",
    "oauth_callback_confirmed": True,
}
PERMANENT = {"oauth_token": "permanent-1234", "oauth_token_secret": "hush-permanent"}
BAD = refusal(401, "Signature is not correct")


def begun(**choices: Any) -> Pending:
    """A hand-shake that waits for approval."""
    return Script(initiate=answer(TEMPORARY)).run(initiate(portal(**choices)))


def extra(script: Script) -> tuple[tuple[str, str], ...]:
    """What the last request's signer adds to the header."""
    signer = script.requests[-1].auth
    assert isinstance(signer, Standard | VendorSample)
    return signer.extra


def test_initiate_forgets_the_old_token() -> None:
    """A hand-shake begins without a token and asks for a code that the admin passes on."""
    script = Script(initiate=answer(TEMPORARY))
    pending = script.run(initiate(portal()))
    signer = script.requests[0].auth
    assert isinstance(signer, Standard)
    assert (signer.credentials.token, signer.credentials.token_secret.reveal()) == ("", "")
    assert extra(script) == (("oauth_callback", "oob"), ("application_name", "po_bridge"))
    assert (pending.portal.token, pending.portal.token_secret.reveal()) == (
        "temporary-1234567",
        "hush-temporary",
    )


def test_redeem_gives_a_connected_portal() -> None:
    """The code is traded for the permanent pair; everything else of the portal stays."""
    script = Script(token=answer(PERMANENT))
    connected = script.run(redeem(begun(name="Birch", side=Side.BRAND), "  code-1 \n"))
    assert extra(script) == (("oauth_verifier", "code-1"),)
    assert (connected.token, connected.token_secret.reveal()) == ("permanent-1234", "hush-permanent")
    assert (connected.name, connected.side, connected.connected) == ("Birch", Side.BRAND, True)


def test_accepted_scheme_is_kept() -> None:
    """The scheme that the vendor accepted is the connected portal's, and the second step uses it at once."""
    first = Script(initiate=[BAD, answer(TEMPORARY)])
    pending = first.run(initiate(portal()))
    second = Script(token=answer(PERMANENT))
    connected = second.run(redeem(pending, "code"))
    assert connected.scheme is Scheme.VENDOR
    assert [type(request.auth) for request in second.requests] == [VendorSample]


def test_steps_are_sent_once() -> None:
    """No driver may repeat a step: the code is used up by an answer that was lost."""
    first, second = Script(initiate=answer(TEMPORARY)), Script(token=answer(PERMANENT))
    second.run(redeem(first.run(initiate(portal())), "code"))
    assert first.written == first.requests
    assert second.written == second.requests


@pytest.mark.parametrize(
    ("side", "place"),
    [(Side.RETAILER, "Contacts > Companies > the brand > API"), (Side.BRAND, "Admin > API Management")],
    ids=["retailer", "brand"],
)
def test_instructions(side: Side, place: str) -> None:
    """The admin is told where to approve which application."""
    told = begun(side=side).instructions
    assert place in told
    assert "'po_bridge'" in told


def test_wrong_key_says_so() -> None:
    """A refused beginning is about key, secret or clock."""
    with pytest.raises(Unauthorized) as caught:
        Script(initiate=BAD).run(initiate(portal()))
    assert "consumer key or secret" in caught.value.mend
    assert "clock" in caught.value.mend


def test_wrong_code_says_so() -> None:
    """A refused code costs one call and is about code and approval."""
    script = Script(token=BAD)
    with pytest.raises(Unauthorized) as caught:
        script.run(redeem(begun(), "wrong"))
    assert "not approved yet" in caught.value.mend
    assert len(script.requests) == 1


def test_empty_code_is_misuse() -> None:
    """An empty code is not sent."""
    with pytest.raises(Misuse, match="code is empty"):
        Script().run(redeem(begun(), "  "))


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, ["$.oauth_token", "$.oauth_token_secret"]),
        ([], ["$.oauth_token", "$.oauth_token_secret"]),
        ({"oauth_token": "t", "oauth_token_secret": ["hush-permanent"]}, ["$.oauth_token_secret"]),
        ({"oauth_token": "", "oauth_token_secret": "hush-permanent"}, ["$.oauth_token"]),
    ],
    ids=["nothing", "list", "wrong type", "empty"],
)
def test_strange_answers_are_named_and_hidden(body: Any, paths: list[str]) -> None:
    """An answer without a pair names what is missing and shows nothing of what is there."""
    with pytest.raises(BadDocument) as caught:
        Script(token=answer(body)).run(redeem(begun(), "code"))
    assert [issue.path for issue in caught.value.issues] == paths
    assert "hush" not in str(caught.value)


def test_broken_answer_is_hidden() -> None:
    """A pair that arrives cut off is not repeated in the error."""
    with pytest.raises(Broken) as caught:
        Script(token=text('{"oauth_token_secret": "hush-perm', 200)).run(redeem(begun(), "code"))
    assert "hush" not in f"{caught.value}{vars(caught.value)}"


def test_shows_no_secret() -> None:
    """Neither a waiting hand-shake nor a connected portal shows a secret."""
    connected = Script(token=answer(PERMANENT)).run(redeem(begun(), "code"))
    assert "hush" not in f"{begun()!r}{begun()}{connected!r}{connected}"
