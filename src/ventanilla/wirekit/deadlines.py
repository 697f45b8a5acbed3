"""A deadline for slow clients: a request has to arrive whole in time, however it trickles (faults.md, F12)."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS_TO_ARRIVE = 20.0
"""For the headers, and for an ordinary body after them."""
SLOWEST_UPLOAD = 16 * 1024
"""Bytes a second that a large body must keep up on the whole."""
LARGEST_HEAD = 64 * 1024
"""Bytes of request line and headers together."""
LONGEST_UPLOAD_SECONDS = 60 * 60


class DeadlineProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a deadline from the first byte of a request, or of a connection, to its last."""

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(SECONDS_TO_ARRIVE)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            if self._deadline is None:
                self._wait(SECONDS_TO_ARRIVE)
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("Request header too large.")

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._head_bytes = 0
        self._wait(SECONDS_TO_ARRIVE + self._time_for_body())
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head = True
        self._stop_waiting()
        super().on_message_complete()

    def _time_for_body(self) -> float:
        announced = next((value for name, value in self.headers if name == b"content-length"), b"0")
        length = int(announced) if announced.isdigit() and len(announced) < 16 else 0
        return min(length / SLOWEST_UPLOAD, LONGEST_UPLOAD_SECONDS)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.abort()
