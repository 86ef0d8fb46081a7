"""The one place where jinja2 is imported: late, since only HTML needs it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtra
from ..planning.text import printable

if TYPE_CHECKING:
    import jinja2


@cache
def environment() -> jinja2.Environment:
    """Give the environment of the templates: everything is escaped, a misspelt name is an error.

    Raises ``MissingExtra`` where jinja2 is not installed.
    """
    try:
        import jinja2  # noqa: PLC0415  # an extra: reports as text do without it
    except ModuleNotFoundError as error:
        raise MissingExtra("report", "jinja2") from error
    return jinja2.Environment(
        loader=jinja2.PackageLoader("po_bridge.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def source_of(name: str) -> str:
    """Read a file that stands beside the templates, as it is."""
    loader = environment().loader
    return loader.get_source(environment(), name)[0] if loader else ""


def _safe(value: Any) -> Any:
    """Make foreign text printable before it is escaped; what a template made itself is left as it is."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
