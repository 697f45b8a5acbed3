"""Bounds for slow and greedy clients, below the contracts (faults.md, F12 and F13).

A request has to arrive whole in time, however it trickles; an answer has to be taken in time; and what is sent besides
bodies, or after the answer is out, is little.
"""

import asyncio
import os
from enum import Enum

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ventanilla.wirekit.answers import API_HEADERS
from ventanilla.wirekit.bodies import LARGEST_JSON
from ventanilla.wirekit.one_write import OneWrite

SECONDS_TO_ARRIVE = 20.0
"""For the headers, and for a body after them."""
SLOWEST_UPLOAD = 16 * 1024
"""Bytes a second: so many earn a body another second."""
LONGEST_UPLOAD_SECONDS = 60 * 60
SECONDS_TO_TAKE = 120.0
"""How long an answer may wait without any of it being taken."""
LARGEST_HEAD = 64 * 1024
"""Bytes of request line and headers together."""
LARGEST_FRAMING = 8
"""Bytes of chunk sizes and trailers for one byte of body. The smallest chunk there can be has five."""
LARGEST_SURPLUS = 1024 * 1024
"""Bytes of a body that are read and thrown away after its request was answered, to keep the connection.

A body that is refused by its length alone, before any of it is read, may be longer by what would have been read: its
client is told why only if the connection stands until it has sent everything.
"""
LAST_CALL_SECONDS = 0.1
"""When the server stops: how long an idle connection stays, for a request that is on its way already."""


class HeadTooLarge(Exception):
    """Request line and headers pass LARGEST_HEAD."""


class _Phase(Enum):
    IDLE = "between two requests"
    HEAD = "request line and headers"
    BODY = "body and trailers"


class DeadlineProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a deadline from the first byte of a request, or of a connection, to its last."""

    _phase = _Phase.IDLE
    _deadline: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None
    _untaken_bytes = 0
    _stopping = False
    _body_began = 0.0
    _body_bytes = 0
    _surplus_bytes = 0
    _other_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._answers = OneWrite(transport, self.loop)
        super().connection_made(self._answers)
        self._wait(SECONDS_TO_ARRIVE)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._taken()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._phase is not _Phase.BODY and self._deadline is None:
            self._wait(SECONDS_TO_ARRIVE)
        self._other_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._other_bytes > LARGEST_HEAD + LARGEST_FRAMING * self._body_bytes:
            self.send_400_response("Request header too large.")
        elif self._surplus_bytes > LARGEST_SURPLUS and self._body_bytes > LARGEST_JSON + LARGEST_SURPLUS:
            self.transport.abort()

    def on_message_begin(self) -> None:
        self._phase = _Phase.HEAD
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        # A trailer must not pass for a header: what stands in front of the desk looks at headers alone.
        if self._phase is _Phase.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LARGEST_HEAD:
            raise HeadTooLarge
        self._phase = _Phase.BODY
        self._body_began = self.loop.time()
        self._body_bytes = self._surplus_bytes = 0
        self._wait(SECONDS_TO_ARRIVE)
        super().on_headers_complete()
        if self._stopping:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        self._other_bytes -= len(body)
        if self.cycle.response_complete:
            self._surplus_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._phase = _Phase.IDLE
        self._other_bytes = 0
        self._stop_waiting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._answers.flush()
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self._watch_taking()
        # The client was not told to go on, so it sends no body: the next bytes would be taken for one.
        if self.expect_100_continue and self._phase is _Phase.BODY and not self._body_bytes:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP at all, or too much of it: no contract can be told from it (RFC 9457)."""
        body = b'{"type":"about:blank","title":"Bad request","status":400}'
        headers = (
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", os.urandom(12).hex().encode()),
            (b"connection", b"close"),
            *API_HEADERS,
        )
        lines = (name + b": " + value for name, value in (*self.server_state.default_headers, *headers))
        self.transport.write(b"\r\n".join([b"HTTP/1.1 400 Bad Request", *lines, b"", body]))
        self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_taking()

    def resume_writing(self) -> None:
        self._taken()
        super().resume_writing()

    def shutdown(self) -> None:
        """Let what was begun be answered; uvicorn's own would drop a request whose headers are still arriving."""
        self._stopping = True
        if self._is_answering():
            super().shutdown()
        else:
            self.loop.call_later(LAST_CALL_SECONDS, self._close_if_idle)

    def _close_if_idle(self) -> None:
        if self._phase is not _Phase.HEAD and not self._is_answering() and not self.transport.is_closing():
            self.transport.close()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        left = self._seconds_earned() if self._phase is _Phase.BODY else 0
        if left > 0:
            self._wait(left)
        elif not self.transport.is_closing():
            self.transport.abort()

    def _seconds_earned(self) -> float:
        """Return how much longer the body may take, as so much of it has come."""
        earned = min(self._body_bytes / SLOWEST_UPLOAD, LONGEST_UPLOAD_SECONDS)
        return self._body_began + SECONDS_TO_ARRIVE + earned - self.loop.time()

    def _watch_taking(self) -> None:
        self._taken()
        self._untaken_bytes = self.transport.get_write_buffer_size()
        self._stall = self.loop.call_later(SECONDS_TO_TAKE, self._stop_offering)

    def _taken(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _stop_offering(self) -> None:
        self._stall = None
        untaken = self.transport.get_write_buffer_size()
        if 0 < untaken < self._untaken_bytes:
            self._watch_taking()
        elif untaken:
            self.transport.abort()
