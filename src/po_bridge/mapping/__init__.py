"""Rules as data between a wire and the models: checked when built, compiled once, rendered as docs."""

from __future__ import annotations

from .codec import Codec, Unreadable, optional, tuple_of
from .converter import WHOLE, install, strict_converter, structured
from .freeze import frozen_json
from .json_text import parse_json, write_json
from .markdown import grid, markdown
from .moments import DAY, EPOCH_MILLISECONDS, MOMENT, SLASHED_DAY
from .numbers import COUNT, DECIMAL, DECIMAL_TEXT, MONEY, PERCENT, money_text
from .rule import Absent, constant, gathered, part, rows, rule, wire_constant
from .table import Table, table
from .words import BOOL, ID, OPTIONAL_TEXT, TEXT, literals, words

__all__ = [
    "Absent",
    "BOOL",
    "COUNT",
    "Codec",
    "DAY",
    "DECIMAL",
    "DECIMAL_TEXT",
    "EPOCH_MILLISECONDS",
    "ID",
    "MOMENT",
    "MONEY",
    "OPTIONAL_TEXT",
    "PERCENT",
    "SLASHED_DAY",
    "TEXT",
    "Table",
    "Unreadable",
    "WHOLE",
    "constant",
    "frozen_json",
    "gathered",
    "grid",
    "install",
    "literals",
    "markdown",
    "money_text",
    "optional",
    "parse_json",
    "part",
    "rows",
    "rule",
    "strict_converter",
    "structured",
    "table",
    "tuple_of",
    "wire_constant",
    "words",
    "write_json",
]
