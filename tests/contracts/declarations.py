"""What the OpenAPI document lets the server answer, held against what it does answer."""

import json
import re
from functools import cache
from typing import Any

import httpx
from jsonschema import Draft202012Validator

_METHOD_NOT_ALLOWED = 405
"""Belongs to a path and not to an operation, so that no operation declares it."""


class Undeclared(AssertionError):
    """An answer that the document does not know."""


class Declarations:
    """The operations of one OpenAPI document. An instance checks every answer of an httpx client it is hooked into."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._patterns = [(_pattern(path), methods) for path, methods in _fixed_paths_first(document["paths"])]
        self._validator = cache(self._make_validator)

    def hook(self, response: httpx.Response) -> None:
        """Check an answer as it arrives: a response hook for httpx."""
        response.read()
        self.check(response)

    def check(self, response: httpx.Response) -> None:
        """Raise Undeclared when an operation answers with what it does not declare."""
        operation = self._operation(response.request.method, response.request.url.path)
        if operation is None or response.status_code == _METHOD_NOT_ALLOWED:
            return
        declared = operation["responses"].get(str(response.status_code))
        if declared is None:
            raise _undeclared(response, f"the status is none of {', '.join(operation['responses'])}")
        self._check_headers(response, declared)
        if response.request.method != "HEAD":
            self._check_body(response, operation, declared)

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        wanted = "get" if method == "HEAD" else method.lower()
        for pattern, methods in self._patterns:
            if pattern.fullmatch(path.rstrip("/")):
                found: dict[str, Any] | None = methods.get(wanted)
                return found
        return None

    def _check_headers(self, response: httpx.Response, declared: dict[str, Any]) -> None:
        for name in ("X-Request-Id", "WWW-Authenticate", "Retry-After"):
            if name in declared["headers"] and name not in response.headers:
                raise _undeclared(response, f"the header {name} is missing")

    def _check_body(self, response: httpx.Response, operation: dict[str, Any], declared: dict[str, Any]) -> None:
        content = declared.get("content", {})
        if not content or "*/*" in content:
            if response.content and not content:
                raise _undeclared(response, "there is a body")
            return
        media_type = response.headers.get("content-type", "").partition(";")[0]
        if media_type not in content:
            raise _undeclared(response, f"its type is {media_type!r}, not {', '.join(content)}")
        errors = self._validator(json.dumps(content[media_type]["schema"])).iter_errors(response.json())
        told = [f"{error.json_path}: {error.message}" for error in errors]
        if told:
            raise _undeclared(response, "; ".join(told))

    def _make_validator(self, schema: str) -> Draft202012Validator:
        whole = json.loads(schema) | {"components": self._document["components"]}
        return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _fixed_paths_first(paths: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(paths.items(), key=lambda item: "{" in item[0])


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(re.escape(part) for part in re.split(r"\{\w+\}", path)))


def _undeclared(response: httpx.Response, what: str) -> Undeclared:
    request = response.request
    return Undeclared(f"{request.method} {request.url.path} → {response.status_code}: {what}\n{response.text[:500]}")
