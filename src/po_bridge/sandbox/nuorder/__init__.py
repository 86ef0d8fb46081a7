"""A stateful emulator of NuORDER."""

from .app import NuOrderSandbox, Snapshot
from .deed import CancelUnits, Deed, Deliver, Edit, Item, Scene, SetStatus, Ship, Split
from .gate import Refusal
from .generation import Generation, rendered
from .portal import Credential, Portal, Side
from .signature import standard_signature, standard_text, vendor_signature, vendor_text
from .stage import ScriptError
from .state import Application, Document
from .switches import DateMeaning, Schemes, Switches

__all__ = [
    "Application",
    "CancelUnits",
    "Credential",
    "DateMeaning",
    "Deed",
    "Deliver",
    "Document",
    "Edit",
    "Generation",
    "Item",
    "NuOrderSandbox",
    "Portal",
    "Refusal",
    "Scene",
    "Schemes",
    "ScriptError",
    "SetStatus",
    "Ship",
    "Side",
    "Snapshot",
    "Split",
    "Switches",
    "rendered",
    "standard_signature",
    "standard_text",
    "vendor_signature",
    "vendor_text",
]
