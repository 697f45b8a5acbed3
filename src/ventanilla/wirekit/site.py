"""What the desk serves besides its contracts: probes, the OpenAPI document, the docs page, and a plain 404."""

import asyncio
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from starlette.types import Receive, Scope, Send

from ventanilla.actions import housekeeping
from ventanilla.wirekit import docs_page
from ventanilla.wirekit.answers import Answer, RawHeaders, json_answer
from ventanilla.wirekit.endpoint import send_answer
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.services import Services

METHODS = ("GET", "HEAD")
DOCS = "/docs"

# `no-cache` lets browsers keep a copy and makes them ask whether it is still good.
_CACHED: RawHeaders = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", docs_page.POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-cache"),
)


class Site:
    """Answers every path that belongs to no contract. `describe` makes the OpenAPI document."""

    def __init__(self, services: Services, describe: Callable[[], Mapping[str, Any]]) -> None:
        self._services = services
        self._describe = describe
        self._document = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope, receive, {}, self._services)
            await send_answer(send, request, await self._answer(request))

    async def _answer(self, request: Request) -> Answer:
        found = await self._found(request)
        if found is None:
            return _problem(404, "Not found")
        if request.method not in METHODS:
            return _problem(405, "Method not allowed", (("Allow", ", ".join(METHODS)),))
        return found

    async def _found(self, request: Request) -> Answer | None:
        match request.path:
            case "/healthz":
                return json_answer(200, {"status": "ok"})
            case "/readyz":
                return await self._ready()
            case "/openapi.json":
                return _cached(request, await self._described(), "application/json")
            case path if path == DOCS or path.startswith(f"{DOCS}/"):
                return _page(request, path.removeprefix(DOCS).removeprefix("/"))
        return None

    async def _described(self) -> bytes:
        """Make the document when it is first asked for: that takes longer than opening the desk."""
        if not self._document:
            self._document = msgspec.json.encode(await asyncio.to_thread(self._describe))
        return self._document

    async def _ready(self) -> Answer:
        try:
            await self._services.desk.read(housekeeping.ping)
        except Exception:
            return _problem(503, "The store cannot be reached")
        return json_answer(200, {"status": "ready"})


def _page(request: Request, name: str) -> Answer | None:
    found = docs_page.find(name)
    return None if found is None else _cached(request, found.content, found.media_type)


def _cached(request: Request, content: bytes, media_type: str) -> Answer:
    """Answer with `content`, or with 304 when the browser has it already (RFC 9110 §13.1.2)."""
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = (("ETag", etag),)
    if etag.encode() in request.headers.get(b"if-none-match", b""):
        return Answer(304, headers=headers, media_type=None, security=_CACHED)
    return Answer(200, content, headers, media_type, security=_CACHED)


def _problem(status: int, title: str, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """RFC 9457."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    return Answer(status, msgspec.json.encode(body), headers, "application/problem+json")
