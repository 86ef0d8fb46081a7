"""Options that every command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from attrs import frozen
from cyclopts import Parameter

from .config import DEFAULT_PATH


@Parameter(name="*")
@frozen(kw_only=True)
class Options:
    """Options of every command."""

    config: Annotated[Path, Parameter(env_var="PO_BRIDGE_CONFIG")] = DEFAULT_PATH
    """The configuration file."""
    json: bool = False
    """Answer with one JSON document on the standard output."""


DEFAULT = Options()
"""What holds where no option is given."""
