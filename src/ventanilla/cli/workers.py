"""Several server processes on one listening socket: started, replaced when one dies, stopped together."""

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

RESTART_SECONDS = 1.0
"""A process that dies sooner after its start is replaced only after this long."""
CANNOT_START = 2
"""The exit code that says: no use in trying again."""


def supervise(count: int, work: Callable[[int], None]) -> int:
    """Run `work` in `count` processes until SIGTERM or SIGINT; returns the exit code, the worst of theirs.

    `work` is given the number of its process, from 0; a replacement takes the number of the one that died.
    """
    return _Supervisor(count, work).run()


class _Started(NamedTuple):
    number: int
    at: float


class _Supervisor:
    def __init__(self, count: int, work: Callable[[int], None]) -> None:
        self._count = count
        self._work = work
        self._started: dict[int, _Started] = {}
        self._stopping = False
        self._worst = 0

    def run(self) -> int:
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, self._stop)
        for number in range(self._count):
            self._start(number)
        while self._started:
            pid, status = os.wait()
            self._ended(pid, os.waitstatus_to_exitcode(status))
        return self._worst

    def _start(self, number: int) -> None:
        pid = os.fork()
        if pid == 0:
            os._exit(self._be_worker(number))
        self._started[pid] = _Started(number, time.monotonic())
        if self._stopping:
            os.kill(pid, signal.SIGTERM)

    def _be_worker(self, number: int) -> int:
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, signal.SIG_DFL)
        try:
            self._work(number)
        except Exception as error:
            print(f"ventanilla: {error}", file=sys.stderr, flush=True)
            return CANNOT_START
        return 0

    def _ended(self, pid: int, code: int) -> None:
        ended = self._started.pop(pid)
        if code == CANNOT_START:
            self._worst = CANNOT_START
            self._stop()
        if self._stopping:
            return
        print(f"Ventanilla: process {pid} ended with {code} and is replaced", file=sys.stderr, flush=True)
        if time.monotonic() - ended.at < RESTART_SECONDS:
            time.sleep(RESTART_SECONDS)
        self._start(ended.number)

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for pid in list(self._started):
            os.kill(pid, signal.SIGTERM)
