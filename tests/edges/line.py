"""A bare TCP connection to a desk, for what no HTTP library would send."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

USER = "/api/mobile/support-requests"
CRASH = {"category": "technical", "subject": "App crashes on checkout", "message": "App crashes on checkout."}


@dataclass(frozen=True)
class Heard:
    """An answer as it came over the line. Names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Line:
    """One connection. Nothing it waits for takes longer than `patience` seconds."""

    def __init__(self, url: str, patience: float = 60) -> None:
        found = urlsplit(url)
        self._socket = socket.create_connection((found.hostname, found.port), timeout=patience)
        self._heard = b""

    def send(self, data: bytes) -> bool:
        """Tell whether the other side still took it."""
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def hear(self) -> Heard:
        """Wait for one whole answer."""
        while b"\r\n\r\n" not in self._heard:
            self._heard += self.take()
        head, _, self._heard = self._heard.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        while len(self._heard) < length:
            self._heard += self.take()
        body, self._heard = self._heard[:length], self._heard[length:]
        return Heard(int(status.split()[1]), headers, body)

    def is_closed(self) -> bool:
        """Wait for the other side to hang up; False when it says something instead."""
        try:
            return self._heard == b"" and self._socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def close(self) -> None:
        self._socket.close()

    def take(self) -> bytes:
        """Wait for whatever comes next. Raises ConnectionResetError when it is the end."""
        piece = self._socket.recv(65_536)
        if not piece:
            raise ConnectionResetError("the other side hung up")
        return piece


def request(method: str, path: str, token: str | None = None, *headers: str, body: bytes = b"") -> bytes:
    """Write a request by hand; `Content-Length` is told only when there is a body."""
    lines = [f"{method} {path} HTTP/1.1", "Host: desk.example", *headers]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def memory_of(pid: int) -> int:
    """Return the resident memory of a process in bytes."""
    (line,) = (line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024
