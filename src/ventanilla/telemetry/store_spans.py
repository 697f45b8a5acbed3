"""A span for each transaction that a request asks for, and one for each commit, linked to all that are in it."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import time_ns
from typing import Any, Concatenate, ParamSpec, TypeVar

from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind, StatusCode, Tracer, set_span_in_context

from ventanilla.actions.ports import Desk, StoreLoad, Transaction
from ventanilla.core.errors import DeskError, StoreUnavailable
from ventanilla.telemetry import request_spans

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class _Commit:
    """A commit that is being made: since when (nanoseconds since 1970), and the spans of its transactions."""

    began: int
    writes: list[Span] = field(default_factory=list)


_commit: ContextVar[_Commit | None] = ContextVar("commit", default=None)
"""The commit of the batch that runs. Every writer of the store has a context of its own."""


class CommitSpans:
    """`store.transaction.CommitObserver` that makes the spans of commits."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def began(self, actions: int) -> None:
        _commit.set(_Commit(time_ns()))

    def committed(self, actions: int, seconds: float) -> None:
        self._end(actions)

    def failed(self, actions: int) -> None:
        self._end(actions, has_failed=True)

    def _end(self, actions: int, *, has_failed: bool = False) -> None:
        commit = _commit.get()
        _commit.set(None)
        if commit is None or not commit.writes:
            return
        first, *others = commit.writes
        span = self._tracer.start_span(
            "commit",
            set_span_in_context(first, Context()),
            attributes={"ventanilla.commit.actions": actions},
            links=[Link(other.get_span_context()) for other in others],
            start_time=commit.began,
        )
        if has_failed:
            span.set_status(StatusCode.ERROR)
        for write in commit.writes:
            # A caller who did not wait for the end has ended their span.
            if write.is_recording():
                write.set_attribute("ventanilla.commit.actions", actions)
                if write is not first:
                    write.add_link(span.get_span_context())
        span.end()


class TracedDesk:
    """`actions.ports.Desk` that makes a span of each transaction, as a child of its request's. Others have none."""

    def __init__(self, desk: Desk, tracer: Tracer) -> None:
        self._desk = desk
        self._tracer = tracer
        self._system = "postgresql" if desk.is_shared else "sqlite"
        self.is_shared = desk.is_shared

    async def write(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with self._span("write", action) as span:

            async def joining(tx: Transaction) -> T:
                commit = _commit.get()
                if commit is not None and span is not None:
                    commit.writes.append(span)
                return await action(tx, *args, **kwargs)

            return await self._desk.write(joining)

    async def read(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with self._span("read", action):
            return await self._desk.read(action, *args, **kwargs)

    async def scan(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with self._span("scan", action):
            return await self._desk.scan(action, *args, **kwargs)

    def load(self) -> StoreLoad:
        return self._desk.load()

    async def close(self) -> None:
        await self._desk.close()

    @contextmanager
    def _span(self, kind: str, action: Callable[..., Any]) -> Iterator[Span | None]:
        request = request_spans.current.get()
        if request is None or not request.is_recording():
            yield None
            return
        attributes = {"db.system.name": self._system, "ventanilla.transaction": kind}
        name = f"{kind} {_name(action)}"
        span = self._tracer.start_span(name, set_span_in_context(request, Context()), SpanKind.CLIENT, attributes)
        try:
            yield span
        except BaseException as error:
            _note_end(span, error)
            raise
        finally:
            span.end()


def _note_end(span: Span, error: BaseException) -> None:
    """Tell how an action ended; that it refuses something is no failure of the store."""
    if isinstance(error, DeskError) and not isinstance(error, StoreUnavailable):
        span.set_attribute("error.type", type(error).__name__)
    else:
        request_spans.note_failure(span, error)


def _name(action: Callable[..., Any]) -> str:
    """Return `opening.open_ticket` for a function of that name in `actions/opening.py`."""
    return f"{action.__module__.rpartition('.')[2]}.{getattr(action, '__name__', type(action).__name__)}"
