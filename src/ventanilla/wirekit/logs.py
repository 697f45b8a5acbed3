"""Logs on standard error, a line each: log records, and a line per answered request. Never anything of people."""

import logging
from datetime import UTC, datetime
from time import perf_counter

from ventanilla.wirekit import tracebacks
from ventanilla.wirekit.log_lines import RENDERS, Facts, LogLines, Render
from ventanilla.wirekit.request import Request, answering, told_method


class LineFormatter(logging.Formatter):
    """A log record as a line. One that was made while a request was answered names that request."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render

    def format(self, record: logging.LogRecord) -> str:
        facts: Facts = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = answering.get()
        if request is not None:
            facts |= about(request)
        if record.exc_info and record.exc_info[1]:
            facts["exception"] = tracebacks.as_text(record.exc_info[1])
        return self._render(facts)


def set_up(level: str, style: str) -> None:
    """Send every log record of this level to standard error. `style` is a word of `log_lines.RENDERS`."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter(RENDERS[style]))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # It tells of each of its plugins whenever a desk is opened.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Each of its attempts at a collector that is away; that it gave up on a batch is an error, and is told.
    logging.getLogger("opentelemetry.exporter").setLevel(logging.ERROR)


class RequestLog:
    """One line per answered request: the route's pattern, never the path; no names, ids or addresses of people."""

    def __init__(self, lines: LogLines) -> None:
        self._lines = lines

    def __call__(self, request: Request, contract: str, route: str, status: int, started: float) -> None:
        facts = about(request)
        facts["status"], facts["ms"] = status, round((perf_counter() - started) * 1000, 2)
        self._lines.write("info", "ventanilla.requests", f"{told_method(request.method)} {route} {status}", facts)


def about(request: Request) -> Facts:
    """Return what a line tells of a request."""
    route = request.route
    return {
        "request": request.request_id,
        "contract": request.contract,
        "method": told_method(request.method),
        "route": route.path if route else None,
    }
