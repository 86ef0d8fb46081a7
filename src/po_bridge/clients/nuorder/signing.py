"""Signatures of requests, by RFC 5849 and by the vendor's own sample.

Pure: time and nonce are arguments, so that every attempt can have fresh ones.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Final, assert_never
from urllib.parse import urlsplit

from attrs import evolve, frozen
from oauthlib.common import extract_params
from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import signature, utils

from ...ports.exchange import Auth, Request
from .portal import Credentials
from .scheme import Scheme

Pairs = tuple[tuple[str, str], ...]

_FORM: Final = "application/x-www-form-urlencoded"
_METHOD: Final = "HMAC-SHA1"
_VERSION: Final = "1.0"
_VENDOR_SIGNS: Final = frozenset({"oauth_verifier", "oauth_callback"})


def standard_signature(request: Request, oauth: Pairs, credentials: Credentials) -> str:
    """Sign by RFC 5849 section 3.4 with HMAC-SHA1; *oauth* is what the header holds beside the signature."""
    is_form = request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM
    form = extract_params(request.body.decode()) if is_form else None
    query = signature.collect_parameters(uri_query=urlsplit(request.address).query)
    pairs = [*query, *(form or ()), *oauth]
    text = signature.signature_base_string(
        request.method,  # type: ignore[arg-type]  # any method is taken, the stubs list the usual ones
        signature.base_string_uri(request.address),
        signature.normalize_parameters(pairs),  # type: ignore[arg-type]  # pairs are taken, the stubs err
    )
    keys = Client(
        credentials.consumer_key,
        client_secret=credentials.consumer_secret.reveal(),
        resource_owner_secret=credentials.token_secret.reveal(),
    )
    return str(signature.sign_hmac_sha1_with_client(text, keys))


def vendor_signature(request: Request, oauth: Pairs, credentials: Credentials) -> str:
    """Sign as the vendor's sample does: address and parameters in fixed order, unencoded, in hexadecimal."""
    given = dict(oauth)
    names = ("consumer_key", "token", "timestamp", "nonce", "version", "signature_method")
    signed = [(f"oauth_{name}", given.get(f"oauth_{name}", "")) for name in names]
    signed += [(name, value) for name, value in oauth if name in _VENDOR_SIGNS]
    parameters = "&".join(f"{name}={value}" for name, value in signed)
    text = f"{request.method}{request.address}?{parameters}"
    key = f"{credentials.consumer_secret.reveal()}&{credentials.token_secret.reveal()}"
    return hmac.digest(key.encode(), text.encode(), hashlib.sha1).hex()


def header(oauth: Iterable[tuple[str, str]]) -> str:
    """Write the value of an ``Authorization`` header by RFC 5849 section 3.5.1."""
    return "OAuth " + ", ".join(f'{utils.escape(name)}="{utils.escape(value)}"' for name, value in oauth)


@frozen(kw_only=True)
class Standard:
    """Signs by RFC 5849."""

    credentials: Credentials
    """Whose signature it is."""
    extra: Pairs = ()
    """What the hand-shake adds: callback and application name, or verifier."""

    def sign(self, request: Request, now: datetime, nonce: str) -> Request:
        """The request with its ``Authorization`` header."""
        named = (*_parameters(self.credentials, now, nonce), *self.extra)
        # RFC 5849 section 3.1 leaves the token out where there is none; the vendor's sample sends it empty.
        oauth = tuple(pair for pair in named if pair != ("oauth_token", ""))
        signed = standard_signature(request, oauth, self.credentials)
        return _with_header(request, (*oauth, ("oauth_signature", signed)))


@frozen(kw_only=True)
class VendorSample:
    """Signs as the vendor's sample does."""

    credentials: Credentials
    """Whose signature it is."""
    extra: Pairs = ()
    """What the hand-shake adds: callback and application name, or verifier."""

    def sign(self, request: Request, now: datetime, nonce: str) -> Request:
        """The request with its ``Authorization`` header, in the order that was recorded."""
        parameters = _parameters(self.credentials, now, nonce)
        signed = vendor_signature(request, (*parameters, *self.extra), self.credentials)
        return _with_header(request, (*parameters, ("oauth_signature", signed), *self.extra))


def auth(scheme: Scheme, credentials: Credentials, extra: Pairs = ()) -> Auth:
    """Choose the signer of a scheme."""
    match scheme:
        case Scheme.RFC5849:
            return Standard(credentials=credentials, extra=extra)
        case Scheme.VENDOR:
            return VendorSample(credentials=credentials, extra=extra)
        case _:
            assert_never(scheme)


def _parameters(credentials: Credentials, now: datetime, nonce: str) -> Pairs:
    return (
        ("oauth_consumer_key", credentials.consumer_key),
        ("oauth_timestamp", str(int(now.timestamp()))),
        ("oauth_nonce", nonce),
        ("oauth_version", _VERSION),
        ("oauth_signature_method", _METHOD),
        ("oauth_token", credentials.token),
    )


def _with_header(request: Request, oauth: Pairs) -> Request:
    return evolve(request, headers={**request.headers, "authorization": header(oauth)})
