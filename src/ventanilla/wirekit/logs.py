"""Logs: one JSON object a line, on standard error, without personal data."""

import contextlib
import logging
import sys
import time
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TextIO

import msgspec

from ventanilla.wirekit.request import Request

_encode = msgspec.json.Encoder().encode


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; a traceback stands in `trace`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return _encode(line).decode()


def set_up(level: str) -> None:
    """Send every log record to standard error as JSON."""
    handler = logging.StreamHandler()
    formatter = JsonFormatter()
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # It tells of each of its plugins whenever a desk is opened.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Each of its attempts at a collector that is away; that it gave up on a batch is an error, and is told.
    logging.getLogger("opentelemetry.exporter").setLevel(logging.ERROR)


class RequestLog:
    """One line per answered request: the route's pattern, never the path; no names, ids or addresses of people."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr

    def __call__(self, request: Request, contract: str, route: str, status: int, started: float) -> None:
        line = {
            "at": datetime.now(UTC),
            "level": "info",
            "request": request.request_id,
            "contract": contract,
            "method": request.method,
            "route": route,
            "status": status,
            "ms": round((perf_counter() - started) * 1000, 2),
        }
        # The answer is out; a log that cannot be written (a full disk) is no reason to fail.
        with contextlib.suppress(OSError):
            self._out.write(_encode(line).decode() + "\n")
