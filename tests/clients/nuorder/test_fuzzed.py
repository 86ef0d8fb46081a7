"""Faulty documents are read or refused by the documented errors: a small run of what ``benchmarks/`` does at length."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from po_bridge.testing.spoil import Spoil, Spoiler, places

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "fuzz_nuorder.py"
DOCUMENT: dict[str, Any] = {"a": 1, "b": {"c": [1, "2"]}, "d": "x"}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("fuzz_nuorder", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2], ids=str)
def test_nothing_undocumented_is_raised(script: ModuleType, seed: int) -> None:
    """Documents of every shape and generation, with one to four faults each, end as they should."""
    said: list[str] = []
    totals = script.run(1_200, seed, said.append)
    assert totals["documents"] == 1_200
    assert totals["read"] + totals["refused"] == 1_200
    assert min(totals["read"], totals["refused"]) > 200, (
        "a run that reads or refuses all but everything shows little"
    )
    assert totals["named"] > totals["refused"]
    assert all(spoil.value in said[-1] for spoil in Spoil)


def chance(seed: int) -> random.Random:
    """Chance that can be had again."""
    return random.Random(seed)  # noqa: S311 - which fault is made is no secret


def test_places() -> None:
    """Every place in a document is found, the whole left out."""
    assert set(places(DOCUMENT)) == {("a",), ("b",), ("b", "c"), ("b", "c", 0), ("b", "c", 1), ("d",)}


def test_the_document_stays() -> None:
    """Faulty copies are made beside the document, and the same seed makes the same copies."""
    spoiler = Spoiler(document=DOCUMENT, spellings={"a": "A"})
    before = repr(DOCUMENT)
    first, again = ([spoiler.spoiled(chance(seed), 4) for seed in range(300)] for _ in range(2))
    assert first == again
    assert repr(DOCUMENT) == before
    assert {spoil for _, done in first for spoil in done} == set(Spoil)
    assert any("A" in made for made, _ in first)
