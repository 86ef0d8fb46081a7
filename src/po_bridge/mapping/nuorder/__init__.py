"""What stands where in the documents of NuORDER."""

from __future__ import annotations

from .orders import LINE, ORDER
from .styles import STYLE, STYLE_SIZE
from .tables import DEFAULT, Tables
from .wire_form import CODE, STATUS, prices

__all__ = ["CODE", "DEFAULT", "LINE", "ORDER", "STATUS", "STYLE", "STYLE_SIZE", "Tables", "prices"]
