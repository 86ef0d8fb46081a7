"""Text that tries to leave the place it was given."""

from __future__ import annotations

MARK = "alert(1)"
"""Stands in every hostile text and nowhere else."""

HOSTILE = (
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>' onmouseover='alert(1)' "
    "</td></table></style></title><!-- {{ 7*7 }} {% raw %} javascript:alert(1) &lt;b&gt; "
    "\x1b]0;alert(1)\x07\x1b[2J\x00\r\n\t\u202e\u2066\u2028=HYPERLINK(1) \U0001f642"
)
"""Markup, attribute breakers, template code, terminal escapes, direction marks."""


def hostile(name: str) -> str:
    """Put hostile text behind the field's own name."""
    return name + HOSTILE
