"""What the pages need around them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.docs.letter_box import LetterBox
from tests.docs.session import Session

Follow = Callable[[Path], Session]


@pytest.fixture
def letter_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[LetterBox]:
    """A mail server, named in the environment as pages expect it."""
    with LetterBox() as box:
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", str(box.port))
        yield box


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Session]]:
    """Open a page in a folder of its own; what its blocks put into the environment goes with the test."""
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    opened: list[Session] = []

    def opening(page: Path) -> Session:
        opened.append(Session(page=page, folder=tmp_path))
        return opened[-1].__enter__()

    yield opening
    for one in opened:
        one.__exit__(None, None, None)
    os.environ.clear()
    os.environ.update(before)
