"""For authors of connectors: suites to inherit, and what to try an adapter with. Needs the extra ``testing``."""

from .crash import CrashLab
from .fault import Fault, FaultKind, Gateway
from .graph import Durable, Graph, Remote
from .graph_contract import GraphContract
from .index_contract import IndexContract
from .journal_contract import JournalContract
from .local_subject import LocalSubject
from .mirror_contract import MirrorContract
from .sample import sample_plan
from .shipments_contract import ShipmentsContract, ShipmentsWorld
from .source_contract import SourceContract, SourceWorld
from .stock_contract import StockContract, StockWorld
from .subject import Subject, TrialClock
from .target_contract import TargetContract
from .upkeep_contract import UpkeepContract

__all__ = [
    "CrashLab",
    "Durable",
    "Fault",
    "FaultKind",
    "Gateway",
    "Graph",
    "GraphContract",
    "IndexContract",
    "JournalContract",
    "LocalSubject",
    "MirrorContract",
    "Remote",
    "ShipmentsContract",
    "ShipmentsWorld",
    "SourceContract",
    "SourceWorld",
    "StockContract",
    "StockWorld",
    "Subject",
    "TargetContract",
    "TrialClock",
    "UpkeepContract",
    "sample_plan",
]
