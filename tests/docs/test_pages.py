"""Every block of Python and of shell on every page does what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.conftest import Follow
from tests.docs.letter_box import LetterBox
from tests.docs.page_text import RUN, blocks, named, pages

RUNNING = [page for page in pages() if any(block.language in {*RUN, "toml"} for block in blocks(page))]

REASONS = (
    "installs from the network",
    "needs an account",
    "quoted from ",  # tests/examples compares it with the source
    "runs this test suite",
    "takes a minute",
)
"""The only reasons for which a block may be left out."""


@pytest.mark.parametrize("page", RUNNING, ids=named)
def test_page_is_true(page: Path, session: Follow, letter_box: LetterBox) -> None:
    """The blocks of a page run in order, and print what stands below them."""
    session(page).follow()


@pytest.mark.parametrize("page", RUNNING, ids=named)
def test_what_is_left_out_has_a_reason(page: Path) -> None:
    """A block that is not executed says why, in words that are agreed on."""
    reasons = [block.not_run for block in blocks(page) if block.not_run]
    assert [reason for reason in reasons if not reason.startswith(REASONS)] == []
