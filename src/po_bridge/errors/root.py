"""The root and its four branches, by who must act."""

from __future__ import annotations


class PoBridgeError(Exception):
    """Root of every error that po_bridge raises on purpose."""


class CallerError(PoBridgeError):
    """The calling program asked for something that cannot be done as asked."""


class DocumentError(PoBridgeError):
    """A document cannot be read; whoever sends it must mend it."""


class RemoteError(PoBridgeError):
    """A remote system did not do what was asked."""


class OperatorError(PoBridgeError):
    """A person must look before anything else happens."""
