"""The OAuth header of a request, as both schemes write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote

from attrs import frozen

from ..message import Request
from .signature import Pairs

_PAIR: Final = re.compile(r'\s*([^=,\s]+)=(?:"([^"]*)"|([^,]*))\s*(?:,|$)')
_NEEDED: Final = ("oauth_consumer_key", "oauth_nonce", "oauth_signature", "oauth_timestamp")
_FORM: Final = "application/x-www-form-urlencoded"


@frozen(kw_only=True)
class Authorization:
    """The parameters of an `Authorization: OAuth` header, decoded."""

    pairs: tuple[tuple[str, str], ...]
    """In the order written."""

    @property
    def values(self) -> Mapping[str, str]:
        """By name; the last of a repeated name counts."""
        return dict(self.pairs)

    @property
    def complete(self) -> bool:
        """Whether everything is there that a signature by HMAC-SHA1 and OAuth 1.0 needs."""
        values = self.values
        return (
            all(values.get(name) for name in _NEEDED)
            and re.fullmatch("[0-9]+", values["oauth_timestamp"]) is not None
            and values.get("oauth_signature_method") == "HMAC-SHA1"
            and values.get("oauth_version", "1.0") == "1.0"
        )


def read_authorization(request: Request) -> Authorization | None:
    """Read the header of a request; None when there is none of this kind.

    The scheme word counts in any case and values may stand without quotes: both are on record.
    """
    scheme, _, rest = request.headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() != "oauth":
        return None
    found = tuple((unquote(name), unquote(quoted or bare)) for name, quoted, bare in _PAIR.findall(rest))
    return Authorization(pairs=found)


def signed_pairs(request: Request, authorization: Authorization) -> Pairs:
    """Collect the parameters that RFC 5849 section 3.4.1.3.1 counts: header, query and form body."""
    header = tuple(
        (name, value) for name, value in authorization.pairs if name not in {"realm", "oauth_signature"}
    )
    is_form = request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM
    body = parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True) if is_form else ()
    return (*header, *request.query, *body)
