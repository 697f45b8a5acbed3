"""A line of the log: facts by name, written as JSON or for the eye. Whatever stands in it, it stays one line."""

import asyncio
import contextlib
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TextIO

import msgspec

Facts = dict[str, Any]
Render = Callable[[Facts], str]

_encode = msgspec.json.Encoder().encode
# Whatever ends a line or steers a terminal (ISO 6429), but for the line feeds of a traceback.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SHOWN_FIRST = ("at", "level", "logger", "message", "exception")


def as_json(facts: Facts) -> str:
    """Return the facts as an object; a time is in UTC (RFC 3339)."""
    return _encode(facts).decode()


def as_text(facts: Facts) -> str:
    """Return the facts for the eye: time, level, message, `name=value` for the rest, a traceback below."""
    at: datetime = facts["at"]
    rest = [f"{name}={value}" for name, value in facts.items() if name not in _SHOWN_FIRST and value is not None]
    words = [f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{facts['level']:7}", facts["message"], *rest]
    line = _escaped(" ".join(words)).replace("\n", "\\x0a")
    below = _escaped(facts.get("exception", "")).rstrip("\n").replace("\n", "\n    ")
    return f"{line}\n    {below}" if below else line


RENDERS: Mapping[str, Render] = MappingProxyType({"json": as_json, "text": as_text})
"""By the words of the setting `logs.format`."""


class LogLines:
    """Where lines go that are not log records: out at the end of the turn, at every level of the log."""

    def __init__(self, render: Render, out: TextIO | None = None) -> None:
        self._render = render
        self._out = out or sys.stderr
        self._waiting: list[str] = []

    def write(self, level: str, logger: str, message: str, facts: Facts) -> None:
        line = {"at": datetime.now(UTC), "level": level, "logger": logger, "message": message, **facts}
        self._waiting.append(self._render(line))
        if len(self._waiting) == 1:
            self._write_soon()

    def _write_soon(self) -> None:
        """Write at the end of this turn of the event loop: a write for each line costs as much as a small request."""
        try:
            asyncio.get_running_loop().call_soon(self._write_out)
        except RuntimeError:  # nothing runs, as on the command line
            self._write_out()

    def _write_out(self) -> None:
        lines, self._waiting = self._waiting, []
        # What is told has happened; a log that cannot be written (a full disk) is no reason to fail.
        with contextlib.suppress(OSError):
            self._out.write("\n".join([*lines, ""]))


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
