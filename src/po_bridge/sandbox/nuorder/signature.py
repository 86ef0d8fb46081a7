"""The two ways of signing that are seen in the wild: RFC 5849 and the vendor's own sample."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

Pairs = Iterable[tuple[str, str]]

_PORTS = {"http": 80, "https": 443}
_VENDOR_ORDER = (
    "oauth_consumer_key",
    "oauth_token",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_signature_method",
)
_VENDOR_LAST = ("oauth_verifier", "oauth_callback")
_VENDOR_DEFAULT = {"oauth_version": "1.0", "oauth_signature_method": "HMAC-SHA1"}


def percent(text: str) -> str:
    """Percent-encode as RFC 5849 section 3.6: everything but letters, digits and `-._~`."""
    return quote(text, safe="~")


def standard_text(method: str, address: str, pairs: Pairs) -> str:
    """Make the signature base string of RFC 5849 section 3.4.1.

    `pairs` are all decoded parameters: query, form body, and header without realm and signature.
    """
    encoded = sorted((percent(name), percent(value)) for name, value in pairs)
    normal = "&".join(f"{name}={value}" for name, value in encoded)
    return "&".join((method.upper(), percent(_base_address(address)), percent(normal)))


def standard_signature(text: str, secret: str, token_secret: str) -> str:
    """Sign a base string with HMAC-SHA1 as RFC 5849 section 3.4.2, in base64."""
    return b64encode(_hmac(f"{percent(secret)}&{percent(token_secret)}", text)).decode()


def vendor_text(method: str, address: str, oauth: Mapping[str, str]) -> str:
    """Make the base string of the vendor's sample.

    Method, called URL, `?` and the parameters in a fixed order, nothing encoded.
    A missing token counts as empty; `application_name` never enters.
    """
    pairs = [f"{name}={oauth.get(name, _VENDOR_DEFAULT.get(name, ''))}" for name in _VENDOR_ORDER]
    pairs += [f"{name}={oauth[name]}" for name in _VENDOR_LAST if name in oauth]
    return f"{method.upper()}{address}?{'&'.join(pairs)}"


def vendor_signature(text: str, secret: str, token_secret: str) -> str:
    """Sign a base string with HMAC-SHA1 under the raw secrets, in lower-case hexadecimal."""
    return _hmac(f"{secret}&{token_secret}", text).hex()


def _hmac(key: str, text: str) -> bytes:
    return hmac.digest(key.encode(), text.encode(), "sha1")


def _base_address(address: str) -> str:
    # RFC 5849 section 3.4.1.2: lower-case scheme and host, the default port left out, no query.
    parts = urlsplit(address)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    name = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS.get(scheme)) else f":{parts.port}"
    return f"{scheme}://{name}{port}{parts.path or '/'}"
