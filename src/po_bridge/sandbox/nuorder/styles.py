"""Reading style documents, which the vendor calls products."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from ..message import Response
from .answer import not_found, problem
from .call import Call
from .state import Document, Shelf

_DATED = {"created": "created_on", "modified": "modified_on"}


def find_style(shelf: Shelf, reference: Document) -> Document | None:
    """Find the style of an order line: by id, by the brand's own id, else by season, number and colour."""
    for style in shelf.styles.values():
        if reference.get("_id") == style["_id"] or _same(reference, style, ("brand_id",)):
            return style
    names = ("style_number", "color", "season")
    return next((style for style in shelf.styles.values() if _same(reference, style, names)), None)


def _same(left: Document, right: Document, names: tuple[str, ...]) -> bool:
    return all(
        left.get(name) and str(left[name]).casefold() == str(right.get(name, "")).casefold() for name in names
    )


def read_style(call: Call) -> Response:
    """Answer with one style by id."""
    style = call.shelf.styles.get(call.params["id"])
    return not_found("product") if style is None else Response.json(style)


def read_branded(call: Call) -> Response:
    """Answer with one style by the brand's own id."""
    style = find_style(call.shelf, {"brand_id": call.params["brand_id"]})
    return not_found("product") if style is None else Response.json(style)


def list_styles(call: Call) -> Response:
    """Answer with the ids of all styles."""
    return Response.json(list(call.shelf.styles))


def list_season(call: Call) -> Response:
    """Answer with the ids of the styles of one season."""
    season = call.params["season"].casefold()
    styles = call.shelf.styles.items()
    return Response.json([id for id, style in styles if str(style.get("season", "")).casefold() == season])


def list_changed(call: Call) -> Response:
    """Answer with the whole styles created or modified before or after a day; the day itself is left out."""
    field, when, day = _DATED.get(call.params["field"]), call.params["when"], _day(call)
    if field is None or day is None or when not in {"before", "after"}:
        return problem(HTTPStatus.BAD_REQUEST, "use /{created|modified}/{before|after}/M/D/YYYY")
    days = ((style, str(style.get(field, ""))[:10]) for style in call.shelf.styles.values())
    return Response.json([style for style, seen in days if (seen > day if when == "after" else seen < day)])


def _day(call: Call) -> str | None:
    try:
        return date(*(int(call.params[name]) for name in ("year", "month", "day"))).isoformat()
    except ValueError:
        return None
