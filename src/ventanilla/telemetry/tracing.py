"""Traces: everything that makes spans, on one way out. Imported only when traces are wanted: the SDK takes its time."""

from starlette.types import ASGIApp

from ventanilla.actions.ports import Desk
from ventanilla.telemetry.otlp import SpanExport
from ventanilla.telemetry.request_spans import RequestSpans
from ventanilla.telemetry.store_spans import CommitSpans, TracedDesk


class Tracing:
    """Spans of requests, of their transactions and of commits. `endpoint` as `SpanExport` takes it."""

    def __init__(self, endpoint: str) -> None:
        self._export = SpanExport(endpoint)
        self._tracer = self._export.tracer()
        self.requests = RequestSpans(self._tracer)
        self.commits = CommitSpans(self._tracer)

    def traced_app(self, app: ASGIApp) -> ASGIApp:
        return self.requests.around(app)

    def traced_desk(self, desk: Desk) -> Desk:
        return TracedDesk(desk, self._tracer)

    async def close(self) -> None:
        await self._export.close()
