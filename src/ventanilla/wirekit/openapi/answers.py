"""What a route answers with: its good answers, and every error in its contract's shape."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from ventanilla.wirekit.answers import JSON
from ventanilla.wirekit.contract import Caller, Contract, Route
from ventanilla.wirekit.openapi.examples import example
from ventanilla.wirekit.openapi.schemas import Schemas

Json = dict[str, Any]

HEADERS: Json = {
    "RequestId": {
        "description": "Names this request in the log of the desk; the caller's own X-Request-Id if they sent one.",
        "schema": {"type": "string"},
    },
    "Replayed": {
        "description": "`true` when this answer was given before, to the same Idempotency-Key.",
        "schema": {"type": "string", "const": "true"},
    },
    "Authenticate": {
        "description": "How to say who you are.",
        "schema": {"type": "string", "const": "Bearer"},
    },
    "RateLimitPolicy": {
        "description": 'How many requests are let through in how many seconds: `"api";q=600;w=60`.',
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": 'How many are left, and in how many seconds all are again: `"api";r=599;t=1`.',
        "schema": {"type": "string"},
    },
    "RetryAfter": {
        "description": "In how many seconds to try again.",
        "schema": {"type": "integer", "minimum": 1},
    },
}

ERRORS: Mapping[int, str] = MappingProxyType(
    {
        400: "The request cannot be read, or what it asks for breaks a rule.",
        401: "The caller has to say who they are, or what they said does not hold.",
        403: "The caller is known, and may not do this.",
        404: "There is no such thing, or it is not the caller's to see.",
        409: "The state of things does not allow this.",
        412: "Somebody changed it since the caller read it; nothing was changed.",
        413: "The body is too large.",
        415: "The body is of another type than this route takes.",
        422: "A value breaks its rule, or the Idempotency-Key belongs to another request.",
        428: "The caller has to say in If-Match which version they change.",
        429: "Too many requests.",
        500: "A fault of the desk.",
        503: "The store cannot be reached just now; nothing was changed.",
        507: "There is no room left to write; nothing was changed.",
    }
)
_ALWAYS = (400, 429, 500, 503, 507)
_ERROR_HEADERS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        401: ("WWW-Authenticate", "Authenticate"),
        429: ("Retry-After", "RetryAfter"),
        503: ("Retry-After", "RetryAfter"),
        507: ("Retry-After", "RetryAfter"),
    }
)


def answers(contract: Contract, route: Route, schemas: Schemas) -> Json:
    """Return the Responses Object of `route`, in the order of its statuses."""
    good = {
        str(status): _good(contract, route, status, kind, schemas) for status, kind in sorted(route.answers.items())
    }
    return good | {str(status): _error(contract, status, schemas) for status in sorted(error_statuses(route))}


def error_statuses(route: Route) -> set[int]:
    """Return every error status that `route` may answer with, 405 aside, which belongs to the path."""
    found = {*_ALWAYS, *route.errors}
    if route.caller is not Caller.ANYONE:
        found.add(401)
    if route.permission is not None:
        found.add(403)
    if "{" in route.path:
        found.add(404)
    if route.body or route.files:
        found |= {413, 415}
    return found


def _good(contract: Contract, route: Route, status: int, kind: Any, schemas: Schemas) -> Json:
    headers: Json = {"X-Request-Id": _header("RequestId")}
    if route.method == "POST":
        headers["Idempotency-Replayed"] = _header("Replayed")
    headers |= _limits(contract) | _described(route.answer_headers)
    content: Json = {} if kind is None else {"content": _content(contract, route, kind, schemas)}
    if route.is_followed and content:
        content["content"]["text/event-stream"] = {"schema": {"type": "string"}}
    return {"description": f"{HTTPStatus(status).phrase}.", "headers": headers, **content}


def _content(contract: Contract, route: Route, kind: Any, schemas: Schemas) -> Json:
    if kind is bytes:
        return {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    told: Json = {"schema": schemas.of(kind)}
    if contract.samples:
        told["example"] = example(told["schema"], schemas.components, contract.samples, field=route.path)
    return {JSON: told}


def _error(contract: Contract, status: int, schemas: Schemas) -> Json:
    headers: Json = {"X-Request-Id": _header("RequestId")}
    if status in _ERROR_HEADERS:
        name, component = _ERROR_HEADERS[status]
        headers[name] = _header(component)
    headers |= _described(contract.error_headers.get(status, {}))
    headers |= _limits(contract)
    content = {contract.error_media_type: {"schema": schemas.of(contract.error_shape)}}
    return {"description": ERRORS[status], "headers": headers, "content": content}


def _limits(contract: Contract) -> Json:
    if not contract.tells_limits:
        return {}
    return {"RateLimit-Policy": _header("RateLimitPolicy"), "RateLimit": _header("RateLimit")}


def _described(headers: Mapping[str, str]) -> Json:
    return {name: {"description": told, "schema": {"type": "string"}} for name, told in headers.items()}


def _header(component: str) -> Json:
    return {"$ref": f"#/components/headers/{component}"}
