"""The hand-shake that turns a key pair into a permanent token.

First ``initiate``; then the portal's admin approves the application and reads a code; then ``redeem`` it.
Both steps are sent once and never again by a driver: the first leaves an application waiting, the second uses
the code up.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve, frozen

from ...errors import BadDocument, Issue, Misuse, Unauthorized
from ...models.secret import Secret
from ...ports.exchange import Exchange
from .answer import Document
from .conversation import ask
from .habits import Habits
from .portal import Portal
from .signing import Pairs

APPLICATION: Final = "po_bridge"
"""What the admin reads among the pending applications."""
OUT_OF_BAND: Final = "oob"
"""Instead of a callback address: the admin is shown the code and passes it on."""


@frozen(kw_only=True)
class Pending:
    """A hand-shake that waits for the admin's approval."""

    portal: Portal
    """Signed with the temporary pair."""
    application: str
    """Name under which the admin finds it."""

    @property
    def instructions(self) -> str:
        """What the admin does next."""
        return (
            f"In portal {self.portal.name!r} open {self.portal.desk}, approve {self.application!r} among the "
            "pending applications, and copy the verification code."
        )


def initiate(
    portal: Portal, *, application: str = APPLICATION, callback: str = OUT_OF_BAND
) -> Exchange[Pending]:
    """Begin a hand-shake; a token that the portal had is not used.

    With a *callback* address the vendor posts the code there instead of showing it.
    Raises ``Unauthorized`` naming who must look, ``BadDocument`` and as ``read_answer``.
    """
    bare = evolve(portal, token="", token_secret=Secret())
    habits = Habits()
    extra = (("oauth_callback", callback), ("application_name", application))
    mend = (
        f"consumer key or secret of portal {portal.name!r} are wrong, or this machine's clock is: "
        f"check the clock, else copy both again from {portal.desk}"
    )
    document = yield from _hand_shake(bare, "/api/initiate", habits, extra, mend)
    waiting = _with_pair(bare, document)
    return Pending(portal=evolve(waiting, scheme=habits.scheme(portal)), application=application)


def redeem(pending: Pending, verifier: str) -> Exchange[Portal]:
    """End a hand-shake with the admin's code; the portal returned is connected and ready to be stored.

    Its ``scheme`` is the one that the vendor accepted.
    Raises Misuse for an empty code, ``Unauthorized`` where the code is wrong or was used, ``BadDocument``.
    """
    portal = pending.portal
    code = verifier.strip()
    if not code:
        raise Misuse(f"the verification code is empty; {pending.instructions}")
    habits = Habits()
    habits.settle(portal, portal.scheme)
    mend = (
        f"the code is wrong, was used before, or {pending.application!r} is not approved yet: "
        f"look under {portal.desk}; begin again if it is not among the pending applications"
    )
    document = yield from _hand_shake(portal, "/api/token", habits, (("oauth_verifier", code),), mend)
    return _with_pair(portal, document)


def _hand_shake(portal: Portal, where: str, habits: Habits, extra: Pairs, mend: str) -> Exchange[Any]:
    try:
        answer = yield from ask(portal, where, habits, extra=extra, once=True)
    except Unauthorized as refused:
        raise Unauthorized(
            refused.system, refused.status, refused.words, what=refused.what, mend=mend
        ) from refused
    return answer.value if isinstance(answer, Document) else None


def _with_pair(portal: Portal, document: Any) -> Portal:
    """The portal with the token pair of an answer; raises ``BadDocument`` that shows nothing of it."""
    value = document if isinstance(document, dict) else {}
    issues = tuple(
        Issue(path=f"$.{key}", seen=_shape(value.get(key)), expected="text")
        for key in ("oauth_token", "oauth_token_secret")
        if not isinstance(value.get(key), str) or not value[key]
    )
    if issues:
        raise BadDocument(f"answer of {portal.label} to the hand-shake", issues)
    return evolve(portal, token=value["oauth_token"], token_secret=Secret(value["oauth_token_secret"]))


def _shape(value: Any) -> str:
    return "nothing" if value is None or value == "" else f"a value of type {type(value).__name__}"
