"""The toy target keeps the contract in both grains."""

from __future__ import annotations

import pytest

from po_bridge.models.capabilities import Capabilities
from po_bridge.testing.subject import Subject
from po_bridge.testing.target_contract import TargetContract
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import COARSE, FINE


class TestToyTarget(TargetContract):
    """Family in one call and lines in a batch; shell plus one call per variant and per line."""

    @pytest.fixture(params=[COARSE, FINE], ids=["coarse", "fine"])
    def subject(self, request: pytest.FixtureRequest) -> Subject:
        """A toy over an empty store."""
        capabilities: Capabilities = request.param
        return ToySubject(capabilities=capabilities)
