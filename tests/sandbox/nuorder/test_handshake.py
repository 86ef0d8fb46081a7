"""The way to a permanent token."""

from __future__ import annotations

import pytest
from tests.sandbox.nuorder.signing import FRESH, REP, Caller, answered, brand, message, with_token

from po_bridge.sandbox.message import Request

SCHEMES = pytest.mark.parametrize("scheme", ["standard", "vendor"])


def begun(caller: Caller) -> Caller:
    """Make the caller that holds the temporary token."""
    caller.callback = "oob"
    answer = caller.read("/api/initiate")
    assert answer["oauth_callback_confirmed"] is True
    assert (len(answer["oauth_token"]), len(answer["oauth_token_secret"])) == (16, 24)
    credential = with_token(FRESH, answer["oauth_token"], answer["oauth_token_secret"])
    return Caller(caller.sandbox, credential, caller.scheme)


@SCHEMES
def test_whole_way(scheme: str) -> None:
    """Initiate, approval and token lead to a token that reads orders."""
    sandbox = brand()
    temporary = begun(Caller(sandbox, FRESH, scheme))
    temporary.verifier = sandbox.approve(temporary.credential.token)
    assert len(temporary.verifier) == 16
    answer = temporary.read("/api/token")
    assert (len(answer["oauth_token"]), len(answer["oauth_token_secret"])) == (24, 64)
    permanent = with_token(FRESH, answer["oauth_token"], answer["oauth_token_secret"])
    assert Caller(sandbox, permanent, scheme).read("/api/order/a1")["_id"] == "a1"


def test_pending_application() -> None:
    """The admin sees the application by name until it is approved."""
    sandbox = brand()
    begun(Caller(sandbox, FRESH, "vendor"))
    assert [each.name for each in sandbox.pending] == ["Corner Shop"]
    sandbox.approve(sandbox.pending[0].token)
    assert sandbox.pending == ()


def test_application_name_in_the_query() -> None:
    """A caller that signs by the standard may give its name as a query parameter."""
    sandbox = brand()
    assert Caller(sandbox, FRESH).get("/api/initiate?application_name=Till%20One").status == 200
    assert sandbox.pending[0].name == "Till One"


def test_application_name_beside_a_standard_signature() -> None:
    """The name may stand in the header without being signed."""
    sandbox = brand()
    request = Caller(sandbox, FRESH, callback="oob").signed("GET", "/api/initiate")
    header = request.headers["authorization"] + ', application_name="Till%20One"'
    asked = Request(method="GET", address=request.address, headers={"authorization": header})
    assert answered(sandbox, asked).status == 200
    assert sandbox.pending[0].name == "Till One"


@SCHEMES
@pytest.mark.parametrize("verifier", ["", "0000000000000000"], ids=["none", "wrong"])
@pytest.mark.parametrize("approved", [True, False])
def test_no_token_without_the_verifier(scheme: str, verifier: str, approved: bool) -> None:
    """Without the right verifier there is no token, and the application stays."""
    sandbox = brand()
    temporary = begun(Caller(sandbox, FRESH, scheme))
    if approved:
        sandbox.approve(temporary.credential.token)
    temporary.verifier = verifier
    assert message(temporary.get("/api/token")) == (401, "Signature is not correct")
    assert temporary.credential.token in sandbox.state.applications


def test_verifier_is_used_up() -> None:
    """The temporary token is good for one exchange."""
    sandbox = brand()
    temporary = begun(Caller(sandbox, FRESH))
    temporary.verifier = sandbox.approve(temporary.credential.token)
    assert temporary.get("/api/token").status == 200
    assert temporary.get("/api/token").status == 401


def test_temporary_token_reads_nothing() -> None:
    """A temporary token is good for the exchange only, a permanent one not for it."""
    sandbox = brand()
    assert begun(Caller(sandbox, FRESH)).get("/api/order/a1").status == 401
    assert Caller(sandbox, REP).get("/api/token").status == 401
    assert Caller(sandbox, REP).get("/api/initiate").status == 401


def test_approving_twice() -> None:
    """Approving again shows the same verification code."""
    sandbox = brand()
    token = begun(Caller(sandbox, FRESH)).credential.token
    assert sandbox.approve(token) == sandbox.approve(token)


def test_approving_a_stranger() -> None:
    """A token that began no hand-shake cannot be approved."""
    with pytest.raises(KeyError):
        brand().approve("nobody")


def test_desk() -> None:
    """Over the wire, the desk lists the applications and approves one."""
    sandbox = brand()
    token = begun(Caller(sandbox, FRESH, "vendor")).credential.token
    desk = "http://h/desk/applications"
    listed = answered(sandbox, Request(method="GET", address=desk)).read_json()
    assert listed == [{"application_name": "Corner Shop", "oauth_token": token, "approved": False}]
    approved = answered(sandbox, Request(method="POST", address=f"{desk}/{token}/approve"))
    assert approved.read_json() == {"oauth_verifier": sandbox.approve(token)}
    wrong = answered(sandbox, Request(method="POST", address=f"{desk}/nobody/approve"))
    assert message(wrong) == (404, "application not found")
