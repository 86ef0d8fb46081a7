"""The evaluation of ``benchmarks/matching_quality.py`` in small: what it promises holds for any seed."""

from __future__ import annotations

import pytest
from benchmarks.matching_quality import MISSED, RIGHT, UNSHOWN, WRONG, Figures, evaluated


@pytest.fixture(scope="module", params=[1, 2])
def figures(request: pytest.FixtureRequest) -> Figures:
    """A store of two thousand products, asked for all of them and for what it lacks."""
    return evaluated(products=2_000, lines=2_600, seed=request.param)


def test_no_match_is_wrong(figures: Figures) -> None:
    """Not one automatic match is of another product, nor of something that the store lacks."""
    assert figures.all[RIGHT] > 1_500
    assert [(line.item, line.fault) for line, _ in figures.wrong] == []


def test_most_is_matched(figures: Figures) -> None:
    """Five of six lines whose product is there are matched, and nearly all others are shown to a person."""
    assert figures.recall > 0.83
    assert figures.found > 0.96


def test_few_are_asked_about(figures: Figures) -> None:
    """At most one line in six is sent to review, spoiled as the data is."""
    assert figures.reviewed < 0.17


def test_little_is_called_new_wrongly(figures: Figures) -> None:
    """At most two lines in a hundred would become a second product: those that share nothing with the first."""
    assert figures.all[MISSED] < 0.02 * figures.all.total()
    assert figures.all[UNSHOWN] < 0.01 * figures.all.total()


def test_every_fault_comes_up(figures: Figures) -> None:
    """Each fault that the evaluation knows is met at least once, and none leads to a wrong match."""
    assert len(figures.by_fault) >= 40
    assert all(counts[WRONG] == 0 for counts in figures.by_fault.values())


def test_equal_seeds_give_equal_figures() -> None:
    """The evaluation can be repeated."""
    assert evaluated(300, 300, 9).by_fault == evaluated(300, 300, 9).by_fault
