"""What a contract is made of: routes that say everything about themselves, and how it words its errors."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import msgspec

from ventanilla.actions.reading import OpenToRequester
from ventanilla.core.access import Permission
from ventanilla.core.errors import DeskError
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.answers import JSON, Answer
from ventanilla.wirekit.request import Request

Show = Callable[[OpenToRequester, Callable[[str], str]], Any]
"""How a contract shows a ticket to staff; the second argument makes a path a link that opens without a token."""
Handler = Callable[[Request], Awaitable[Answer]]


class Caller(Enum):
    """Who may call a route at all."""

    ANYONE = "anyone"
    """Nobody has to say who they are, and a token is not looked at."""
    MAYBE = "anyone, known if a token is sent"
    PERSON = "anyone with a token"
    STAFF = "staff"
    """Anyone with a token and the route's permission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method on one path, and all that a reader of the OpenAPI document has to know about it.

    `answers` maps each good status to the type of its body: a struct or a list of them, `bytes` for a file, None for
    an empty one. `errors` lists the other statuses that this route can answer besides those that every route can.
    One that `is_followed` answers with server-sent events to whoever accepts them. `headers` are the headers it reads
    as the fields of a struct, and `answer_headers` describes, by name, those that its good answers carry besides the
    ones of every answer. `act` is what the security log calls a request to it.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    caller: Caller
    permission: Permission | None = None
    body: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None
    form: type[msgspec.Struct] | None = None
    files: str | None = None
    headers: type[msgspec.Struct] | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)
    answer_headers: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[int, ...] = ()
    example: Any = None
    public_create: bool = False
    is_followed: bool = False
    act: Act | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A public ticket API that the desk speaks.

    `prefixes` are the paths that belong to it: also what is not found under them is answered in its words.
    `parameters` gives the type of each part of its paths, by name: `{"id": identifiers.Integer}`; `error_headers`
    describes, by status and name, headers that its errors carry besides those that every contract's do. The desk's own
    contract, which alone takes API keys and the cookies of sessions, is `is_own`. `show` is None where there is nothing
    to compare. With `tells_limits` every answer says in `RateLimit` headers what its caller has left. Its
    examples hold the `samples` (`openapi/examples.py`).
    """

    name: str
    title: str
    language: str
    prefixes: tuple[str, ...]
    routes: tuple[Route, ...]
    answer_error: Callable[[DeskError, Request], Answer]
    error_shape: type[msgspec.Struct]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    error_headers: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    error_media_type: str = JSON
    show: Show | None = None
    samples: Mapping[str, Any] = field(default_factory=dict)
    is_own: bool = False
    tells_limits: bool = False
    description: str = field(default="")
