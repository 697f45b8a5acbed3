"""A span for each request, in the words of OpenTelemetry's conventions for HTTP."""

from collections.abc import Sequence
from contextvars import ContextVar

from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ventanilla.wirekit.request import Request, told_method

PROBES = frozenset({"/healthz", "/readyz"})
"""Asked every few seconds by whoever watches; not traced."""


current: ContextVar[Span | None] = ContextVar("request span", default=None)
"""The span of the request that is being answered."""

_w3c = TraceContextTextMapPropagator()


class RequestSpans:
    """Opens and ends the spans, as ASGI middleware; as a request observer, tells each its route.

    A span holds patterns, numbers and the request id; never a path, a query, a header or anything else of the caller.
    """

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def around(self, app: ASGIApp) -> ASGIApp:
        async def traced(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"] in PROBES:
                await app(scope, receive, send)
            else:
                await self._trace(app, scope, receive, send)

        return traced

    def answered(self, request: Request, contract: str, route: str, status: int, started: float) -> None:
        span = current.get()
        if span is not None:
            span.update_name(f"{told_method(request.method)} {route}")
            span.set_attributes({"http.route": route, "ventanilla.contract": contract})

    async def _trace(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        method = told_method(scope["method"])
        span = self._tracer.start_span(
            method, _parent(scope["headers"]), SpanKind.SERVER, {"http.request.method": method}
        )

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                _note_answer(span, message)
            await send(message)

        reset = current.set(span)
        try:
            await app(scope, receive, noting)
        except BaseException as error:
            note_failure(span, error)
            raise
        finally:
            current.reset(reset)
            span.end()


def note_failure(span: Span, error: BaseException) -> None:
    """Mark a span as failed. The kind of the error alone is told: its text may hold what somebody wrote."""
    span.set_attribute("error.type", type(error).__name__)
    span.set_status(StatusCode.ERROR)


def _note_answer(span: Span, start: Message) -> None:
    status: int = start["status"]
    span.set_attribute("http.response.status_code", status)
    span.set_attribute("ventanilla.request_id", dict(start["headers"]).get(b"x-request-id", b"").decode())
    if status >= 500:
        span.set_attribute("error.type", str(status))
        span.set_status(StatusCode.ERROR)


def _parent(headers: Sequence[tuple[bytes, bytes]]) -> Context:
    """Return the caller's place in its trace (W3C Trace Context); an empty one without a good `traceparent`.

    `tracestate` is not taken over: nothing here is called on behalf of a request, and it is text of the caller's.
    """
    given = [value for name, value in headers if name == b"traceparent"]
    carrier = {"traceparent": given[0].decode("latin-1")} if len(given) == 1 else {}
    return _w3c.extract(carrier, Context())
