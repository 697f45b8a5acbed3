"""Metrics for Prometheus: of requests and commits, counted as they happen, and of the store, read when asked."""

import platform
from time import perf_counter
from typing import NamedTuple

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from ventanilla import __version__
from ventanilla.actions import housekeeping
from ventanilla.actions.ports import Desk
from ventanilla.actions.ticket_ports import QueueCounts
from ventanilla.core.errors import StoreUnavailable
from ventanilla.wirekit.passwords import Passwords
from ventanilla.wirekit.request import Request, told_method

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
ACTIONS = (1, 2, 4, 8, 16, 32, 64, 128)
TOO_MANY_REQUESTS = 429


class _Route(NamedTuple):
    """Where one kind of answer is counted; looking a label up costs more than counting."""

    requests: Counter
    seconds: Histogram
    limited: Counter


class Metrics:
    """Counts what it is told: a request observer and a `store.transaction.CommitObserver` in one."""

    def __init__(self) -> None:
        # When a series began doubles the page and tells nothing that a restart does not.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = registry = CollectorRegistry()
        self._routes: dict[tuple[str, str, str, int], _Route] = {}
        ProcessCollector(registry=registry)
        build = Gauge("ventanilla_build_info", "Always 1.", ["version", "python"], registry=registry)
        build.labels(__version__, platform.python_version()).set(1)
        route = ["contract", "route", "method"]
        self._requests = Counter("ventanilla_requests", "Requests answered.", [*route, "status"], registry=registry)
        self._seconds = Histogram(
            "ventanilla_request_seconds", "Time to the answer.", route, buckets=SECONDS, registry=registry
        )
        self._limited = Counter(
            "ventanilla_rate_limited_requests", "Requests over a limit (429).", ["contract"], registry=registry
        )
        self._commit_seconds = Histogram(
            "ventanilla_commit_seconds", "Time from BEGIN to durable.", buckets=SECONDS, registry=registry
        )
        self._commit_actions = Histogram(
            "ventanilla_commit_actions", "Actions in one commit.", buckets=ACTIONS, registry=registry
        )
        self._failed = Counter(
            "ventanilla_failed_commits", "Commits rolled back; on PostgreSQL some are tried again.", registry=registry
        )
        self._waiting = Gauge("ventanilla_write_queue", "Actions waiting for a writer.", registry=registry)
        self._connections = Gauge("ventanilla_store_connections", "Connections to the database.", registry=registry)
        self._in_use = Gauge("ventanilla_store_connections_in_use", "Those that are busy.", registry=registry)
        self._most = Gauge("ventanilla_store_connections_limit", "As many as there can be.", registry=registry)
        self._no_connection = Gauge("ventanilla_connection_queue", "Waiting for a connection.", registry=registry)
        self._logins = Gauge("ventanilla_login_queue", "Passwords waiting to be checked.", registry=registry)
        self._up = Gauge("ventanilla_store_up", "1 when the store answered just now.", registry=registry)
        self._tickets = Gauge("ventanilla_tickets", "Tickets of all replicas.", ["status"], registry=registry)

    def answered(self, request: Request, contract: str, route: str, status: int, started: float) -> None:
        seconds = perf_counter() - started
        key = (contract, route, told_method(request.method), status)
        counted = self._routes.get(key) or self._route(*key)
        counted.requests.inc()
        counted.seconds.observe(seconds)
        if status == TOO_MANY_REQUESTS:
            counted.limited.inc()

    def began(self, actions: int) -> None:
        """Counted at its end."""

    def committed(self, actions: int, seconds: float) -> None:
        self._commit_actions.observe(actions)
        self._commit_seconds.observe(seconds)

    def failed(self, actions: int) -> None:
        self._failed.inc()

    async def exposition(self, desk: Desk, passwords: Passwords) -> bytes:
        """Return everything in the text format of Prometheus. Tickets are left out while the store is away."""
        load = desk.load()
        self._waiting.set(load.waiting)
        self._connections.set(load.connections)
        self._in_use.set(load.connections_in_use)
        self._most.set(load.most_connections)
        self._no_connection.set(load.waiting_for_connection)
        self._logins.set(passwords.waiting)
        try:
            self._show_tickets(await desk.read(housekeeping.counts))
        except StoreUnavailable:
            self._up.set(0)
            self._tickets.clear()
        return generate_latest(self.registry)

    def _show_tickets(self, counts: QueueCounts) -> None:
        self._up.set(1)
        for status, count in counts.by_status.items():
            self._tickets.labels(status.value).set(count)

    def _route(self, contract: str, route: str, method: str, status: int) -> _Route:
        counted = self._routes[contract, route, method, status] = _Route(
            self._requests.labels(contract, route, method, status),
            self._seconds.labels(contract, route, method),
            self._limited.labels(contract),
        )
        return counted
