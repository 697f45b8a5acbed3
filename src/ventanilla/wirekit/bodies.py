"""Reading a JSON body: whole, bounded, strict (contracts/README.md, "What every contract shares")."""

import json
import math
from collections.abc import Mapping
from typing import Any

from starlette.types import Receive

from ventanilla.wirekit.errors import BodyTooLarge, NotAnObject, NotJson, TooDeep, WrongContentType

LARGEST_JSON = 1024 * 1024
"""Bytes."""
DEEPEST_JSON = 32

Json = dict[str, Any]
RawHeaders = Mapping[bytes, bytes]


class ClientGone(Exception):
    """The client hung up before its request was whole: nobody is left to answer."""


async def read_bytes(receive: Receive, headers: RawHeaders, limit: int = LARGEST_JSON) -> bytes:
    """Return the whole body. Raises BodyTooLarge as soon as it is known to pass `limit` bytes, and ClientGone."""
    refuse_announced_size(headers, limit)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        body += message.get("body", b"")
        if len(body) > limit:
            raise BodyTooLarge(limit)
        if not message.get("more_body", False):
            return bytes(body)


def refuse_announced_size(headers: RawHeaders, limit: int) -> None:
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced[:20]) > limit:
        raise BodyTooLarge(limit)


def require_json(headers: RawHeaders) -> None:
    """Raise WrongContentType unless the body is announced as plain JSON in UTF-8."""
    media_type, *parameters = headers.get(b"content-type", b"").decode("latin-1").lower().split(";")
    told = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
    if media_type.strip() != "application/json" or told.get("charset", "utf-8").strip('"') not in ("utf-8", "utf8"):
        raise WrongContentType("application/json")
    refuse_compression(headers, "application/json")


def refuse_compression(headers: RawHeaders, expected: str) -> None:
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise WrongContentType(expected)


def parse_object(body: bytes) -> Json:
    """Return the object that `body` holds. Raises NotJson, NotAnObject or TooDeep."""
    try:
        value = _decode(body.decode("utf-8"))
    except RecursionError:
        raise TooDeep from None
    except ValueError:
        raise NotJson from None
    # A body with few brackets cannot nest deeply: most need no walk.
    if body.count(b"{") + body.count(b"[") > DEEPEST_JSON and _is_too_deep(value):
        raise TooDeep
    if not isinstance(value, dict):
        raise NotAnObject
    return value


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST_JSON):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return any(isinstance(value, dict | list) for value in level)


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is too large to be kept")
    return number


_decode = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite).decode
