"""Reading companies: the retailers a brand knows."""

from __future__ import annotations

from ..message import Response
from .answer import not_found
from .call import Call
from .state import Document, Shelf


def company_with_code(shelf: Shelf, code: str) -> Document | None:
    """Find the company with this code; an empty code finds none, since unset codes are empty."""
    return next((each for each in shelf.companies.values() if code and each.get("code") == code), None)


def read_company(call: Call) -> Response:
    """Answer with one company by id."""
    company = call.shelf.companies.get(call.params["id"])
    return not_found("company") if company is None else Response.json(company)


def read_coded(call: Call) -> Response:
    """Answer with one company by the brand's code."""
    company = company_with_code(call.shelf, call.params["code"])
    return not_found("company") if company is None else Response.json(company)


def list_codes(call: Call) -> Response:
    """Answer with the codes of all companies that have one."""
    return Response.json([each["code"] for each in call.shelf.companies.values() if each.get("code")])
