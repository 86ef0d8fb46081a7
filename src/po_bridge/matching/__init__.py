"""From written codes, colours and sizes to matches that carry their evidence."""

from __future__ import annotations

from .bulk import CodeColumn, Engine, read_codes
from .default_vocabulary import DEFAULT
from .demand import Demand, Hits, Keys, NearHit
from .explain import explain
from .judgement import Judgement
from .keys_of import ProductKeys, keys_of, product_keys, scopes_of
from .ladder import match
from .memory_index import MemoryIndex
from .near import near_text
from .options import color_key, option_keys, size_key
from .readings import CodeReadings, Reading, ReadingKind, read_code
from .result import (
    Candidate,
    Choice,
    Evidence,
    Match,
    Matched,
    NeedsReview,
    New,
    Objection,
    Reason,
    Rung,
    Skipped,
    Verdict,
)
from .rungs import LADDER, RungRule, ladder_text
from .style_numbers import style_key
from .supplier_codes import Joining, supplier_code, supplier_code_keys
from .vocabulary import Shape, Vocabulary, Word

__all__ = [
    "Candidate",
    "Choice",
    "CodeColumn",
    "CodeReadings",
    "DEFAULT",
    "Demand",
    "Engine",
    "Evidence",
    "Hits",
    "Joining",
    "Judgement",
    "Keys",
    "LADDER",
    "Match",
    "Matched",
    "MemoryIndex",
    "NearHit",
    "NeedsReview",
    "New",
    "Objection",
    "ProductKeys",
    "Reading",
    "ReadingKind",
    "Reason",
    "Rung",
    "RungRule",
    "Shape",
    "Skipped",
    "Verdict",
    "Vocabulary",
    "Word",
    "color_key",
    "explain",
    "keys_of",
    "ladder_text",
    "match",
    "near_text",
    "option_keys",
    "product_keys",
    "read_code",
    "read_codes",
    "scopes_of",
    "size_key",
    "style_key",
    "supplier_code",
    "supplier_code_keys",
]
