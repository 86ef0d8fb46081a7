"""How the renewal of a token ends."""

from __future__ import annotations

from enum import Enum


class Renewal(Enum):
    """How a renewal ended; the value says who must do what."""

    RENEWED = "the token was renewed"
    LATER = "the token could not be renewed just now; the next attempt tries again"
    PERSONAL = "connect the store again with a new personal token: this one is wrong, expired or revoked"
    UNFIT = "connect the store again: this token cannot be refreshed"
    APPLICATION = "check client id and secret of the application: the store does not take them"
    ELSEWHERE = "another process is renewing the token; wait a minute, then resume"
    EXPIRED = "connect the store again: the token ran out and its refresh token is not taken any more"
    REVOKED = (
        "connect the store again: its owner, or another sign-in of the application, took the access back"
    )
    LOST = "connect the store again: the answer to a refresh was lost and the old token is not taken any more"
    SILENT = "connect the store again: the answer to a refresh was lost twice, so the token may be void"
    REFUSED = "connect the store again: the token is wrong, expired or revoked"
    """Nobody said when it ends, so the two cannot be told apart."""

    @property
    def again(self) -> bool:
        """Whether what was refused may be sent again at once."""
        return self in {Renewal.RENEWED, Renewal.LATER}
