"""The scripts beside the pages, as modules."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from tests.docs.page_text import DOCS


def script(name: str) -> ModuleType:
    """Load a script of the docs by its name."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
