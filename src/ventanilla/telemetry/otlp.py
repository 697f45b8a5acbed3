"""Where spans go: to an OpenTelemetry collector over OTLP/HTTP, from a thread of their own.

A span that has ended is put into a queue (2,048 of them); when that is full, spans are dropped. No request ever waits.
Sampling, headers, time limits and the like are set with the usual OTEL_* variables.
"""

import asyncio
from threading import Thread

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource, get_aggregated_resources
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Tracer

from ventanilla import __version__

LAST_SECONDS = 2.0
"""For the spans that are left when the desk stops; a collector that takes longer does not get them."""


class SpanExport:
    """The way out for spans; `endpoint` is the full address."""

    def __init__(self, endpoint: str) -> None:
        ours = Resource({"service.name": "ventanilla", "service.version": __version__})
        named = get_aggregated_resources([OTELResourceDetector()], initial_resource=ours)
        self._provider = TracerProvider(resource=named, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))

    def tracer(self) -> Tracer:
        return self._provider.get_tracer("ventanilla", __version__)

    async def close(self) -> None:
        """Send what is left, if the collector takes it in time."""
        # A thread that the end of the process does not wait for: the exporter may be stuck for ten seconds.
        ending = Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, LAST_SECONDS)
