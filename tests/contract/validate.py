"""Holds requests and answers against an OpenAPI document of this folder, where that is certain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

import yaml
from attrs import frozen
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = Path(__file__).parent
BASE = "urn:contract"
METHODS = ("get", "post", "put", "patch", "delete")


class Asked(Protocol):
    """A request; the sandbox's own and the library's both have these members."""

    @property
    def method(self) -> str:
        """HTTP method."""
        ...

    @property
    def address(self) -> str:
        """Full URL."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers."""
        ...

    @property
    def body(self) -> bytes:
        """Body."""
        ...


class Answered(Protocol):
    """An answer."""

    @property
    def status(self) -> int:
        """HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers."""
        ...

    @property
    def body(self) -> bytes:
        """Body."""
        ...


@frozen(kw_only=True)
class Operation:
    """One operation of the document."""

    template: str
    method: str
    content: Mapping[str, Any]
    parameters: tuple[Mapping[str, Any], ...]

    @property
    def certain(self) -> bool:
        """Whether the document is sure of it."""
        return not self.content.get("x-uncertain", False)

    def pointer(self, *steps: str) -> str:
        """Give the address of a place below the operation."""
        path = ("paths", self.template, self.method, *steps)
        return BASE + "#/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in path)


class Contract:
    """An OpenAPI 3.1 document, asked for what is wrong with a request or an answer."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        resource: Resource[Any] = Resource.from_contents(document, default_specification=DRAFT202012)
        self.registry: Registry[Any] = Registry().with_resource(BASE, resource)
        self.operations = tuple(self._operations())

    def _operations(self) -> Iterator[Operation]:
        for template, item in self.document["paths"].items():
            shared = item.get("parameters", [])
            for method in METHODS:
                if method in item:
                    own = item[method].get("parameters", [])
                    yield Operation(
                        template=template,
                        method=method,
                        content=item[method],
                        parameters=tuple(self._resolved(each) for each in (*shared, *own)),
                    )

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in node:
            return node
        found: Any = self.document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return found  # type: ignore[no-any-return]  # the document is YAML

    def find(self, method: str, address: str) -> Operation | None:
        """Give the operation that a request means, literal paths before those with parameters."""
        path = urlsplit(address).path
        hits = [
            operation
            for operation in self.operations
            if operation.method == method.lower() and self._fits(operation, path)
        ]
        return min(hits, key=lambda hit: hit.template.count("{"), default=None)

    def _fits(self, operation: Operation, path: str) -> bool:
        wanted, given = operation.template.split("/"), path.split("/")
        if len(wanted) != len(given):
            return False
        known = {each["name"]: each["schema"] for each in operation.parameters if each["in"] == "path"}
        return all(
            _means(name, segment, known) if name.startswith("{") else name == segment
            for name, segment in zip(wanted, given, strict=True)
        )

    def problems(self, request: Asked, response: Answered) -> list[str]:
        """List what is wrong with a request and its answer; nothing where the document is not certain."""
        return [*self.request_problems(request), *self.response_problems(request, response)]

    def request_problems(self, request: Asked) -> list[str]:
        """List what is wrong with a request."""
        operation = self.find(request.method, request.address)
        if operation is None:
            return [f"{request.method} {urlsplit(request.address).path} is not in the contract"]
        if not operation.certain:
            return []
        return [*self._query_problems(operation, request), *self._body_problems(operation, request)]

    def response_problems(self, request: Asked, response: Answered) -> list[str]:
        """List what is wrong with an answer; errors that are not listed only need the form of an error."""
        operation = self.find(request.method, request.address)
        if operation is None or not operation.certain:
            return []
        status = str(response.status)
        if status not in operation.content["responses"]:
            if response.status < HTTPStatus.BAD_REQUEST:
                return [f"{operation.content['operationId']}: status {status} is not listed"]
            return self._schema_problems(f"{BASE}#/components/schemas/Error", _json(response.body))
        listed = operation.content["responses"][status]
        stated = self._resolved(listed)
        place = f"{BASE}{listed['$ref']}" if "$ref" in listed else operation.pointer("responses", status)
        found = _missing_headers(stated, response.headers)
        for media in stated.get("content", {}):
            pointer = f"{place}/content/{media.replace('/', '~1')}/schema"
            found += self._schema_problems(pointer, _json(response.body))
        if "content" not in stated and response.body:
            found.append(f"{operation.content['operationId']}: {status} has no body in the contract")
        return found

    def _query_problems(self, operation: Operation, request: Asked) -> Iterator[str]:
        known = {each["name"]: each for each in operation.parameters if each["in"] == "query"}
        given = parse_qsl(urlsplit(request.address).query, keep_blank_values=True)
        for name, value in given:
            if name not in known:
                yield f"query: {name} is not in the contract"
                continue
            schema = known[name]["schema"]
            for error in _validator(schema, self.registry).iter_errors(_typed(schema, value)):
                yield f"query {name}: {error.message}"
        for name, parameter in known.items():
            if parameter.get("required") and name not in dict(given):
                yield f"query: {name} is required"

    def _body_problems(self, operation: Operation, request: Asked) -> list[str]:
        stated = operation.content.get("requestBody")
        if stated is None:
            return ["body: none is expected"] if request.body else []
        headers = {name.lower(): value for name, value in request.headers.items()}
        media = headers.get("content-type", "").partition(";")[0].strip()
        if media not in stated["content"]:
            return [f"content type {media!r}, expected one of {sorted(stated['content'])}"]
        pointer = operation.pointer("requestBody", "content", media, "schema")
        return self._schema_problems(pointer, _content(media, headers["content-type"], request.body))

    def _schema_problems(self, pointer: str, value: Any) -> list[str]:
        errors = _validator({"$ref": pointer}, self.registry).iter_errors(value)
        return [f"{error.json_path}: {error.message[:300]}" for error in errors]


def _means(name: str, segment: str, known: Mapping[str, Mapping[str, Any]]) -> bool:
    # A parameter may have a suffix behind it: {itemID}.json.
    parameter, _, suffix = name[1:].partition("}")
    value = segment.removesuffix(suffix)
    return bool(value) and segment.endswith(suffix) and value in known[parameter].get("enum", [value])


def _validator(schema: Mapping[str, Any], registry: Registry[Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker(["uuid"]))


def _json(body: bytes) -> Any:
    return json.loads(body)


def _content(media: str, full: str, body: bytes) -> Any:
    if media == "application/json":
        return _json(body)
    if media == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    # Of a multipart body only the names of its fields are looked at.
    boundary = full.partition("boundary=")[2].strip('"').encode()
    parts = body.split(b"--" + boundary)[1:-1]
    return {part.partition(b'name="')[2].partition(b'"')[0].decode(): "..." for part in parts}


def _typed(schema: Mapping[str, Any], written: str) -> object:
    if schema.get("type") == "integer" and written.removeprefix("-").isdecimal():
        return int(written)
    if schema.get("type") == "boolean" and written in ("true", "false"):
        return written == "true"
    return [written] if schema.get("type") == "array" else written


def _missing_headers(stated: Mapping[str, Any], headers: Mapping[str, str]) -> list[str]:
    given = {name.lower() for name in headers}
    return [f"header {name} is missing" for name in stated.get("headers", {}) if name.lower() not in given]


@cache
def load(name: str) -> Contract:
    """Read a document of this folder, `xseries.yaml`; once is enough."""
    return Contract(yaml.safe_load((HERE / name).read_text(encoding="utf-8")))
