"""What the desk serves besides its contracts: probes for whoever watches over it, and a plain 404."""

from typing import Any

import msgspec
from starlette.types import Receive, Scope, Send

from ventanilla.actions import housekeeping
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.endpoint import send_answer
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.services import Services


class Site:
    """Answers every path that belongs to no contract."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope, receive, {}, self._services)
            await send_answer(send, request, await self._answer(request))

    async def _answer(self, request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            return _problem(404, "Not found")
        match request.path:
            case "/healthz":
                return json_answer(200, {"status": "ok"})
            case "/readyz":
                return await self._ready()
        return _problem(404, "Not found")

    async def _ready(self) -> Answer:
        try:
            await self._services.desk.read(housekeeping.ping)
        except Exception:
            return _problem(503, "The store cannot be reached")
        return json_answer(200, {"status": "ready"})


def _problem(status: int, title: str) -> Answer:
    """RFC 9457."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    return Answer(status, msgspec.json.encode(body), media_type="application/problem+json")
