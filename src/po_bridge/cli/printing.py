"""Answers on the standard output: text for people, or one JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import Misuse
from .json_form import json_text
from .options import Options


def show(options: Options, text: str, document: Mapping[str, Any]) -> None:
    """Print the document with ``--json``, else the text."""
    print(json_text(document) if options.json else text, flush=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file in the place of what was there; raises Misuse where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Misuse(f"{path} cannot be written: {error.strerror}") from error
