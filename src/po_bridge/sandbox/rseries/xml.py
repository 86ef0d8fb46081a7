"""XML, which the vendor answers with where JSON is not asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from attrs import evolve

from ..message import JSON_TYPE, Request, Response

XML_TYPE = "text/xml; charset=UTF-8"
"""Media type of those answers."""


def wants_json(request: Request) -> bool:
    """Tell whether a request asks for JSON, by its header or by the suffix of its path; the header wins."""
    accept = request.headers.get("accept", "")
    if "json" in accept:
        return True
    return request.path.endswith(".json") and "xml" not in accept


def as_xml(response: Response) -> Response:
    """Write an answer's JSON as XML; other answers stay as they are."""
    if response.headers.get("content-type") != JSON_TYPE or not response.body:
        return response
    content = response.read_json()
    entity = next((name for name in content if name != "@attributes"), "Records")
    body = "".join(_elements(entity, content.get(entity, ""), content.get("@attributes", {})))
    text = f'<?xml version="1.0"?>{body}'
    return evolve(response, headers={**response.headers, "content-type": XML_TYPE}, body=text.encode())


def _elements(name: str, value: Any, attributes: Mapping[str, Any]) -> Iterator[str]:
    written = "".join(f" {key}={quoteattr(str(each))}" for key, each in attributes.items())
    if isinstance(value, list):
        inner = "".join(part for each in value for part in _elements(name, each, {}))
        yield f"<{name}s{written}>{inner}</{name}s>" if attributes else inner
        return
    yield f"<{name}{written}>"
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key != "@attributes":
                yield from _elements(key, each, {})
    else:
        yield escape(str(value))
    yield f"</{name}>"
