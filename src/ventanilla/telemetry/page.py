"""`/metrics`, an ASGI application for an address of its own."""

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from ventanilla.telemetry.metrics import Metrics
from ventanilla.wirekit.services import Services

PATH = "/metrics"


class MetricsPage:
    def __init__(self, metrics: Metrics, services: Services) -> None:
        self._metrics = metrics
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await (await self._answer(scope))(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        if scope["path"] != PATH:
            return PlainTextResponse(f"Metrics are at {PATH}\n", 404)
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("", 405, {"Allow": "GET, HEAD"})
        page = await self._metrics.exposition(self._services.desk, self._services.passwords)
        return Response(page, headers={"Content-Type": CONTENT_TYPE_LATEST})
