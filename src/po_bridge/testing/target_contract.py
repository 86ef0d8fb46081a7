"""The suite that every target must pass.

::

    class TestMyPos(TargetContract):
        @pytest.fixture
        def subject(self) -> Subject:
            return LocalSubject(target=blocking(MyTarget(pos)), remote=pos, wire=gateway, outlet_id="1")

A failing test says in one line what the adapter must do. Needs the extra ``testing``.
"""

from __future__ import annotations

from .target_doubt import DoubtContract
from .target_reading import ReadingContract
from .target_writing import WritingContract


class TargetContract(ReadingContract, WritingContract, DoubtContract):
    """What every target must do; ``subject`` is a fixture."""
