"""A compiled table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from .run import Run
from .steps import Step


@frozen(kw_only=True)
class Program:
    """What a table was compiled to: it does not change, and all readings share it."""

    steps: tuple[Step, ...]
    """Read the document."""
    frame: int
    """Frame of the table's model."""
    slots: int
    """Objects that a run keeps."""
    constants: tuple[Mapping[str, Any], ...]
    """For each frame the arguments that are the same in every reading."""
    depth: int
    """Levels, the document included."""

    def run(self, document: Any, context: Mapping[str, Any]) -> Run:
        """Read a document: models end up in the sink of ``frame``, what is wrong in ``issues``."""
        run = Run(slots=self.slots, frames=self.constants, depth=self.depth, context=context)
        run.objects[0] = document
        for step in self.steps:
            step(run)
        return run
